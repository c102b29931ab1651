"""Every cell of the tables is held by a case: change any one of them and at least one case gets a wrong answer.

Changed are conditions (taken away, one value of a list dropped, a number moved by one) and outcomes (each to every
other that the publishing check would let pass) of all tables, also those that say who decides and where the money
goes. Wrong means: not the decision, sum, compensation, liable party, span, destination, cause or rule that the case
expects. A change that no possible input could notice is no change; it is left out after a search over all inputs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from policy_variants import KnownCase, known_cases, variants_of
from test_domain_policy_variants import answer, cause_of, grounds_of

from tuidan.domain.policy import CompiledPolicy, Verdict, decide, inputs_of
from tuidan.domain.policy.amounts import FORMULAS
from tuidan.domain.policy.cell import ANYTHING, Between, Cell, OneOf, Value
from tuidan.domain.policy.check import DEADLINE_OF, LIABLE_OF
from tuidan.domain.policy.compiled import compile_table, read_policy
from tuidan.domain.policy.jdm import RawTable
from tuidan.domain.policy.paths import Path as Way
from tuidan.domain.policy.paths import paths
from tuidan.domain.policy.space import Box, Space
from tuidan.domain.policy.table import Row, Table
from tuidan.domain.policy.vocabulary import CAUSES, COMPENSATIONS, DECISIONS, DESTINATIONS, LIABLE
from tuidan.domain.policy.way import walk
from tuidan.policies import load_calendar, load_standard_policy

POLICY = load_standard_policy()
PARTS = read_policy(POLICY.canonical)
AFTER = {"authority": PARTS.authority, "destination": PARTS.destination}
RAW = {**PARTS.deciding, **AFTER}
TABLES: dict[str, Table] = {
    **POLICY.deciding,
    "authority": POLICY.authority,
    "destination": POLICY.destination,
}
SPACE = Space(list(RAW.values()))
# No facts can show these: who was led outside has money outside; only services are "in progress"; only an approval has
# a proof. The check of the floors knows none of it and wants the conditions.
IMPLIED = {
    "gate.led_outside money any",
    "undelivered.service_running goods_kind any",
    "authority.risk proposed any",
}
# Two ways to say the same: a settled sum is the sum asked for; of nothing arrived all is missing; own goods are at the
# platform's cost.
SAME = {
    *(
        f"{table}.settled amount all"
        for table in ("undelivered", "card_code", "top_up", "membership", "service")
    ),
    "top_up.nothing amount missing_top_up",
    "membership.stopped_own liable platform",
    "membership.stopped_own cause platform",
}


@dataclass(frozen=True, slots=True)
class Played:
    """A case with its inputs, also those that the tables find themselves, and the rows it met."""

    case: KnownCase
    inputs: dict[str, Value]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One cell of one row changed. Of conditions, `lost` are the inputs that meet the row before or after, not both."""

    table: RawTable
    place: int
    what: str
    lost: Box | None

    def name(self) -> str:
        return f"{self.table.rows[self.place].id} {self.what}"


def rules_held(case: KnownCase, verdict: Verdict) -> bool:
    return not case.rule.startswith("R") or case.rule in verdict.rules


def is_right(case: KnownCase, verdict: Verdict) -> bool:
    told = tuple(reason.code for reason in verdict.reasons)
    right = answer(verdict) == case.expected and rules_held(case, verdict) and told == (case.grounds or told)
    # what went back before keeps the cause of that refund
    left = "gate.all_returned" in verdict.rows or "already_returned" not in told
    return right and (verdict.cause == cause_of(case, verdict) or not left)


@cache
def played() -> tuple[Played, ...]:
    found = []
    for case in known_cases():
        verdict = decide(case.facts, POLICY, load_calendar())
        for each in (case, *variants_of(case, grounds_of(verdict))):
            verdict = decide(each.facts, POLICY, load_calendar())
            inputs = inputs_of(each.facts, POLICY, load_calendar())
            outcome = walk(POLICY, inputs).outcome
            inputs |= {"proposed": outcome["decision"], "proof": outcome["proof"]}
            found.append(Played(each, inputs, verdict.rows))
    return tuple(found)


@cache
def coming_to(table: str) -> tuple[Played, ...]:
    return tuple(each for each in played() if any(row.startswith(f"{table}.") for row in each.rows))


@cache
def ways_to(table: str) -> tuple[Way, ...]:
    if table in AFTER:
        return (Way(AFTER[table], {}, ()),)
    return tuple(way for way in paths(PARTS, SPACE) if way.table.name == table)


def changed(table: RawTable, place: int, row: Row) -> RawTable:
    rows = (*table.rows[:place], row, *table.rows[place + 1 :])
    return RawTable(table.name, table.columns, table.outputs, rows)


