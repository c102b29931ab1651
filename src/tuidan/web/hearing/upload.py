"""Bringing files to a case: a plain form for pictures and PDF, pieces that go on after a break for all else."""

from __future__ import annotations

import io
from uuid import UUID

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from tuidan.commands import upload as commands
from tuidan.commands.upload import Progress, UploadRefused
from tuidan.domain import commands as c
from tuidan.domain.refusals import Refusal
from tuidan.domain.upload.rules import PIECE_BYTES_MAX
from tuidan.reads.hearing import party_before
from tuidan.reads.upload import file_of, files_of
from tuidan.reads.viewer import visible_order
from tuidan.web.hearing.reading_shown import readings_on
from tuidan.web.hearing.upload_shown import drafts_of, show_files
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, refusal_notice, tell
from tuidan.web.shared.now import now_of
from tuidan.web.shared.refusals import sentence
from tuidan.web.shared.viewing import person_id, viewer
from tuidan.web.shared.words import say

FORM_BYTES_MAX = 24 * 1024 * 1024
FORM_FILES_MAX = 9
PARTIES = ("buyer", "seller")
STATUS = {"no_such_file": 404, "files_unavailable": 503, "files_full": 507, "too_many_uploads": 429}


class InMemory(FileUploadHandler):
    """Keeps what a form brings in memory and nowhere else, up to a bound: nothing is left in a temporary folder."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._left = FORM_BYTES_MAX

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._written = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._left -= len(raw_data)
        if self._left < 0:
            raise StopUpload(connection_reset=True)
        self._written.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._written.seek(0)
        kind = self.content_type or ""
        return InMemoryUploadedFile(
            self._written, self.field_name, self.file_name or "", kind, file_size, self.charset
        )


def _actor(request: HttpRequest, order_id: UUID, n: int) -> c.Actor:
    """The reader as a side of case n. Raises Http404 for everybody who is no side of it."""
    order = visible_order(order_id, viewer(request))
    if order is None or order.case(n) is None:
        raise Http404
    party = party_before(order, n, viewer(request))
    if party not in PARTIES:
        raise Http404
    return c.Actor(party, order.seller if party == "seller" else str(person_id(request)))


def _owner(request: HttpRequest, order_id: UUID, n: int) -> c.Actor:
    """The reader as the side whose file n is. Raises Http404."""
    found = file_of(order_id, n, viewer(request))
    if found is None or not found.mine:
        raise Http404
    return _actor(request, order_id, found.case)


@csrf_exempt
def files(request: HttpRequest, order_id: UUID, n: int) -> HttpResponseBase:
    """GET: my files that are in no exhibit yet, as a part of the page. POST: a plain form with files."""
    request.upload_handlers = [InMemory(request)]
    return _files(request, order_id, n)


@csrf_protect
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def _files(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    actor = _actor(request, order_id, n)
    if request.method != "POST":
        mine = [file for file in files_of(order_id, viewer(request)) if file.mine and file.case == n]
        language = current_language()
        readings, _ = readings_on(order_id, mine, viewer(request), now_of(request), {}, language)
        shown = drafts_of(show_files(mine, order_id, language, readings))
        return render(request, "hearing/parts/drafts.html", shown | {"path": f"/cases/{order_id}/{n}/"})
    brought = request.FILES.getlist("file")[:FORM_FILES_MAX]
    if not brought:
        tell(request, Notice("loss", say("upload.none_chosen", current_language())))
    for i, file in enumerate(brought):
        try:
            commands.upload_whole(
                order_id,
                n,
                actor,
                person_id(request),
                file.name or "",
                file.read(),
                f"{key_of(request)}-{i}",
                now_of(request),
            )
        except UploadRefused as refused:
            tell(request, refusal_notice(refused.refusal))
    return HttpResponseRedirect(f"/cases/{order_id}/{n}/#files")


@signed_in
@require_POST
def begin(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Begin an upload in pieces; the same key finds the one that was begun."""
    actor = _actor(request, order_id, n)
    size = str(request.POST.get("size", ""))
    try:
        told = commands.begin_upload(
            order_id,
            n,
            actor,
            person_id(request),
            str(request.POST.get("name", "")),
            int(size) if size.isdecimal() and len(size) < 16 else 0,
            key_of(request),
            now_of(request),
        )
    except UploadRefused as refused:
        return _refused(refused.refusal)
    return _told(told)


@signed_in
@require_POST
def piece(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """One piece as the body, at the offset that the header `Upload-Offset` says."""
    actor = _owner(request, order_id, n)
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    offset = request.headers.get("Upload-Offset", "")
    if length > PIECE_BYTES_MAX or not offset.isdecimal() or len(offset) > 15:
        return _refused(Refusal("piece_too_large", {"bytes_max": PIECE_BYTES_MAX}))
    data = request.read(length)
    if len(data) < length:
        return HttpResponse(status=400)  # the line broke: nothing of the piece is kept, it comes again
    try:
        return _told(commands.append_piece(order_id, n, actor, int(offset), data, now_of(request)))
    except UploadRefused as refused:
        return _refused(refused.refusal)


@signed_in
@require_POST
def finish(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """All pieces are in."""
    actor = _owner(request, order_id, n)
    try:
        file = commands.finish_upload(order_id, n, actor, "", now_of(request))
    except UploadRefused as refused:
        return _refused(refused.refusal)
    return _told(Progress(file.n, file.received, file.size, file.state))


@signed_in
@require_POST
def drop(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Take back a file that is in no exhibit."""
    found = file_of(order_id, n, viewer(request))
    actor = _owner(request, order_id, n)
    assert found is not None, "its owner sees it"
    try:
        commands.drop_upload(order_id, n, actor, now_of(request))
    except UploadRefused as refused:
        tell(request, refusal_notice(refused.refusal))
    return HttpResponseRedirect(f"/cases/{order_id}/{found.case}/#files")


def _told(told: Progress) -> HttpResponse:
    body = {"n": told.n, "received": told.received, "size": told.size, "state": told.state}
    return JsonResponse(body | {"piece": PIECE_BYTES_MAX})


def _refused(refusal: Refusal) -> HttpResponse:
    said = {"code": refusal.code, "sentence": sentence(refusal.code, current_language()), **refusal.data}
    return JsonResponse(said, status=STATUS.get(refusal.code, 422))
