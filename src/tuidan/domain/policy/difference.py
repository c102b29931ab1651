"""What differs between two versions of a policy: codes and data, row by row; the sentences are in web/shared.

Rows are known by their id. A row that only stands elsewhere is told as moved, because the first hit decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import orjson

from tuidan.domain.policy.compiled import CompiledPolicy
from tuidan.domain.policy.table import Row, Table

Scalar: TypeAlias = str | int | bool


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `what` is a key of WHATS; `row` is the row's own id; `name` a column, number or deadline.

    `before` and `after` are what it was and is ("" for nothing); `rules` and `note` help to recognise a row;
    `conditions` and `outcome` are those of a row that came or went.
    """

    what: str
    table: str = ""
    row: str = ""
    name: str = ""
    before: Scalar = ""
    after: Scalar = ""
    rules: str = ""
    note: str = ""
    conditions: tuple[tuple[str, str], ...] = ()
    outcome: tuple[tuple[str, Scalar], ...] = ()


WHATS: Mapping[str, str] = {
    "renamed": "the policy has another id or version",
    "number": "a number is another one",
    "deadline": "a deadline has another span, came or went",
    "roles": "a kind of evidence carries other facts",
    "order": "the tables are asked in another order",
    "table_added": "a table came",
    "table_removed": "a table went",
    "row_added": "a row came",
    "row_removed": "a row went",
    "row_moved": "a row stands elsewhere among those that stayed",
    "condition": "a row's condition is another one",
    "outcome": "a row's outcome is another one",
    "notes": "nothing that decides differs: notes or layout only",
}


def find_changes(before: CompiledPolicy, after: CompiledPolicy) -> list[Change]:
    """All differences from one version to another; empty exactly when their bytes are the same."""
    if before.sha256 == after.sha256:
        return []
    one, other = orjson.loads(before.canonical), orjson.loads(after.canonical)
    names = [
        Change("renamed", "", "", name, one[name], other[name])
        for name in ("id", "version")
        if one[name] != other[name]
    ]
    found = [
        *_flat("number", _numbers(one), _numbers(other)),
        *_flat("deadline", _deadlines(one), _deadlines(other)),
        *_flat("roles", _roles(one), _roles(other)),
        *_flat("order", _order(one), _order(other)),
        *_table_changes(_tables(before), _tables(after), _notes(one), _notes(other)),
    ]
    return names + found if found else [*names, Change("notes")]


def _flat(what: str, before: Mapping[str, Scalar], after: Mapping[str, Scalar]) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        if before.get(name, "") != after.get(name, ""):
            yield Change(what, "", "", name, before.get(name, ""), after.get(name, ""))


def _numbers(plain: Mapping[str, dict[str, int]]) -> dict[str, Scalar]:
    numbers: dict[str, object] = dict(plain["numbers"])
    holds = numbers.pop("hold_seconds")
    assert isinstance(holds, dict)
    flat: dict[str, Scalar] = {name: value for name, value in numbers.items() if isinstance(value, int)}
    return flat | {f"hold_seconds.{kind}": seconds for kind, seconds in holds.items()}


def _deadlines(plain: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, Scalar]:
    return {name: f"{span['what']} {span['within']}" for name, span in plain["deadlines"].items()}


def _roles(plain: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, Scalar]:
    return {name: " ".join(sorted(roles)) for name, roles in plain["evidence_roles"].items()}


def _order(plain: Mapping[str, Mapping[str, object]]) -> dict[str, Scalar]:
    return {
        name: " ".join(value) if isinstance(value, list) else str(value)
        for name, value in plain["order"].items()
    }


def _tables(policy: CompiledPolicy) -> dict[str, Table]:
    return {
        **policy.deciding,
        policy.authority.name: policy.authority,
        policy.destination.name: policy.destination,
    }


def _notes(plain: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """What the authors wrote beside each row, by `table.row`."""
    found: dict[str, str] = {}
    for table, document in plain["tables"].items():
        assert isinstance(document, dict)
        for node in document["nodes"]:
            for rule in node.get("content", {}).get("rules", []):
                found[f"{table}.{rule['_id']}"] = str(rule.get("_description", ""))
    return found


def _table_changes(
    before: Mapping[str, Table],
    after: Mapping[str, Table],
    notes: Mapping[str, str],
    notes_after: Mapping[str, str],
) -> Iterator[Change]:
    for name in before:
        if name not in after:
            yield Change("table_removed", name)
    for name, table in after.items():
        if name not in before:
            yield Change("table_added", name)
        rows = {row.id: row for row in before[name].rows} if name in before else {}
        columns = before[name].columns if name in before else ()
        yield from _row_changes(rows, columns, table, {**notes, **notes_after})
    for name in before.keys() - after.keys():
        for row in before[name].rows:
            yield _whole_row("row_removed", name, row, before[name].columns, notes)


def _row_changes(
    rows: Mapping[str, Row], columns: tuple[str, ...], after: Table, notes: Mapping[str, str]
) -> Iterator[Change]:
    kept = {row.id for row in after.rows}
    for row_id, row in rows.items():
        if row_id not in kept:
            yield _whole_row("row_removed", after.name, row, columns, notes)
    moved = _moved([row for row in rows if row in kept], [row.id for row in after.rows if row.id in rows])
    for row in after.rows:
        if row.id not in rows:
            yield _whole_row("row_added", after.name, row, after.columns, notes)
            continue
        if row.id in moved:
            yield _about("row_moved", after.name, row, "", "", "", notes)
        one, other = _conditions(rows[row.id], columns), _conditions(row, after.columns)
        for name in dict.fromkeys([*one, *other]):
            if one.get(name, "") != other.get(name, ""):
                yield _about(
                    "condition", after.name, row, name, one.get(name, ""), other.get(name, ""), notes
                )
        for name, value in row.outcome.items():
            if rows[row.id].outcome.get(name, "") != value:
                yield _about(
                    "outcome", after.name, row, name, rows[row.id].outcome.get(name, ""), value, notes
                )


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The fewest rows that must be lifted out so that the others stand in the same order."""
    place = {row: n for n, row in enumerate(before)}
    chains: list[list[str]] = []  # the longest run that ends at each row
    for row in after:
        earlier = [chain for chain in chains if place[chain[-1]] < place[row]]
        chains.append([*_longest(earlier), row])
    return set(after) - set(_longest(chains))


def _longest(chains: list[list[str]]) -> list[str]:
    return max(chains, key=len) if chains else []


def _conditions(row: Row, columns: tuple[str, ...]) -> dict[str, str]:
    given = ((column, text.strip()) for column, text in zip(columns, row.texts, strict=True))
    return {column: text for column, text in given if text not in ("", "-")}


def _about(
    what: str, table: str, row: Row, name: str, before: Scalar, after: Scalar, notes: Mapping[str, str]
) -> Change:
    return Change(
        what, table, _own(row), name, before, after, str(row.outcome.get("rules", "")), notes.get(row.id, "")
    )


def _whole_row(what: str, table: str, row: Row, columns: tuple[str, ...], notes: Mapping[str, str]) -> Change:
    return Change(
        what,
        table,
        _own(row),
        rules=str(row.outcome.get("rules", "")),
        note=notes.get(row.id, ""),
        conditions=tuple(_conditions(row, columns).items()),
        outcome=tuple((name, value) for name, value in row.outcome.items() if value not in ("", "none")),
    )


def _own(row: Row) -> str:
    return row.id.partition(".")[2]
