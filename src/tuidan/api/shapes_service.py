"""What is sent and told about services, memberships and renewals. Amounts fen, days ISO dates in China."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from tuidan.api.shapes_in import NO_CONTROLS, Asked, Words, Yes

Percent = Annotated[int, Field(strict=True, ge=1, le=100)]
OwnPercent = Annotated[int, Field(strict=True, ge=0, le=100)]
PathPlace = Annotated[int, Field(ge=1, le=99)]
Link = Annotated[str, StringConstraints(max_length=300, pattern=r"^(https?://[^\s<>\"']+)?$")]
Note = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=500, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*\S[^\x00-\x08\x0b-\x1f\x7f]*$"
    ),
]
ServiceType = Annotated[str, StringConstraints(max_length=20, pattern=NO_CONTROLS)]


class ReportAsked(Asked):
    """How far a milestone is, in percent of it, with the proof."""

    percent: Percent
    note: Note
    link: Link = ""


class AnswerAsked(Asked):
    """The buyer's word on a report: `percent` is the claim that was seen, `own_percent` what a dispute says instead."""

    percent: Percent
    accept: Yes
    own_percent: OwnPercent = 0
    note: Words = ""


class NoteAsked(Asked):
    note: Words = ""


class ClockAsked(Asked):
    act: Literal["start", "stop"]


class LoginAsked(Asked):
    """What the platform's login tool met at a rented account."""

    result: Literal["failed", "signed_in"]


class LoginTold(Schema):
    order_id: UUID
    unit: int
    result: str


class MembershipStopAsked(Asked):
    """Who ended it and the last day it could be used; a shop may name itself or the provider only."""

    by: Literal["seller", "provider", "buyer_breach"]
    stopped_on: date
    note: Note


class RenewalAsked(Asked):
    """The confirmations of the new order; they are never assumed."""

    no_reason_excluded_confirmed: Yes = False
    auto_renew: Yes = False


class SwitchAsked(Asked):
    on: Yes


class MilestoneTold(Schema):
    place: int
    name: str
    name_en: str
    share: int
    status: str
    claimed: int
    agreed: int
    reported_at: datetime | None
    answer_until: datetime | None
    note: str
    link: str
    event: int
    own_percent: int | None
    objection: str
    how: str


class WorkTold(Schema):
    """The work of a unit; `progress_percent` null: the two sides disagree."""

    type: str
    started_at: datetime | None
    due_at: datetime | None
    accepted_at: datetime | None
    stopped_by: str
    progress_percent: int | None
    progress_agreed: bool
    efficiency_deposit_fen: int
    safety_deposit_fen: int
    minutes_total: int
    minutes_used: int
    clock_since: datetime | None
    taken_back: bool
    milestones: list[MilestoneTold]
    buyer_may: list[str]
    seller_may: list[str]


class PlanTold(Schema):
    """The membership of a unit; the day of opening is not counted, the last day runs to 24:00."""

    days_total: int
    days_used: int
    months_ordered: int
    months_opened: int | None
    starts_on: date | None
    ends_on: date | None
    stopped_by: str
    stopped_on: date | None
    over: bool


class RenewalTold(Schema):
    """`status` none, asked, offered, taken or cancelled; `of` and `next` are the orders before and after."""

    status: str
    of: str
    next: str
    price_fen: int
    noticed_at: datetime | None
    until: datetime | None
    ends_on: date | None
    may: list[str]


class ProgressTold(Schema):
    """A milestone after a report or an answer: reported, accepted or disputed."""

    order_id: UUID
    unit: int
    milestone: int
    percent: int
    status: str


class WorkDoneTold(Schema):
    """What an act on the work brought: the money released to the seller or decided to go back, at once by rule."""

    order_id: UUID
    unit: int
    event: str
    released_fen: int
    refund_fen: int


class ClockTold(Schema):
    order_id: UUID
    unit: int
    running: bool
    minutes: int


class RenewalCancelledTold(Schema):
    order_id: UUID
    cancelled: bool


class SwitchTold(Schema):
    type: str
    on: bool
    changed_at: datetime | None


class SwitchesTold(Schema):
    switches: list[SwitchTold]
