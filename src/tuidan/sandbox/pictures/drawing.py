"""Draws a page on a phone's screen and remembers where each row landed, so that the truth of a cut picture is known."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from tuidan.sandbox.pictures.page import Page, Row
from tuidan.sandbox.pictures.phone import DARK, LIGHT, Look, Phone, font

MARGIN = 16


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the words of a row stand on the picture, in pixels."""

    row: Row
    left: int
    top: int
    right: int
    bottom: int


class Pen:
    """One picture in the making: `y` is where the next row begins."""

    def __init__(self, page: Page, phone: Phone, *, dark: bool, extra_height: int = 0) -> None:
        self.phone, self.page = phone, page
        self.look: Look = (DARK if dark else LIGHT)[phone.brand]
        self.image = Image.new("RGB", (phone.width, phone.height + extra_height), self.look.ground)
        self.draw = ImageDraw.Draw(self.image)
        self.placed: list[Placed] = []
        self.y = 0

    def px(self, units: float) -> int:
        return round(units * self.phone.scale)

    def words(
        self, text: str, x: int, y: int, size: float, colour: tuple[int, int, int], *, bold: bool = False
    ) -> int:
        """Write; gives the right edge."""
        face = font(self.px(size), bold=bold)
        self.draw.text((x, y), text, fill=colour, font=face)
        return x + round(face.getlength(text))

    def status_bar(self) -> None:
        top = self.px(12)
        inset = self.px(26 if self.phone.brand == "apple" else 18)
        self.words(self.page.clock, inset, top, 14, self.look.ink, bold=True)
        self.words(self.phone.network, self.phone.width - self.px(96), top + self.px(1), 11, self.look.ink)
        right = self.phone.width - self.px(20)
        self.draw.rounded_rectangle(
            (right - self.px(24), top + self.px(4), right, top + self.px(15)),
            self.px(3),
            outline=self.look.ink,
            width=3,
        )
        self.draw.rectangle(
            (right - self.px(21), top + self.px(7), right - self.px(8), top + self.px(12)), self.look.ink
        )
        self.y = self.px(48)
        self.draw.line(
            [
                (self.px(20), self.y + self.px(14)),
                (self.px(13), self.y + self.px(21)),
                (self.px(20), self.y + self.px(28)),
            ],
            fill=self.look.ink,
            width=self.px(2),
        )
        face = font(self.px(17), bold=True)
        self.words(
            self.page.app,
            round((self.phone.width - face.getlength(self.page.app)) / 2),
            self.y + self.px(9),
            17,
            self.look.ink,
            bold=True,
        )
        self.y += self.px(56)

    def place(self, row: Row, left: int, top: int, right: int, bottom: int) -> None:
        self.placed.append(Placed(row, left, top, right, bottom))


def draw_page(
    page: Page, phone: Phone, *, dark: bool, before: tuple[Row, ...] = (), long: bool = False
) -> tuple[Image.Image, list[Placed]]:
    """The whole screen; `long` makes a long screenshot with filling rows `before` the page's own."""
    extra = len(before) * round(64 * phone.scale) if long else 0
    pen = Pen(page, phone, dark=dark, extra_height=extra)
    pen.status_bar()
    for row in (*before, *page.rows):
        _ROWS[row.kind](pen, row)
    bar = pen.px(5)
    middle = phone.width // 2
    bottom = pen.image.height - pen.px(10)
    pen.draw.rounded_rectangle(
        (middle - pen.px(60), bottom, middle + pen.px(60), bottom + bar), bar, fill=pen.look.quiet
    )
    return pen.image, pen.placed


def _big(pen: Pen, row: Row) -> None:
    face = font(pen.px(28), bold=True)
    left = round((pen.phone.width - face.getlength(row.text)) / 2)
    top = pen.y + pen.px(14)
    right = pen.words(row.text, left, top, 28, pen.look.ink, bold=True)
    pen.place(row, left, top, right, top + pen.px(38))
    pen.y += pen.px(68)


def _centred(pen: Pen, row: Row) -> None:
    face = font(pen.px(13))
    left = max(pen.px(MARGIN), round((pen.phone.width - face.getlength(row.text)) / 2))
    right = pen.words(row.text, left, pen.y + pen.px(6), 13, pen.look.quiet)
    pen.place(row, left, pen.y + pen.px(6), right, pen.y + pen.px(26))
    pen.y += pen.px(34)


