"""The bundle of evidence: one order, or one case of it, in one ZIP that anybody can check without trusting us."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Router
from pydantic import Field

from tuidan.api.auth import caller_of
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import NUMBER_MAX
from tuidan.reads.bundle import read_bundle

router = Router(tags=["evidence"])
CaseNumber = Annotated[int, Field(ge=0, le=NUMBER_MAX)]
ZIP = {
    "description": "The ZIP",
    "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
}


@router.get(
    "/{uuid:order_id}/bundle",
    summary="The evidence in one ZIP",
    openapi_extra={"responses": {200: ZIP}},
)
def show_bundle(request: HttpRequest, order_id: UUID, case: CaseNumber = 0) -> HttpResponseBase:
    """For the parties, the platform's people and who appraises. `case` leaves out what belongs to other cases.

    `Tuidan-Covered: n/m` says how many of its events the log covers; ask again a second later for the rest.
    """
    bundle = read_bundle(order_id, caller_of(request).viewer, case)
    if bundle is None:
        raise Problem("not_found")
    response = StreamingHttpResponse(bundle.pieces(), content_type="application/zip")
    response["Content-Length"] = str(bundle.size())
    response["Content-Disposition"] = f'attachment; filename="{bundle.name()}"'
    response["Tuidan-Covered"] = f"{bundle.covered}/{bundle.events}"
    return response
