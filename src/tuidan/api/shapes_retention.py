"""What callers send and get about keeping and erasing. Times RFC 3339; codes are for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

WORDS_MAX = 500


class WishAsked(Schema):
    words: str = Field("", max_length=WORDS_MAX)
    close_account: bool = False


class WishTold(Schema):
    id: UUID
    asked_at: datetime
    done: bool


class OwnCopyTold(Schema):
    made_at: datetime
    person: dict[str, Any]
    orders: list[dict[str, Any]]
    erasures_asked: list[dict[str, Any]]


class ErasureAsked(Schema):
    of: Literal["buyer", "seller", "all"] = "all"
    words: str = Field("", max_length=WORDS_MAX)


class ErasureTold(Schema):
    order_id: UUID
    erasure: int
    of: str
    classes: list[str]


class HoldAsked(Schema):
    words: str = Field(..., min_length=1, max_length=WORDS_MAX)


class HoldTold(Schema):
    order_id: UUID
    hold: int


class KeptTold(Schema):
    """`why` is erased, held, open, law or free; `until` and `law` where the law asks."""

    kept: str
    why: str
    until: datetime | None
    law: str


class ActTold(Schema):
    order_id: UUID
    n: int
    kind: str
    at: datetime
    actor: str
    actor_id: str
    number: int
    of: str
    why: str
    classes: list[str]
    words: str


class OrderKeptTold(Schema):
    order_id: UUID
    of: str
    classes: list[KeptTold]
    acts: list[ActTold]


class WishLineTold(Schema):
    id: UUID
    person_id: UUID
    asked_by: UUID
    asked_at: datetime
    close_account: bool
    erased: int
    kept: int
    kept_until: datetime | None
    kept_why: str
    account_closed: bool
    done_at: datetime | None


class ReportTold(Schema):
    trade_years: int
    payment_years: int
    holds: list[ActTold]
    acts: list[ActTold]
    requests: list[WishLineTold]


class DueLineTold(Schema):
    order_id: UUID
    ended_at: datetime
    classes: list[str]


class DueTold(Schema):
    orders: list[DueLineTold]


class DueErasedTold(Schema):
    orders: int
