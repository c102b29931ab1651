"""What was read on an uploaded file: the three elements, where they stand, what is missing, where else it was used."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tuidan.api.auth import caller_of
from tuidan.api.gate import now
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import Name, PathNumber
from tuidan.api.shapes_reading import ReadingTold
from tuidan.reads.reading import ReadingView, readings_for
from tuidan.reads.upload import file_of

router = Router(tags=["cases"])


@router.get("/{uuid:order_id}/files/{int:n}/reading", response=ReadingTold, summary="What was read on a file")
def show_reading(
    request: HttpRequest, order_id: UUID, n: PathNumber, kind: Name = "other"
) -> dict[str, object]:
    """Held against this order, for the kind of evidence that `kind` names. Ask again while it is none or reading."""
    viewer = caller_of(request).viewer
    if file_of(order_id, n, viewer) is None:
        raise Problem("not_found")
    readings = readings_for(order_id, viewer, now(), {n: kind})
    return asdict(readings.get(n, ReadingView(n, "none")))
