"""What was read on files made ready to show: three elements with tick or cross, what is missing, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tuidan.domain.reading.line import Element
from tuidan.reads.reading import ReadingView, readings_for
from tuidan.reads.upload import FileView
from tuidan.reads.viewer import Viewer
from tuidan.web.shared.words import WORDS, say

SHAPES = {"found": "check", "unsure": "info", "missing": "cross", "contradicts": "alert"}
READ_SORTS = ("picture", "video")
TICKS = {"order_no": "has_order_no", "time": "has_timestamp", "key_info": "has_key_info"}
HINTS_SHOWN = 3
PENDING = ("none", "reading")


def readings_on(
    order_id: UUID,
    files: Sequence[FileView],
    viewer: Viewer,
    now: datetime,
    kinds: Mapping[int, str],
    language: str,
) -> tuple[dict[int, dict[str, Any]], frozenset[str]]:
    """What was read on these files, ready to show, and the ticks with which a new exhibit begins.

    `kinds` names the kind of evidence by the number of the exhibit.
    """
    types = {file.n: kinds.get(file.exhibit, "") for file in files}
    readings = readings_for(order_id, viewer, now, types) if files else {}
    drafts = [readings[file.n] for file in files if file.mine and not file.exhibit and file.n in readings]
    return show_readings(files, readings, order_id, language), ticks_of(drafts)


def show_readings(
    files: Iterable[FileView], readings: Mapping[int, ReadingView], order_id: UUID, language: str
) -> dict[int, dict[str, Any]]:
    """By the number of the file, for each that is looked at; see `hearing/parts/reading.html`."""
    return {
        file.n: show_reading(file, readings.get(file.n, ReadingView(file.n, "none")), order_id, language)
        for file in files
        if file.state == "checked" and file.sort in READ_SORTS
    }


def show_reading(file: FileView, view: ReadingView, order_id: UUID, language: str) -> dict[str, Any]:
    """One of them."""
    path = f"/files/{order_id}/{file.n}/"
    lead = "reading.state." + ("reading" if view.state in PENDING else view.state)
    return {
        "n": file.n,
        "path": f"{path}reading/",
        "page": f"/cases/{order_id}/{file.case}/#files",
        "is_pending": view.state in PENDING,
        "lead": say(lead, language) if lead in WORDS else "",
        "elements": [_element(element, language) for element in view.elements],
        "hints": [
            say(f"reading.hint.{hint}", language) for hint in view.hints if f"reading.hint.{hint}" in WORDS
        ][:HINTS_SHOWN],
        "elsewhere_word": say("reading.used_elsewhere", language) if view.used_elsewhere else "",
        "elsewhere": [
            {
                "word": say(f"reading.elsewhere.{place.grade}", language),
                "order": str(place.order_id)[-12:],
                "path": f"/operator/orders/{place.order_id}/",
                "file": f"/files/{place.order_id}/{place.n}/",
            }
            for place in view.elsewhere
        ],
        "signs": [say(f"reading.sign.{sign.kind}", language, detail=sign.detail) for sign in view.signs],
        "boxes": _boxes(view, language),
        "width": view.width,
        "height": view.height,
        "image": f"{path}frames/{view.frame}/" if view.frame else f"{path}small/",
    }


def ticks_of(readings: Iterable[ReadingView]) -> frozenset[str]:
    """With which ticks the form begins: what was found on any of the files that are not filed yet."""
    found = {element.name for view in readings for element in view.elements if element.state == "found"}
    return frozenset(TICKS[name] for name in found)


def _element(element: Element, language: str) -> dict[str, str]:
    why = f"reading.why.{element.why}"
    return {
        "name": say(f"reading.{element.name}", language),
        "state": element.state,
        "shape": SHAPES[element.state],
        "word": say(f"reading.is.{element.state}", language),
        "value": element.value,
        "why": say(why, language) if why in WORDS else "",
    }


def _boxes(view: ReadingView, language: str) -> list[dict[str, object]]:
    """Rectangles on the picture: the elements, the details behind the third, and where a copy differs."""
    marked = [
        (element.box, element.state, say(f"reading.{element.name}", language))
        for element in (*view.elements, *view.details)
        if element.box is not None and element.state != "missing"
    ]
    marked += [
        (box, "sign", say("reading.differs_there", language))
        for place in view.elsewhere
        for box in place.differing
    ]
    seen: dict[object, dict[str, object]] = {}
    for box, state, title in marked:
        assert box is not None
        place = {"x": box.left, "y": box.top, "width": box.right - box.left, "height": box.height}
        seen.setdefault(box, {**place, "state": state, "title": title})
    return list(seen.values())
