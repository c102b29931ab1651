"""The tree that finds the first hit: it answers as plain reading of the rows does, grown or not."""

import random

import pytest

from tuidan.domain.policy.cell import Value, parse_cell
from tuidan.domain.policy.table import Row, Table, rows_accepting
from tuidan.domain.policy.tree import NO_ROW, Tree

DOMAINS: dict[str, tuple[str, ...] | None] = {"state": ("a", "b", "c"), "count": None, "mood": ("x", "y")}
CELLS = [
    ('"a"', "> 2", ""),
    ('"a", "b"', "[1..3]", '"x"'),
    ("", "0", '"y"'),
    ('"c"', "", ""),
    ("", ">= 4", '"x"'),
]
ROWS = tuple(
    Row(f"r{place}", tuple(parse_cell(text) for text in texts), texts, {"decision": "approve"})
    for place, texts in enumerate(CELLS)
)
TABLE = Table("t", tuple(DOMAINS), ROWS, DOMAINS)
ALL = [
    {"state": state, "count": count, "mood": mood} for state in "abc" for count in range(7) for mood in "xy"
]


def read_plainly(inputs: dict[str, Value]) -> int:
    for place, row in enumerate(ROWS):
        if all(cell.fits(inputs[column]) for column, cell in zip(DOMAINS, row.cells, strict=True)):
            return place
    return NO_ROW


def test_the_tree_answers_as_the_rows_read_one_after_the_other() -> None:
    assert [TABLE.first_hit(inputs) for inputs in ALL] == [read_plainly(inputs) for inputs in ALL]


def test_inputs_that_no_row_accepts_are_told() -> None:
    assert TABLE.first_hit({"state": "b", "count": 4, "mood": "y"}) == NO_ROW


def test_a_tree_that_may_not_grow_gives_the_same_answers() -> None:
    lookups = {
        "state": {value: rows_accepting([row.cells[0] for row in ROWS], value) for value in "abc"},
        "mood": {value: rows_accepting([row.cells[2] for row in ROWS], value) for value in "xy"},
    }
    grown, bare = Tree(0b1000, lookups, {}), Tree(0b1000, lookups, {}, nodes_max=0)
    shuffled = random.Random(5).sample(ALL, len(ALL))
    assert [bare.first_hit(inputs) for inputs in shuffled] == [grown.first_hit(inputs) for inputs in shuffled]


def test_a_value_outside_its_domain_is_an_error() -> None:
    with pytest.raises(KeyError):
        TABLE.first_hit({"state": "z", "count": 0, "mood": "x"})
    with pytest.raises(KeyError):
        TABLE.first_hit({"state": "b", "count": "many", "mood": "x"})


def test_a_near_miss_names_the_one_condition_that_failed() -> None:
    near = TABLE.one_short({"state": "b", "count": 5, "mood": "x"}, 0b0011)
    assert near == [(0, "state", "b"), (1, "count", 5)]
