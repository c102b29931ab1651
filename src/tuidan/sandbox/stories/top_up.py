"""Stories 2 and 3: a top-up that fails, and one that arrives short. Nobody clicks anything."""

from __future__ import annotations

from tuidan.sandbox.client import expect
from tuidan.sandbox.stage import Stage

PRICE_FEN = 4950
FAILS = "13800000001"
SHORT = "13800000002"


def top_up_fails(stage: Stage) -> None:
    stage.world.tell(
        stage.world.supplier, "behave", {"name": "fail_later", "account": FAILS, "after_seconds": 1}
    )
    order_id = stage.buy("phone", FAILS)
    order = stage.buyer.wait_refunded(order_id, PRICE_FEN)
    stage.expect_one_refund(order_id, PRICE_FEN)
    expect(order["status"] == "refunded", "the order is not closed as refunded")


def top_up_arrives_short(stage: Stage) -> None:
    stage.world.tell(stage.world.supplier, "behave", {"name": "short", "account": SHORT, "arrived_fen": 1000})
    order_id = stage.buy("phone", SHORT)
    order = stage.buyer.wait_refunded(order_id, PRICE_FEN * 4 // 5)
    stage.expect_one_refund(order_id, PRICE_FEN * 4 // 5)
    expect(order["units"][0]["arrived_fen"] == 1000, "the order does not say that 10 yuan arrived")
    expect(order["escrow_fen"] == PRICE_FEN // 5, "the fifth that arrived is not kept for the seller")
