"""A seller's book, the fund's book, and a statement of either, for operators and for the seller's own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.domain.books.book import FUND_ID
from tuidan.reads.viewer import Viewer
from tuidan.store import catalog
from tuidan.store.books.load import list_books, load_book
from tuidan.store.books.statement import Statement, StatementLine, read_statement

__all__ = [
    "AccountLine",
    "FundView",
    "SellerAccount",
    "Statement",
    "StatementLine",
    "account_of",
    "accounts",
    "fund_statement",
    "fund_view",
    "seller_account",
    "seller_statement",
    "shop_name",
    "statement_of",
]


@dataclass(frozen=True, slots=True)
class SellerAccount:
    """What a shop has with the platform. Amounts fen; `owed_fen` is what the shop owes."""

    shop_id: UUID
    payable_fen: int
    held_fen: int
    reserve_fen: int
    deposit_fen: int
    owed_fen: int
    taken_in_fen: int
    paid_out_fen: int
    recovered_fen: int
    named: bool
    version: int


@dataclass(frozen=True, slots=True)
class FundView:
    """The advance fund: limit, what is left, laid out and borne, and the limit for one order. Amounts fen."""

    limit_fen: int
    available_fen: int
    out_fen: int
    borne_fen: int
    order_fen_max: int
    version: int


def may_see_account(viewer: Viewer, shop_id: UUID) -> bool:
    """Operators, and the shop's own people."""
    return viewer.is_operator or str(shop_id) in viewer.shops


def seller_account(shop_id: UUID, viewer: Viewer) -> SellerAccount | None:
    """The shop's book; None for whom it is no business. A shop that got nothing yet has an empty one."""
    return account_of(shop_id) if may_see_account(viewer, shop_id) else None


def account_of(shop_id: UUID) -> SellerAccount:
    """The shop's book, for the command line of whoever runs the site."""
    book, _ = load_book(shop_id)
    t = book.totals
    return SellerAccount(
        shop_id,
        t.payable,
        t.held,
        t.reserve,
        t.deposit,
        t.owed,
        t.taken_in,
        t.paid_out,
        t.claimed - t.owed,
        book.named,
        book.version,
    )


def seller_statement(shop_id: UUID, viewer: Viewer, since: datetime, until: datetime) -> Statement | None:
    """The shop's statement; None for whom it is no business."""
    return statement_of(shop_id, since, until) if may_see_account(viewer, shop_id) else None


def statement_of(shop_id: UUID, since: datetime, until: datetime) -> Statement:
    """The same for the command line of whoever runs the site."""
    return read_statement(shop_id, since, until)


def fund_view() -> FundView:
    """The fund as it stands; the edge has checked that an operator asks."""
    book, _ = load_book(FUND_ID)
    t = book.totals
    return FundView(t.limit, t.available, t.out, t.borne, book.order_fen_max, book.version)


def fund_statement(since: datetime, until: datetime) -> Statement:
    """The fund's statement; the edge has checked that an operator asks."""
    return read_statement(FUND_ID, since, until)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One shop in the operators' list. Amounts fen."""

    shop_id: UUID
    name: str
    payable_fen: int
    deposit_fen: int
    owed_fen: int


def accounts() -> list[AccountLine]:
    """The shops with a book, those that owe most first; the edge has checked that an operator asks."""
    found = list_books()
    names = catalog.shop_names([owner for owner, *_ in found])
    return [AccountLine(owner, names.get(owner, ""), *sums) for owner, *sums in found]


def shop_name(shop_id: UUID) -> str | None:
    """The shop's name; None when there is no such shop."""
    return catalog.shop_names([shop_id]).get(shop_id)
