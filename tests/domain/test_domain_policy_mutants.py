"""Every cell of the tables is held by a case: change any one of them and at least one case is decided otherwise.

Changed are conditions (taken away, or one value of a list dropped) and whole outcomes. A change that no possible
input could notice is no change; it is left out after a search over all inputs.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policy_cases import rule_cases

from tuidan.domain.policy import inputs_of
from tuidan.domain.policy.cell import ANYTHING, Cell, OneOf, Value
from tuidan.domain.policy.compiled import compile_table, read_policy
from tuidan.domain.policy.way import walk
from tuidan.domain.policy.jdm import RawTable
from tuidan.domain.policy.paths import Path as Way
from tuidan.domain.policy.paths import paths
from tuidan.domain.policy.space import Box, Space
from tuidan.domain.policy.table import Row, Table
from tuidan.policies import load_calendar, load_standard_policy

GIVEN = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
POLICY = load_standard_policy()
PARTS = read_policy(POLICY.canonical)
SPACE = Space([*PARTS.deciding.values(), PARTS.authority, PARTS.destination])
# No facts can show these two: who was led outside has money outside, and only services are "in progress". The check
# of the floors knows neither and wants the conditions.
IMPLIED = {"gate.led_outside money any", "undelivered.service_running goods_kind any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One cell of one row changed: `lost` are the inputs that meet the row before or after, but not both."""

    table: str
    place: int
    column: str
    what: str
    cell: Cell
    lost: Box


@cache
def case_inputs() -> tuple[dict[str, Value], ...]:
    given = [json.loads(line)["facts"] for line in GIVEN.read_text(encoding="utf-8").splitlines()]
    facts = [*given, *(case.facts for case in rule_cases())]
    return tuple(inputs_of(one, POLICY, load_calendar()) for one in facts)


@cache
def coming_to(table: str) -> tuple[dict[str, Value], ...]:
    return tuple(
        inputs
        for inputs in case_inputs()
        if any(row.startswith(f"{table}.") for row in walk(POLICY, inputs).rows)
    )


@cache
def ways_to(table: str) -> tuple[Way, ...]:
    return tuple(way for way in paths(PARTS, SPACE) if way.table.name == table)


def mutants(table: RawTable) -> Iterator[Mutant]:
    for place, row in enumerate(table.rows):
        box = SPACE.box_of(table.columns, row)
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell is ANYTHING:
                continue
            others = SPACE.whole(column) & ~box[column]
            yield Mutant(table.name, place, column, "any", ANYTHING, {**box, column: others})
            if isinstance(cell, OneOf) and len(cell.values) > 1:
                for value in sorted(cell.values, key=str):
                    less = OneOf(cell.values - {value})
                    lost = {**box, column: SPACE.mask(column, OneOf(frozenset({value})))}
                    yield Mutant(table.name, place, column, f"without {value}", less, lost)


def can_be_noticed(mutant: Mutant) -> Box | None:
    """Inputs that the change decides otherwise, or None."""
    for way in ways_to(mutant.table):
        rows = way.table.rows
        boxes = [SPACE.box_of(way.table.columns, row) for row in rows]
        start = SPACE.meet(way.box, mutant.lost)
        for later in range(mutant.place + 1, len(rows)):
            if start is None or rows[later].outcome == rows[mutant.place].outcome:
                continue
            box = SPACE.meet(start, boxes[later])
            before = [*way.avoid, *boxes[: mutant.place], *boxes[mutant.place + 1 : later]]
            found = None if box is None else SPACE.outside(box, before)
            if found is not None:
                return found
    return None


def changed(mutant: Mutant) -> Table:
    raw = PARTS.deciding[mutant.table]
    rows = list(raw.rows)
    row = rows[mutant.place]
    column = raw.columns.index(mutant.column)
    cells = (*row.cells[:column], mutant.cell, *row.cells[column + 1 :])
    rows[mutant.place] = Row(row.id, cells, row.texts, row.outcome)
    return compile_table(RawTable(raw.name, raw.columns, raw.outputs, tuple(rows)))


def is_noticed(mutant: Mutant) -> bool:
    table, before = changed(mutant), POLICY.deciding[mutant.table]
    return any(
        table.outcomes[table.first_hit(inputs)] != before.outcomes[before.first_hit(inputs)]
        for inputs in coming_to(mutant.table)
    )


def test_every_changed_condition_is_noticed_by_a_case() -> None:
    unnoticed = [
        f"{PARTS.deciding[mutant.table].rows[mutant.place].id} {mutant.column} {mutant.what}"
        for table in PARTS.deciding.values()
        for mutant in mutants(table)
        if not is_noticed(mutant) and can_be_noticed(mutant) is not None
    ]
    assert set(unnoticed) == IMPLIED


def test_every_row_decides_a_case() -> None:
    used = {row for inputs in case_inputs() for row in walk(POLICY, inputs).rows}
    assert {row.id for table in PARTS.deciding.values() for row in table.rows} - used == set()
