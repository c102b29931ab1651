"""What every supplier of goods must do, and the records it speaks in.

A supplier quotes, takes an order, says what became of it, may stop it, and sends notices. It knows neither
orders nor tables: references are opaque strings of at most 32 characters given by the caller, amounts whole
fen, times aware UTC. It leaves to others when to call and what an answer means for an order.

Unknown is pending (ADR outbox-rows): trouble outside never raises out of a call; it answers `unknown`. Only
`failed` and `refused` are a no, only `succeeded` and `cancelled` are a yes.
`failed` from `order` means: refused, and the supplier does not know the reference either. Refunding is safe.
`not_found` is not a refusal: an earlier request may still be on its way. Send the same reference again.
The checks each supplier must pass are in `conformance_supplier.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from tuidan.connectors.contract.payment import (
    ForeignNotice,
    ForgedNotice,
    Idempotency,
    MalformedNotice,
    NoticeRefused,
)

__all__ = [
    "REFERENCE_LENGTH_MAX",
    "CancelAnswer",
    "ForeignNotice",
    "ForgedNotice",
    "Idempotency",
    "MalformedNotice",
    "NoticeRefused",
    "StaleNotice",
    "SuppliedCard",
    "Supplier",
    "SupplyAnswer",
    "SupplyNotice",
    "SupplyQuote",
    "SupplyRequest",
]

REFERENCE_LENGTH_MAX = 32

SupplyKind = Literal["top_up", "card_code"]
SupplyOutcome = Literal["accepted", "succeeded", "failed", "not_found", "unknown"]
CancelOutcome = Literal["cancelled", "refused", "unknown"]

SupplyAdvice = Literal["wait", "query_first", "retry_later", "stop"]
"""What may be done next with this reference.

wait         it is being worked on: query again later, or wait for a notice and then query
query_first  it is not known what happened: call `query` before anything else
retry_later  nothing was done, as far as anyone can say: send the SAME reference again after a pause
stop         do nothing more by machine. With succeeded or failed: final. With unknown: a person is needed
             (our keys, our address, or an answer that contradicts what was asked)
"""


@dataclass(frozen=True, slots=True)
class SupplyRequest:
    """One order at the supplier. The same `reference` sent twice must be executed once.

    `account` is whom to credit (kind top_up; empty for card_code). `extra` holds further input fields the
    goods ask for, by the supplier's own names. `max_amount_fen` is the most we pay in total; above it the
    supplier must refuse. `our_order_no` is shown to the supplier's staff only.
    """

    reference: str
    goods_no: str
    account: str = field(repr=False)
    extra: Mapping[str, str] = field(repr=False)
    quantity: int
    max_amount_fen: int
    notify_url: str
    our_order_no: str
    kind: SupplyKind = "top_up"


@dataclass(frozen=True, slots=True)
class SupplyQuote:
    """Price of one piece, pieces in stock, and whether it is on sale. None: the supplier did not answer."""

    price_fen: int | None
    stock: int | None
    on_sale: bool | None
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class SuppliedCard:
    """A code that was bought. Never printed: `repr` hides it."""

    card_no: str | None = field(repr=False)
    card_pwd: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SupplyAnswer:
    """What the supplier says about one order.

    `amount_fen` is what the supplier takes in total. `raw` is the text as it came, with codes masked ('' when
    none came); it holds the buyer's account, so it is kept with the erasable values.
    """

    outcome: SupplyOutcome
    advice: SupplyAdvice
    supplier_no: str | None = None
    amount_fen: int | None = None
    ended_at: datetime | None = None
    cards: tuple[SuppliedCard, ...] = ()
    error_code: str | None = None
    remark: str | None = None
    raw: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CancelAnswer:
    """What the supplier says to "stop this order and give the money back"; `refunded_fen` when cancelled.

    `refused` means: this order will not be stopped. `unknown`: ask again with the same values.
    """

    outcome: CancelOutcome
    refunded_fen: int | None = None
    error_code: str | None = None
    remark: str | None = None
    raw: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SupplyNotice:
    """A notice whose signature fits. Where `believes_notice` is False it is a hint: act on `query`.

    The caller must check that `reference` was ordered from this very supplier and that `supplier_no` is the
    one it answered with (complaint D6). `digest` (SHA-256 hex of the body) lets the caller drop replays.
    """

    reference: str
    supplier_no: str
    outcome: SupplyOutcome
    ended_at: datetime | None
    remark: str | None
    digest: str
    raw: str = field(default="", repr=False)


class StaleNotice(NoticeRefused):
    """Truly from the supplier, but its time is too far from ours: late, kept back or replayed."""

    code = "notice_stale"


@runtime_checkable
class Supplier(Protocol):
    """One supplier. Thread-safe; holds a connection pool, `close_connections` lets it go.

    `call_deadline_seconds` is the longest any one method may take; a lease must be longer.
    `believes_notice` False: a notice never ends an order, only `query` does.
    """

    name: str
    idempotency: Idempotency
    believes_notice: bool
    call_deadline_seconds: float

    def quote(self, goods_no: str, kind: SupplyKind = "top_up") -> SupplyQuote:
        """Ask for price and stock. Never raises for trouble outside."""
        ...

    def order(self, request: SupplyRequest) -> SupplyAnswer:
        """Order once by reference. Raises only ValueError, for a request that could never be sent."""
        ...

    def query(self, reference: str, kind: SupplyKind = "top_up") -> SupplyAnswer:
        """Say what became of an order. `not_found`: the supplier has never heard of it so far."""
        ...

    def cancel(
        self,
        reference: str,
        supplier_no: str,
        amount_fen: int,
        reason: str,
        *,
        kind: SupplyKind = "top_up",
        our_order_no: str = "",
        notify_url: str = "",
    ) -> CancelAnswer:
        """Try to stop an order that is not done yet. Asking twice is safe.

        `supplier_no` may be '' when the answer that held it was lost; it is then asked for first, and an
        order that the supplier does not know stays `unknown` (`not_found`): it may still be on its way.
        """
        ...

    def read_notice(self, query_params: Mapping[str, str], body: bytes, now: datetime) -> SupplyNotice:
        """Verify and read a notice. Raises ForgedNotice, StaleNotice, ForeignNotice or MalformedNotice."""
        ...

    def acknowledge(self) -> tuple[int, str, bytes]:
        """The answer (status, content type, body) that makes the supplier stop sending this notice."""
        ...

    def close_connections(self) -> None:
        """Let go of open connections."""
        ...
