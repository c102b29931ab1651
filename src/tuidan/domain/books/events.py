"""All that can have happened to a book. Kinds are never reused, fields only added (with a default). Amounts are fen.

`order` names the order that a line belongs to; `what` and `n` say what of it: `arrival` (event n), `hold` (case n),
`advance` (refund n), `compensation` (payout n), `recall` (recall n).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class BookEvent:
    """What happened to a book; `book_kind_of(event)` names it."""


@dataclass(frozen=True, slots=True)
class TakenIn(BookEvent):
    """Money of an order became the seller's here: its event n released it, or paid it after a recall."""

    order: str
    n: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class HoldChanged(BookEvent):
    """What is held back for case n of an order; `asked_fen` was wanted, `seen` is the order's version that asked."""

    order: str
    n: int
    asked_fen: int
    held_fen: int
    was_fen: int
    seen: int


@dataclass(frozen=True, slots=True)
class Claimed(BookEvent):
    """The platform takes back what it laid out, or charges a compensation; `owed_fen` could not be taken."""

    order: str
    what: str
    n: int
    amount_fen: int
    from_payable_fen: int = 0
    from_reserve_fen: int = 0
    from_deposit_fen: int = 0
    owed_fen: int = 0


@dataclass(frozen=True, slots=True)
class Collected(BookEvent):
    """A later try took more of what was owed."""

    order: str
    what: str
    n: int
    from_payable_fen: int = 0
    from_reserve_fen: int = 0
    from_deposit_fen: int = 0


@dataclass(frozen=True, slots=True)
class WrittenOff(BookEvent):
    """What a seller owes will not be asked for any more: the seller cannot be named, or an operator says so."""

    order: str
    what: str
    n: int
    amount_fen: int
    why: str


@dataclass(frozen=True, slots=True)
class DepositPaidIn(BookEvent):
    """The seller's deposit came to our bank."""

    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class DepositReturned(BookEvent):
    """A part of the deposit went back to the seller."""

    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class SellerPaidOut(BookEvent):
    """The seller got money of its payable account."""

    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class ReserveSet(BookEvent):
    """So much of the seller's money is kept back and not paid out."""

    reserve_fen: int
    was_fen: int
    why: str


@dataclass(frozen=True, slots=True)
class SellerNamed(BookEvent):
    """Whether name, address and a way to reach the seller are known; where not, the platform pays (消法44)."""

    named: bool
    why: str


@dataclass(frozen=True, slots=True)
class LimitSet(BookEvent):
    """The most that the fund may have laid out or borne in all, and for one order."""

    limit_fen: int
    was_fen: int
    order_fen_max: int
    why: str


@dataclass(frozen=True, slots=True)
class Drawn(BookEvent):
    """The fund lays out money for refund or recall n of an order."""

    order: str
    what: str
    n: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class GivenBack(BookEvent):
    """What was laid out came back, or was never needed."""

    order: str
    what: str
    n: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Borne(BookEvent):
    """What was laid out stays at the platform's cost."""

    order: str
    what: str
    n: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class BookCommandRefused(BookEvent):
    """A no is remembered like a yes: the same key gets the same no."""

    command: str
    code: str
    data: dict[str, object] = field(default_factory=dict)


def _kind(cls: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


BOOK_KINDS: dict[str, type[BookEvent]] = {
    _kind(cls): cls
    for cls in list(globals().values())
    if isinstance(cls, type) and issubclass(cls, BookEvent) and cls is not BookEvent
}


def book_kind_of(event: BookEvent) -> str:
    """The name under which an event is stored, such as `taken_in`."""
    return _kind(type(event))


def book_event_data(event: BookEvent) -> dict[str, object]:
    """The event's fields, all of them: a book has few events and no hot path through them."""
    return {f.name: getattr(event, f.name) for f in fields(event)}


def read_book_event(kind: str, data: dict[str, object]) -> BookEvent:
    """The event from its stored form; raises KeyError for a kind that was never written."""
    return BOOK_KINDS[kind](**data)
