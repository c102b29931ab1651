"""What callers send and get about a case. Amounts are fen, times RFC 3339; codes are for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from tuidan.api.shapes_in import NO_CONTROLS, NO_CONTROLS_BUT_LINES, Asked, Fen, Name, Number, Yes
from tuidan.domain.upload.rules import EXHIBIT_FILES_MAX

Told = Annotated[str, StringConstraints(max_length=2_000, pattern=NO_CONTROLS_BUT_LINES)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Short = Annotated[str, StringConstraints(max_length=64, pattern=NO_CONTROLS)]


class ExhibitAsked(Asked):
    """Evidence: its kind, what can be read on it, words about it, and the numbers of your checked files it shows."""

    type: Name
    has_order_no: Yes = False
    has_timestamp: Yes = False
    has_key_info: Yes = False
    words: Told = ""
    file_sha256: Sha256 = ""
    code_tail: Short = ""
    files: Annotated[list[Number], Field(max_length=EXHIBIT_FILES_MAX)] = Field(default_factory=list)


class ExhibitAnswerAsked(Asked):
    answer: Literal["accept", "dispute", "explain"]
    words: Told = ""


class FlagAsked(Asked):
    flag: Literal["tampered", "reused"]
    other_order: Short = ""


class OfferAsked(Asked):
    """`amount_fen` only for `partial`."""

    kind: Name
    amount_fen: Fen = 0
    words: Told = ""


class OfferAnswerAsked(Asked):
    accept: Yes


class MoreAsked(Asked):
    party: Literal["buyer", "seller"]
    types: Annotated[list[Name], Field(max_length=10)] = Field(default_factory=list)


class AppraiserAsked(Asked):
    appraiser: UUID


class InterestAsked(Asked):
    has_interest: Yes


class ReportAsked(Asked):
    """`percent` -1: no share was asked."""

    finding: Name
    percent: Annotated[int, Field(strict=True, ge=-1, le=100)] = -1
    fee_fen: Fen = 0
    words: Told = ""


class AppealAsked(Asked):
    words: Told = ""


class ComplaintAsked(Asked):
    where: Name
    number: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=NO_CONTROLS)]


class ActTold(Schema):
    """The case went on; `version` is the order's after it."""

    order_id: UUID
    case: int
    version: int


class ExhibitTold(Schema):
    n: int
    by: str
    type: str
    has_order_no: bool
    has_timestamp: bool
    has_key_info: bool
    words: str
    filed_at: datetime
    answer: str
    answer_words: str
    flag: str
    read: list[str]
    code_tail: str


class OfferTold(Schema):
    n: int
    by: str
    kind: str
    amount_fen: int
    words: str
    status: str
    yes: list[str]
    until: datetime
    remedy_until: datetime | None


class NeededTold(Schema):
    """One line of the checklist: proved by the platform, filed, incomplete or missing."""

    what: str
    state: str
    types: list[str]
    origin: str
    events: list[int] = []


class HearingTold(Schema):
    """A case as the caller's side sees it: `who` must act until `due_at`, else `then`; `actions` may be done now."""

    order_id: UUID
    version: int
    case: int
    unit: int
    reason: str
    status: str
    party: str
    who: str
    then: str
    due_at: datetime | None
    late: bool
    actions: list[str]
    asked_of: str
    types: list[str]
    response: str
    offered_fen: int
    asked_at: datetime | None
    responded_at: datetime | None
    exhibits: list[ExhibitTold]
    offers: list[OfferTold]
    checklist: list[NeededTold]
    accepted: bool
    finding: str
    finding_percent: int
    finding_words: str
    appealed_by: str
    appeal_words: str
    appeal_until: datetime | None
    left_fen: int
    provisional: bool
    fee_fen: int
    fee_borne_by: str
