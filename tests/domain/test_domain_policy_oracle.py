"""Our compiled tables against zen-engine on the same documents: random inputs, every value of every cell and its
neighbours. zen reads the JDM text itself, so a cell that we misread would show here."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
import zen

from tuidan.domain.policy import inputs_of
from tuidan.domain.policy.cell import ANYTHING, Between, Value
from tuidan.domain.policy.table import Table
from tuidan.domain.policy.vocabulary import INPUTS
from tuidan.domain.policy.way import walk
from tuidan.policies import load_calendar, load_standard_policy

POLICY = load_standard_policy()
TABLES = {**POLICY.deciding, "authority": POLICY.authority, "destination": POLICY.destination}
CASES = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
RANDOM_INPUTS = 400
ROW = "matched_row"


def numbered(document: dict[str, object]) -> dict[str, object]:
    """The same document with one more outcome that tells which row matched."""
    nodes = document["nodes"]
    assert isinstance(nodes, list)
    content = next(node["content"] for node in nodes if node["type"] == "decisionTableNode")
    content["outputs"].append({"id": ROW, "name": ROW, "field": ROW})
    for place, rule in enumerate(content["rules"]):
        rule[ROW] = str(place)
    return document


@pytest.fixture(scope="module")
def engine() -> zen.ZenEngine:
    tables = orjson.loads(POLICY.canonical)["tables"]
    return zen.ZenEngine(
        {"loader": {"type": "static", "content": {name: numbered(table) for name, table in tables.items()}}}
    )


def possible(table: Table, column: str) -> list[Value]:
    """All values of an enum; for numbers those around every boundary."""
    domain = INPUTS[column]
    if domain is not None:
        return list(domain)
    place, numbers = table.columns.index(column), {0, 1}
    for row in table.rows:
        cell = row.cells[place]
        if isinstance(cell, Between):
            ends = [end for end in (cell.low, cell.high) if end is not None]
        else:
            ends = [value for value in getattr(cell, "values", ()) if isinstance(value, int)]
        numbers.update(near for end in ends for near in (end - 1, end, end + 1) if near >= 0)
    return sorted(numbers)


def around_rows(table: Table, chance: random.Random) -> Iterator[dict[str, Value]]:
    """For each row: inputs that meet it, and the same with one column moved to each of its other values."""
    values = {column: possible(table, column) for column in table.columns}
    for row in table.rows:
        met = {
            column: chance.choice([value for value in values[column] if cell.fits(value)])
            for column, cell in zip(table.columns, row.cells, strict=True)
        }
        yield met
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell is not ANYTHING:
                yield from ({**met, column: value} for value in values[column])


def random_inputs(table: Table, chance: random.Random) -> Iterator[dict[str, Value]]:
    for _ in range(RANDOM_INPUTS):
        yield {column: chance.choice(possible(table, column)) for column in table.columns}


def zen_row(engine: zen.ZenEngine, name: str, inputs: dict[str, Value]) -> int:
    return int(engine.evaluate(name, inputs)["result"][ROW])


@pytest.mark.parametrize("name", sorted(TABLES))
def test_zen_finds_the_same_row_around_every_cell(engine: zen.ZenEngine, name: str) -> None:
    table, chance = TABLES[name], random.Random(20_261_123)
    differing = [
        inputs
        for inputs in around_rows(table, chance)
        if zen_row(engine, name, inputs) != table.first_hit(inputs)
    ]
    assert differing == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_zen_finds_the_same_row_for_random_inputs(engine: zen.ZenEngine, name: str) -> None:
    table, chance = TABLES[name], random.Random(7)
    differing = [
        inputs
        for inputs in random_inputs(table, chance)
        if zen_row(engine, name, inputs) != table.first_hit(inputs)
    ]
    assert differing == []


def test_zen_gives_the_same_outcome_words(engine: zen.ZenEngine) -> None:
    chance = random.Random(3)
    for name, table in TABLES.items():
        for inputs in random_inputs(table, chance):
            result = dict(engine.evaluate(name, inputs)["result"])
            ours = {
                key: value for key, value in table.outcomes[table.first_hit(inputs)].items() if value != ""
            }
            result.pop(ROW)
            assert result == ours


def test_zen_walks_the_same_way_from_facts_to_the_deciding_row(engine: zen.ZenEngine) -> None:
    chance, calendar = random.Random(11), load_calendar()
    cases = [json.loads(line)["facts"] for line in CASES.read_text(encoding="utf-8").splitlines()]
    for case in cases:
        for _ in range(10):
            inputs = inputs_of(case, POLICY, calendar)
            for column in chance.sample(sorted(inputs), 2):
                domain = INPUTS[column]
                if column != "goods_kind" and domain is not None:
                    inputs[column] = chance.choice(domain)
            rows, name = [], POLICY.start
            while name:
                place = zen_row(
                    engine, name, {key: inputs[key] for key in TABLES[name].columns if key in inputs}
                )
                rows.append(TABLES[name].rows[place].id)
                name = str(TABLES[name].outcomes[place]["next"])
            assert tuple(rows) == walk(POLICY, inputs).rows
