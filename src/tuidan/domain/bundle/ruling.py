"""The decisions of an order with the facts they were made on, found by following its events once.

Before an event that holds a verdict the order stands as it stood then, so the same facts come out again. They are told
only where the policy, asked again, says the very same: what rests on facts from outside the order is told without.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson

from tuidan.domain.calendar import Calendar
from tuidan.domain.events import kind_of
from tuidan.domain.evidence import canonical_bytes
from tuidan.domain.facts import Outside, unit_facts
from tuidan.domain.order import Order, evolve
from tuidan.domain.policy import CompiledPolicy, FactsError, decide
from tuidan.domain.replay_order import Told


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict as it stands in event n of a case; `facts` are what `tuidan decide` takes, None where not known."""

    case: int
    n: int
    kind: str
    verdict: dict[str, object]
    facts: dict[str, object] | None


def find_rulings(events: Iterable[Told], policy: CompiledPolicy, calendar: Calendar) -> list[Ruling]:
    """All verdicts of an order, in order. Raises what `evolve` raises for events that do not fold."""
    order, found = Order(), []
    for n, event, at in events:
        verdict, case = getattr(event, "verdict", None), getattr(event, "case", 0)
        if isinstance(verdict, dict) and verdict:
            facts = _facts(order, case, verdict, at, policy, calendar)
            found.append(Ruling(case, n, kind_of(event), verdict, facts))
        evolve(order, event, n, at)
    return found


def said_by_policy(verdict: dict[str, object]) -> dict[str, object] | None:
    """What the policy said, in a verdict of its own or beside a person's; None where it was not asked."""
    said = verdict.get("policy_said", verdict)
    return said if isinstance(said, dict) and "policy" in said and "by" not in said else None


def decided_again(facts: dict[str, object], policy: CompiledPolicy, calendar: Calendar) -> bytes:
    """The canonical record of what the policy says of these facts. Raises FactsError."""
    return canonical_bytes(decide(facts, policy, calendar).to_record())


def _facts(
    order: Order,
    number: int,
    verdict: dict[str, object],
    at: datetime,
    policy: CompiledPolicy,
    calendar: Calendar,
) -> dict[str, object] | None:
    said = said_by_policy(verdict)
    case = order.case(number) if number else None
    if said is None or case is None:
        return None
    unit = order.units[case.unit - 1]
    found = unit_facts(order, unit, case.reason, case.amount_fen, at, Outside())
    facts: dict[str, object] = orjson.loads(orjson.dumps(found))
    try:
        same = decided_again(facts, policy, calendar) == canonical_bytes(said)
    except (FactsError, ArithmeticError, LookupError, ValueError, RuntimeError):
        return None
    return facts if same else None
