"""One book: its state, its items, and the fold of its events.

An item is what a book knows about one thing of one order: money that arrived, a hold, a claim, a draw. It is loaded
beside the book by its key, so that a seller with a million orders has a small row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tuidan.domain.books import events as b
from tuidan.domain.books.accounts import BookTotals, postings_of
from tuidan.domain.books.commands import ItemKey
from tuidan.domain.ledger import Posting

SELLER, FUND = "seller", "fund"
# The one fund of the platform; an id that no shop can have, for it is no UUID of version 7.
FUND_ID = UUID("00000000-0000-0000-0000-00000000f00d")


@dataclass(slots=True)
class Item:
    """`given_fen` is the whole (arrived, asked, claimed, drawn); `open_fen` what is held, owed or out of it now.

    `borne_fen` was written off; `seen` is the order's version that spoke last about a hold.
    """

    given_fen: int = 0
    open_fen: int = 0
    borne_fen: int = 0
    seen: int = 0


@dataclass(slots=True)
class Book:
    """State of one book. `order_fen_max` is the fund's limit for one order; `named` whether the seller is known."""

    kind: str = SELLER
    totals: BookTotals = field(default_factory=BookTotals)
    named: bool = True
    order_fen_max: int = 0
    version: int = 0
    head: bytes = bytes(32)
    items: dict[ItemKey, Item] = field(default_factory=dict)

    def item(self, key: ItemKey) -> Item:
        """The item, new where there is none."""
        return self.items.setdefault(key, Item())


def _take_in(book: Book, told: b.TakenIn) -> None:
    book.item(("arrival", told.order, told.n)).given_fen = told.amount_fen


def _hold(book: Book, told: b.HoldChanged) -> None:
    item = book.item(("hold", told.order, told.n))
    item.given_fen, item.open_fen, item.seen = told.asked_fen, told.held_fen, told.seen


def _claim(book: Book, told: b.Claimed) -> None:
    item = book.item((told.what, told.order, told.n))
    item.given_fen, item.open_fen = told.amount_fen, told.owed_fen


def _collect(book: Book, told: b.Collected) -> None:
    item = book.item((told.what, told.order, told.n))
    item.open_fen -= told.from_payable_fen + told.from_reserve_fen + told.from_deposit_fen


def _write_off(book: Book, told: b.WrittenOff | b.Borne) -> None:
    item = book.item((told.what, told.order, told.n))
    item.open_fen -= told.amount_fen
    item.borne_fen += told.amount_fen


def _draw(book: Book, told: b.Drawn) -> None:
    item = book.item((told.what, told.order, told.n))
    item.given_fen += told.amount_fen
    item.open_fen += told.amount_fen


def _give_back(book: Book, told: b.GivenBack) -> None:
    book.item((told.what, told.order, told.n)).open_fen -= told.amount_fen


def _name(book: Book, told: b.SellerNamed) -> None:
    book.named = told.named


def _limit(book: Book, told: b.LimitSet) -> None:
    book.kind, book.order_fen_max = FUND, told.order_fen_max


FOLDS: Mapping[type, Callable[[Book, Any], None]] = {
    b.TakenIn: _take_in,
    b.HoldChanged: _hold,
    b.Claimed: _claim,
    b.Collected: _collect,
    b.WrittenOff: _write_off,
    b.Borne: _write_off,
    b.Drawn: _draw,
    b.GivenBack: _give_back,
    b.SellerNamed: _name,
    b.LimitSet: _limit,
}


def evolve(book: Book, event: b.BookEvent, n: int) -> list[Posting]:
    """Apply event n and return its postings."""
    postings = postings_of(event)
    for posting in postings:
        book.totals.apply(posting)
    fold = FOLDS.get(type(event))
    if fold:
        fold(book, event)
    book.version = n
    return postings
