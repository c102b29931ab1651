"""What of an order's events a reader's dossier shows, and what it asks for."""

from __future__ import annotations

from tuidan.domain.dispute import Case
from tuidan.domain.dossier.law import articles
from tuidan.domain.dossier.record import Demand
from tuidan.domain.order import Order

# Nobody outside needs to read how the platform steers itself, or where somebody banks.
STEERING = frozenset(
    {
        "command_refused",
        "payment_started",
        "settlement_asked",
        "alarm_acknowledged",
        "legal_limit_near",
        "advance_owed",
        "advance_borne",
        "advance_recovered",
        "funds_held",
        "funds_freed",
        "legal_hold_placed",
        "legal_hold_lifted",
    }
)

# Who took a request back, or made peace, asks for nothing any more.
GIVEN_UP = frozenset({"withdrawn", "settled"})


def is_told(kind: str) -> bool:
    """Whether an event of this kind is a fact of the dossier."""
    return kind not in STEERING


def disputed_case(order: Order, case: int = 0) -> Case | None:
    """The request that the dossier is about: the one that is named, else the open one, else the last."""
    if case:
        return order.case(case)
    still_open = [each for each in order.cases if each.is_open()]
    found = still_open or order.cases
    return found[-1] if found else None


def demand_of(order: Order, rules: tuple[str, ...], case: int = 0) -> Demand:
    """What is still asked for: what the request is about, at most what is left of its unit, and on which articles."""
    about = disputed_case(order, case)
    if about is None:
        return Demand(0, 0, "", articles((), ""))
    left = 0 if about.status in GIVEN_UP else order.units[about.unit - 1].left_fen()
    amount = min(about.amount_fen or left, left)
    return Demand(amount, about.n, about.reason, articles(rules, about.reason))
