"""What programs fetch from the log: checkpoint, tiles, entry bundles, keys, and the proof of one order. No login.

Addresses and types follow c2sp.org/tlog-tiles. What never changes may be kept for ever; what grows is asked again.
"""

from __future__ import annotations

import base64
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tuidan.domain.tlog.tiles import read_tile_path
from tuidan.reads import log

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint."""
    return _told(log.newest_checkpoint(), TEXT, ASK_AGAIN)


@require_safe
def checkpoint_at(request: HttpRequest, size: int) -> HttpResponse:
    """An earlier checkpoint; witnesses may still sign it, so it is asked again."""
    return _told(log.checkpoint_at(size), TEXT, ASK_AGAIN)


@require_safe
def tile(request: HttpRequest, address: str) -> HttpResponse:
    """A tile or a bundle of entries, whole or partial. What is not under a signature yet is not there."""
    try:
        at, n, width = read_tile_path(address)
    except ValueError:
        return _told(None, BYTES, ASK_AGAIN)
    data = log.read_bundle(n, width) if at is None else log.read_tile(at, width)
    return _told(data, BYTES, FOR_EVER)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """One line for each key, newest first: the verifier key, its first size, its last size or `-`."""
    lines = [
        f"{key.vkey} {key.from_size} {'-' if key.until_size is None else key.until_size}\n"
        for key in log.read_keys()
    ]
    return _told("".join(lines).encode() or None, TEXT, ASK_AGAIN)


@require_safe
def key_pem(request: HttpRequest, n: int) -> HttpResponse:
    """Key n as openssl reads it."""
    found = [key.pem.encode() for key in log.read_keys() if key.n == n]
    return _told(found[0] if found else None, TEXT, FOR_EVER)


@require_safe
def handover(request: HttpRequest, n: int) -> HttpResponse:
    """The note, signed by both, by which the key before handed over to key n."""
    found = [key.statement for key in log.read_keys() if key.n == n and key.statement]
    return _told(found[0] if found else None, TEXT, FOR_EVER)


@require_safe
def consistency(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """The hashes, one a line in base64, which prove that the tree of `first` leaves begins the one of `second`."""
    try:
        hashes = log.consistency(first, second)
    except ValueError:
        return _told(None, TEXT, ASK_AGAIN)
    lines = "".join(f"{base64.b64encode(each).decode('ascii')}\n" for each in hashes)
    return _told(lines.encode(), TEXT, FOR_EVER)


@require_safe
def order_proof(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The tlog-proof of the newest leaf of an order."""
    found = log.proof_of(order_id)
    return _told(found.proof if found else None, TEXT, ASK_AGAIN)


@require_safe
def order_entry(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The bytes of that leaf, which the proof is about."""
    found = log.proof_of(order_id)
    return _told(found.entry if found else None, BYTES, ASK_AGAIN)


def _told(data: bytes | None, content_type: str, keep: str) -> HttpResponse:
    """Public bytes, for pages of other sites too; 404 as one line when there is nothing."""
    if data is None:
        response = HttpResponse("not here\n", content_type=TEXT, status=404)
        response["Cache-Control"] = ASK_AGAIN
    else:
        response = HttpResponse(data, content_type=content_type)
        response["Cache-Control"] = keep
    response["Access-Control-Allow-Origin"] = "*"
    return response
