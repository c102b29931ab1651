"""What callers get about the log that strangers verify. Texts are told as they are signed, byte for byte."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema


class LogProofTold(Schema):
    """`logged` false: the log or its signature has not come so far yet, and the rest is empty; ask again."""

    order_id: UUID
    logged: bool
    n: int | None = None
    index: int | None = None
    size: int | None = None
    entry: str | None = None
    proof: str | None = None
    keys: list[str] = []


class LogKeyTold(Schema):
    """A verifier key; it signs checkpoints of `from_size` leaves or more, up to `until_size` (null: in use)."""

    n: int
    vkey: str
    from_size: int
    until_size: int | None


class LogTold(Schema):
    """How the log stands. `trouble` says in a code why nothing is signed; empty when all is well."""

    size: int
    signed_size: int
    signed_at: datetime | None
    trouble: str
    checkpoint: str | None
    keys: list[LogKeyTold]
