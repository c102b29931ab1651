"""Story 8: a supplier fails while 10,000 paid orders wait. One command refunds them all; a second does nothing."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from tuidan.commands.order import Basket, place_order
from tuidan.commands.payment import record_payment, start_payment
from tuidan.domain import commands as c
from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.sandbox.client import StoryFailed, expect
from tuidan.sandbox.stage import Stage
from tuidan.store import catalog, connection

PRICE_FEN = 4950
THREADS = 8
BATCH = 500
ARRIVE_SECONDS = 600.0


def supplier_fails_everybody(stage: Stage) -> None:
    if stage.world.worker:
        stage.world.worker.stop()
    wanted = stage.incident_orders
    listing = _listing(stage)
    before = _executed(stage)
    orders = place_paid_orders(stage, listing, wanted)
    said = stage.run_tuidan("incident", "refund", *_options(stage, listing))
    expect(f"{wanted} of {wanted} orders changed" in said, f"the incident command says: {said[-300:]}")
    stage.world.start_worker()
    _wait_arrived(stage, before + wanted)
    _expect_all_closed(orders)
    again = stage.run_tuidan("incident", "refund", *_options(stage, listing))
    expect("0 paid orders" in again, f"a second run says: {again[-300:]}")
    time.sleep(1)
    expect(_executed(stage) == before + wanted, "a second run refunded something again")
    stage.run_tuidan("audit")


def _options(stage: Stage, listing: UUID) -> list[str]:
    return [
        "--listing",
        str(listing),
        "--name",
        "supplier-down",
        "--operator",
        stage.cast.people["operator"].email,
    ]


def _listing(stage: Stage) -> UUID:
    clerk = stage.cast.people["clerk"]
    now = datetime.now(UTC)
    return catalog.create_listing(
        catalog.shops_of(clerk.id)[0],
        now,
        title="话费 50 元快充(供货商故障)",
        goods_kind="top_up",
        price_fen=PRICE_FEN,
        face_fen=5000,
        supplier="goofish",
        supplier_goods_no="PHONE50",
        issuer="cardbook",
        account_label="手机号",
    )


def place_paid_orders(stage: Stage, listing: UUID, count: int) -> list[UUID]:
    """Paid orders made by the same commands as ever, their trades seeded at the gateway."""
    buyer = stage.cast.people["friend"].id
    tag = os.urandom(4).hex()
    made: list[UUID] = []
    with ThreadPoolExecutor(THREADS) as pool:
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            placed = list(pool.map(lambda n: _place(buyer, listing, f"{tag}-{n}"), numbers))
            trades = [
                {"reference": write_reference(order_id, PAYMENT, attempt), "amount_fen": PRICE_FEN}
                for order_id, attempt in placed
            ]
            told = stage.world.tell(stage.world.alipay, "seed_paid", {"trades": trades})
            trade_nos = told["trade_nos"]
            assert isinstance(trade_nos, dict)
            list(pool.map(partial(_pay, trade_nos), placed))
            made += [order_id for order_id, _ in placed]
    return made


def _place(buyer: UUID, listing: UUID, key: str) -> tuple[UUID, int]:
    now = datetime.now(UTC)
    order_id = place_order(buyer, Basket(listing, 1, "13800000008"), key, now).order_id
    _, attempt = start_payment(order_id, buyer, "alipay", f"pay-{key}", now)
    return order_id, attempt


def _pay(trade_nos: dict[str, str], placed: tuple[UUID, int]) -> None:
    order_id, attempt = placed
    now = datetime.now(UTC)
    trade_no = trade_nos[write_reference(order_id, PAYMENT, attempt)]
    paid = c.RecordPayment(attempt, "alipay", trade_no, PRICE_FEN, now, "", "00" * 32)
    record_payment(order_id, paid, now, {"payer": ""})


def _executed(stage: Stage) -> int:
    totals = stage.world.ask(stage.world.alipay)["totals"]
    assert isinstance(totals, dict)
    return int(totals["refunds_executed"])


def _wait_arrived(stage: Stage, wanted: int) -> None:
    end = time.monotonic() + ARRIVE_SECONDS
    while _executed(stage) < wanted:
        if time.monotonic() > end:
            raise StoryFailed(f"{_executed(stage)} of {wanted} refunds reached the gateway in time")
        time.sleep(0.5)
    expect(_executed(stage) == wanted, "more refunds reached the gateway than were decided")


def _expect_all_closed(orders: list[UUID]) -> None:
    """Wait until our own record says of every order what the gateway says."""
    query = "SELECT count(*) FROM orders_order WHERE order_id = ANY(%s) AND status = 'refunded' AND refunding_fen = 0"
    for _ in range(240):
        row = connection.fetch_one(query, (orders,))
        if row is not None and row[0] == len(orders):
            return
        time.sleep(0.5)
    raise StoryFailed(f"only {row[0] if row else 0} of {len(orders)} orders are closed as refunded")
