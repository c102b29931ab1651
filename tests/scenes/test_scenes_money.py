"""The edges of the money, by real commands: late, double and wrong payments, refunds that fail, release and advance."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pure_orders import CONTEXT, POLICY
from shopfloor import (
    NOW,
    PRICE_FEN,
    Bought,
    kinds,
    later,
    paid,
    pay,
    placed,
    reveal,
    rows,
    sealed,
    short_of_stock,
    state,
    tell_paid,
)
from tuidan.commands import delivery, dispute, order, payment, refund
from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.policy import decide
from tuidan.domain.reference import REFUND, write_reference
from tuidan.reads.answer import standing_answer
from tuidan.store.boards.project import project

EXPIRES, REVIVES, HOLD = 900, 12 * 3600, 86_400
ADVANCE_FEN = 50_000
CASES = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"


def expired() -> tuple[Bought, int]:
    """An order that nobody paid in time, and its attempt to pay."""
    bought = placed()
    _, attempt = payment.start_payment(bought.id, bought.buyer, "alipay", "pay", NOW)
    order.fire_timer(bought.id, 1, "expire", 0, later(EXPIRES + 1))
    assert state(bought).status == "expired"
    return bought, attempt


def ask(bought: Bought, reason: str, seconds: float, unit: int = 1) -> Outcome:
    outcome = dispute.request_refund(bought.id, bought.buyer, unit, reason, f"ask {seconds}", later(seconds))
    assert outcome.ok, outcome.refusal
    return outcome


def issuer_says(bought: Bought, status: str, seconds: float) -> None:
    command = c.RecordIssuerCheck(1, status, None, "")
    delivery.record_issuer_check(bought.id, command, later(seconds), int(seconds))


def hold_is_over(bought: Bought, seconds: float) -> None:
    run(
        bought.id,
        envelop(bought.id, c.ReleaseEscrow(), c.Actor("timer"), f"release {seconds}", later(seconds)),
    )


def alarm(bought: Bought) -> str:
    """What the operators' board says of the order."""
    project([bought.id])
    return str(rows("SELECT alarm FROM boards_order WHERE order_id = %s", bought.id)[0][0])


def refund_once(bought: Bought, try_n: int, outcome: str, amount_fen: int = 0) -> int:
    """One attempt of refund 1 and the channel's answer; gives the attempt's number."""
    after, opened = refund.mark_refund_sent(bought.id, 1, 100 + try_n, later(60 * try_n))
    assert opened
    attempt = after.refunds[0].attempt
    refund.record_refund(bought.id, c.RecordRefund(1, attempt, outcome, amount_fen), later(60 * try_n + 1))
    return attempt


@pytest.mark.parametrize("late", [60, REVIVES])
def test_money_that_comes_at_most_twelve_hours_late_revives_the_order(late: int) -> None:
    bought, attempt = expired()
    tell_paid(bought, attempt, PRICE_FEN, later(EXPIRES + late))
    assert (state(bought).status, state(bought).totals.escrow) == ("paid", PRICE_FEN)
    delivery.record_codes(bought.id, {1: "0001"}, [], later(EXPIRES + late + 1), 0)
    assert state(bought).units[0].status == "delivered"


def test_a_revived_order_that_cannot_be_delivered_is_paid_back() -> None:
    bought, attempt = expired()
    tell_paid(bought, attempt, PRICE_FEN, later(EXPIRES + 60))
    delivery.record_codes(bought.id, {}, [1], later(EXPIRES + 61), 0)
    assert (state(bought).status, state(bought).totals.refunding) == ("refunded", PRICE_FEN)


def test_money_that_comes_later_is_kept_apart_and_goes_back() -> None:
    bought, attempt = expired()
    tell_paid(bought, attempt, PRICE_FEN, later(EXPIRES + REVIVES + 1))
    totals = state(bought).totals
    assert (state(bought).status, totals.escrow, totals.refunding) == ("expired", 0, PRICE_FEN)
    assert kinds(bought)[-2:] == ["payment_unexpected", "refund_decided"]


def test_a_second_capture_goes_back_at_once_along_its_own_payment() -> None:
    bought = placed()
    _, attempt = payment.start_payment(bought.id, bought.buyer, "alipay", "pay", NOW)
    tell_paid(bought, attempt, PRICE_FEN, NOW, f"first {bought.id}")
    tell_paid(bought, attempt, PRICE_FEN, later(1), f"second {bought.id}")
    after = state(bought)
    assert (after.status, after.totals.escrow, after.totals.refunding) == ("paid", PRICE_FEN, PRICE_FEN)
    assert (after.refunds[0].unit, after.refunds[0].payment) == (0, attempt)
    assert after.units[0].left_fen() == PRICE_FEN


def test_a_second_payment_is_answered_without_a_request_as_its_case_is() -> None:
    case = next(row for row in map(json.loads, CASES.read_text().splitlines()) if row["id"] == "D036")[
        "facts"
    ]
    wanted = decide(case, POLICY, CONTEXT.calendar)
    bought = placed(price_fen=case["amount_paid_fen"])
    _, attempt = payment.start_payment(bought.id, bought.buyer, "alipay", "pay", NOW)
    tell_paid(bought, attempt, case["amount_paid_fen"])
    decided = tell_paid(bought, attempt, case["amount_paid_fen"], later(900)).events[-1]
    assert isinstance(decided, e.RefundDecided)
    told = decided.verdict
    assert (told["decision"], decided.amount_fen, told["liable"]) == (
        wanted.decision,
        wanted.amount_fen,
        wanted.liable,
    )
    assert list(told["rules"]) == list(wanted.rules)  # type: ignore[call-overload]
    assert wanted.deadline is not None
    assert decided.due_at == (later(900) + timedelta(minutes=10)).isoformat()
    assert wanted.deadline.within == "PT10M"


