"""What the platform keeps by itself, for programs: the snapshot, receipts with their keys, the life of a code."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tuidan.api import shapes_record as shapes
from tuidan.api.auth import caller_of
from tuidan.api.problems import Problem
from tuidan.commands.receipt import receipt_vkeys, sign_receipt
from tuidan.reads.code_life import read_life
from tuidan.reads.receipt import receipts_of
from tuidan.reads.snapshot import read_snapshot

router = Router(tags=["record"])
stock_router = Router(tags=["record"])


@router.get(
    "/{uuid:order_id}/snapshot", response=shapes.SnapshotTold, summary="The order as it was confirmed"
)
def show_snapshot(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """`body` is the text whose SHA-256 stands in the placing event; `fits` is false when somebody changed it."""
    found = read_snapshot(order_id, caller_of(request).viewer)
    if found is None:
        raise Problem("not_found")
    return {
        "order_id": order_id,
        "placed_at": found.placed_at,
        "sha256": found.sha256,
        "event_hash": found.event_hash,
        "fits": found.fits,
        "body": found.body.decode(),
    }


@router.get("/{uuid:order_id}/receipts", response=shapes.ReceiptsTold, summary="Signed receipts of an order")
def list_receipts(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """One for the payment and one for each refund that arrived. `note` is the signed file, the same bytes each time."""
    found = receipts_of(order_id, caller_of(request).viewer)
    if found is None:
        raise Problem("not_found")
    told = [
        {
            "name": receipt.name,
            "kind": receipt.kind,
            "at": receipt.at,
            "amount_fen": receipt.amount_fen,
            "channel": receipt.channel,
            "channel_no": receipt.channel_no,
            "note": sign_receipt(receipt.text).decode(),
        }
        for receipt in found
    ]
    return {"order_id": order_id, "receipts": told, "vkeys": receipt_vkeys()}


@stock_router.get(
    "/{uuid:listing_id}/codes/{uuid:code_id}", response=shapes.LifeTold, summary="The life of a card code"
)
def show_life(request: HttpRequest, listing_id: UUID, code_id: UUID) -> dict[str, object]:
    """From import to end, the code masked. For the shop whose code it is, reviewers and operators."""
    found = read_life(listing_id, code_id, caller_of(request).viewer)
    if found is None:
        raise Problem("not_found")
    return {
        "listing_id": listing_id,
        "code_id": code_id,
        "masked": found.masked,
        "state": found.state,
        "seal_sha256": found.seal_sha256,
        "steps": [
            {
                "at": step.at,
                "kind": step.kind,
                "order_id": step.order_id,
                "n": step.n,
                "proof": step.proof,
                "data": step.data,
            }
            for step in found.steps
        ],
    }
