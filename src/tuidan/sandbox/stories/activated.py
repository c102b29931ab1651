"""Story 4: "already activated". Before the reveal the seller bears it; after it, it matters by whom."""

from __future__ import annotations

from tuidan.sandbox.client import expect
from tuidan.sandbox.stage import Stage, revealed_at

ACCOUNT = "lin-player-7"
PRICE_FEN = 9750


def already_activated(stage: Stage) -> None:
    _before_the_reveal(stage)
    _by_the_buyer(stage)
    _by_an_unknown_account(stage)


def _shown(stage: Stage) -> tuple[str, str]:
    order_id = stage.buy("coupon", ACCOUNT)
    return order_id, stage.buyer.reveal(order_id)


def _before_the_reveal(stage: Stage) -> None:
    order_id, code = _shown(stage)
    at = revealed_at(stage.buyer.order(order_id))
    stage.activate(code, at, -172_800, "someone-else")
    stage.buyer.ask_refund(order_id, "item_invalid")
    order = stage.buyer.wait_refunded(order_id, PRICE_FEN)
    verdict = order["cases"][0]["verdict"]
    expect(verdict["liable"] == "seller", f"{verdict['liable']} bears it instead of the seller")


def _by_the_buyer(stage: Stage) -> None:
    order_id, code = _shown(stage)
    stage.activate(code, revealed_at(stage.buyer.order(order_id)), 30, ACCOUNT)
    stage.buyer.ask_refund(order_id, "item_invalid")
    order = stage.buyer.wait(
        order_id, lambda o: o["cases"][0]["status"] == "rejected", "the buyer's own use was not refused"
    )
    expect(order["cases"][0]["verdict"]["reasons"], "the refusal gives no reasons")
    expect(not order["refunds"], "money went back for a code that the buyer used")


def _by_an_unknown_account(stage: Stage) -> None:
    order_id, code = _shown(stage)
    stage.activate(code, revealed_at(stage.buyer.order(order_id)), 30, "")
    stage.buyer.ask_refund(order_id, "item_invalid")
    order = stage.buyer.wait(
        order_id,
        lambda o: o["cases"][0]["status"] in ("review", "appraisal"),
        "an unknown account was not left to a person",
    )
    stage.reviewer.post(
        f"/orders/{order_id}/cases/1/decision",
        {"approve": True, "amount_fen": 0, "reasons": ["seller_fault"], "seen_version": order["version"]},
    )
    stage.buyer.wait_refunded(order_id, PRICE_FEN)
