"""The figures of reading: which of the three elements are found on drawn pictures, and which reused pictures are seen.

The pictures come from a seed that was chosen after all thresholds had been set (docs/adr/reading-pictures.md).
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tuidan.connectors.contract.reader import Reader
from tuidan.connectors.readers.process import ReaderProcess
from tuidan.domain.reading.line import Element, Line
from tuidan.domain.reading.reading import read_lines
from tuidan.domain.reading.reuse import bands, grade
from tuidan.sandbox.pictures.altering import (
    Sheet,
    recompressed,
    saved,
    scaled,
    screenshot_of,
    small_crop,
)
from tuidan.sandbox.pictures.drawing import draw_page
from tuidan.sandbox.pictures.page import PAGES
from tuidan.sandbox.pictures.phone import PHONES
from tuidan.sandbox.pictures.sets import Drawn, draw_set
from tuidan.sandbox.pictures.subject import another_of, draw_subject

DEVELOPMENT_SEED = 14
# The first six hex digits of the commit that fixed the thresholds: nobody could choose it before.
PROOF_SEED = 0xFC88E0
PICTURES = 60
REUSED = 12
CANDIDATES = 6
SURE = ("exact", "same")
Say = Callable[[str], None]
COPIES: dict[str, Callable[[Sheet, random.Random], bytes]] = {
    "same_bytes": lambda sheet, rng: saved(sheet.image),
    "re_encoded": lambda sheet, rng: saved(recompressed(sheet, 1, 80).image, rng.randrange(50, 75)),
    "half_size": lambda sheet, rng: saved(scaled(sheet, 0.5).image, 75),
    "small_crop": lambda sheet, rng: saved(small_crop(sheet, rng).image, 85),
    "screenshot": lambda sheet, rng: saved(screenshot_of(sheet, rng).image, 85),
}


@dataclass(slots=True)
class PictureFigures:
    """Counts: for each element how many a person could read and how many were found; finds that were wrong.

    For each way of copying: `copies`, how many of them were `seen_again`, how many so `surely` that they are flagged.
    Of `others`, pictures of other orders in the same app: how many were `hinted` at, how many `mistaken` for a copy.
    """

    pictures: int = 0
    readable: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    contradictions: Counter[str] = field(default_factory=Counter)
    contradictions_told: Counter[str] = field(default_factory=Counter)
    finds: int = 0
    wrong_finds: int = 0
    wrong_contradictions: int = 0
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    copies: Counter[str] = field(default_factory=Counter)
    seen_again: Counter[str] = field(default_factory=Counter)
    surely: Counter[str] = field(default_factory=Counter)
    others: int = 0
    hinted: int = 0
    mistaken: int = 0

    def found_percent(self) -> float:
        """Of the elements that a person can read on a picture of this order, how many were found."""
        return 100 * sum(self.found.values()) / max(1, sum(self.readable.values()))

    def wrong_percent(self) -> float:
        """Of all finds, how many were wrong."""
        return 100 * self.wrong_finds / max(1, self.finds)

    def rows(self) -> list[tuple[str, str, str, list[float], float | None, bool]]:
        """Name, what it is, unit, values, aim, and whether that is an upper one: for the table of figures."""
        told = self._of_reading() if self.pictures else []
        for name, copies in self.copies.items():
            seen, sure = self.seen_again[name], self.surely[name]
            what = f"copies seen, {name}: {seen} of {copies}; so surely that they are flagged: {sure}"
            told.append((f"reuse_{name}", what, "%", [100 * seen / copies], None, False))
        what = f"other orders' pictures of the same app taken for a copy, of {self.others}; hinted at: {self.hinted}"
        told.append(("reuse_mistaken", what, "", [float(self.mistaken)], 0.0, True))
        return told

    def _of_element(self, name: str) -> tuple[str, str, str, list[float], float | None, bool]:
        found, readable = self.found[name], self.readable[name]
        return f"found_{name}", f"{name}: {found} of {readable}", "%", [100 * found / readable], None, False

    def _of_reading(self) -> list[tuple[str, str, str, list[float], float | None, bool]]:
        readable, found = sum(self.readable.values()), sum(self.found.values())
        foreign, said = sum(self.contradictions.values()), sum(self.contradictions_told.values())
        every = (
            f"elements found of those a person can read: {found} of {readable} on {self.pictures} pictures"
        )
        wrong = f"finds that were wrong: {self.wrong_finds} of {self.finds}"
        other = (
            f"elements of another order told: {said} of {foreign}; wrongly told: {self.wrong_contradictions}"
        )
        return [
            ("elements_found", every, "%", [self.found_percent()], 90.0, False),
            *(self._of_element(name) for name in self.readable),
            ("wrong_finds", wrong, "%", [self.wrong_percent()], 2.0, True),
            ("contradictions", other, "%", [100 * said / max(1, foreign)], None, False),
            (
                "reading_time",
                "one picture, the first with the start of the process",
                "s",
                self.seconds,
                None,
                False,
            ),
        ]


def measure(seed: int, count: int, reused: int, say: Say) -> PictureFigures:
    """Read `count` pictures of the seed, then look for copies of `reused` others."""
    told = PictureFigures()
    reader = ReaderProcess()
    try:
        if reader.reads_words:
            for drawn in draw_set(seed, count):
                _read(reader, drawn, told)
                if told.pictures % 10 == 0:
                    say(f"pictures: {told.pictures} of {count} read")
        else:
            say("pictures: the extra ocr is not installed, words are not read")
        _reuse(reader, random.Random(seed + 1), reused, told)  # noqa: S311 - pictures, not secrets
    finally:
        reader.close()
    return told


def _read(reader: Reader, drawn: Drawn, told: PictureFigures) -> None:
    start = time.monotonic()
    seen = reader.look(drawn.picture)
    told.seconds.append(time.monotonic() - start)
    told.pictures += 1
    reading = read_lines(seen.lines or (), seen.width, seen.height, drawn.expected, drawn.evidence_type)
    for element in reading.elements():
        _count(drawn, element, told)


def _count(drawn: Drawn, element: Element, told: PictureFigures) -> None:
    name, truth, state = element.name, drawn.truth[element.name], element.state
    right = state == "found" and truth == "found" and _stands_there(drawn, element)
    if truth == "found":
        told.readable[name] += 1
        told.found[name] += right
    if truth == "contradicts":
        told.contradictions[name] += 1
        told.contradictions_told[name] += state == "contradicts"
    told.finds += state == "found"
    told.wrong_finds += state == "found" and not right
    told.wrong_contradictions += state == "contradicts" and truth != "contradicts"
    if state != truth and (truth, state) != ("missing", "unsure"):
        told.faults.append(f"{drawn.name}: {name} is {truth}, was {state} {element.value!r} {element.why}")


def _stands_there(drawn: Drawn, element: Element) -> bool:
    """Whether the find stands where the element was drawn, where the picture still has its places."""
    places = drawn.places.get(element.name)
    if not places or element.box is None:
        return True
    box = element.box
    middle = (box.top + box.bottom) / 2
    return any(place.top - 12 <= middle <= place.bottom + 12 for place in places)


class _Shelf:
    """Pictures that were filed before, found again as the worker finds them: by band first, then compared closely."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.kept: list[tuple[bytes, tuple[Line, ...] | None]] = []
        self.index: dict[int, list[int]] = {}

    def keep(self, picture: bytes) -> None:
        """File a picture."""
        seen = self.reader.look(picture)
        for band in bands(seen.keys, seen.lines, hashlib.sha256(picture).hexdigest()):
            self.index.setdefault(band, []).append(len(self.kept))
        self.kept.append((picture, seen.lines))

    def find(self, picture: bytes) -> dict[int, str]:
        """Which kept pictures are the same one, with the grade of each."""
        seen = self.reader.look(picture)
        shared: Counter[int] = Counter()
        for band in bands(seen.keys, seen.lines, hashlib.sha256(picture).hexdigest()):
            shared.update(self.index.get(band, ()))
        found = {}
        for n, _ in shared.most_common(CANDIDATES):
            before, lines = self.kept[n]
            if before == picture:
                found[n] = "exact"
                continue
            like = self.reader.compare(picture, before)
            told = grade(like.compared, like.same, like.share, seen.lines, lines)
            if told:
                found[n] = told
        return found


