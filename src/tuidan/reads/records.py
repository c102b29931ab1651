"""Plain records that the reads give: ready to show, without rows, sessions or sentences. Amounts fen, times UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tuidan.reads.channel_dispute import ChannelDisputeView, ChannelSettlement
from tuidan.reads.membership import PlanView, RenewalView
from tuidan.reads.service import WorkView


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """ "Can it be refunded now, how much, until when, what next", computed by the code that decides (S-001).

    `decision` as in the policy; `factors` are the facts it was asked with (S-014), empty where nothing is left to ask
    or a request is open; `until` is when this answer may change for the worse (None: not set by a clock);
    `next_step` is a code: refund_now, ask_seller, ask_platform, add_evidence, wait_check, wait_person, none.
    """

    unit: int
    decision: str
    amount_fen: int
    reason: str
    until: datetime | None
    next_step: str
    rules: tuple[str, ...]
    reasons: tuple[dict[str, object], ...]
    factors: dict[str, dict[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit as its page shows it: delivery, code, money, the standing answer. Amounts fen, times UTC."""

    n: int
    status: str
    paid_fen: int
    refund_fen: int
    tail: str
    revealed_at: datetime | None
    done_at: datetime | None
    arrived_fen: int | None
    can_show: bool
    can_request: bool
    reasons: tuple[str, ...]
    answer: StandingAnswer | None
    note: str = ""
    progress_percent: int = 0
    work: WorkView | None = None
    plan: PlanView | None = None
    masked_at: datetime | None = None
    reveal_errors: int = 0
    at_delivery: str = ""
    code_id: str = ""

    def to_be_seen_masked(self) -> bool:
        """Whether a delivered code is shown masked to its buyer for the first time now."""
        return self.status == "delivered" and bool(self.tail) and self.masked_at is None


@dataclass(frozen=True, slots=True)
class RefundView:
    """The money's way back: decided → sent → arrived, with the channel's number and the masked account."""

    n: int
    unit: int
    amount_fen: int
    status: str
    due_at: datetime | None
    channel: str
    channel_refund_no: str
    destination: str
    decided_at: datetime | None
    sent_at: datetime | None
    arrived_at: datetime | None
    by_bank: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """A request and what became of it. `verdict` is the record that stands in the event (codes and data)."""

    n: int
    unit: int
    reason: str
    words: str
    amount_fen: int
    status: str
    route: str
    due_at: datetime | None
    opened_at: datetime | None
    verdict: dict[str, object]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event: number, kind, time, who, its data, and the hash that proves it."""

    n: int
    kind: str
    at: datetime
    actor: str
    data: dict[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A clock of this order: what (instant_window, pay, promise, release, case, progress), when, which unit or case."""

    what: str
    at: datetime
    target: int


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order with its story, as its buyer, its seller, a reviewer or an operator may see it."""

    order_id: UUID
    version: int
    status: str
    goods_kind: str
    seller_type: str
    delivery_mode: str
    settlement: str
    currency: str
    buyer_id: UUID
    seller_id: UUID
    listing_id: UUID
    shop_name: str
    title: str
    title_en: str
    spec: str
    terms: str
    account: str
    account_label: str
    price_fen: int
    escrow_fen: int
    refunding_fen: int
    refunded_fen: int
    placed_at: datetime
    paid_at: datetime | None
    payer: str
    channel: str
    policy_sha256: str
    policy_version: str
    can_pay: bool
    can_confirm: bool
    units: tuple[UnitView, ...]
    cases: tuple[CaseView, ...]
    refunds: tuple[RefundView, ...]
    deadlines: tuple[DeadlineView, ...]
    timeline: tuple[TimelineRow, ...]
    renewal: RenewalView | None = None
    channel_disputes: tuple[ChannelDisputeView, ...] = ()
    channel_settlement: ChannelSettlement | None = None
    shop_terms: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of a list of orders."""

    order_id: UUID
    title: str
    goods_kind: str
    status: str
    to_deliver: bool
    alarm: str
    price_fen: int
    refund_fen: int
    refunded_fen: int
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of the reviewers' queue."""

    order_id: UUID
    case: int
    title: str
    goods_kind: str
    unit: int
    reason: str
    status: str
    route: str
    amount_fen: int
    due_at: datetime | None
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A buyer's question that waits for the shop's answer; `due_at` is the last moment that is in time."""

    order_id: UUID
    unit: int
    title: str
    goods_kind: str
    due_at: datetime | None
