"""Refunds: who pays, how often is tried, and what an answer of the channel may and may not do."""

from dataclasses import replace

import pytest

from pure_orders import (
    ADVANCE_FEN_MAX,
    ASKER,
    PRICE_FEN,
    TERMS,
    TOP_UP,
    PureOrder,
    out_of_stock_order,
    paid_order,
    payment_of,
    placed_order,
    sealed_order,
    sent_refund,
)
from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain.refund import ATTEMPTS_MAX

INSTANT = replace(TERMS, settlement="instant_settlement", issuer="")


def released_order(price_fen: int, quantity: int) -> PureOrder:
    """The seller has the money already; each unit has a request that waits for a person."""
    order = sealed_order(quantity, replace(INSTANT, price_fen=price_fen))
    assert order.order().status == "released"
    for n in range(1, quantity + 1):
        order.do(c.RequestRefund(n, "item_invalid"), 10)
    return order


def judged(order: PureOrder, case: int, amount_fen: int = 0) -> str:
    return order.judge(case, amount_fen, 100)


def test_what_the_escrow_lacks_comes_from_the_platforms_advance() -> None:
    order = released_order(20_000, 1)
    assert judged(order, 1) == ""
    totals = order.order().totals
    assert (totals.released, totals.advance, totals.refunding) == (20_000, 20_000, 20_000)


def test_the_advance_is_limited_for_the_whole_order_and_not_per_refund() -> None:
    order = released_order(20_000, 3)
    assert [judged(order, case) for case in (1, 2, 3)] == ["", "", "amount_out_of_range"]
    assert order.order().totals.advance == 40_000
    assert judged(order, 3, ADVANCE_FEN_MAX - 40_000) == ""
    assert order.order().totals.advance == ADVANCE_FEN_MAX


def test_a_rule_beyond_the_advance_leaves_the_case_to_a_person() -> None:
    order = paid_order(replace(TOP_UP, price_fen=30_000, settlement="instant_settlement", issuer=""), 3)
    for n in (1, 2, 3):
        order.do(c.MarkSupplySent(n))
        order.do(c.RecordSupply(n, order.order().units[n - 1].attempt, "succeeded"))
    assert order.order().status == "released"
    for n in (1, 2, 3):
        order.do(c.RequestRefund(n, "not_received"), 50)
    assert order.order().totals.advance <= ADVANCE_FEN_MAX


def test_a_refund_is_tried_so_often_and_then_waits_for_a_person() -> None:
    order = out_of_stock_order()
    for tried in range(1, ATTEMPTS_MAX + 1):
        order.do(c.MarkRefundSent(1), tried)
        attempt = order.order().refunds[0].attempt
        order.do(c.RecordRefund(1, attempt, "failed", 0, code="no"), tried)
    refund = order.order().refunds[0]
    assert (refund.status, refund.tries) == ("parked", ATTEMPTS_MAX)
    assert order.do(c.MarkRefundSent(1), 99) == []


def test_an_operator_lets_a_parked_refund_be_tried_again_with_a_new_attempt() -> None:
    order = out_of_stock_order()
    for tried in range(1, ATTEMPTS_MAX + 1):
        order.do(c.MarkRefundSent(1), tried)
        order.do(c.RecordRefund(1, order.order().refunds[0].attempt, "failed", 0, code="no"), tried)
    old = order.order().refunds[0].attempt
    order.do(c.RetryRefund(1), 100)
    assert [effect.kind for effect in order.drafts[-1].effects] == [effects.REFUND]
    order.do(c.MarkRefundSent(1), 101)
    refund = order.order().refunds[0]
    assert refund.status == "sent"
    assert refund.attempt > old


def test_a_refund_that_is_open_at_the_channel_is_not_tried_anew() -> None:
    order = out_of_stock_order()
    order.do(c.MarkRefundSent(1), 1)
    order.do(c.RecordRefund(1, order.order().refunds[0].attempt, "parked", 0, code="balance"), 2)
    assert order.order().refunds[0].status == "parked"
    assert order.refusal(c.RetryRefund(1), 3) == "refund_not_parked"


def test_each_attempt_waits_longer_than_the_one_before() -> None:
    order, delays = out_of_stock_order(), []
    for tried in range(1, ATTEMPTS_MAX):
        order.do(c.MarkRefundSent(1), tried)
        order.do(c.RecordRefund(1, order.order().refunds[0].attempt, "failed", 0), tried)
        delays += [
            effect.delay_seconds for effect in order.drafts[-1].effects if effect.kind == effects.REFUND
        ]
    assert delays == sorted(set(delays))
    assert len(delays) == ATTEMPTS_MAX - 1


def test_a_no_for_an_older_attempt_changes_nothing() -> None:
    order = sent_refund()
    order.do(c.RecordRefund(1, 2, "failed", 0))
    order.do(c.MarkRefundSent(1))
    assert order.do(c.RecordRefund(1, 2, "failed", 0)) == []
    assert order.order().refunds[0].status == "sent"


def test_only_one_attempt_of_a_refund_is_open_at_a_time() -> None:
    order = sent_refund()
    assert order.do(c.MarkRefundSent(1)) == []
    opened = [it.n for draft in order.drafts for it in draft.opened if it.kind == "refund"]
    assert opened == [2]


