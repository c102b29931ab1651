"""An incident: a supplier will not deliver, so every waiting unit of a listing is failed and refunded by policy.

Orders are taken in chunks; each is decided by the same function as a single command, and a chunk is written by one
set-based append, while the next chunk is being decided. Whoever changed an order meanwhile wins, and that order is
done again alone. Memory is that of two chunks, however many orders there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import envelop, run
from tuidan.domain import commands as c
from tuidan.domain.decide import decide
from tuidan.store import connection, facts
from tuidan.store.connection import OutcomeUnknown
from tuidan.store.orders.append import Batch, append_many, prepare
from tuidan.store.orders.listing_orders import paid_orders_of_listing
from tuidan.store.orders.load import load_orders

CHUNK_ORDERS = 1000


@dataclass(slots=True)
class IncidentResult:
    """How many orders were looked at, how many were changed, how many fen are on their way back."""

    looked_at: int = 0
    changed: int = 0
    refunded_fen: int = 0


def chunks(listing_id: UUID, size: int = CHUNK_ORDERS) -> Iterator[list[UUID]]:
    """The paid orders of a listing, in order of id."""
    last = UUID(int=0)
    while page := paid_orders_of_listing(listing_id, last, size):
        yield page
        last = page[-1]


def refund_incident(
    listing_id: UUID,
    incident: str,
    operator_id: str,
    now: datetime,
    progress: Callable[[IncidentResult], None] = lambda result: None,
    *,
    chunk_orders: int = CHUNK_ORDERS,
) -> IncidentResult:
    """Fail and refund what still waits in every paid order of the listing. A second run finds nothing to do."""
    result = IncidentResult()
    actor = c.Actor("operator", operator_id)
    with ThreadPoolExecutor(1) as writer:
        try:
            writing: tuple[list[UUID], list[Batch], Future[set[UUID]]] | None = None
            for page in chunks(listing_id, chunk_orders):
                batches = prepare_chunk(page, incident, actor, now)
                if writing:
                    _finish(*writing, incident, result)
                    progress(result)
                writing = page, batches, writer.submit(_write, batches, now)
            if writing:
                _finish(*writing, incident, result)
                progress(result)
        finally:
            writer.submit(connection.close)
    return result


def _write(batches: list[Batch], now: datetime) -> set[UUID]:
    try:
        return append_many(batches, now) if batches else set()
    except OutcomeUnknown:
        return set()  # each order's key tells afterwards whether it was written


def _finish(
    page: list[UUID], batches: list[Batch], won: Future[set[UUID]], incident: str, result: IncidentResult
) -> None:
    """Count a chunk that was written, and do alone what somebody else had changed meanwhile."""
    written = won.result()
    for batch in batches:
        changed = batch.order_id in written or bool(run(batch.order_id, batch.envelope).events)
        result.changed += changed
        result.refunded_fen += _decided_fen(batch) if changed else 0
    result.looked_at += len(page)


def prepare_chunk(page: list[UUID], incident: str, actor: c.Actor, now: datetime) -> list[Batch]:
    """Decide the incident on each order of a chunk; those that have nothing to do, or were done, are left out."""
    command = c.FailDelivery(incident)
    batches = []
    key = envelop(page[0], command, actor, f"incident:{incident}", now).key
    for order_id, order, seen in load_orders(page, key):
        if seen:
            continue
        envelope = envelop(order_id, command, actor, f"incident:{incident}", now)
        expected = order.version
        draft = decide(order, command, actor, facts.gather(order), now)
        if draft.events:
            batches.append(prepare(order_id, expected, draft, envelope))
    return batches


def _decided_fen(batch: Batch) -> int:
    return sum(posting.amount_fen for _, posting in batch.told.postings)
