"""Commands about the appraisal of a case (S-119)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AssignAppraiser:
    """A reviewer names the third party."""

    case: int
    appraiser: str


@dataclass(frozen=True, slots=True)
class AcceptAppraisal:
    """The appraiser declares whether there is an interest in either side; only without one it goes on."""

    case: int
    has_interest: bool


@dataclass(frozen=True, slots=True)
class ReportAppraisal:
    """What was found; `percent` where a share was asked (-1: not), `fee_fen` what the appraisal costs."""

    case: int
    finding: str
    percent: int = -1
    fee_fen: int = 0
    text_sha256: str = ""
