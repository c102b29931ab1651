"""What every issuer must do, and the records it speaks in.

An issuer made the code or keeps the account that is topped up. It alone knows whether a code is still unused
and what really arrived where. It is only asked, never told: nothing changes, so asking again is always safe.
It knows neither orders nor tables: references are opaque strings, amounts whole fen, times aware UTC.

`unknown` is an answer (S-026): no answer, a wrong signature, an answer that cannot be read without guessing
all end as `unknown` with an `error_code`; trouble outside never raises.
The checks each issuer must pass are in `conformance_issuer.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

__all__ = ["CodeStatus", "CreditStatus", "Issuer"]

CodeState = Literal["unused", "activated", "invalid", "locked", "unknown"]
CreditState = Literal["credited", "partial", "not_credited", "reversed", "unknown"]


@dataclass(frozen=True, slots=True)
class CodeStatus:
    """What the issuer says about one code.

    `activated_at` and `activated_by` (an account, as the issuer writes it) may each be None though the code
    is activated: not every issuer keeps them. `face_fen` is the value that the issuer keeps for the code, None when
    it does not say. `checked_at` is the issuer's own clock when it answered, None
    when it did not answer. `raw` is the part of the verified answer about this code, for evidence; it never
    holds the code itself.
    """

    status: CodeState
    activated_at: datetime | None = None
    activated_by: str | None = field(default=None, repr=False)
    checked_at: datetime | None = None
    error_code: str | None = None
    raw: str = field(default="", repr=False)
    face_fen: int | None = None


@dataclass(frozen=True, slots=True)
class CreditStatus:
    """What the issuer says arrived for one top-up, by the reference it was ordered under.

    `account` is whom it was really credited to: compare it with the account that was ordered (status
    `credited` to another account is possible). `arrived_fen` is the face value that is there now: 0 when
    `not_credited` or `reversed`. `revocable`: whether it can still be taken back, None when not said.
    `ordered_fen` is the face value that was asked for, None when not said.
    """

    status: CreditState
    account: str | None = field(default=None, repr=False)
    arrived_fen: int | None = None
    credited_at: datetime | None = None
    ordered_fen: int | None = None
    reversed_at: datetime | None = None
    checked_at: datetime | None = None
    error_code: str | None = None
    raw: str = field(default="", repr=False)
    revocable: bool | None = None


@runtime_checkable
class Issuer(Protocol):
    """One issuer. Thread-safe; holds a connection pool, `close_connections` lets it go.

    `call_deadline_seconds` is the longest any one method may take; `batch_codes_max` the most of a batch.
    """

    name: str
    call_deadline_seconds: float
    batch_codes_max: int

    def check_code(self, code: str) -> CodeStatus:
        """Ask for one code, given as it would be shown to the buyer. Raises only ValueError, for no code."""
        ...

    def check_codes(self, codes: Sequence[str]) -> list[CodeStatus]:
        """Ask for many; answers stand in the same order. Raises ValueError above `batch_codes_max`."""
        ...

    def check_top_up(self, reference: str, account: str) -> CreditStatus:
        """Ask what arrived under `reference`; `account` is the one ordered."""
        ...

    def close_connections(self) -> None:
        """Let go of open connections."""
        ...
