"""What callers send: each field with its limits, so that nothing reaches a command that a row could not hold.

Numbers are real JSON integers, text holds no control characters, unknown fields are an error. Amounts are fen.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tuidan.domain.dispute import APPROVING, REASONS, REJECTING
from tuidan.domain.membership import MONTHS_MAX
from tuidan.domain.money import AMOUNT_FEN_MAX

NUMBER_MAX = 9_999
PAGE_MAX = 10_000
NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
NO_CONTROLS_BUT_LINES = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"

Fen = Annotated[int, Field(strict=True, ge=0, le=AMOUNT_FEN_MAX)]
Number = Annotated[int, Field(strict=True, ge=1, le=NUMBER_MAX)]
PathNumber = Annotated[int, Field(ge=1, le=NUMBER_MAX)]
Page = Annotated[int, Field(ge=0, le=PAGE_MAX)]
Yes = Annotated[bool, Field(strict=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Words = Annotated[str, StringConstraints(max_length=500, pattern=NO_CONTROLS_BUT_LINES)]
ALL_REASONS = tuple(sorted({reason for reasons in REASONS.values() for reason in reasons}))
Reason = Annotated[
    str, Field(json_schema_extra={"enum": list(ALL_REASONS)}, pattern=f"^({'|'.join(ALL_REASONS)})$")
]

Ruling = Annotated[Name, Field(json_schema_extra={"enum": [*APPROVING, *REJECTING]})]


class Asked(BaseModel):
    """Any body: what it does not name is refused rather than overlooked."""

    model_config = ConfigDict(extra="forbid")


class OrderAsked(Asked):
    """A basket as the buyer confirmed it; the two confirmations are never assumed.

    `seen_price_fen` is the unit price that was shown; another one now is refused (0: not told). `declared_adult` is
    needed for boosting and rented accounts; `auto_renew` asks to be told and offered a membership's next term.
    """

    listing_id: UUID
    quantity: Number = 1
    account: Annotated[str, StringConstraints(max_length=120, pattern=NO_CONTROLS)] = ""
    own_account: Yes = True
    no_reason_excluded_confirmed: Yes = False
    seen_price_fen: Fen = 0
    declared_adult: Yes = False
    auto_renew: Yes = False
    coupon_id: UUID | None = None


class CommentAsked(Asked):
    """What somebody thinks of coming rules."""

    words: Annotated[str, StringConstraints(min_length=1, max_length=1_000, pattern=NO_CONTROLS_BUT_LINES)]


class CopyAsked(Asked):
    """Which part of a shown code was copied."""

    part: Literal["number", "secret"]


class PaymentAsked(Asked):
    channel: Name
    mode: Literal["page", "qr"] = "page"


class RefundAsked(Asked):
    """A request for one unit; `amount_fen` 0 asks for all that is left of it."""

    unit: Number
    reason: Reason
    amount_fen: Fen = 0
    words: Words = ""


class ChannelAnswerAsked(Asked):
    """Our side of a channel's dispute, as the channel takes it: at most 200 characters."""

    words: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROLS_BUT_LINES)]


class AcknowledgementAsked(Asked):
    """The alarm's measure as it was seen, and the reason in words."""

    measure: Fen
    words: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=NO_CONTROLS_BUT_LINES)]


class DeliveryAsked(Asked):
    """What the seller hands over; below 100 percent it says how far a service is.

    `months` is the plan of a membership that was opened, 0 for the one that was ordered. `trace_no` is the number
    under which whoever keeps the account knows what was done.
    """

    note: Annotated[str, StringConstraints(max_length=2000, pattern=NO_CONTROLS_BUT_LINES)] = ""
    progress_percent: Annotated[int, Field(strict=True, ge=1, le=100)] = 100
    months: Annotated[int, Field(strict=True, ge=0, le=MONTHS_MAX)] = 0
    trace_no: Annotated[str, StringConstraints(max_length=64, pattern=NO_CONTROLS)] = ""


class DecisionAsked(Asked):
    """A reviewer's judgement; `seen_version` is the order's version that the reviewer looked at."""

    approve: Yes
    seen_version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
    amount_fen: Fen = 0
    reasons: Annotated[list[Ruling], Field(min_length=1, max_length=10)]
