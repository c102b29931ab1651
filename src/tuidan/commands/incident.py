"""An incident: a supplier will not deliver, so every waiting unit of a listing is failed and refunded by policy.

Orders are taken in chunks; each is decided by the same function as a single command, and a chunk is written by one
set-based append. Whoever changed an order meanwhile wins, and that order is done again alone. Chunks know nothing
of each other, so several processes can share them. Memory is that of a chunk, however many orders there are.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from multiprocessing import get_context
from uuid import UUID

from tuidan.commands.runner import envelop_for_each, run
from tuidan.domain import commands as c
from tuidan.domain.decide import decide
from tuidan.store import connection, facts
from tuidan.store.connection import OutcomeUnknown
from tuidan.store.orders.append import Batch, prepare
from tuidan.store.orders.append_many import append_many
from tuidan.store.orders.listing_orders import paid_orders_of_listing
from tuidan.store.orders.load import load_orders

CHUNK_ORDERS = 250  # more leave the processor's cache: 1,000 cost a fifth more
HANDFUL_ORDERS = 32
PROCESSES_MAX = 4
GARBAGE_AFTER = 20_000  # records made and not yet freed, before the collector looks for cycles


def processes_here() -> int:
    """How many processes suit this machine: one more than cores, for one of them always waits for the disk."""
    return min((os.cpu_count() or 1) + 1, PROCESSES_MAX)


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
    processes: int = 1,
) -> IncidentResult:
    """Fail and refund what still waits in every paid order of the listing. A second run finds nothing to do.

    More `processes` than one share the chunks between them; they are forked, so only a command line may ask for it.
    """
    result = IncidentResult()
    refund = partial(_refund_chunk, incident=incident, actor=c.Actor("operator", operator_id), now=now)
    for done in _each(refund, listing_id, chunk_orders, processes):
        result.looked_at += done.looked_at
        result.changed += done.changed
        result.refunded_fen += done.refunded_fen
        progress(result)
    return result


def _each(
    refund: Callable[[list[UUID]], IncidentResult], listing_id: UUID, chunk_orders: int, processes: int
) -> Iterator[IncidentResult]:
    """The results of all chunks in order, here or in processes of their own."""
    if processes == 1:
        yield from map(refund, chunks(listing_id, chunk_orders))
        return
    connection.close()  # a forked process must not talk on our line
    with ProcessPoolExecutor(processes, get_context("fork"), _begin) as pool:
        pool.submit(int).result()  # all are forked now, before we open a line again
        waiting: deque[Future[IncidentResult]] = deque()
        for page in chunks(listing_id, chunk_orders):
            waiting.append(pool.submit(refund, page))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _begin() -> None:
    """A helper's start: what it was forked with is not walked over, and a chunk's records are freed as they go."""
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)


def _refund_chunk(page: list[UUID], incident: str, actor: c.Actor, now: datetime) -> IncidentResult:
    batches = prepare_chunk(page, incident, actor, now)
    try:
        won = append_many(batches, now) if batches else set()
    except OutcomeUnknown:
        won = set()  # each order's key tells below whether it was written
    result = IncidentResult(looked_at=len(page))
    for batch in batches:
        if batch.order_id in won or run(batch.order_id, batch.envelope).events:
            result.changed += 1
            result.refunded_fen += _decided_fen(batch)
    return result


def prepare_chunk(page: list[UUID], incident: str, actor: c.Actor, now: datetime) -> list[Batch]:
    """Decide the incident on each order of a chunk; those that have nothing to do, or were done, are left out.

    A handful of orders is read, then all of them are decided, then written down: what each step needs stays in the
    processor's cache meanwhile.
    """
    command = c.FailDelivery(incident)
    envelop = envelop_for_each(command, actor, f"incident:{incident}", now)
    batches: list[Batch] = []
    loaded = load_orders(page, envelop(page[0]).key)
    while handful := list(islice(loaded, HANDFUL_ORDERS)):
        waiting = [(order_id, order.version, order) for order_id, order, seen in handful if not seen]
        drafts = [decide(order, command, actor, facts.gather(order), now) for _, _, order in waiting]
        batches += [
            prepare(order_id, expected, draft, envelop(order_id))
            for (order_id, expected, _), draft in zip(waiting, drafts, strict=True)
            if draft.events
        ]
    return batches


def _decided_fen(batch: Batch) -> int:
    return sum(posting.amount_fen for _, posting in batch.told.postings)
