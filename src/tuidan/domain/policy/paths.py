"""All ways through the tables of a policy: which inputs reach which row, over all tables before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tuidan.domain.policy.compiled import PolicyParts
from tuidan.domain.policy.jdm import RawTable
from tuidan.domain.policy.space import Box, Space
from tuidan.domain.policy.table import Row


@dataclass(frozen=True, slots=True)
class Path:
    """A table together with the inputs that come to it one way: inside `box`, outside all of `avoid`."""

    table: RawTable
    box: Box
    avoid: tuple[Box, ...]


def paths(parts: PolicyParts, space: Space) -> Iterator[Path]:
    """Every way from the first table to each table. The tables form no cycle."""
    waiting = [Path(parts.deciding[parts.start], {}, ())]
    while waiting:
        path = waiting.pop()
        yield path
        avoid = list(path.avoid)
        for row in path.table.rows:
            own = space.box_of(path.table.columns, row)
            following = row.outcome.get("next")
            box = space.meet(path.box, own)
            if following and box is not None and space.outside(box, avoid) is not None:
                waiting.append(Path(parts.deciding[str(following)], box, tuple(avoid)))
            avoid.append(own)


def reaching(path: Path, place: int, space: Space, within: Box) -> Box | None:
    """Inputs inside `within` that come this way and meet row `place` first, or None."""
    row: Row = path.table.rows[place]
    box = space.meet(path.box, space.box_of(path.table.columns, row))
    box = None if box is None else space.meet(box, within)
    if box is None:
        return None
    before = [space.box_of(path.table.columns, earlier) for earlier in path.table.rows[:place]]
    return space.outside(box, [*path.avoid, *before])


def unanswered(path: Path, space: Space) -> Box | None:
    """Inputs that come this way and meet no row, or None."""
    rows = [space.box_of(path.table.columns, row) for row in path.table.rows]
    return space.outside(path.box, [*path.avoid, *rows])
