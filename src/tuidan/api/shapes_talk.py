"""What callers send and get about the talk of an order. Amounts are fen, times RFC 3339."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Base64Bytes, Field, StringConstraints

from tuidan.api.shapes_in import NO_CONTROLS_BUT_LINES, NUMBER_MAX, Asked, Fen, Name, Yes
from tuidan.domain.talk import ANSWERS, TEMPLATES, TEXT_CHARS_MAX

ALL_TEMPLATES = tuple(sorted({name for names in TEMPLATES.values() for name in names}))
Seen = Annotated[int, Field(ge=0, le=2**31 - 1)]
Which = Annotated[int, Field(strict=True, ge=0, le=NUMBER_MAX)]
Said = Annotated[
    str, StringConstraints(min_length=1, max_length=TEXT_CHARS_MAX, pattern=NO_CONTROLS_BUT_LINES)
]
Answer = Annotated[str, Field(json_schema_extra={"enum": list(ANSWERS)}, pattern=f"^({'|'.join(ANSWERS)})$")]


class MessageAsked(Asked):
    """A message; `asks` (or a template) wants the seller's answer about `unit`, 0 where there is one only.

    `pictures` (base64) are looked at for codes that pay or befriend, and not kept; `pictured` holds what the caller
    has read from such codes itself.
    """

    words: Said
    template: (
        Annotated[Name, Field(json_schema_extra={"enum": ["", *ALL_TEMPLATES]})]
        | Annotated[str, StringConstraints(max_length=0)]
    ) = ""
    asks: Yes = False
    unit: Which = 0
    case: Which = 0
    pictured: Annotated[list[Annotated[str, StringConstraints(max_length=2_000)]], Field(max_length=4)] = (
        Field(default_factory=list)
    )
    pictures: Annotated[list[Base64Bytes], Field(max_length=2)] = Field(default_factory=list)


class ContactAnswerAsked(Asked):
    """The seller's answer; `amount_fen` only with `agree_partial`."""

    kind: Answer
    unit: Which = 0
    amount_fen: Fen = 0


class MessageLineTold(Schema):
    """One line: a message or an answer. `words` is null where they were erased; `flags` warn and decide nothing."""

    n: int
    kind: str
    at: datetime
    by: str
    words: str | None
    template: str
    flags: list[str]
    asks: bool
    unit: int
    case: int
    response: str
    offered_fen: int
    proof: str


class ContactTold(Schema):
    unit: int
    status: str
    asked_at: datetime | None
    due_at: datetime | None
    response: str
    offered_fen: int
    responded_at: datetime | None


class TalkTold(Schema):
    order_id: UUID
    messages: list[MessageLineTold]
    contacts: list[ContactTold]
    last_n: int


class MessageSentTold(Schema):
    """`n` counts the order's messages; `due_at` is set where this one started the seller's clock."""

    order_id: UUID
    n: int
    by: str
    flags: list[str]
    asks: bool
    unit: int
    due_at: datetime | None


class ContactAnsweredTold(Schema):
    order_id: UUID
    unit: int
    response: str
    offered_fen: int


class CopyTold(Schema):
    """Lines of JSON: the first names the order and its head hash, each other is one event with its words."""

    order_id: UUID
    lines: list[str]


class QuestionTold(Schema):
    order_id: UUID
    unit: int
    title: str
    goods_kind: str
    due_at: datetime | None


class QuestionsTold(Schema):
    questions: list[QuestionTold]
    page: int
