"""The log that strangers verify: how it stands, for anybody; and the proof of one order."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tuidan.api.auth import caller_of
from tuidan.api.problems import Problem
from tuidan.api.shapes_log import LogProofTold, LogTold
from tuidan.reads import log
from tuidan.reads.viewer import visible_order

proof_router = Router(tags=["evidence"])
log_router = Router(tags=["log"])


@proof_router.get("/{uuid:order_id}/log-proof", response=LogProofTold, summary="The order's proof in the log")
def show_log_proof(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """The newest head of the order's chain under a signed checkpoint: the leaf, and the whole tlog-proof file."""
    if visible_order(order_id, caller_of(request).viewer) is None:
        raise Problem("not_found")
    found = log.proof_of(order_id)
    if found is None:
        return {"order_id": order_id, "logged": False}
    return {
        "order_id": order_id,
        "logged": True,
        "n": found.n,
        "index": found.index,
        "size": found.size,
        "entry": found.entry.decode(),
        "proof": found.proof.decode(),
        "keys": log.log_keys(),
    }


@log_router.get("", response=LogTold, summary="How the log stands", auth=None)
def show_log(request: HttpRequest) -> dict[str, object]:
    """Size, newest signed checkpoint, keys. Tiles and proofs are at the public addresses under /log/."""
    health, checkpoint = log.log_health(), log.newest_checkpoint()
    return {
        "size": health.size,
        "signed_size": health.signed_size,
        "signed_at": health.signed_at,
        "trouble": health.trouble,
        "checkpoint": checkpoint.decode() if checkpoint is not None else None,
        "keys": [
            {"n": key.n, "vkey": key.vkey, "from_size": key.from_size, "until_size": key.until_size}
            for key in log.read_keys()
        ],
    }
