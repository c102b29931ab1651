"""The given decision cases that are lived another way: ten codes as ten units, money twice, money outside."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from test_scenes_cases import CASES, EXPECTED, core

from shopfloor import Bought, basket, fund_of, pay, policy_since, reveal, state, tell_paid
from tuidan.commands import delivery, dispute, order
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.store import catalog


def bought_at(at: datetime, quantity: int, paid_fen: int, **goods: object) -> Bought:
    """An order at a case's moment, not paid yet."""
    policy_since(at)
    fund_of()
    shop = catalog.create_shop("小店", "third_party", [uuid4()], at)
    listing, buyer = catalog.create_listing(shop, at, price_fen=paid_fen // quantity, **goods), uuid4()
    account = "13800138000" if goods["goods_kind"] == "top_up" else ""
    placed = order.place_order(buyer, basket(listing, quantity, account=account), "place", at)
    assert placed.ok, placed.refusal
    return Bought(placed.order_id, buyer, shop, listing)


def top_up_at(at: datetime, paid_fen: int) -> Bought:
    return bought_at(
        at, 1, paid_fen, title="话费", goods_kind="top_up", face_fen=paid_fen, stock_kind="",
        supplier="goofish", issuer="cardbook",
    )  # fmt: skip


def test_of_ten_codes_the_three_that_were_used_before_are_paid_back() -> None:
    facts, expected = CASES["D016"], EXPECTED["D016"]
    card = facts["card"]
    at, now = datetime.fromisoformat(facts["delivered_at"]), datetime.fromisoformat(facts["now"])
    total, bad = card["codes_total"], card["codes_activated_before_reveal"]
    bought = bought_at(
        at, total, facts["amount_paid_fen"], title="点卡", goods_kind="card_code", face_fen=10_000,
        stock_kind="unique", issuer="cardbook",
    )  # fmt: skip
    pay(bought, facts["amount_paid_fen"], at)
    delivery.record_codes(bought.id, {n: f"{n:04d}" for n in range(1, total + 1)}, [], at, 0)
    shown_at = datetime.fromisoformat(card["revealed_at"])
    for n in range(1, total + 1):
        assert reveal(bought, n, shown_at).ok
    verdicts = []
    for n in range(1, bad + 1):
        asked = dispute.request_refund(bought.id, bought.buyer, n, "item_invalid", f"ask {n}", now)
        assert asked.ok, asked.refusal
        used = c.RecordIssuerCheck(n, "activated", shown_at - timedelta(days=1), "other")
        outcome = delivery.record_issuer_check(bought.id, used, now, n)
        verdicts += [core(event.verdict) for event in outcome.events if isinstance(event, e.RefundDecided)]
    assert [verdict[1] for verdict in verdicts] == [expected["amount_fen"] // bad] * bad
    assert {verdict[2:] for verdict in verdicts} == {core(expected)[2:]}


def test_a_second_payment_goes_back_unasked_and_at_once() -> None:
    facts, expected = CASES["D036"], EXPECTED["D036"]
    paid_at, now = datetime.fromisoformat(facts["paid_at"]), datetime.fromisoformat(facts["now"])
    bought = top_up_at(paid_at, facts["amount_paid_fen"])
    pay(bought, facts["amount_paid_fen"], paid_at)
    again = tell_paid(bought, 1, facts["top_up"]["second_payment_fen"], now, str(uuid4()))
    [decided] = [event for event in again.events if isinstance(event, e.RefundDecided)]
    verdict = {**decided.verdict, "deadline": {"due_at": decided.due_at}}
    assert (decided.unit, core(verdict)) == (0, core(expected))


@pytest.mark.parametrize("case", ["D040", "D041"])
def test_money_that_never_came_in_cannot_be_asked_back_from_escrow(case: str) -> None:
    facts, expected = CASES[case], EXPECTED[case]
    placed_at, now = datetime.fromisoformat(facts["paid_at"]), datetime.fromisoformat(facts["now"])
    bought = top_up_at(placed_at, facts["requested_fen"])
    outcome = dispute.request_refund(bought.id, bought.buyer, 1, "other", "ask", now)
    assert outcome.refusal is not None
    assert outcome.refusal.code == "order_not_paid"
    assert sum(refund.amount_fen for refund in state(bought).refunds) == expected["amount_fen"] == 0
