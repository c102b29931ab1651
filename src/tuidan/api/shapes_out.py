"""What callers get. Amounts are fen, times RFC 3339; codes are for programs, sentences are the pages' task."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from tuidan.api.shapes_channel import ChannelDisputeTold, ChannelSettlementTold
from tuidan.api.shapes_service import PlanTold, RenewalTold, WorkTold


class ListingTold(Schema):
    id: UUID
    shop_id: UUID
    shop_name: str
    seller_type: str
    title: str
    title_en: str
    spec: str
    description: str
    goods_kind: str
    delivery_mode: str
    settlement: str
    currency: str
    price_fen: int
    face_fen: int
    account_label: str
    account_pattern: str
    promised_seconds: int
    duration_days: int
    terms: str
    no_reason_excluded: bool
    plan_months: int = 0
    renewable: bool = False
    service: dict[str, Any] | None = None


class ListingsTold(Schema):
    listings: list[ListingTold]


class OfferTold(Schema):
    """A listing with what binds a buyer who orders now (spans in seconds)."""

    listing: ListingTold
    in_stock: bool
    policy_sha256: str
    policy_version: str
    instant_window_seconds: int
    hold_seconds: int
    sealed_days: int


class UnitShare(Schema):
    n: int
    paid_fen: int


class OrderPlacedTold(Schema):
    order_id: UUID
    status: str
    currency: str
    price_fen: int
    units: list[UnitShare]
    expires_at: datetime
    policy_sha256: str


class OrderLineTold(Schema):
    order_id: UUID
    title: str
    goods_kind: str
    status: str
    to_deliver: bool
    price_fen: int
    refund_fen: int
    refunded_fen: int
    placed_at: datetime


class OrdersTold(Schema):
    """A page of a list; it may be a moment behind the orders themselves."""

    orders: list[OrderLineTold]
    page: int


class UnitTold(Schema):
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
    reasons: list[str]
    work: WorkTold | None = None
    plan: PlanTold | None = None
    masked_at: datetime | None = None
    reveal_errors: int = 0
    at_delivery: str = ""


class SeenTold(Schema):
    """The units for which something was put on record just now."""

    order_id: UUID
    units: list[int]


class UnitsTold(Schema):
    order_id: UUID
    units: list[UnitTold]


class CaseTold(Schema):
    n: int
    unit: int
    reason: str
    words: str
    amount_fen: int
    status: str
    route: str
    due_at: datetime | None
    opened_at: datetime | None
    verdict: dict[str, Any]


class CasesTold(Schema):
    """The cases of one order with the version they were read at, for a decision's `seen_version`."""

    order_id: UUID
    version: int
    cases: list[CaseTold]


class RefundTold(Schema):
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


class DeadlineTold(Schema):
    what: str
    at: datetime
    target: int


class OrderTold(Schema):
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
    price_fen: int
    escrow_fen: int
    refunding_fen: int
    refunded_fen: int
    placed_at: datetime
    paid_at: datetime | None
    channel: str
    policy_sha256: str
    policy_version: str
    can_pay: bool
    can_confirm: bool
    units: list[UnitTold]
    cases: list[CaseTold]
    refunds: list[RefundTold]
    deadlines: list[DeadlineTold]
    channel_disputes: list[ChannelDisputeTold] = []
    channel_settlement: ChannelSettlementTold | None = None
    renewal: RenewalTold | None = None


class AnswerTold(Schema):
    """What a request made this moment would bring for the unit, by the code that would decide it."""

    unit: int
    decision: str
    amount_fen: int
    reason: str
    until: datetime | None
    next_step: str
    rules: list[str]
    reasons: list[dict[str, Any]]
    factors: dict[str, dict[str, Any]]


class AnswersTold(Schema):
    order_id: UUID
    version: int
    asked_at: datetime
    policy_sha256: str
    answers: list[AnswerTold]


class PaymentTold(Schema):
    """Where the buyer pays: an address to open, or the text of a QR code."""

    order_id: UUID
    channel: str
    url: str | None
    qr_code: str | None


class CodeTold(Schema):
    order_id: UUID
    unit: int
    number: str
    secret: str


class DeliveryTold(Schema):
    order_id: UUID
    unit: int
    status: str
    progress_percent: int


class RequestTold(Schema):
    """What a request brought: `checking` waits for an outside fact; the stages after it for a person."""

    order_id: UUID
    case: int
    unit: int
    reason: str
    status: str
    waits_for: str
    route: str
    due_at: datetime | None
    amount_fen: int
    refund: int | None
    verdict: dict[str, Any]


class DecisionTold(Schema):
    order_id: UUID
    case: int
    status: str
    amount_fen: int
    refund: int | None


class WithdrawalTold(Schema):
    order_id: UUID
    case: int
    status: str


class ReceiptTold(Schema):
    order_id: UUID
    confirmed: bool
    released_fen: int


class QueueLineTold(Schema):
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


class QueueTold(Schema):
    cases: list[QueueLineTold]
    page: int


class EventTold(Schema):
    """One link: hash = SHA-256(prev bytes + body bytes); `body` is the text as it was hashed."""

    n: int
    prev: str
    hash: str
    body: str


class EventsTold(Schema):
    order_id: UUID
    events: list[EventTold]


class PolicyTold(Schema):
    id: str
    version: str
    sha256: str
    address: str


class PolicyVersionTold(PolicyTold):
    """A published version: published (its notice runs), effective, superseded, or withdrawn before it took effect."""

    status: str
    published_at: datetime
    effective_at: datetime
    withdrawn_at: datetime | None


class PolicyVersionsTold(Schema):
    policies: list[PolicyVersionTold]


class CommentTold(Schema):
    """A comment that was kept."""

    sha256: str
    words: str


class PolicyConditionTold(Schema):
    """One cell of a row: the column and what stands in it."""

    name: str
    value: str | int | bool


class PolicyChangeTold(Schema):
    """One difference: what (row_added, row_removed, condition, outcome, number, deadline, …), where, from, to."""

    what: str
    table: str
    row: str
    name: str
    before: str | int | bool
    after: str | int | bool
    rules: list[str]
    conditions: list[PolicyConditionTold]
    outcome: list[PolicyConditionTold]


class PolicyChangesTold(Schema):
    before: str
    after: str
    changes: list[PolicyChangeTold]


class ProblemTold(Schema):
    """RFC 9457, with `code` for programs and `data` for what the sentence leaves out."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    data: dict[str, Any]


class ProblemsTold(Schema):
    problems: list[ProblemTold]
