"""Serving evidence files: from a path of their own, checked for each reader, with headers that let nothing in them act.

Others get the cleaned copy; the original is for the side that uploaded it and for reviewers, and only to be saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tuidan.domain.upload.objects import MISSING, StoreTrouble
from tuidan.domain.upload.span import NoSuchSpan, Span, read_span
from tuidan.reads.upload import FileView, OpenFile, file_of, open_file, open_small
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.viewing import viewer

PIECE_BYTES = 1 << 20
# Shown in the page or the tab itself; all else is only saved.
INLINE = frozenset({"image/jpeg", "image/png", "video/mp4", "video/webm", "video/quicktime"})
POLICY = "default-src 'none'; sandbox; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


def _seen(request: HttpRequest, order_id: UUID, n: int) -> FileView:
    found = file_of(order_id, n, viewer(request))
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def copy(request: HttpRequest, order_id: UUID, n: int) -> HttpResponseBase:
    """The copy that everybody in the case may see."""
    _seen(request, order_id, n)
    return _served(request, lambda: open_file(order_id, n, cleaned=True))


@signed_in
@require_safe
def original(request: HttpRequest, order_id: UUID, n: int) -> HttpResponseBase:
    """The file as it came, to be saved; for its own side and for reviewers."""
    if not _seen(request, order_id, n).may_original:
        raise Http404
    return _served(request, lambda: open_file(order_id, n, cleaned=False), save=True)


@signed_in
@require_safe
def small(request: HttpRequest, order_id: UUID, n: int, frame: int = 0) -> HttpResponseBase:
    """A small picture of it, or of a moment of a video."""
    _seen(request, order_id, n)
    return _served(request, lambda: open_small(order_id, n, frame))


def _served(request: HttpRequest, find, *, save: bool = False) -> HttpResponseBase:  # type: ignore[no-untyped-def]
    try:
        found: OpenFile = find()
        return _answer(request, found, save)
    except StoreTrouble as trouble:
        if trouble.code == MISSING:
            raise Http404 from trouble
        return HttpResponse(status=503, headers={"Retry-After": "30"})


def _answer(request: HttpRequest, found: OpenFile, save: bool) -> HttpResponseBase:
    try:
        span = read_span(request.headers.get("Range", ""), found.size)
    except NoSuchSpan:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    answer = StreamingHttpResponse(
        _pieces(found, span) if span else found.chunks(),
        status=206 if span else 200,
        content_type=found.media_type,
    )
    inline = found.media_type in INLINE and not save
    answer["Content-Disposition"] = content_disposition_header(not inline, found.name) or "attachment"
    answer["Content-Length"] = str(span.length if span else found.size)
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["ETag"] = f'"{found.sha256}"'
    if span:
        answer["Content-Range"] = span.told(found.size)
    return answer


def _pieces(found: OpenFile, span: Span) -> Iterator[bytes]:
    at, end = span.start, span.start + span.length
    while at < end:
        piece = found.read(at, min(PIECE_BYTES, end - at))
        if not piece:
            return
        at += len(piece)
        yield piece
