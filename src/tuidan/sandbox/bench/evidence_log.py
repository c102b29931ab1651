"""What the log costs: leaves a second, durable, against hashing alone; and its part in one refund command."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from tuidan.domain.evidence import chain_hash
from tuidan.domain.tlog.entry import Head
from tuidan.sandbox.bench import one_command
from tuidan.sandbox.bench.ground import Ground, OrderSet, copy_orders, empty, settle
from tuidan.store.boards.project import ROWS_MAX
from tuidan.store.log import folder
from tuidan.store.log.append import append, append_heads
from tuidan.store.log.checkpoints import sign_newest

BATCH, BULK = ROWS_MAX, 10_000
ORDERS = 20_000
COMMANDS = 4_000
SIGN_SECONDS = 1.0
BODIES = "SELECT body, prev FROM orders_event WHERE order_id = %s ORDER BY n DESC LIMIT 2"


@dataclass(slots=True)
class LogFigures:
    """One value a round of each."""

    leaves: list[float] = field(default_factory=list)
    bulk_leaves: list[float] = field(default_factory=list)
    appends: list[float] = field(default_factory=list)
    sha256: list[float] = field(default_factory=list)
    commands: list[float] = field(default_factory=list)
    chain_seconds: list[float] = field(default_factory=list)

    def bulk_ratio(self) -> list[float]:
        """Leaves in large batches to hashing."""
        return [one / two for one, two in zip(self.bulk_leaves, self.sha256, strict=True)]

    def append_ratio(self) -> list[float]:
        """The append alone to hashing."""
        return [one / two for one, two in zip(self.appends, self.sha256, strict=True)]

    def chain_percent(self) -> list[float]:
        """Hashing a refund's events, in hundredths of the command."""
        pairs = zip(self.chain_seconds, self.commands, strict=True)
        return [100 * seconds * rate for seconds, rate in pairs]

    def cost_percent(self) -> list[float]:
        """Chain and log for one order, in hundredths of the time that one command takes the whole machine."""
        pairs = zip(self.chain_percent(), self.leaves, self.commands, strict=True)
        return [chain + 100 * rate / leaves for chain, leaves, rate in pairs]


def measure(ground: Ground, rounds: int, say: Callable[[str], None]) -> LogFigures:
    """Measure all of it, each figure once a round."""
    told = LogFigures()
    for number in range(rounds):
        empty(ground)
        orders = copy_orders(ground, ORDERS)
        settle(ground)
        told.sha256.append(_hash_rate(orders))
        told.leaves.append(_leaf_rate(ground, orders, BATCH))
        told.bulk_leaves.append(_leaf_rate(ground, orders, BULK))
        told.appends.append(_append_rate(ground, orders))
        empty(ground)
        refunds = copy_orders(ground, COMMANDS)
        settle(ground)
        told.commands.append(one_command.refund_each(ground, refunds))
        told.chain_seconds.append(_chain_seconds(ground, refunds.order_id(COMMANDS - 1)))
        say(
            f"round {number + 1} of {rounds}: {told.leaves[-1]:,.0f} leaves/s, {told.bulk_leaves[-1]:,.0f} in bulk, "
            f"SHA-256 {told.sha256[-1]:,.0f}/s, {told.commands[-1]:,.0f} refunds/s"
        )
    return told


def _ids(orders: OrderSet) -> list[UUID]:
    return [orders.order_id(i) for i in range(orders.count)]


def _heads(orders: OrderSet) -> list[Head]:
    return [Head(order_id, 3, hashlib.sha256(order_id.bytes).digest()) for order_id in _ids(orders)]


def _hash_rate(orders: OrderSet) -> float:
    """SHA-256 of the leaves' bytes, nothing else in the loop."""
    entries = [b"\x00" + head.entry() for head in _heads(orders)]
    sha256, start = hashlib.sha256, time.perf_counter()
    for entry in entries:
        sha256(entry).digest()
    return len(entries) / (time.perf_counter() - start)


def _leaf_rate(ground: Ground, orders: OrderSet, batch: int) -> float:
    """Leaves a second by the worker's own steps, with a signature a second and one at the end."""
    _empty_log(ground)
    ids, start = _ids(orders), time.perf_counter()
    signed = start
    for begin in range(0, len(ids), batch):
        append_heads(ids[begin : begin + batch])
        if time.perf_counter() - signed > SIGN_SECONDS:
            sign_newest(datetime.now(UTC))
            signed = time.perf_counter()
    sign_newest(datetime.now(UTC))
    return len(ids) / (time.perf_counter() - start)


def _append_rate(ground: Ground, orders: OrderSet) -> float:
    """Leaves a second where the heads are at hand."""
    _empty_log(ground)
    heads: Sequence[Head] = _heads(orders)
    start = time.perf_counter()
    for begin in range(0, len(heads), BULK):
        append(heads[begin : begin + BULK])
    return len(heads) / (time.perf_counter() - start)


def _chain_seconds(ground: Ground, order_id: UUID) -> float:
    """Hashing the events of one refund into their chain."""
    with psycopg.connect(ground.access.owner, autocommit=True) as line:
        rows = [(bytes(body), bytes(prev)) for body, prev in line.execute(BODIES, [order_id]).fetchall()]
    times, start = 2_000, time.perf_counter()
    for _ in range(times):
        for body, prev in rows:
            chain_hash(prev, body)
    return (time.perf_counter() - start) / times


def _empty_log(ground: Ground) -> None:
    """An empty tree that nobody has seen a head of."""
    with psycopg.connect(ground.access.owner, autocommit=True) as line:
        line.execute("TRUNCATE log_leaf, log_tile, log_checkpoint, log_trouble")
        line.execute("UPDATE log_tree SET size = 0")
    (folder.folder() / folder.PUBLISHED).unlink(missing_ok=True)
