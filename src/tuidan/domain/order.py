"""One order: its state, its transition table, and the fold of its events into state.

`evolve` is the only place that changes state; the row in the database is nothing but a stored fold. The nouns
inside (units, payments, refunds, cases) have their tables in their own files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tuidan.domain import events as e
from tuidan.domain.channel_dispute import CHANNEL_DISPUTE_FOLDS, ChannelDispute
from tuidan.domain.coupon import COUPON_FOLDS, Coupon
from tuidan.domain.delivery import UNIT_FOLDS, Unit
from tuidan.domain.dispute import (
    CASE_FOLDS,
    EXHIBIT_FOLDS,
    HEARING_FOLDS,
    OFFER_FOLDS,
    Case,
    Exhibit,
    Hearing,
    Offer,
    find_hearing,
)
from tuidan.domain.funds import HOLD_FOLDS, Hold
from tuidan.domain.history import HISTORY_FOLDS, History
from tuidan.domain.ledger import Posting, Totals, postings_of
from tuidan.domain.membership import PLAN_FOLDS, Plan
from tuidan.domain.minor import MINOR_FOLDS, Minor
from tuidan.domain.payment import PAYMENT_FOLDS, Payment
from tuidan.domain.payout import PAYOUT_FOLDS, Payout
from tuidan.domain.recall import RECALL_FOLDS, Recall
from tuidan.domain.refund import REFUND_FOLDS, Refund
from tuidan.domain.renewal import RENEWAL_FOLDS, Renewal
from tuidan.domain.retention_state import ERASURE_FOLDS, LEGAL_HOLD_FOLDS, Erasure, LegalHold
from tuidan.domain.service import MILESTONE_FOLDS, WORK_FOLDS, Milestone, Work
from tuidan.domain.talk import CONTACT_FOLDS, Contact, contact_of
from tuidan.domain.talk_risk import EXTORTION
from tuidan.domain.transitions import Folds, Table, step

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
IMMATERIAL = frozenset(
    {
        "command_refused",
        "supply_answered",
        "refund_attempted",
        "payment_started",
        "message_sent",
        "funds_held",
        "funds_freed",
        "advance_recovered",
        "advance_borne",
        "advance_owed",
        "coupon_returned",
        "compensation_charged",
        "settlement_known",
        "settlement_asked",
        "alarm_acknowledged",
        "appraisal_declined",
        "appraisal_accepted",
        "appraiser_assigned",
        "complaint_linked",
        "legal_limit_near",
        "exhibit_answered",
        "issuer_answered",
        "masked_seen",
        "code_copied",
        "legal_hold_placed",
        "legal_hold_lifted",
        "words_erased",
    }
)


@dataclass(slots=True)
class Order:
    """State of one order. Times are seconds since 1970 UTC (0 = not yet), amounts fen.

    A new plain field comes after the last one before the lists: that is also its place in the stored form.
    """

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
    attempts: int = 0
    material: int = 0
    usual_promise: bool = False
    messages: int = 0
    last_by: str = ""
    flagged: int = 0
    alarms_seen: str = ""
    units: list[Unit] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    payouts: list[Payout] = field(default_factory=list)
    recalls: list[Recall] = field(default_factory=list)
    minors: list[Minor] = field(default_factory=list)
    histories: list[History] = field(default_factory=list)
    coupons: list[Coupon] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    contacts: list[Contact] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    renewals: list[Renewal] = field(default_factory=list)
    channel_disputes: list[ChannelDispute] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    exhibits: list[Exhibit] = field(default_factory=list)
    legal_holds: list[LegalHold] = field(default_factory=list)
    erasures: list[Erasure] = field(default_factory=list)
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

    def hearing(self, case: int) -> Hearing | None:
        """The hearing of a case; None when rules alone have dealt with it."""
        return find_hearing(self.hearings, case)

    def exhibits_of(self, case: int) -> list[Exhibit]:
        """What was filed in a case, in order."""
        return [exhibit for exhibit in self.exhibits if exhibit.case == case]

    def refund(self, n: int) -> Refund | None:
        """Refund n, counted from 1; None when the order has no such refund."""
        return self.refunds[n - 1] if 1 <= n <= len(self.refunds) else None

    def channel_dispute_open(self, payment: int = 0) -> bool:
        """Whether a dispute is open at the channel about this payment attempt (0: about any), so that money waits."""
        disputes = self.channel_disputes  # nearly always none
        return bool(disputes) and any(each.is_open() and payment in (0, each.payment) for each in disputes)

    @property
    def talk(self) -> Contact:
        """The latest question to the seller; a fresh contact where nobody asked anything."""
        return self.contacts[-1] if self.contacts else Contact()

    def contact(self, unit: int) -> Contact:
        """What became of the question about this unit."""
        return contact_of(self.contacts, unit)

    def open_case_of(self, unit: int) -> Case | None:
        """The unit's request that is not decided yet; there is one at most."""
        return next((case for case in self.cases if case.unit == unit and case.is_open()), None)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 UTC, rounded down."""
    return int(moment.timestamp())


# Fields of an order that are those of its first event.
PLACED = (
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
)


def _place(order: Order, event: e.OrderPlaced, n: int, now: int) -> None:
    order.status = "awaiting_payment"
    order.placed_at = now
    order.expires_at = seconds(datetime.fromisoformat(event.expires_at))
    for name in PLACED:
        setattr(order, name, getattr(event, name))
    order.has_account = bool(event.account_proof)
    order.units = [Unit(n, "waiting", paid) for n, paid in enumerate(event.unit_paid_fen, start=1)]


def _step(order: Order, event: e.Event, n: int, now: int) -> None:
    order.status = step(ORDER_TABLE, order.status, e.kind_of(event))


def _pay(order: Order, event: e.PaymentCaptured, n: int, now: int) -> None:
    _step(order, event, n, now)
    order.paid_at = now


def _confirm(order: Order, event: e.ReceiptConfirmed, n: int, now: int) -> None:
    _step(order, event, n, now)
    order.confirmed_at = now


def _release(order: Order, event: e.OrderReleased, n: int, now: int) -> None:
    _step(order, event, n, now)
    order.released_at = now


def _hear(order: Order, event: e.MessageSent, n: int, now: int) -> None:
    order.messages, order.last_by = event.n, event.by
    if EXTORTION in event.flags:
        order.flagged = event.n


def _see_alarm(order: Order, event: e.AlarmAcknowledged, n: int, now: int) -> None:
    others = [told for told in order.alarms_seen.split() if not told.startswith(f"{event.alarm}=")]
    order.alarms_seen = " ".join(sorted([*others, f"{event.alarm}={event.measure}"]))


def _close_when_all_returned(order: Order, event: e.RefundDecided, n: int, now: int) -> None:
    if order.status in ("paid", "released") and not any(unit.left_fen() for unit in order.units):
        order.status = step(ORDER_TABLE, order.status, "order_refunded")


# What an event does to the order itself; this comes last, when units and payments have moved.
ORDER_FOLDS: Folds = {
    e.OrderPlaced: _place,
    e.OrderExpired: _step,
    e.PaymentCaptured: _pay,
    e.PaymentUnexpected: _step,
    e.ReceiptConfirmed: _confirm,
    e.OrderReleased: _release,
    e.RefundDecided: _close_when_all_returned,
    e.MessageSent: _hear,
    e.AlarmAcknowledged: _see_alarm,
}
# The lists of an order with the folds of their nouns. An event costs only what it touches.
NOUNS: tuple[tuple[str, Folds], ...] = (
    ("payments", PAYMENT_FOLDS),
    ("units", UNIT_FOLDS),
    ("cases", CASE_FOLDS),
    ("refunds", REFUND_FOLDS),
    ("holds", HOLD_FOLDS),
    ("payouts", PAYOUT_FOLDS),
    ("recalls", RECALL_FOLDS),
    ("minors", MINOR_FOLDS),
    ("histories", HISTORY_FOLDS),
    ("coupons", COUPON_FOLDS),
    ("contacts", CONTACT_FOLDS),
    ("channel_disputes", CHANNEL_DISPUTE_FOLDS),
    ("hearings", HEARING_FOLDS),
    ("offers", OFFER_FOLDS),
    ("exhibits", EXHIBIT_FOLDS),
    ("milestones", MILESTONE_FOLDS),
    ("works", WORK_FOLDS),
    ("plans", PLAN_FOLDS),
    ("renewals", RENEWAL_FOLDS),
    ("legal_holds", LEGAL_HOLD_FOLDS),
    ("erasures", ERASURE_FOLDS),
)
_TOUCHED = {
    kind: tuple((name, folds[kind]) for name, folds in NOUNS if kind in folds) for kind in e.KINDS.values()
}
_ATTEMPTS = frozenset(kind for kind in e.KINDS.values() if hasattr(kind, "attempt"))


def evolve(order: Order, event: e.Event, n: int, at: datetime) -> list[Posting]:
    """Apply event n, which happened at `at`, and return its postings.

    Raises IllegalTransition when a table has no row for it.
    """
    kind = type(event)
    now = seconds(at)
    order.version = n
    if e.kind_of(event) not in IMMATERIAL:
        order.material = n
    postings = postings_of(event)
    for posting in postings:
        order.totals.apply(posting)
    if kind in _ATTEMPTS:
        order.attempts = max(order.attempts, event.attempt)  # type: ignore[attr-defined]
    for name, fold in _TOUCHED[kind]:
        fold(getattr(order, name), event, n, now)
    own = ORDER_FOLDS.get(kind)
    if own:
        own(order, event, n, now)
    return postings
