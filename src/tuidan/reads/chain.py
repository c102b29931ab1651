"""An order's chain of events, byte for byte, for whoever may see the order: what is needed to verify it elsewhere."""

from __future__ import annotations

from uuid import UUID

from tuidan.domain.evidence import ChainLink
from tuidan.reads.viewer import Viewer, visible_order
from tuidan.store.orders.chain import load_chain


def read_chain(order_id: UUID, viewer: Viewer) -> list[ChainLink] | None:
    """The links in order of n; None when there is no such order or it is none of theirs."""
    return load_chain(order_id) if visible_order(order_id, viewer) is not None else None


def chain_hashes(order_id: UUID) -> dict[int, str]:
    """Event number → hash (hex), for an operator at the machine's own command line; empty for an unknown order."""
    return {link.n: link.hash.hex() for link in load_chain(order_id)}
