"""The order and the listing as the buyer confirmed them: byte for byte what the placing event's hash stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.domain.evidence import sha256_hex
from tuidan.reads.viewer import Viewer, visible_order
from tuidan.store.orders.story import load_events, load_snapshot_body


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """What was confirmed, its bytes, the hash in the placing event, and whether the two still fit."""

    order_id: UUID
    placed_at: datetime
    told: dict[str, object]
    body: bytes
    sha256: str
    fits: bool
    event_hash: str


def read_snapshot(order_id: UUID, viewer: Viewer) -> SnapshotView | None:
    """The snapshot for whoever may see the order; None for everybody else."""
    if visible_order(order_id, viewer) is None:
        return None
    placed = load_events(order_id)[0]
    body = load_snapshot_body(order_id)
    sha256 = str(placed.data["snapshot_sha256"])
    return SnapshotView(
        order_id, placed.at, orjson.loads(body), body, sha256, sha256_hex(body) == sha256, placed.hash
    )