def conditions(table: RawTable) -> Iterator[Mutant]:
    for place, row in enumerate(table.rows):
        box = SPACE.box_of(table.columns, row)
        for number, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            for what, other in other_cells(cell):
                cells = (*row.cells[:number], other, *row.cells[number + 1 :])
                lost = box[column] ^ SPACE.mask(column, other)
                yield Mutant(
                    changed(table, place, Row(row.id, cells, row.texts, row.outcome)),
                    place,
                    f"{column} {what}",
                    {**box, column: lost},
                )


def other_cells(cell: Cell) -> Iterator[tuple[str, Cell]]:
    if cell is ANYTHING:
        return
    yield "any", ANYTHING
    if isinstance(cell, OneOf) and len(cell.values) > 1:
        for value in sorted(cell.values, key=str):
            yield f"without {value}", OneOf(cell.values - {value})
    if isinstance(cell, Between):
        for step in (-1, 1):
            low, high = (None if end is None else end + step for end in (cell.low, cell.high))
            yield f"{step:+d}", Between(low, high)


def outcomes(table: RawTable) -> Iterator[Mutant]:
    for place, row in enumerate(table.rows):
        for output, value in row.outcome.items():
            for other in other_outcomes(table.name, row, output):
                if other != value:
                    told = Row(row.id, row.cells, row.texts, {**row.outcome, output: other})
                    yield Mutant(changed(table, place, told), place, f"{output} {other}", None)


def other_outcomes(table: str, row: Row, output: str) -> tuple[Value, ...]:
    """What else the cell could say without being refused by the publishing check."""
    decision = str(row.outcome.get("decision", ""))
    if table == "destination":
        return DESTINATIONS if output == "refund_to" else ()
    if table == "authority":
        return ()
    if row.outcome["next"]:
        return tuple(POLICY.deciding) if output == "next" else ()
    spans = tuple(name for name, span in POLICY.spans.items() if span.what in DEADLINE_OF[decision])
    pays = decision == "approve"
    return {
        "decision": DECISIONS,
        "amount": tuple(FORMULAS) if pays else (),
        "compensation": COMPENSATIONS if pays else (),
        "liable": tuple(word for word in LIABLE_OF.get(decision, ()) if word in LIABLE),
        "cause": CAUSES,
        "deadline": spans,
        "proof": (("log" if row.outcome["proof"] == "evidence" else "evidence"),) if pays else (),
        "rules": ("R23",),
    }.get(output, ())


def can_be_noticed(mutant: Mutant) -> bool:
    """Whether some inputs are decided otherwise."""
    if mutant.lost is None:
        return True
    for way in ways_to(mutant.table.name):
        rows = way.table.rows
        boxes = [SPACE.box_of(way.table.columns, row) for row in rows]
        start = SPACE.meet(way.box, mutant.lost)
        for later in range(mutant.place + 1, len(rows)):
            if start is None or rows[later].outcome == rows[mutant.place].outcome:
                continue
            box = SPACE.meet(start, boxes[later])
            before = [*way.avoid, *boxes[: mutant.place], *boxes[mutant.place + 1 : later]]
            if box is not None and SPACE.outside(box, before) is not None:
                return True
    return False


def with_table(name: str, table: Table) -> CompiledPolicy:
    deciding = {**POLICY.deciding, **({name: table} if name in POLICY.deciding else {})}
    return replace(
        POLICY,
        deciding=deciding,
        paying={name: each.rows_with("decision", "approve") for name, each in deciding.items()},
        authority=table if name == "authority" else POLICY.authority,
        destination=table if name == "destination" else POLICY.destination,
        ways={},
    )


def is_noticed(mutant: Mutant) -> bool:
    """Whether a case gets a wrong answer, or none at all."""
    name = mutant.table.name
    table, before = compile_table(mutant.table), TABLES[name]
    policy = with_table(name, table)
    for each in coming_to(name):
        now, then = table.first_hit(each.inputs), before.first_hit(each.inputs)
        if now >= 0 and table.outcomes[now] == before.outcomes[then]:
            continue
        try:
            right = is_right(each.case, decide(each.case.facts, policy, load_calendar()))
        except (ArithmeticError, LookupError, ValueError, RuntimeError):
            right = False
        if not right:
            return True
    return False


@pytest.mark.parametrize("name", RAW)
def test_every_changed_condition_fails_a_case(name: str) -> None:
    unnoticed = {
        mutant.name() for mutant in conditions(RAW[name]) if not is_noticed(mutant) and can_be_noticed(mutant)
    }
    assert unnoticed - IMPLIED == set()


@pytest.mark.parametrize("name", RAW)
def test_every_changed_outcome_fails_a_case(name: str) -> None:
    assert {mutant.name() for mutant in outcomes(RAW[name]) if not is_noticed(mutant)} - SAME == set()


def test_every_row_decides_a_case() -> None:
    used = {row for each in played() for row in each.rows}
    assert {row.id for table in RAW.values() for row in table.rows} - used == set()
