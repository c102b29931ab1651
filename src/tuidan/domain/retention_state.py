"""Legal holds and erasures as an order's state knows them: two short lists, empty for nearly every order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds

TRADE, PAYMENT = "trade", "payment"
OWNERS = ("buyer", "seller", "all")
YEARS_MIN: Mapping[str, int] = {TRADE: 3, PAYMENT: 5}
YEARS_MAX = 30


@dataclass(frozen=True, slots=True)
class Years:
    """For how many years after a trade's end each class is kept; settings ask for no less than YEARS_MIN."""

    trade: int = YEARS_MIN[TRADE]
    payment: int = YEARS_MIN[PAYMENT]

    def of(self, kept: str) -> int:
        """The years of one class."""
        return self.trade if kept == TRADE else self.payment


@dataclass(frozen=True, slots=True)
class Keeping:
    """What an erasure must know beside the order: when its last event of trade was, and for how long is kept."""

    ended_at: datetime
    years: Years = Years()


@dataclass(slots=True)
class LegalHold:
    """Hold n: placed by event `placed` at `since` seconds; `lifted` is the event that lifted it (0: it stands)."""

    n: int
    placed: int
    since: int
    lifted: int = 0


@dataclass(slots=True)
class Erasure:
    """Erasure n: of whom, which classes (separated by spaces), why, ordered by event `ordered` at `at` seconds."""

    n: int
    of: str
    why: str
    classes: str
    ordered: int
    at: int


def _place(holds: list[LegalHold], event: e.LegalHoldPlaced, n: int, now: int) -> None:
    holds.append(LegalHold(event.hold, n, now))


def _lift(holds: list[LegalHold], event: e.LegalHoldLifted, n: int, now: int) -> None:
    holds[event.hold - 1].lifted = n


def _erase(erasures: list[Erasure], event: e.WordsErased, n: int, now: int) -> None:
    erasures.append(Erasure(event.erasure, event.of, event.why, " ".join(event.classes), n, now))


LEGAL_HOLD_FOLDS: Folds = {e.LegalHoldPlaced: _place, e.LegalHoldLifted: _lift}
ERASURE_FOLDS: Folds = {e.WordsErased: _erase}
