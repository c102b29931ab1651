"""Commands about a buyer's age (R16)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordMinorFinding:
    """A reviewer's finding on the proofs that a guardian filed; `age` in whole years, -1 not known."""

    case: int
    is_minor: bool
    age: int
    own_income: bool
    face_verified: bool
    ratified: bool
    guardian_share_percent: int
    text_sha256: str = ""
