"""Sets of drawn pictures from one seed: every page on every phone, altered in every way, with the truth beside each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from tuidan.domain.reading.expected import Expected
from tuidan.sandbox.pictures.altering import ALTERATIONS, Sheet, saved
from tuidan.sandbox.pictures.drawing import Placed, draw_page
from tuidan.sandbox.pictures.page import PAGES, Page, Row
from tuidan.sandbox.pictures.phone import PHONES
from tuidan.sandbox.pictures.subject import Subject, another_of, draw_subject

ELEMENTS = ("order_no", "time", "key_info")
TYPE_OF_PAGE = {
    "recharge_failed": "error_screenshot",
    "order_detail": "order_screenshot",
    "code_prompt": "error_screenshot",
    "chat": "statement",
    "balance": "arrival_screenshot",
    "bill": "payment_proof",
}
# The share of pictures, in twentieths, that show another order than the one they are sent for.
FOREIGN = (7, 15)
LONG = (3, 11)
FILLING = ("全部订单", "运费险", "店铺优惠", "商品评价", "猜你喜欢", "发票信息", "联系卖家", "物流信息")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture as a file, with what the order expects and what a person would find on it.

    `truth` is found, missing or contradicts for each element; `places` are the rows that show it, where those hold.
    """

    name: str
    picture: bytes
    expected: Expected
    evidence_type: str
    truth: dict[str, str]
    places: dict[str, tuple[Placed, ...]]


def draw_set(seed: int, count: int) -> Iterator[Drawn]:
    """`count` pictures, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - pictures, not secrets
    for n in range(count):
        yield draw_one(rng, n)


def draw_one(rng: random.Random, n: int) -> Drawn:
    """The n-th: kinds of page, phones and alterations go round at different paces, so that all of them meet."""
    subject = draw_subject(rng)
    foreign = n % 20 in FOREIGN
    shown = _earlier(another_of(subject, rng), subject, rng) if foreign else subject
    page = PAGES[n % len(PAGES)](shown, rng)
    phone = PHONES[(n // 2) % len(PHONES)]
    dark = rng.random() < 0.4
    long = n % 20 in LONG
    filling = (
        tuple(Row("pair", rng.choice(FILLING), ">") for _ in range(rng.randrange(18, 34))) if long else ()
    )
    image, placed = draw_page(page, phone, dark=dark, before=filling, long=long)
    names = tuple(ALTERATIONS)
    how = names[(n + n // len(names)) % len(names)]
    sheet = ALTERATIONS[how](Sheet(image, tuple(placed)), rng)
    quality = rng.choice((0, 70, 85)) if how != "as_it_is" else 0
    also = [word for word, is_so in (("dark", dark), ("long", long), ("foreign", foreign)) if is_so]
    label = " ".join((f"{n:02d}", page.kind, phone.brand, how, *also))
    return Drawn(
        label,
        saved(sheet.image, quality),
        subject.expected(),
        TYPE_OF_PAGE[page.kind],
        _truth(page, sheet, foreign=foreign),
        {name: tuple(p for p in sheet.placed if p.row.shows == name) for name in ELEMENTS}
        if sheet.exact
        else {},
    )


def _earlier(other: Subject, subject: Subject, rng: random.Random) -> Subject:
    """A picture of an order from before this one: what people have who file somebody's old screenshot."""
    placed = subject.placed_at - timedelta(hours=rng.randrange(3, 1_500))
    return replace(other, placed_at=placed, failed_at=placed + (other.failed_at - other.placed_at))


def _truth(page: Page, sheet: Sheet, *, foreign: bool) -> dict[str, str]:
    seen = {p.row.shows for p in sheet.placed}
    truth = {name: "found" if name in seen else "missing" for name in ELEMENTS}
    if foreign:
        truth["order_no"] = "contradicts" if "order_no" in seen else "missing"
        truth["time"] = "contradicts" if "time" in seen else "missing"
        truth["key_info"] = _foreign_key(page, sheet)
    return truth


def _foreign_key(page: Page, sheet: Sheet) -> str:
    """Another order's account or code contradicts; a prompt or an equal amount alone is there all the same."""
    rows = [p.row for p in sheet.placed]
    if any("****" in row.value and row.text in ("充值号码", "充值账号", "账号", "卡密") for row in rows):
        return "contradicts"
    return "found" if any(row.shows == "key_info" for row in rows) else "missing"
