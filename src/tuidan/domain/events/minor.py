"""What a reviewer found about a buyer's age (R16)."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class MinorFound(Event):
    """A person looked at the proofs: is the payer a minor, how old, does the guardian ratify, who shares the fault.

    Of a shared fault `guardian_share_percent` stays with the family (民法典157). No names or papers are here.
    """

    is_minor: bool
    age: int
    own_income: bool
    face_verified: bool
    ratified: bool
    guardian_share_percent: int
    text_sha256: str = ""