@pytest.mark.parametrize("wrong", [1, -1])
def test_another_amount_than_the_price_goes_back_and_the_order_can_still_be_paid(wrong: int) -> None:
    bought = placed()
    pay(bought, PRICE_FEN + wrong)
    odd = state(bought)
    assert (odd.status, odd.totals.escrow, odd.totals.refunding) == ("awaiting_payment", 0, PRICE_FEN + wrong)
    pay(bought, PRICE_FEN, later(5))
    assert (state(bought).status, state(bought).totals.escrow) == ("paid", PRICE_FEN)


def test_a_refund_that_failed_is_tried_again_under_a_new_reference() -> None:
    bought = short_of_stock()
    first = refund_once(bought, 1, "failed")
    second = refund_once(bought, 2, "succeeded", PRICE_FEN)
    assert write_reference(bought.id, REFUND, first) != write_reference(bought.id, REFUND, second)
    totals = state(bought).totals
    assert (totals.refunded, totals.refunding) == (PRICE_FEN, 0)


def test_a_refund_whose_attempts_are_used_up_is_parked_with_an_alarm_until_it_arrives() -> None:
    bought = short_of_stock()
    attempts = [refund_once(bought, n, "failed") for n in range(1, 6)]
    assert len(set(attempts)) == 5
    assert (state(bought).refunds[0].status, alarm(bought)) == ("parked", "refund_parked")
    _, opened = refund.mark_refund_sent(bought.id, 1, 200, later(999))
    assert not opened
    refund.record_refund(bought.id, c.RecordRefund(1, attempts[-1], "succeeded", PRICE_FEN), later(1_000))
    assert (state(bought).refunds[0].status, alarm(bought)) == ("succeeded", "")


def test_instant_settlement_pays_the_seller_at_delivery_and_says_so() -> None:
    bought = sealed(settlement="instant_settlement")
    assert (state(bought).status, state(bought).totals.released) == ("released", PRICE_FEN)
    told = rows("SELECT body FROM orders_event WHERE order_id = %s AND kind = 'order_released'", bought.id)
    assert json.loads(bytes(told[0][0]))["data"]["why"] == "instant_settlement"


@pytest.mark.parametrize(
    ("price_fen", "answer"), [(ADVANCE_FEN, "approve_full"), (ADVANCE_FEN + 1, "to_platform")]
)
def test_after_settlement_the_platform_lays_out_up_to_its_limit(price_fen: int, answer: str) -> None:
    bought = sealed(settlement="instant_settlement", price_fen=price_fen)
    assert standing_answer(state(bought), 1, later(60)).decision == answer
    ask(bought, "no_reason", 60)
    issuer_says(bought, "unused", 60)
    after = state(bought)
    laid_out = price_fen if answer == "approve_full" else 0
    assert (after.totals.advance, after.totals.refunding) == (laid_out, laid_out)
    assert after.cases[0].status == ("approved" if laid_out else "review")


def test_the_escrow_is_released_when_the_hold_is_over_and_not_before() -> None:
    bought = sealed()
    hold_is_over(bought, HOLD - 1)
    assert state(bought).status == "paid"
    hold_is_over(bought, HOLD)
    assert (state(bought).status, state(bought).totals.released) == ("released", PRICE_FEN)


def test_confirming_releases_at_once() -> None:
    bought = sealed()
    assert order.confirm_receipt(bought.id, bought.buyer, "good", later(30)).ok
    assert (state(bought).status, state(bought).totals.escrow) == ("released", 0)


def test_a_request_stops_the_release_and_a_rejection_arms_it_again() -> None:
    bought = sealed()
    reveal(bought, 1, later(400))
    ask(bought, "no_reason", HOLD - 60)
    hold_is_over(bought, HOLD)
    assert state(bought).totals.escrow == PRICE_FEN
    issuer_says(bought, "unused", HOLD + 5)
    assert (state(bought).cases[0].status, state(bought).status) == ("rejected", "paid")
    armed = rows("SELECT due_at FROM orders_timer WHERE order_id = %s AND kind = 'release'", bought.id)
    assert max(due for (due,) in armed) == later(HOLD + 5)
    hold_is_over(bought, HOLD + 6)
    assert state(bought).status == "released"


def test_of_three_codes_the_missing_one_is_paid_back_and_two_are_delivered() -> None:
    bought = paid(3)
    delivery.record_codes(bought.id, {1: "0001", 3: "0003"}, [2], NOW, 0)
    after = state(bought)
    assert [unit.status for unit in after.units] == ["delivered", "failed", "delivered"]
    assert [unit.refund_fen for unit in after.units] == [0, PRICE_FEN, 0]
    assert (after.status, after.totals.escrow, after.totals.refunding) == ("paid", 2 * PRICE_FEN, PRICE_FEN)


def test_an_order_that_is_not_delivered_within_the_promise_is_paid_back_without_a_click() -> None:
    bought = paid(promised_seconds=600)
    order.fire_timer(bought.id, 90, "promise", 0, later(600))
    assert state(bought).status == "paid"
    order.fire_timer(bought.id, 91, "promise", 0, later(601))
    assert (state(bought).status, state(bought).totals.refunding) == ("refunded", PRICE_FEN)


def test_starting_a_payment_again_is_no_event_and_leads_to_the_same_attempt() -> None:
    bought = placed()
    _, first = payment.start_payment(bought.id, bought.buyer, "alipay", "one", NOW)
    before = state(bought).version
    outcome, second = payment.start_payment(bought.id, bought.buyer, "alipay", "two", later(60))
    assert (outcome.ok, outcome.events, second) == (True, [], first)
    assert state(bought).version == before
