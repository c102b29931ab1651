"""One order: its state, its transition table, and the fold of its events into state.

`evolve` is the only place that changes state; the row in the database is nothing but a stored fold. The nouns
inside (units, payments, refunds, cases) have their tables in their own files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tuidan.domain import events as e
from tuidan.domain.delivery import UNIT_TABLE, Unit, evolve_unit
from tuidan.domain.dispute import Case, evolve_case
from tuidan.domain.ledger import Posting, Totals, postings_of
from tuidan.domain.payment import Payment, evolve_payment
from tuidan.domain.refund import Refund, evolve_refund
from tuidan.domain.transitions import Table, step

ORDER_TABLE: Table = {
    ("awaiting_payment", "payment_captured"): "paid",
    ("awaiting_payment", "order_expired"): "expired",
    ("awaiting_payment", "payment_unexpected"): "awaiting_payment",
    ("expired", "payment_captured"): "paid",
    ("expired", "payment_unexpected"): "expired",
    ("paid", "payment_unexpected"): "paid",
    ("paid", "receipt_confirmed"): "paid",
    ("paid", "order_released"): "released",
    ("paid", "order_refunded"): "refunded",
    ("released", "payment_unexpected"): "released",
    ("released", "receipt_confirmed"): "released",
    ("released", "order_refunded"): "released",
    ("refunded", "payment_unexpected"): "refunded",
}
UNITS_PER_ORDER_MAX = 10
# Events that no human judgement stands on: everything else raises the material version.
IMMATERIAL = frozenset({"command_refused", "supply_answered", "refund_attempted", "payment_started"})


@dataclass(slots=True)
class Order:
    """State of one order. Times are seconds since 1970 UTC (0 = not yet), amounts fen."""

    status: str = ""
    placed_at: int = 0
    expires_at: int = 0
    paid_at: int = 0
    confirmed_at: int = 0
    released_at: int = 0
    buyer: str = ""
    seller: str = ""
    listing: str = ""
    seller_type: str = ""
    goods_kind: str = ""
    delivery_mode: str = ""
    settlement: str = ""
    currency: str = ""
    face_fen: int = 0
    stock_kind: str = ""
    supplier: str = ""
    issuer: str = ""
    promised_seconds: int = 0
    hold_seconds: int = 0
    duration_days: int = 0
    has_account: bool = False
    no_reason_excluded_confirmed: bool = False
    policy_sha256: str = ""
    units: list[Unit] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    attempts: int = 0
    material: int = 0
    usual_promise: bool = False
    version: int = 0
    head: bytes = bytes(32)

    def price_fen(self) -> int:
        """What was asked for the whole order."""
        return sum(unit.paid_fen for unit in self.units)

    def unit(self, n: int) -> Unit | None:
        """Unit n, counted from 1; None when the order has no such unit."""
        return self.units[n - 1] if 1 <= n <= len(self.units) else None

    def case(self, n: int) -> Case | None:
        """Request n, counted from 1; None when the order has no such request."""
        return self.cases[n - 1] if 1 <= n <= len(self.cases) else None

    def refund(self, n: int) -> Refund | None:
        """Refund n, counted from 1; None when the order has no such refund."""
        return self.refunds[n - 1] if 1 <= n <= len(self.refunds) else None

    def open_case_of(self, unit: int) -> Case | None:
        """The unit's request that is not decided yet; there is one at most."""
        return next((case for case in self.cases if case.unit == unit and case.is_open()), None)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 UTC, rounded down."""
    return int(moment.timestamp())


def evolve(order: Order, event: e.Event, n: int, at: datetime) -> list[Posting]:
    """Apply event n, which happened at `at`, and return its postings.

    Raises IllegalTransition when a table has no row for it.
    """
    kind = e.kind_of(event)
    now = seconds(at)
    order.version = n
    if kind not in IMMATERIAL:
        order.material = n
    if isinstance(event, e.OrderPlaced):
        _place(order, event, now)
        return []
    if isinstance(event, e.CommandRefused):
        return []
    postings = postings_of(event)
    for posting in postings:
        order.totals.apply(posting)
    if ("paid", kind) in ORDER_TABLE or ("awaiting_payment", kind) in ORDER_TABLE:
        order.status = step(ORDER_TABLE, order.status, kind)
    attempt = getattr(event, "attempt", 0)
    if attempt > order.attempts:
        order.attempts = attempt
    if isinstance(event, e.PaymentCaptured):
        order.paid_at = now
    elif isinstance(event, e.ReceiptConfirmed):
        order.confirmed_at = now
    elif isinstance(event, e.OrderReleased):
        order.released_at = now
    evolve_payment(order.payments, event, now)
    if ("", kind) in UNIT_TABLE:
        evolve_unit(order.units[event.unit - 1], event, kind, now)  # type: ignore[attr-defined]
    evolve_case(order.cases, event, n)
    evolve_refund(order.refunds, event)
    _move_money_of_unit(order, event)
    return postings


def _place(order: Order, event: e.OrderPlaced, now: int) -> None:
    order.status = "awaiting_payment"
    order.placed_at = now
    order.expires_at = seconds(datetime.fromisoformat(event.expires_at))
    for name in (
        "buyer",
        "seller",
        "listing",
        "seller_type",
        "goods_kind",
        "delivery_mode",
        "settlement",
        "currency",
        "face_fen",
        "stock_kind",
        "supplier",
        "issuer",
        "promised_seconds",
        "hold_seconds",
        "duration_days",
        "usual_promise",
        "no_reason_excluded_confirmed",
        "policy_sha256",
    ):
        setattr(order, name, getattr(event, name))
    order.has_account = bool(event.account_proof)
    order.units = [Unit(n, "waiting", paid) for n, paid in enumerate(event.unit_paid_fen, start=1)]


def _move_money_of_unit(order: Order, event: e.Event) -> None:
    if isinstance(event, e.RefundDecided) and event.unit:
        order.units[event.unit - 1].refund_fen += event.amount_fen
    returned = all(unit.refund_fen == unit.paid_fen for unit in order.units)
    if isinstance(event, e.RefundDecided) and order.status in ("paid", "released") and returned:
        order.status = step(ORDER_TABLE, order.status, "order_refunded")
