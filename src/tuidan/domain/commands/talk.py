"""Commands about the talk between the parties of an order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Say something about the order (S-048). `text_sha256` is the hash of the salted words, `flags` what they hold.

    `asks` wants the seller's answer about `unit`, which may be 0 where there is one only.
    """

    text_sha256: str
    template: str = ""
    flags: tuple[str, ...] = ()
    asks: bool = False
    unit: int = 0
    case: int = 0


@dataclass(frozen=True, slots=True)
class AnswerContact:
    """The seller's answer by one tap; `amount_fen` only with `agree_partial`, fen."""

    kind: str
    unit: int = 0
    amount_fen: int = 0


@dataclass(frozen=True, slots=True)
class RecordSilence:
    """The seller's time to answer is over (timer)."""

    unit: int


@dataclass(frozen=True, slots=True)
class RecordBlocked:
    """The platform's finding that nobody can answer for the seller: `shop_closed` or `no_member`."""

    unit: int
    why: str