def _pair(pen: Pen, row: Row) -> None:
    """A label at the left and its value at the right; a value too long for the row goes on in the next."""
    size = 15 if len(row.value) < 20 else 13
    face = font(pen.px(size))
    lines = _broken(row.value, face, pen.phone.width - pen.px(126))
    height = pen.px(30) + pen.px(20) * len(lines)
    pen.draw.rectangle((0, pen.y, pen.phone.width, pen.y + height), pen.look.card)
    left = pen.px(MARGIN)
    pen.words(row.text, left, pen.y + pen.px(14), 15, pen.look.quiet)
    top = pen.y + pen.px(14)
    for k, text in enumerate(lines):
        x = round(pen.phone.width - pen.px(MARGIN) - face.getlength(text))
        pen.words(text, x, top + k * pen.px(20), size, pen.look.ink)
        left = max(left, 0)
    pen.place(row, left, top, pen.phone.width - pen.px(MARGIN), top + pen.px(20) * len(lines))
    pen.y += height
    pen.draw.line((pen.px(MARGIN), pen.y, pen.phone.width, pen.y), pen.look.line, 2)
    pen.y += 2


def _broken(text: str, face: object, width: int) -> list[str]:
    lines, line = [], ""
    for sign in text:
        if face.getlength(line + sign) > width:  # type: ignore[attr-defined]
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]


def _bubble(pen: Pen, row: Row, *, mine: bool = False) -> None:
    face = font(pen.px(15))
    lines = _broken(row.text, face, round(pen.phone.width * 0.66))
    width = round(max(face.getlength(line) for line in lines)) + pen.px(24)
    height = pen.px(22) * len(lines) + pen.px(20)
    left = pen.phone.width - width - pen.px(60) if mine else pen.px(60)
    fill = (149, 236, 105) if mine else pen.look.card
    ink = (20, 20, 20) if mine else pen.look.ink
    pen.draw.rounded_rectangle((left, pen.y, left + width, pen.y + height), pen.px(8), fill=fill)
    face_left = pen.phone.width - pen.px(50) if mine else pen.px(12)
    pen.draw.rounded_rectangle(
        (face_left, pen.y, face_left + pen.px(38), pen.y + pen.px(38)), pen.px(5), fill=pen.look.quiet
    )
    for k, text in enumerate(lines):
        pen.words(text, left + pen.px(12), pen.y + pen.px(9) + k * pen.px(22), 15, ink)
    pen.place(row, left, pen.y, left + width, pen.y + height)
    pen.y += height + pen.px(16)


def _mine(pen: Pen, row: Row) -> None:
    _bubble(pen, row, mine=True)


def _box(pen: Pen, row: Row) -> None:
    left, right = pen.px(MARGIN), pen.phone.width - pen.px(MARGIN)
    pen.words(row.text, left, pen.y + pen.px(4), 14, pen.look.quiet)
    top = pen.y + pen.px(30)
    pen.draw.rounded_rectangle(
        (left, top, right, top + pen.px(48)), pen.px(6), fill=pen.look.card, outline=pen.look.line, width=3
    )
    pen.words(row.value, left + pen.px(12), top + pen.px(11), 17, pen.look.ink)
    pen.place(row, left, top, right, top + pen.px(48))
    pen.y = top + pen.px(66)


def _dialog(pen: Pen, row: Row) -> None:
    left, right = pen.px(40), pen.phone.width - pen.px(40)
    top = pen.y + pen.px(8)
    pen.draw.rounded_rectangle(
        (left, top, right, top + pen.px(120)), pen.px(14), fill=pen.look.card, outline=pen.look.line, width=3
    )
    face = font(pen.px(17))
    x = round((pen.phone.width - face.getlength(row.text)) / 2)
    end = pen.words(row.text, x, top + pen.px(26), 17, pen.look.ink)
    pen.draw.line((left, top + pen.px(74), right, top + pen.px(74)), pen.look.line, 2)
    pen.words("知道了", round(pen.phone.width / 2 - pen.px(26)), top + pen.px(84), 17, pen.look.accent)
    pen.place(row, x, top + pen.px(26), end, top + pen.px(50))
    pen.y = top + pen.px(136)


def _button(pen: Pen, row: Row) -> None:
    left, right = pen.px(MARGIN), pen.phone.width - pen.px(MARGIN)
    top = pen.y + pen.px(20)
    pen.draw.rounded_rectangle((left, top, right, top + pen.px(46)), pen.px(23), fill=pen.look.accent)
    face = font(pen.px(17))
    pen.words(
        row.text,
        round((pen.phone.width - face.getlength(row.text)) / 2),
        top + pen.px(9),
        17,
        (255, 255, 255),
    )
    pen.y = top + pen.px(60)


_ROWS = {
    "big": _big,
    "note": _centred,
    "centre": _centred,
    "pair": _pair,
    "bubble": _bubble,
    "mine": _mine,
    "box": _box,
    "dialog": _dialog,
    "button": _button,
}
