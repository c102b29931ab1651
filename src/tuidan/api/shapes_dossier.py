"""What callers get of a dossier. Amounts are fen, times RFC 3339; words are in the asked language."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema


class PartyTold(Schema):
    role: str
    id: str
    name: str
    named: bool
    contact: str
    seller_type: str


class FactTold(Schema):
    n: int
    at: datetime
    kind: str
    actor: str
    data: dict[str, Any]
    words: str | None
    hash: str


class AnnexTold(Schema):
    name: str
    sha256: str


class LogProofTold(Schema):
    n: int
    index: int
    size: int


class DemandTold(Schema):
    amount_fen: int
    case: int
    reason: str
    laws: list[str]


class AmountsTold(Schema):
    price: int
    paid: int
    escrow: int
    released: int
    refunding: int
    refunded: int


class DossierTold(Schema):
    """`complaint` is the short text to paste; `document` holds the sections as blocks of text."""

    order_id: UUID
    reader: str
    version: int
    head: str
    as_of: datetime
    status: str
    parties: list[PartyTold]
    amounts: AmountsTold
    demand: DemandTold
    laws: list[str]
    facts: list[FactTold]
    annexes: list[AnnexTold]
    proof: LogProofTold | None
    language: str
    complaint: str
    document: dict[str, Any]
