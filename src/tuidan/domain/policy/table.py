"""A decision table compiled to bit masks: the first matching row, and the rows that one condition kept away.

Each column holds, for every value it can take, the set of rows whose cell accepts that value as one integer (bit i
= row i). The rows that match are the AND of one integer a column; the first hit is the lowest bit. The cost does
not grow with the number of rows, and near misses fall out of the same integers.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tuidan.domain.policy.cell import ANYTHING, Between, Cell, OneOf, Value


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
    """A compiled first-hit table. `domains` gives for each column its possible values, or None for whole numbers."""

    __slots__ = ("_all", "_lookups", "columns", "name", "outcomes", "rows")

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
        self._all = (1 << len(rows)) - 1
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

    def first_hit(self, inputs: Mapping[str, Value]) -> int:
        """Number of the first row that accepts the inputs, or -1. Raises KeyError for a value outside its domain."""
        matching = self._all
        for column, lookup in self._lookups:
            matching &= lookup[inputs[column]]
        return (matching & -matching).bit_length() - 1

    def one_short(self, inputs: Mapping[str, Value], before: int) -> list[tuple[int, str, Value]]:
        """Rows above row `before` that exactly one condition kept from matching: (row, column, the value it met)."""
        failed = failed_twice = 0
        for column, lookup in self._lookups:
            fails = ~lookup[inputs[column]]
            failed_twice |= failed & fails
            failed |= fails
        near = failed & ~failed_twice & ((1 << before) - 1)
        found: list[tuple[int, str, Value]] = []
        while near:
            bit = near & -near
            near ^= bit
            for column, lookup in self._lookups:
                if not lookup[inputs[column]] & bit:
                    found.append((bit.bit_length() - 1, column, inputs[column]))
                    break
        return found

    def text_of(self, row: int, column: str) -> str:
        """The condition as written in the policy."""
        return self.rows[row].texts[self.columns.index(column)]
