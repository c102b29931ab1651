"""One refund command as the product carries it out, in process; and the same rows as an ORM is usually used."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from tuidan.commands.dispute import request_refund
from tuidan.sandbox.bench.ground import Ground, OrderSet
from tuidan.sandbox.bench.race import race
from tuidan.store.orders.models import EventRow, OrderRow, Outbox, PostingRow

OWNER = "owner"


def refund_each(ground: Ground, orders: OrderSet) -> float:
    """Refunds a second by the whole live path: load with the key, policy, chain, idempotency, append."""

    def step(i: int) -> None:
        outcome = request_refund(orders.order_id(i), ground.buyer, 1, "no_reason", "bench", datetime.now(UTC))
        if len(outcome.events) != 2 or outcome.again:
            raise RuntimeError(f"not a refund: {outcome}")

    return race(step, orders.count)


def refund_each_by_orm(orders: OrderSet, written: RefundRows) -> float:
    """The same rows by select_for_update, a create for each, and save; nothing decided, nothing hashed."""

    def step(i: int) -> None:
        written.write_again(orders.order_id(i))

    return race(step, orders.count)


class RefundRows:
    """The values that the product's refund of one order wrote, ready to be created for another."""

    def __init__(self, order_id: UUID) -> None:
        self.order = OrderRow.objects.using(OWNER).get(order_id=order_id)
        events = list(EventRow.objects.using(OWNER).filter(order_id=order_id).order_by("n"))[-2:]
        first = events[1].n * 64
        self.rows: list[tuple[Any, dict[str, object]]] = []
        for model, found in (
            (EventRow, events),
            (PostingRow, list(PostingRow.objects.using(OWNER).filter(order_id=order_id, n__gte=first))),
            (Outbox, list(Outbox.objects.using(OWNER).filter(order_id=order_id, n__gte=first))),
        ):
            for row in found:
                names = [f.attname for f in model._meta.local_fields if f.attname not in ("pk", "order_id")]
                self.rows.append((model, {name: getattr(row, name) for name in names}))

    def write_again(self, order_id: UUID) -> None:
        with transaction.atomic(using=OWNER):
            order = OrderRow.objects.using(OWNER).select_for_update().get(order_id=order_id)
            for model, values in self.rows:
                model.objects.using(OWNER).create(order_id=order_id, **values)
            for name in ("version", "head_hash", "status", "escrow_fen", "refunding_fen", "state"):
                setattr(order, name, getattr(self.order, name))
            order.save(using=OWNER)
