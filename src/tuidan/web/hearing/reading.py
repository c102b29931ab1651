"""What was read on one file, as a part of the page that asks again until it is there."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.reads.reading import ReadingView, readings_for
from tuidan.reads.upload import files_of
from tuidan.web.hearing.reading_shown import READ_SORTS, TICKS, show_reading, ticks_of
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.language import current_language
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import viewer


@signed_in
@require_safe
def reading(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """The reading of file n; when it is done, the ticks of the form begin anew, and none that was set is taken away."""
    files = files_of(order_id, viewer(request))
    file = next((found for found in files if found.n == n and found.sort in READ_SORTS), None)
    if file is None:
        raise Http404
    kind = str(request.GET.get("type", ""))
    readings = readings_for(order_id, viewer(request), now_of(request), {n: kind})
    view = readings.get(n, ReadingView(n, "none"))
    drafts = [readings[f.n] for f in files if f.mine and not f.exhibit and f.n in readings]
    own = {name for name in TICKS.values() if name in request.GET}
    shown = {
        "reading": show_reading(file, view, order_id, current_language()),
        "ticks_too": view.state == "done" and file.mine and not file.exhibit,
        "ticks": ticks_of(drafts) | own,
    }
    return render(request, "hearing/reading_live.html", shown)
