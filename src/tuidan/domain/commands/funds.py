"""Commands of the worker about money beyond the escrow. All are totals: asked again they change nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordHold:
    """What the seller's book holds for a case now; 0 asked means it was let go."""

    case: int
    asked_fen: int
    held_fen: int


@dataclass(frozen=True, slots=True)
class RecordRecovery:
    """Of a refund's advance so much is recovered from the seller in all, and so much borne in all, fen."""

    refund: int
    recovered_fen: int
    borne_fen: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class RecordCharge:
    """For a compensation so much was charged to the seller in all, fen."""

    payout: int
    charged_fen: int
