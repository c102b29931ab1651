"""Evidence files: begin one, send its pieces, finish it, list what is there, fetch a copy.

The pieces go the way that tus describes: HEAD says where to go on, PATCH brings a piece at that offset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Router

from tuidan.api import shapes_upload as shapes
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, json_response, now
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import PathNumber
from tuidan.commands import upload as commands
from tuidan.commands.upload import Progress, UploadRefused
from tuidan.domain import commands as c
from tuidan.domain.upload.objects import MISSING, StoreTrouble
from tuidan.domain.upload.span import NoSuchSpan, Span, read_span
from tuidan.reads.hearing import party_before
from tuidan.reads.upload import FileView, OpenFile, file_of, files_of, open_file, open_small
from tuidan.reads.viewer import visible_order

router = Router(tags=["files"])
FILE = "/{uuid:order_id}/files/{int:m}"
PARTIES = ("buyer", "seller")
PIECE_BYTES = 1 << 20
PIECE = {
    "parameters": [
        {
            "in": "header",
            "name": "Upload-Offset",
            "required": True,
            "schema": {"type": "integer", "minimum": 0},
        }
    ],
    "requestBody": {"required": True, "content": {"application/offset+octet-stream": {}}},
}


def _actor(request: HttpRequest, order_id: UUID, case: int) -> c.Actor:
    """The caller as a side of the case. Raises Problem: `not_found`, `not_allowed` for who is no side of it."""
    viewer = caller_of(request).viewer
    order = visible_order(order_id, viewer)
    if order is None or order.case(case) is None:
        raise Problem("not_found")
    party = party_before(order, case, viewer)
    if party not in PARTIES:
        raise Problem("not_allowed")
    return c.Actor(party, order.seller if party == "seller" else str(viewer.person_id))


def _seen(request: HttpRequest, order_id: UUID, m: int) -> FileView:
    found = file_of(order_id, m, caller_of(request).viewer)
    if found is None:
        raise Problem("not_found")
    return found


def _owner(request: HttpRequest, order_id: UUID, m: int) -> c.Actor:
    """The caller as the side whose file it is. Raises Problem."""
    found = _seen(request, order_id, m)
    if not found.mine:
        raise Problem("not_allowed")
    return _actor(request, order_id, found.case)


@router.post(
    "/{uuid:order_id}/cases/{int:n}/files", response={201: shapes.UploadTold}, summary="Begin an upload"
)
def create_upload(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.UploadAsked
) -> HttpResponse:
    """For buyer and seller. The same key finds the upload that was begun, to go on with it."""
    actor, key = _actor(request, order_id, n), idempotency_key(request)
    person = caller_of(request).viewer.person_id
    try:
        told = commands.begin_upload(order_id, n, actor, person, asked.name, asked.size, key, now())
    except UploadRefused as refused:
        raise _problem(refused) from refused
    return json_response(asdict(told), 201)


@router.get("/{uuid:order_id}/files", response=list[shapes.FileTold], summary="Files of an order")
def list_files(request: HttpRequest, order_id: UUID) -> list[dict[str, object]]:
    """Your side's, and the other side's that an exhibit shows."""
    viewer = caller_of(request).viewer
    if visible_order(order_id, viewer) is None:
        raise Problem("not_found")
    return [asdict(file) for file in files_of(order_id, viewer)]


@router.get(FILE, response=shapes.FileTold, summary="One file")
def show_file(request: HttpRequest, order_id: UUID, m: PathNumber) -> dict[str, object]:
    """How its check stands, what it is, and its hashes."""
    return asdict(_seen(request, order_id, m))


@router.api_operation(["HEAD"], f"{FILE}/upload", summary="How far an upload is")
def show_upload(request: HttpRequest, order_id: UUID, m: PathNumber) -> HttpResponse:
    """The headers Upload-Offset and Upload-Length."""
    actor = _owner(request, order_id, m)
    try:
        told = commands.progress_of(order_id, m, actor)
    except UploadRefused as refused:
        raise _problem(refused) from refused
    return HttpResponse(headers=_offsets(told), content_type="application/json")


@router.patch(f"{FILE}/upload", summary="Send a piece of an upload", openapi_extra=PIECE)
def append_upload(request: HttpRequest, order_id: UUID, m: PathNumber) -> HttpResponse:
    """The bytes as the body, at the offset of the header Upload-Offset; at most 4 MiB. 204 with the next offset."""
    actor = _owner(request, order_id, m)
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal() or len(offset) > 15:
        raise Problem("upload_offset_wrong")
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    data = request.read(length)
    if len(data) < length:
        raise Problem("unreadable")
    try:
        told = commands.append_piece(order_id, m, actor, int(offset), data, now())
    except UploadRefused as refused:
        raise _problem(refused) from refused
    return HttpResponse(status=204, headers=_offsets(told))


@router.post(f"{FILE}/finish", response=shapes.UploadTold, summary="Finish an upload")
def finish_upload(
    request: HttpRequest, order_id: UUID, m: PathNumber, asked: shapes.FinishAsked
) -> HttpResponse:
    """All pieces are in: the file is put together and waits for its check."""
    idempotency_key(request)
    actor = _owner(request, order_id, m)
    try:
        file = commands.finish_upload(order_id, m, actor, asked.sha256, now())
    except UploadRefused as refused:
        raise _problem(refused) from refused
    return json_response(asdict(Progress(file.n, file.received, file.size, file.state)))


@router.delete(FILE, response={204: None}, summary="Take a file back")
def drop_file(request: HttpRequest, order_id: UUID, m: PathNumber) -> HttpResponse:
    """For its own side, as long as no exhibit names it."""
    actor = _owner(request, order_id, m)
    try:
        commands.drop_upload(order_id, m, actor, now())
    except UploadRefused as refused:
        raise _problem(refused) from refused
    return HttpResponse(status=204)


@router.get(f"{FILE}/content", summary="The bytes of a file")
def show_content(
    request: HttpRequest,
    order_id: UUID,
    m: PathNumber,
    which: Literal["cleaned", "original", "small"] = "cleaned",
) -> HttpResponseBase:
    """The copy that others see; the original for its own side and for reviewers. One range may be asked for."""
    seen = _seen(request, order_id, m)
    if which == "original" and not seen.may_original:
        raise Problem("not_allowed")
    try:
        if which == "small":
            return _answer(request, open_small(order_id, m))
        return _answer(request, open_file(order_id, m, cleaned=which == "cleaned"))
    except StoreTrouble as trouble:
        raise Problem("not_found" if trouble.code == MISSING else "files_unavailable") from trouble


def _answer(request: HttpRequest, found: OpenFile) -> HttpResponseBase:
    try:
        span = read_span(request.headers.get("Range", ""), found.size)
    except NoSuchSpan:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    headers = {
        "Content-Disposition": f'attachment; filename="{found.name}"',
        "Content-Length": str(span.length if span else found.size),
        "Accept-Ranges": "bytes",
        "ETag": f'"{found.sha256}"',
    }
    if span:
        headers["Content-Range"] = span.told(found.size)
    return StreamingHttpResponse(
        _pieces(found, span) if span else found.chunks(),
        status=206 if span else 200,
        content_type=found.media_type,
        headers=headers,
    )


def _pieces(found: OpenFile, span: Span) -> Iterator[bytes]:
    at, end = span.start, span.start + span.length
    while at < end and (piece := found.read(at, min(PIECE_BYTES, end - at))):
        at += len(piece)
        yield piece


def _offsets(told: Progress) -> dict[str, str]:
    return {"Upload-Offset": str(told.received), "Upload-Length": str(told.size)}


def _problem(refused: UploadRefused) -> Problem:
    return Problem(refused.refusal.code, refused.refusal.data)
