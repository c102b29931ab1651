"""The order and the listing as confirmed, readable and byte for byte (S-069, S-101)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.reads.snapshot import SnapshotView, read_snapshot
from tuidan.web.record.home import home_of
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.language import current_language
from tuidan.web.shared.viewing import viewer
from tuidan.web.shared.words import say

TEXTS = ("spec", "description", "terms", "shop_terms")


def _snapshot(request: HttpRequest, order_id: UUID) -> SnapshotView:
    found = read_snapshot(order_id, viewer(request))
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def snapshot(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """What the buyer confirmed, in words, with the hash that the placing event holds."""
    found = _snapshot(request, order_id)
    told = found.told
    shown = {
        "s": found,
        "title": told["title"],
        "shop": told["shop_name"],
        "price_fen": told["price_fen"],
        "quantity": told["quantity"],
        "excluded": told["no_reason_excluded"],
        "texts": [(f"snapshot.{name}", told[name]) for name in TEXTS if told.get(name)],
        "broken": "" if found.fits else say("snapshot.broken", current_language()),
        "home": home_of(request, order_id),
    }
    return render(request, "record/snapshot.html", shown)


@signed_in
@require_safe
def body(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The very bytes whose SHA-256 stands in the placing event."""
    found = _snapshot(request, order_id)
    answer = HttpResponse(found.body, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="snapshot-{order_id}.json"'
    return answer
