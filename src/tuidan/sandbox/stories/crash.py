"""Story 7: the worker dies at every step between two writes. Somebody else takes over; exactly one refund, one code."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from tuidan.sandbox.client import StoryFailed, expect
from tuidan.sandbox.stage import Stage

DIES_SECONDS = 20.0
CARD_FEN = 2940
PHONE_FEN = 4950
FAILS = "13800000007"


def killed_between_writes(stage: Stage) -> None:
    orders: list[tuple[str, int]] = []
    for point in ("codes:claimed", "codes:recorded"):
        orders.append((_die_at(stage, point, lambda: _paid(stage, "card", "")), CARD_FEN))
    stage.world.tell(stage.world.supplier, "behave", {"name": "fail", "account": FAILS})
    for point in ("supply:marked", "supply:sent", "supply:recorded"):
        orders.append((_die_at(stage, point, lambda: _paid(stage, "phone", FAILS)), PHONE_FEN))
    for point in ("refund:marked", "refund:sent", "refund:recorded", "code:settled"):
        order_id = _with_worker(stage, lambda: stage.buy("card"))
        _die_at(stage, point, partial(_ask, stage, order_id))
        orders.append((order_id, CARD_FEN))
    stage.world.start_worker()
    for order_id, amount_fen in orders:
        if amount_fen == CARD_FEN and not stage.buyer.order(order_id)["cases"]:
            stage.buyer.wait(
                order_id, lambda o: o["units"][0]["status"] == "delivered", "a claim was lost", 60
            )
            stage.buyer.ask_refund(order_id, "no_reason")
    for order_id, amount_fen in orders:
        stage.buyer.wait_refunded(order_id, amount_fen, seconds=90)
        stage.expect_one_refund(order_id, amount_fen)
        said = stage.run_tuidan("audit", "--order", order_id)
        expect("0 " in said or "ok" in said.lower(), f"the audit of {order_id} says: {said[-200:]}")


def _paid(stage: Stage, listing: str, account: str) -> str:
    order_id = stage.buyer.place(stage.cast.listings[listing], account)
    stage.pay(stage.buyer.cashier(order_id))
    return order_id


def _ask(stage: Stage, order_id: str) -> str:
    stage.buyer.ask_refund(order_id, "no_reason")
    return order_id


def _with_worker(stage: Stage, act: Callable[[], str]) -> str:
    stage.world.start_worker()
    try:
        return act()
    finally:
        _stop(stage)


def _stop(stage: Stage) -> None:
    if stage.world.worker:
        stage.world.worker.stop()
        stage.world.worker = None


def _die_at(stage: Stage, point: str, act: Callable[[], str]) -> str:
    """Run a worker that dies at the point, do what leads there, and wait until it is dead."""
    _stop(stage)
    stage.world.start_worker(kill_at=point)
    done = act()
    assert stage.world.worker is not None
    end = time.monotonic() + DIES_SECONDS
    while stage.world.worker.process.poll() is None:
        if time.monotonic() > end:
            raise StoryFailed(f"the worker never came to {point}, so nothing was proved")
        time.sleep(0.05)
    expect(stage.world.worker.process.returncode == 137, f"the worker ended otherwise than at {point}")
    stage.world.worker = None
    return done
