"""What a person found about the buyer's age, and who shares the fault (R16). One finding an order; the last stands."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds


@dataclass(slots=True)
class Minor:
    """A reviewer's finding; `guardian_share_percent` of the price stays with the family (30–70, 民法典157)."""

    is_minor: bool
    age: int
    own_income: bool
    face_verified: bool
    ratified: bool
    guardian_share_percent: int


def _find(minors: list[Minor], event: e.MinorFound, n: int, now: int) -> None:
    minors[:] = [
        Minor(
            event.is_minor,
            event.age,
            event.own_income,
            event.face_verified,
            event.ratified,
            event.guardian_share_percent,
        )
    ]


MINOR_FOLDS: Folds = {e.MinorFound: _find}
