"""Appraisal by an assigned third party (S-119)."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class AppraiserAssigned(Event):
    """Who is to look, named by a reviewer."""

    case: int
    appraiser: str


@dataclass(frozen=True, slots=True)
class AppraisalAccepted(Event):
    """The appraiser declared to have no interest in either side, and takes it on."""

    case: int


@dataclass(frozen=True, slots=True)
class AppraisalDeclined(Event):
    """The appraiser has an interest, or no time: another one is needed."""

    case: int
    why: str


@dataclass(frozen=True, slots=True)
class AppraisalReported(Event):
    """What was found; `percent` is how much of the work is done, or of the goods is as promised (-1: not said)."""

    case: int
    finding: str
    percent: int = -1
    fee_fen: int = 0
    text_sha256: str = ""
    fee_borne_by: str = ""
