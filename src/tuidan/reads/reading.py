"""What was read on the files of an order, for whoever may see them: the three elements, where, and what is missing.

The words are held against the order anew at each look, so that the kind of evidence counts that is chosen by then.
Who filed the same picture elsewhere is for reviewers and operators alone; a party hears that it was used elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.domain.reading.expected import Expected
from tuidan.domain.reading.line import STATES, Box, Element, box_from, line_from
from tuidan.domain.reading.reading import Reading, key_information, read_lines
from tuidan.reads.expected import expected_of
from tuidan.reads.viewer import Viewer
from tuidan.store.orders.story import Story, load_story
from tuidan.store.readings import rows
from tuidan.store.readings.rows import ReadingRecord

SURER = {state: rank for rank, state in enumerate(("missing", "unsure", "found", "contradicts"))}


@dataclass(frozen=True, slots=True)
class SignView:
    """A hint that the picture may have been edited: `kind` software."""

    kind: str
    detail: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place where the same picture was filed; `grade` is exact, same or like, `differing` where not."""

    order_id: UUID
    n: int
    grade: str
    differing: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingView:
    """The reading of file n. `state`: none (not looked at), reading, done, failed, asked (a person must look).

    `frame` 0 for a picture, else the key frame that shows most; boxes are on a picture of `width` × `height` pixels.
    """

    n: int
    state: str
    frame: int = 0
    width: int = 0
    height: int = 0
    elements: tuple[Element, ...] = ()
    details: tuple[Element, ...] = ()
    hints: tuple[str, ...] = ()
    signs: tuple[SignView, ...] = ()
    used_elsewhere: bool = False
    elsewhere: tuple[Elsewhere, ...] = ()

    def shows(self, name: str) -> bool:
        """Whether an element was found: the tick that the form begins with."""
        return any(element.name == name and element.state == "found" for element in self.elements)


def readings_for(
    order_id: UUID, viewer: Viewer, now: datetime, types: dict[int, str] | None = None
) -> dict[int, ReadingView]:
    """The same as `readings_of`, for whoever has not read the order's story; {} where nothing was read."""
    return readings_of(order_id, None, viewer, now, types)


def readings_of(
    order_id: UUID,
    story: Story | None,
    viewer: Viewer,
    now: datetime,
    types: dict[int, str] | None = None,
) -> dict[int, ReadingView]:
    """All readings of an order by the number of the file; `types` names the kind of evidence of some files.

    The caller shows only those of files that this viewer may see (`reads/upload.py:files_of`).
    """
    named = types or {}
    found = rows.of_order(order_id)
    if not found:
        return {}
    known = story or load_story(order_id)
    return {
        n: _view(record, expected_of(order_id, known, record.read_at or now), viewer, named.get(n, ""))
        for n, record in found.items()
    }


def _view(record: ReadingRecord, expected: Expected, viewer: Viewer, kind: str) -> ReadingView:
    is_staff = viewer.is_reviewer or viewer.is_operator
    elsewhere = tuple(_elsewhere(told) for told in record.found)
    seen = {
        "used_elsewhere": any(place.grade != "like" for place in elsewhere),
        "elsewhere": elsewhere if is_staff else (),
        "signs": tuple(
            SignView(sign["kind"], sign["detail"], box_from(sign["box"])) for sign in record.signs if is_staff
        ),
    }
    if record.state != "done":
        return ReadingView(record.n, "failed" if record.state == "erased" else record.state, **seen)  # type: ignore[arg-type]
    if not any(page["lines"] is not None for page in record.pages):
        return ReadingView(record.n, "asked", **seen)  # type: ignore[arg-type]
    frame, width, height, reading = best_page(record, expected, kind)
    return ReadingView(
        record.n,
        "done",
        frame,
        width,
        height,
        reading.elements(),
        tuple(detail for detail in reading.details if detail.state != "missing"),
        reading.hints,
        **seen,  # type: ignore[arg-type]
    )


def best_page(record: ReadingRecord, expected: Expected, kind: str) -> tuple[int, int, int, Reading]:
    """The picture, or the key frame that shows most, with its reading; elements may come from other frames."""
    read = []
    for page in record.pages:
        lines = [line_from(line) for line in page["lines"] or ()]
        reading = read_lines(lines, page["width"], page["height"], expected, kind)
        read.append((page["frame"], page["width"], page["height"], reading))
    shown = max(read, key=lambda page: sum(element.state == "found" for element in page[3].elements()))
    if len(read) == 1:
        return shown
    readings = [page[3] for page in read]
    details = tuple(_surest([r.details[k] for r in readings]) for k in range(len(readings[0].details)))
    whole = Reading(
        _surest([reading.order_no for reading in readings]),
        _surest([reading.time for reading in readings]),
        key_information(details, kind),
        details,
    )
    return (*shown[:3], whole)


def _surest(elements: list[Element]) -> Element:
    return max(elements, key=lambda element: (SURER[element.state], element.confidence))


def _elsewhere(told: dict[str, object]) -> Elsewhere:
    boxes = told.get("differing") or []
    assert isinstance(boxes, list)
    places = tuple(box for box in map(box_from, boxes) if box is not None)
    return Elsewhere(UUID(str(told["order_id"])), int(str(told["n"])), str(told["grade"]), places)


assert set(SURER) == set(STATES)
