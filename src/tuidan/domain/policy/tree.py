"""A table as a decision tree that grows where cases come: only the columns that still matter are looked at.

A node knows the rows that may still match. It asks the column that tells most of them apart; when nothing the first
of them asks for is open any more, that row is the hit. Branches are made on first use and kept, up to a limit, so
a table costs only what its cases need. The answer is that of the bit masks by construction.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from tuidan.domain.policy.cell import Value

NODES_MAX = 20_000
NO_ROW = -1

Lookups: TypeAlias = Mapping[str, "Mapping[Value, int]"]
Branch: TypeAlias = "Node | int"


class Pieces(dict[Value, "Branch"]):
    """Branches of a number column: one for each piece between boundaries, all made at once."""

    def __init__(self, starts: Sequence[int], branches: Sequence["Branch"]) -> None:
        super().__init__()
        self.starts = starts
        self.branches = branches

    def __missing__(self, value: Value) -> "Branch":
        if type(value) is not int:
            raise KeyError(value)
        return self.branches[bisect_right(self.starts, value)]


class Node:
    """One question: a column, and what follows from each of its values."""

    __slots__ = ("asked", "branches", "column", "rows")

    def __init__(
        self, column: str, rows: int, asked: frozenset[str], branches: dict[Value, "Branch"]
    ) -> None:
        self.column = column
        self.rows = rows
        self.asked = asked
        self.branches = branches


class Tree:
    """The tree of one table; `lookups` give for each column and value the rows that accept it, as bits."""

    def __init__(
        self, rows: int, lookups: Lookups, starts: Mapping[str, Sequence[int]], nodes_max: int = NODES_MAX
    ) -> None:
        self._lookups = lookups
        self._starts = starts
        self._values = {
            column: tuple(getattr(lookup, "masks", None) or lookup.values())
            for column, lookup in lookups.items()
        }
        self._nodes_left = nodes_max
        self._root = self._grow(rows, frozenset())

    def first_hit(self, inputs: Mapping[str, Value]) -> int:
        """The number of the first row that accepts the inputs, or -1. Raises KeyError outside a domain."""
        here = self._root
        while here.__class__ is Node:
            value = inputs[here.column]  # type: ignore[union-attr]
            try:
                here = here.branches[value]  # type: ignore[union-attr]
            except KeyError:
                here = self._branch(here, value)  # type: ignore[arg-type]
        return here  # type: ignore[return-value]

    def _branch(self, node: Node, value: Value) -> Branch:
        rows = node.rows & self._lookups[node.column][value]
        branch = self._grow(rows, node.asked | {node.column})
        if self._nodes_left > 0:
            node.branches[value] = branch
            self._nodes_left -= 1
        return branch

    def _grow(self, rows: int, asked: frozenset[str]) -> Branch:
        if not rows:
            return NO_ROW
        first = rows & -rows
        open_columns = [
            column
            for column, masks in self._values.items()
            if column not in asked and not all(mask & first for mask in masks)
        ]
        if not open_columns:
            return first.bit_length() - 1
        column = max(open_columns, key=lambda name: self._tells_apart(name, rows))
        asked_now = asked | {column}
        if column in self._starts:
            pieces = [self._grow(rows & mask, asked_now) for mask in self._values[column]]
            return Node(column, rows, asked, Pieces(self._starts[column], pieces))
        return Node(column, rows, asked, {})

    def _tells_apart(self, column: str, rows: int) -> float:
        """How many of the rows one value of this column rules out, on the average."""
        masks = self._values[column]
        return sum((rows & ~mask).bit_count() for mask in masks) / len(masks)
