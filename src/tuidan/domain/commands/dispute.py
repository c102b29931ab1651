"""Commands about a refund request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestRefund:
    """Ask for money back for one unit. `amount_fen` 0 means all that is left of the unit."""

    unit: int
    reason: str
    amount_fen: int = 0
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """The buyer takes an open refund request back."""

    case: int


@dataclass(frozen=True, slots=True)
class GiveUpCheck:
    """The outside facts that a request waits for did not come in time (timer); decide without them."""

    case: int


@dataclass(frozen=True, slots=True)
class DecideCase:
    """A reviewer's judgement; refused when something material came in after `seen_version`."""

    case: int
    approve: bool
    amount_fen: int
    reasons: tuple[str, ...]
    seen_version: int
