"""The finite space of inputs of a policy, and the search for a point in it: is there a case that …?

Every input splits into atoms that no table can tell apart: the values of an enum, the pieces between the numbers
its cells name. A row is then a box of atoms, and "can this row be reached", "is some case left without an answer",
"does any case break this floor" are one question: a point inside one box and outside all boxes that come before.
"""

from collections.abc import Iterable, Mapping

from tuidan.domain.policy.cell import ANYTHING, Between, Cell, Value
from tuidan.domain.policy.jdm import RawTable
from tuidan.domain.policy.table import Row, boundaries
from tuidan.domain.policy.vocabulary import INPUTS

Box = dict[str, int]


class Space:
    """Atoms of every input, as far as the given tables tell them apart."""

    def __init__(self, tables: Iterable[RawTable]) -> None:
        starts: dict[str, set[int]] = {name: {0} for name, domain in INPUTS.items() if domain is None}
        for table in tables:
            for place, column in enumerate(table.columns):
                if column in starts:
                    for row in table.rows:
                        starts[column].update(point for point in boundaries(row.cells[place]) if point > 0)
        self.atoms: dict[str, tuple[Value, ...]] = {
            name: tuple(sorted(starts[name])) if domain is None else domain for name, domain in INPUTS.items()
        }

    def box_of(self, columns: tuple[str, ...], row: Row) -> Box:
        """The box of a row: only the columns it constrains."""
        return {
            column: self.mask(column, cell)
            for column, cell in zip(columns, row.cells, strict=True)
            if cell is not ANYTHING
        }

    def mask(self, column: str, cell: Cell) -> int:
        """The atoms of a column that a cell accepts, as bits."""
        return sum(1 << place for place, atom in enumerate(self.atoms[column]) if cell.fits(atom))

    def values(self, **allowed: tuple[str, ...]) -> Box:
        """A box from values named by hand."""
        return {
            column: sum(1 << self.atoms[column].index(value) for value in values)
            for column, values in allowed.items()
        }

    def point(self, box: Mapping[str, int]) -> dict[str, Value]:
        """One input of a box, for people to look at: only what the box constrains."""
        return {name: self.atoms[name][(bits & -bits).bit_length() - 1] for name, bits in box.items()}

    def whole(self, column: str) -> int:
        """All atoms of a column."""
        return (1 << len(self.atoms[column])) - 1

    def meet(self, one: Mapping[str, int], other: Mapping[str, int]) -> Box | None:
        """The common part of two boxes, or None."""
        common = dict(one)
        for column, bits in other.items():
            common[column] = common.get(column, self.whole(column)) & bits
            if not common[column]:
                return None
        return common

    def outside(self, box: Box, avoid: list[Box], start: int = 0) -> Box | None:
        """A box inside `box` that touches none of `avoid`, or None when they cover it."""
        for place in range(start, len(avoid)):
            common = self.meet(box, avoid[place])
            if common is None:
                continue
            rest = dict(box)
            for column, bits in avoid[place].items():
                had = rest.get(column, self.whole(column))
                if had & ~bits:
                    found = self.outside({**rest, column: had & ~bits}, avoid, place + 1)
                    if found is not None:
                        return found
                rest[column] = had & bits
            return None
        return box


def accepts_number(cell: Cell) -> bool:
    """A cell that speaks of whole numbers."""
    if isinstance(cell, Between):
        return True
    return cell is not ANYTHING and all(type(value) is int for value in getattr(cell, "values", ()))
