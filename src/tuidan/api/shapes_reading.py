"""What callers get about what was read on a file. Boxes are pixels of the picture as it is seen upright."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema


class BoxTold(Schema):
    left: int
    top: int
    right: int
    bottom: int


class ElementTold(Schema):
    """`state` is found, unsure, missing or contradicts; `why` is a code; confidence in per cent."""

    name: str
    state: str
    value: str
    box: BoxTold | None
    confidence: int
    why: str


class SignTold(Schema):
    kind: str
    detail: str
    box: BoxTold | None


class ElsewhereTold(Schema):
    """Where the same picture was filed: `exact`, `same` or `like`. For reviewers and operators."""

    order_id: UUID
    n: int
    grade: str
    differing: list[BoxTold]


class ReadingTold(Schema):
    """What was read on a file. `state`: none, reading, done, failed, or asked where a person must look."""

    n: int
    state: str
    frame: int
    width: int
    height: int
    elements: list[ElementTold]
    details: list[ElementTold]
    hints: list[str]
    signs: list[SignTold]
    used_elsewhere: bool
    elsewhere: list[ElsewhereTold]
