"""A decision table compiled to bit masks: the first matching row, and the rows that one condition kept away.

Each column holds, for every value it can take, the set of rows whose cell accepts that value as one integer (bit i
= row i). The rows that match are the AND of one integer a column; the first hit is the lowest bit. Near misses fall
out of the same integers, and the tree that finds the first hit faster (tree.py) is grown from them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tuidan.domain.policy.cell import ANYTHING, Between, Cell, OneOf, Value
from tuidan.domain.policy.tree import Tree


@dataclass(frozen=True, slots=True)
class Row:
    """One row: id, one cell for each column of the table, outcome by output name, texts as written."""

    id: str
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    outcome: Mapping[str, Value]


class NumberLookup(dict[Value, int]):
    """Rows by whole number: pieces between the boundaries of the cells; found numbers are remembered."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        listed = list(cells)
        starts: set[int] = set()
        for cell in listed:
            starts.update(boundaries(cell))
        self.starts = sorted(starts)
        points = [self.starts[0] - 1, *self.starts] if self.starts else [0]
        self.masks = [rows_accepting(listed, point) for point in points]
        super().__init__()

    def __missing__(self, value: Value) -> int:
        if type(value) is not int:
            raise KeyError(value)
        return self.masks[bisect_right(self.starts, value)]


def boundaries(cell: Cell) -> list[int]:
    """The numbers at which the answer of a cell can change: each starts a new piece."""
    if isinstance(cell, Between):
        found = [] if cell.low is None else [cell.low]
        return found if cell.high is None else [*found, cell.high + 1]
    if isinstance(cell, OneOf):
        return [point for value in cell.values if isinstance(value, int) for point in (value, value + 1)]
    return []


def rows_accepting(cells: list[Cell], value: Value) -> int:
    """The set of cells, as bits in their order, that accept one value."""
    return sum(1 << place for place, cell in enumerate(cells) if cell.fits(value))


class Table:
    """A compiled first-hit table. `domains` gives for each column its possible values, or None for whole numbers.

    `first_hit(inputs)` is the number of the first row that accepts the inputs, or -1; KeyError outside a domain."""

    __slots__ = ("_lookups", "columns", "first_hit", "name", "outcomes", "rows", "tree")

    def __init__(
        self,
        name: str,
        columns: tuple[str, ...],
        rows: tuple[Row, ...],
        domains: Mapping[str, tuple[str, ...] | None],
    ) -> None:
        self.name = name
        self.columns = columns
        self.rows = rows
        self.outcomes = tuple(row.outcome for row in rows)
        lookups: list[tuple[str, dict[Value, int]]] = []
        for place, column in enumerate(columns):
            cells = [row.cells[place] for row in rows]
            if all(cell is ANYTHING for cell in cells):
                continue
            values = domains[column]
            lookup: dict[Value, int] = (
                NumberLookup(cells)
                if values is None
                else {value: rows_accepting(cells, value) for value in values}
            )
            lookups.append((column, lookup))
        self._lookups = tuple(lookups)
        starts = {name: lookup.starts for name, lookup in lookups if isinstance(lookup, NumberLookup)}
        self.tree = Tree((1 << len(rows)) - 1, dict(lookups), starts)
        self.first_hit = self.tree.first_hit

    def one_short(self, inputs: Mapping[str, Value], among: int) -> list[tuple[int, str, Value]]:
        """Rows of the set `among` that exactly one condition kept from matching: (row, column, the value it met)."""
        failed = failed_twice = 0
        fails: list[int] = []
        for column, lookup in self._lookups:
            fail = among & ~lookup[inputs[column]]
            fails.append(fail)
            failed_twice |= failed & fail
            failed |= fail
        near = failed & ~failed_twice
        found: list[tuple[int, str, Value]] = []
        while near:
            bit = near & -near
            near ^= bit
            column = next(
                column for (column, _), fail in zip(self._lookups, fails, strict=True) if fail & bit
            )
            found.append((bit.bit_length() - 1, column, inputs[column]))
        return found

    def rows_with(self, output: str, value: Value) -> int:
        """The rows whose outcome has this value, as bits."""
        return sum(1 << place for place, outcome in enumerate(self.outcomes) if outcome.get(output) == value)

    def text_of(self, row: int, column: str) -> str:
        """The condition as written in the policy."""
        return self.rows[row].texts[self.columns.index(column)]
