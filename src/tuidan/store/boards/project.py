"""Boards from the orders' state: idempotent, guarded by version, and the same whether kept or rebuilt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import orjson

from tuidan.domain.alarm import alarms
from tuidan.domain.dispute import MISTAKES, Case
from tuidan.domain.dispute.duties import duty_of
from tuidan.domain.events import KINDS
from tuidan.domain.order import Order
from tuidan.domain.order_codec import read_order
from tuidan.store import connection
from tuidan.store.boards.questions import UPSERT_QUESTIONS, question_lines

READ = """
SELECT o.order_id, o.version, o.head_hash, o.state, o.placed_at, s.body
FROM orders_order o JOIN orders_snapshot s ON s.order_id = o.order_id WHERE o.order_id = ANY(%s)
ORDER BY o.order_id
"""
OPENED = """
SELECT order_id, n, at FROM orders_event
WHERE order_id = ANY(%s) AND kind = 'refund_requested' ORDER BY order_id, n
"""
UPSERT_ORDERS = """
INSERT INTO boards_order (order_id, version, buyer_id, seller_id, listing_id, title, goods_kind, status, to_deliver,
    alarm, price_fen, refund_fen, refunded_fen, placed_at, misoperations)
SELECT * FROM json_to_recordset(%s) AS b(order_id uuid, version bigint, buyer_id uuid, seller_id uuid,
    listing_id uuid, title text, goods_kind text, status text, to_deliver boolean, alarm text, price_fen bigint,
    refund_fen bigint, refunded_fen bigint, placed_at timestamptz, misoperations int)
ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, status = excluded.status,
    to_deliver = excluded.to_deliver, alarm = excluded.alarm, refund_fen = excluded.refund_fen,
    refunded_fen = excluded.refunded_fen, misoperations = excluded.misoperations
WHERE boards_order.version < excluded.version
"""
UPSERT_CASES = """
INSERT INTO boards_case (order_id, case_n, version, seller_id, title, goods_kind, unit, reason, status, route,
    amount_fen, due_at, opened_at, waits_for, appraiser_id)
SELECT * FROM json_to_recordset(%s) AS b(order_id uuid, case_n int, version bigint, seller_id uuid, title text,
    goods_kind text, unit int, reason text, status text, route text, amount_fen bigint, due_at timestamptz,
    opened_at timestamptz, waits_for text, appraiser_id uuid)
ON CONFLICT (order_id, case_n) DO UPDATE SET version = excluded.version, status = excluded.status,
    route = excluded.route, due_at = excluded.due_at, waits_for = excluded.waits_for,
    appraiser_id = excluded.appraiser_id
WHERE boards_case.version < excluded.version
"""
ROWS_MAX = 500
Lines = list[dict[str, object]]
assert "refund_requested" in KINDS


def order_line(order_id: UUID, order: Order, placed_at: datetime, title: str) -> dict[str, object]:
    """The board's line of an order, as JSON-ready values."""
    alarm = next(iter(alarms(order)), "")
    waits = any(unit.status in ("waiting", "in_progress") and unit.left_fen() for unit in order.units)
    return {
        "order_id": str(order_id),
        "version": order.version,
        "buyer_id": order.buyer,
        "seller_id": order.seller,
        "listing_id": order.listing,
        "title": title,
        "goods_kind": order.goods_kind,
        "status": order.status,
        "to_deliver": order.status == "paid" and order.goods_kind != "card_code" and waits,
        "alarm": alarm,
        "price_fen": order.price_fen(),
        "refund_fen": sum(refund.amount_fen for refund in order.refunds),
        "refunded_fen": order.totals.refunded,
        "placed_at": placed_at.astimezone(UTC).isoformat(),
        "misoperations": sum(case.status == "approved" and case.reason in MISTAKES for case in order.cases),
    }


def case_lines(
    order_id: UUID, order: Order, title: str, opened: Sequence[datetime]
) -> list[dict[str, object]]:
    """The board's lines of an order's requests; `opened` holds the times they were made, in order."""
    return [
        {
            "order_id": str(order_id),
            "case_n": case.n,
            "version": order.version,
            "seller_id": order.seller,
            "title": title,
            "goods_kind": order.goods_kind,
            "unit": case.unit,
            "reason": case.reason,
            "status": case.status,
            "route": case.route,
            "amount_fen": case.amount_fen or order.units[case.unit - 1].paid_fen,
            "due_at": datetime.fromisoformat(case.due_at).astimezone(UTC).isoformat()
            if case.due_at
            else None,
            "opened_at": opened[case.n - 1].astimezone(UTC).isoformat(),
            "waits_for": _waits_for(order, case),
            "appraiser_id": _appraiser(order, case),
        }
        for case in order.cases
    ]


def _waits_for(order: Order, case: Case) -> str:
    """Who must act in an open case: seller, buyer, platform, appraiser or channel."""
    hearing = order.hearing(case.n)
    duty = duty_of(case.status, hearing.asked_of if hearing else "") if case.waits() else None
    return duty.who if duty else ""


def _appraiser(order: Order, case: Case) -> str | None:
    hearing = order.hearing(case.n)
    return hearing.appraiser if hearing and hearing.appraiser else None


def lines_of(order_ids: Iterable[UUID]) -> tuple[Lines, Lines, Lines]:
    """What the boards of orders, cases and questions should hold for these orders, from their rows alone."""
    ids = list(order_ids)
    read = connection.fetch_all(READ, (ids,))
    # After the states, never before: a case that came in between has then a time, and a time more does no harm.
    opened: dict[UUID, list[datetime]] = {}
    for order_id, _, at in connection.fetch_all(OPENED, (ids,)):
        opened.setdefault(order_id, []).append(at)
    orders: list[dict[str, object]] = []
    cases: list[dict[str, object]] = []
    questions: list[dict[str, object]] = []
    for order_id, version, head, state, placed_at, body in read:
        order = read_order(state, version, bytes(head))
        title = orjson.loads(bytes(body))["title"]
        orders.append(order_line(order_id, order, placed_at, title))
        cases += case_lines(order_id, order, title, opened.get(order_id, []))
        questions += question_lines(order_id, order, title)
    return orders, cases, questions


def project(order_ids: Iterable[UUID]) -> None:
    """Bring the boards of these orders up to date; doing it twice, or late, changes nothing."""
    orders, cases, questions = lines_of(order_ids)
    if orders:
        connection.run(UPSERT_ORDERS, (orjson.dumps(orders).decode(),))
    if cases:
        connection.run(UPSERT_CASES, (orjson.dumps(cases).decode(),))
    if questions:
        connection.run(UPSERT_QUESTIONS, (orjson.dumps(questions).decode(),))