def test_a_parked_refund_still_takes_the_channels_yes() -> None:
    order = sent_refund()
    order.do(c.RecordRefund(1, 2, "parked", 0, code="no_balance"))
    order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN))
    assert order.order().refunds[0].status == "succeeded"


def test_money_that_nobody_asked_for_goes_back_along_its_own_payment() -> None:
    order = placed_order()
    for channel in ("alipay", "other"):
        order.do(c.StartPayment(channel))
    order.do(payment_of(1, PRICE_FEN, "T1"))
    order.do(replace(payment_of(2, PRICE_FEN, "T2"), channel="other"))
    (refund,) = order.order().refunds
    assert (refund.unit, refund.payment, refund.amount_fen) == (0, 2, PRICE_FEN)


def test_too_much_and_too_little_go_back_whole_and_the_order_waits_on() -> None:
    for amount in (PRICE_FEN - 1, PRICE_FEN + 1):
        order = placed_order()
        order.do(c.StartPayment("alipay"))
        order.do(payment_of(1, amount))
        assert order.order().status == "awaiting_payment"
        assert [refund.amount_fen for refund in order.order().refunds] == [amount]


@pytest.mark.parametrize(("seconds", "status"), [(900 + 12 * 3600, "paid"), (901 + 12 * 3600, "expired")])
def test_a_late_payment_revives_an_expired_order_for_twelve_hours(seconds: int, status: str) -> None:
    order = placed_order()
    order.do(c.StartPayment("alipay"))
    order.do(c.ExpireOrder(), 901)
    order.do(payment_of(1, PRICE_FEN), seconds)
    state = order.order()
    assert (state.status, state.totals.escrow + state.totals.refunding) == (status, PRICE_FEN)


def test_an_order_expires_after_its_last_second_and_not_in_it() -> None:
    order = placed_order()
    assert order.do(c.ExpireOrder(), 900) == []
    assert order.do(c.ExpireOrder(), 901) != []


def test_a_supplier_that_answers_after_the_money_went_back_is_noted_and_moves_nothing() -> None:
    order = paid_order(TOP_UP)
    order.do(c.MarkSupplySent(1))
    order.do(c.FailDelivery("fire"))
    before = order.order().totals
    order.do(c.RecordSupply(1, 2, "succeeded", "S1"))
    assert order.kinds()[-1] == "supply_answered"
    assert order.order().totals == before


def test_a_top_up_that_arrives_after_all_was_paid_back_asks_for_nothing_more() -> None:
    order = paid_order(TOP_UP)
    order.do(c.MarkSupplySent(1))
    order.do(c.PassPromise(), 601)
    assert order.order().status == "refunded"
    cases = len(order.order().cases)
    order.do(c.RecordCredit(1, "partial", 1_000, "other"), 700)
    assert (order.order().units[0].status, len(order.order().cases)) == ("partial", cases)


def test_any_request_stops_the_release_and_its_end_lets_it_go_on() -> None:
    order = sealed_order(2, replace(TERMS, issuer=""))
    order.do(c.RequestRefund(1, "item_invalid"), 10)
    assert order.do(c.ReleaseEscrow(), 90_000) == []
    assert order.refusal(c.ConfirmReceipt(), 90_001) == "case_open"
    order.do(c.WithdrawRequest(1), 90_002, ASKER)
    order.do(c.ReleaseEscrow(), 90_003)
    assert (order.order().status, order.order().totals.escrow) == ("released", 0)


@pytest.mark.parametrize(("seconds", "released"), [(86_399, False), (86_400, True)])
def test_the_escrow_is_released_when_the_hold_is_over_and_not_before(seconds: int, released: bool) -> None:
    order = sealed_order()
    assert bool(order.do(c.ReleaseEscrow(), seconds)) is released


def test_nothing_is_released_while_a_unit_is_still_to_come() -> None:
    order = paid_order(TOP_UP, 2)
    order.do(c.MarkSupplySent(1))
    order.do(c.RecordCredit(1, "credited", 5_000, "same"))
    assert order.do(c.ReleaseEscrow(), 10**7) == []


def test_a_code_whose_refund_is_decided_is_shown_no_more() -> None:
    order = sealed_order()
    order.do(c.RequestRefund(1, "no_reason"), 10)
    order.do(c.RecordIssuerCheck(1, "unused", None, ""), 11)
    assert order.order().units[0].refund_fen == PRICE_FEN
    assert order.refusal(c.RevealCode(1, "5e" * 32), 12) == "refund_decided"


def test_a_code_shown_while_the_issuer_is_asked_is_judged_as_shown() -> None:
    """The request came while it was sealed; the answer "unused" comes after it was shown."""
    order = sealed_order()
    order.do(c.RequestRefund(1, "no_reason"), 10)
    order.do(c.RevealCode(1, "5e" * 32), 11)
    order.do(c.RecordIssuerCheck(1, "unused", None, ""), 12)
    sealed = sealed_order()
    sealed.do(c.RequestRefund(1, "no_reason"), 10)
    sealed.do(c.RecordIssuerCheck(1, "unused", None, ""), 12)
    assert sealed.order().units[0].refund_fen == PRICE_FEN
    assert order.order().units[0].refund_fen == 0
