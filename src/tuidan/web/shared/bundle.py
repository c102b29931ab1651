"""Taking the bundle of an order along, or of one case of it: for whoever may see the order."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tuidan.reads.bundle import read_bundle
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.viewing import viewer


@signed_in
@require_safe
def take(request: HttpRequest, order_id: UUID) -> HttpResponseBase:
    """The ZIP, piece by piece."""
    told = request.GET.get("case", "0")
    case = int(told) if told.isascii() and told.isdecimal() and len(told) < 5 else 0
    bundle = read_bundle(order_id, viewer(request), case)
    if bundle is None:
        raise Http404
    response = StreamingHttpResponse(bundle.pieces(), content_type="application/zip")
    response["Content-Length"] = str(bundle.size())
    response["Content-Disposition"] = f'attachment; filename="{bundle.name()}"'
    return response
