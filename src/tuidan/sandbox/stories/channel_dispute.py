"""A dispute is opened at the channel in the middle: money waits, nothing is paid twice, whoever wins."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tuidan.commands.channel_dispute import answer_channel_dispute
from tuidan.domain.commands import Actor
from tuidan.sandbox.client import expect
from tuidan.sandbox.stage import Stage

PRICE_FEN = 2940
EVIDENCE = "卡密已交付，记录可查"


def disputed_at_the_channel(stage: Stage) -> None:
    _channel_returns_the_money(stage)
    _buyer_withdraws(stage)


def _complain(stage: Stage, order_id: str) -> str:
    reference = stage.trade(order_id)["out_trade_no"]
    number = str(stage.world.tell(stage.world.alipay, "complain", {"reference": reference})["number"])
    stage.buyer.wait(
        order_id,
        lambda o: any(d["number"] == number and d["status"] == "open" for d in o["channel_disputes"]),
        "the signed notice of the dispute froze nothing",
    )
    return number


def _end(stage: Stage, order_id: str, number: str, winner: str) -> dict[str, Any]:
    stage.world.tell(stage.world.alipay, "complaint", {"number": number, "winner": winner})
    return stage.buyer.wait(
        order_id,
        lambda o: o["channel_disputes"][0]["status"] == "closed",
        "the end of the dispute was not heard",
    )


def _channel_returns_the_money(stage: Stage) -> None:
    before = stage.balance_fen()
    order_id = stage.buy("card")
    reference = stage.trade(order_id)["out_trade_no"]
    stage.world.tell(stage.world.alipay, "trade", {"reference": reference, "settled": False})
    number = _complain(stage, order_id)
    stage.buyer.wait(
        order_id,
        lambda o: o["channel_settlement"]["can_stop"] == "yes",
        "the order does not say that the channel can still stop the money",
    )
    stage.buyer.ask_refund(order_id, "no_reason")
    stage.buyer.wait(
        order_id,
        lambda o: o["cases"][0]["status"] not in ("checking", "approved"),
        "the request did not wait",
    )
    refused = stage.buyer.try_post(f"/orders/{order_id}/confirm")
    expect(refused.status_code == 409, "the seller could be paid while the channel decides")
    _answer(stage, order_id, number)
    order = _end(stage, order_id, number, "buyer")
    expect(order["channel_disputes"][0]["outcome"] == "lost", "the order does not say that the channel paid")
    expect(order["status"] == "refunded", f"the order is {order['status']} though its money went back")
    trade = stage.trade(order_id)
    expect(trade["refund_calls"] == 0, "a refund was sent although the channel had paid")
    expect(trade["refunded_fen"] == PRICE_FEN, f"{trade['refunded_fen']} fen went back")
    expect(stage.balance_fen() == before, "the payer's account does not hold the money again")
    stage.run_tuidan("audit", "--order", order_id)


def _answer(stage: Stage, order_id: str, number: str) -> None:
    """Our side reaches the channel, which decides all the same."""
    actor = Actor("operator", str(stage.cast.people["operator"].id))
    key = f"answer-{uuid.uuid4().hex}"
    answer_channel_dispute(UUID(order_id), actor, 1, EVIDENCE, key, datetime.now(UTC))
    stage.buyer.wait(
        order_id, lambda o: o["channel_disputes"][0]["status"] == "answered", "our answer did not arrive"
    )
    complaints = stage.world.ask(stage.world.alipay)["complaints"]
    assert isinstance(complaints, list)
    heard = next(row["said"] for row in complaints if row["number"] == number)
    expect(EVIDENCE in heard, "the channel has other words than ours")


def _buyer_withdraws(stage: Stage) -> None:
    order_id = stage.buy("card")
    number = _complain(stage, order_id)
    stage.buyer.ask_refund(order_id, "no_reason")
    stage.buyer.wait(
        order_id,
        lambda o: o["cases"][0]["status"] not in ("checking", "approved"),
        "the request did not wait",
    )
    expect(stage.trade(order_id)["refund_calls"] == 0, "a refund was sent while the dispute was open")
    _end(stage, order_id, number, "withdrawn")
    stage.buyer.wait_refunded(order_id, PRICE_FEN)
    stage.expect_one_refund(order_id, PRICE_FEN)
