"""Story: a service is 60 per cent done by both sides' word when the buyer ends it; 40 per cent comes back."""

from __future__ import annotations

from tuidan.sandbox.client import Client, expect
from tuidan.sandbox.stage import Stage

PRICE_FEN = 30_000
BACK_FEN = 12_000
KEPT_FEN = PRICE_FEN - BACK_FEN


def service_ends_at_sixty_percent(stage: Stage) -> None:
    """Two of three milestones are reported and agreed; ending the work pays for them and returns the rest."""
    seller = Client(stage.world.url, stage.cast.keys["seller"])
    order_id = stage.buyer.place(stage.cast.listings["design"])
    stage.pay(stage.buyer.cashier(order_id))
    stage.buyer.wait(order_id, lambda o: o["status"] == "paid", "the payment was not taken in")
    for milestone, note in ((1, "草图两稿，见订单附图"), (2, "线稿完成")):
        _report_and_agree(stage, seller, order_id, milestone, note)
    work = stage.buyer.order(order_id)["units"][0]["work"]
    expect(work["progress_percent"] == 60, f"the agreed progress is {work['progress_percent']} instead of 60")
    expect(work["progress_agreed"], "the progress does not count as agreed")
    stage.buyer.ask_refund(order_id, "no_reason")
    order = stage.buyer.wait_refunded(order_id, BACK_FEN)
    stage.expect_one_refund(order_id, BACK_FEN)
    expect(order["units"][0]["status"] == "ended", "the work is not over")
    expect(order["escrow_fen"] == KEPT_FEN, "what was agreed is not kept for the seller")


def _report_and_agree(stage: Stage, seller: Client, order_id: str, milestone: int, note: str) -> None:
    path = f"/orders/{order_id}/units/1/milestones/{milestone}"
    seller.post(f"{path}/report", {"percent": 100, "note": note, "link": "https://example.com/work"})
    stage.buyer.post(f"{path}/answer", {"percent": 100, "accept": True})