def _reuse(reader: Reader, rng: random.Random, count: int, told: PictureFigures) -> None:
    """Each picture beside another order's of the same app; then its copies, and a third order's picture."""
    shelf = _Shelf(reader)
    fresh: list[tuple[Sheet, bytes]] = []
    for n in range(count):
        subject = draw_subject(rng)
        phone, dark = PHONES[n % len(PHONES)], n % 3 == 0
        sheets = []
        for shown in (subject, another_of(subject, rng), another_of(subject, rng)):
            page = PAGES[n % len(PAGES)](shown, random.Random(n))  # noqa: S311 - pictures, not secrets
            image, placed = draw_page(page, phone, dark=dark)
            sheets.append(Sheet(image, tuple(placed)))
        for sheet in sheets[:2]:
            shelf.keep(saved(sheet.image))
        fresh.append((sheets[0], saved(sheets[2].image, 85)))
    for n, (sheet, other) in enumerate(fresh):
        for name, copy in COPIES.items():
            found = shelf.find(copy(sheet, rng))
            told.copies[name] += 1
            told.seen_again[name] += 2 * n in found
            told.surely[name] += found.get(2 * n) in SURE
            told.mistaken += any(grade in SURE for m, grade in found.items() if m != 2 * n)
        found = shelf.find(other)
        told.others += 1
        told.hinted += bool(found)
        told.mistaken += any(grade in SURE for grade in found.values())
