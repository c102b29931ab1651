"""Story 1: bought, sealed, refunded in five minutes; bought again, shown, dead, refunded, never sold again."""

from __future__ import annotations

from tuidan.sandbox.client import expect
from tuidan.sandbox.stage import Stage
from tuidan.store.stock.count import count_stock


def card_refunded_twice(stage: Stage) -> None:
    listing = stage.cast.listings["card"]
    before = stage.balance_fen()
    free_before = count_stock(listing).by_state
    first = stage.buy("card")
    answer = stage.buyer.get(f"/orders/{first}/answer")["answers"][0]
    expect(answer["next_step"] == "refund_now", "the standing answer does not offer the refund that is due")
    expect(answer["amount_fen"] == 2940, "the standing answer names another amount than was paid")
    stage.buyer.ask_refund(first, "no_reason")
    order = stage.buyer.wait_refunded(first, 2940)
    stage.expect_one_refund(first, 2940)
    expect(stage.balance_fen() == before, "the payer's account does not hold the money again")
    expect(order["refunds"][0]["destination"], "the order does not say to which account the money went")
    stage.buyer.wait_event(first, "code_settled")
    expect(count_stock(listing).by_state == free_before, "the sealed code is not back in stock")

    second = stage.buy("card")
    code = stage.buyer.reveal(second)
    stage.world.tell(stage.world.issuer, "code", {"code": code, "status": "invalid"})
    stage.buyer.ask_refund(second, "item_invalid")
    stage.buyer.wait_refunded(second, 2940)
    stage.buyer.wait_event(second, "code_settled")
    stock = {state.value: count for state, count in count_stock(listing).by_state.items()}
    expect(stock["void"] == 1, f"the shown code is not void: {stock}")
    third = stage.buy("card")
    expect(stage.buyer.reveal(third) != code, "the dead code was sold again")
