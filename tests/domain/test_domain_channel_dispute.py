"""A dispute at the channel: money waits while it is open, and what the channel took is never paid a second time."""

import pytest

from pure_orders import (
    MACHINE,
    PRICE_FEN,
    PureOrder,
    at,
    out_of_stock_order,
    paid_order,
    placed_order,
    sealed_order,
    sent_refund,
)
from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.ledger import fold

HOLD_SECONDS = 86_400


def told(
    status: str = "open", outcome: str = "", taken_fen: int = 0, number: str = "D1", payment: int = 1
) -> c.RecordChannelDispute:
    return c.RecordChannelDispute(
        payment, "alipay", number, status, PRICE_FEN, at(0), outcome, charged_back_fen=taken_fen
    )


def kinds(events: list[e.Event]) -> list[str]:
    return [e.kind_of(event) for event in events]


def effects_of(order: PureOrder) -> list[tuple[str, int]]:
    return [(effect.kind, effect.target) for effect in order.drafts[-1].effects]


def totals_add_up(order: PureOrder) -> None:
    totals = order.order().totals
    assert totals.fault() is None
    assert fold(order.postings) == totals
    assert totals.chargeback >= sum(payment.chargeback_fen for payment in order.order().payments)


def test_an_opened_dispute_freezes_the_order_and_asks_about_settlement() -> None:
    order = sealed_order()
    order.do(told())
    assert order.order().channel_dispute_open()
    assert (effects.QUERY_SETTLEMENT, 1) in effects_of(order)
    assert (effects.WATCH_DISPUTE, 1) in effects_of(order)


def test_the_same_word_of_the_channel_again_changes_nothing() -> None:
    order = sealed_order()
    order.do(told())
    assert order.do(told()) == []


def test_a_dispute_about_another_payment_does_not_stop_this_ones_refunds() -> None:
    order = out_of_stock_order()
    order.do(told())
    assert order.order().channel_dispute_open(1)
    assert not order.order().channel_dispute_open(2)


def test_no_refund_is_marked_while_the_dispute_is_open() -> None:
    order = out_of_stock_order()
    order.do(told())
    assert order.do(c.MarkRefundSent(1)) == []
    assert order.order().refunds[0].status == "decided"


@pytest.mark.parametrize("outcome", ["won", "withdrawn"])
def test_when_the_channel_took_nothing_the_waiting_refund_is_sent(outcome: str) -> None:
    order = out_of_stock_order()
    order.do(told())
    order.do(told("closed", outcome))
    assert (effects.REFUND, 1) in effects_of(order)
    assert kinds(order.do(c.MarkRefundSent(1))) == ["refund_attempted"]
    totals_add_up(order)


def test_a_lost_dispute_pays_the_waiting_refund_and_nothing_is_sent() -> None:
    order = out_of_stock_order()
    order.do(told())
    events = kinds(order.do(told("closed", "lost", PRICE_FEN)))
    assert events == ["charged_back", "refund_charged_back", "channel_dispute_closed"]
    assert order.do(c.MarkRefundSent(1)) == []
    totals = order.order().totals
    assert (totals.refunding, totals.refunded, totals.chargeback, totals.suspense) == (0, PRICE_FEN, 0, 0)
    totals_add_up(order)


def test_a_part_taken_back_leaves_the_rest_of_the_refund_to_be_sent() -> None:
    order = out_of_stock_order()
    order.do(told())
    order.do(told("closed", "lost", 1_000))
    assert order.order().refunds[0].amount_fen == PRICE_FEN - 1_000
    order.do(c.MarkRefundSent(1))
    order.do(c.RecordRefund(1, order.order().refunds[0].attempt, "succeeded", PRICE_FEN - 1_000))
    assert order.order().totals.refunded == PRICE_FEN
    totals_add_up(order)


def test_money_taken_without_a_refund_of_ours_comes_out_of_the_escrow_and_ends_the_unit() -> None:
    order = sealed_order()
    order.do(told())
    order.do(told("closed", "lost", PRICE_FEN))
    state = order.order()
    assert (state.status, state.units[0].left_fen(), state.totals.escrow) == ("refunded", 0, 0)
    assert state.refunds[0].status == "charged_back"
    assert (effects.SETTLE_CODE, 1) in effects_of(order)
    assert order.refusal(c.RequestRefund(1, "no_reason")) == "already_refunded"
    totals_add_up(order)


def test_of_two_units_the_one_complained_of_is_taken_first() -> None:
    order = sealed_order(2)
    order.do(c.RequestRefund(2, "item_invalid"))
    order.do(told())
    order.do(told("closed", "lost", PRICE_FEN))
    units = order.order().units
    assert (units[0].left_fen(), units[1].left_fen()) == (PRICE_FEN, 0)
    assert not order.order().cases[0].is_open()
    totals_add_up(order)


def test_money_taken_after_the_seller_was_paid_stays_a_loss_and_the_unit_is_closed() -> None:
    order = sealed_order()
    order.do(c.ConfirmReceipt())
    assert order.order().status == "released"
    order.do(told())
    order.do(told("closed", "lost", PRICE_FEN))
    state = order.order()
    assert (state.totals.chargeback, state.totals.advance, state.units[0].left_fen()) == (PRICE_FEN, 0, 0)
    totals_add_up(order)


def test_a_refund_in_flight_and_a_chargeback_both_paid_go_to_suspense() -> None:
    order = sent_refund()
    order.do(told())
    order.do(told("closed", "lost", PRICE_FEN))
    assert order.order().totals.chargeback == PRICE_FEN
    events = kinds(order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN)))
    assert events == ["refund_succeeded", "chargeback_doubled"]
    totals = order.order().totals
    assert (totals.chargeback, totals.suspense, totals.refunded) == (0, PRICE_FEN, 2 * PRICE_FEN)
    totals_add_up(order)


def test_a_refund_that_arrived_before_the_channel_took_the_money_as_well_goes_to_suspense() -> None:
    order = sent_refund()
    order.do(told())
    order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN))
    order.do(told("closed", "lost", PRICE_FEN))
    assert order.order().totals.suspense == PRICE_FEN
    totals_add_up(order)


def test_a_refund_in_flight_that_moved_nothing_is_ended_by_the_chargeback() -> None:
    order = sent_refund()
    order.do(told())
    order.do(told("closed", "lost", PRICE_FEN))
    events = kinds(order.do(c.RecordRefund(1, 2, "failed", 0, "", "charged_back")))
    assert events == ["refund_attempt_failed", "refund_charged_back"]
    assert order.order().totals.suspense == 0
    assert (effects.REFUND, 1) not in effects_of(order)
    totals_add_up(order)


def test_the_late_yes_of_an_attempt_that_the_chargeback_ended_goes_to_suspense() -> None:
    order = sent_refund()
    order.do(told())
    order.do(told("closed", "lost", PRICE_FEN))
    order.do(c.RecordRefund(1, 2, "failed", 0, "", "charged_back"))
    assert kinds(order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN))) == ["refund_unexpected"]
    assert order.order().totals.suspense == PRICE_FEN
    totals_add_up(order)


def test_more_than_was_ever_paid_is_recorded_all_the_same() -> None:
    order = sealed_order()
    order.do(told("closed", "lost", 3 * PRICE_FEN))
    totals = order.order().totals
    assert (totals.refunded, totals.suspense) == (3 * PRICE_FEN, 2 * PRICE_FEN)
    totals_add_up(order)


def test_a_chargeback_of_a_payment_that_never_came_is_recorded_in_suspense() -> None:
    order = placed_order()
    order.do(c.StartPayment("alipay"))
    order.do(told("closed", "lost", 500))
    assert order.order().totals.suspense == 500
    totals_add_up(order)


def test_a_second_sum_taken_for_the_same_dispute_is_only_the_difference() -> None:
    order = sealed_order()
    order.do(told("open", taken_fen=1_000))
    order.do(told("closed", "lost", 1_500))
    assert order.order().totals.refunded == 1_500
    assert order.order().channel_disputes[0].charged_fen == 1_500
    totals_add_up(order)


def test_the_seller_is_not_paid_while_the_dispute_is_open_and_is_when_it_is_won() -> None:
    order = sealed_order()
    order.do(told())
    assert order.do(c.ReleaseEscrow(), HOLD_SECONDS + 1) == []
    order.do(told("closed", "won"), HOLD_SECONDS + 2)
    assert kinds(order.do(c.ReleaseEscrow(), HOLD_SECONDS + 3)) == ["order_released"]


def test_the_buyer_cannot_confirm_receipt_while_disputing_at_the_channel() -> None:
    order = sealed_order()
    order.do(told())
    assert order.refusal(c.ConfirmReceipt()) == "channel_dispute_open"


def test_a_closed_dispute_that_the_channel_takes_up_again_freezes_again_under_its_number() -> None:
    order = sealed_order()
    order.do(told())
    order.do(told("closed", "won"))
    order.do(told())
    assert order.order().channel_dispute_open()
    assert len(order.order().channel_disputes) == 1


def test_our_answer_is_sent_and_the_channels_receipt_is_recorded() -> None:
    order = sealed_order()
    order.do(told())
    order.do(c.AnswerChannelDispute(1, "aa" * 32), actor=c.Actor("operator", "o"))
    assert (effects.ANSWER_DISPUTE, 1) in effects_of(order)
    assert order.order().channel_disputes[0].answer == order.version
    order.do(told("answered"))
    assert order.order().channel_disputes[0].status == "answered"
    assert order.order().channel_dispute_open()


def test_a_dispute_that_is_closed_or_unknown_takes_no_answer() -> None:
    order = sealed_order()
    assert order.refusal(c.AnswerChannelDispute(1, "aa" * 32)) == "no_such_channel_dispute"
    order.do(told("closed", "won"))
    assert order.refusal(c.AnswerChannelDispute(1, "aa" * 32)) == "channel_dispute_closed"


def test_settlement_once_settled_is_never_unsaid() -> None:
    order = sealed_order()
    assert kinds(order.do(c.RecordSettlement(1, "unsettled"), 5)) == ["settlement_known"]
    assert order.do(c.RecordSettlement(1, "unsettled"), 6) == []
    order.do(c.RecordSettlement(1, "settled", at(7)), 8)
    assert order.do(c.RecordSettlement(1, "unknown"), 9) == []
    payment = order.order().payments[0]
    assert (payment.settlement, payment.settled_at) == ("settled", int(at(7).timestamp()))


def test_settlement_is_asked_at_most_every_five_minutes() -> None:
    order = sealed_order()
    assert kinds(order.do(c.AskSettlement(), 0)) == ["settlement_asked"]
    assert order.do(c.AskSettlement(), 299) == []
    assert kinds(order.do(c.AskSettlement(), 300)) == ["settlement_asked"]


def test_asking_about_settlement_does_not_make_a_reviewers_judgement_old() -> None:
    order = sealed_order()
    before = order.order().material
    order.do(c.AskSettlement())
    order.do(c.RecordSettlement(1, "unsettled"), 1)
    assert order.order().material == before


def test_settlement_cannot_be_asked_of_an_unpaid_order() -> None:
    assert placed_order().refusal(c.AskSettlement()) == "order_not_paid"


def test_an_unknown_payment_is_no_order_of_the_dispute() -> None:
    order = paid_order()
    with pytest.raises(LookupError):
        order.do(told(payment=9), actor=MACHINE)


def one_in_flight_one_asked_for() -> PureOrder:
    """Of three units the first one's refund is in flight, two sums went back by hand, and the third is granted."""
    order = paid_order(quantity=3)
    order.do(c.RecordCodes({2: "0002", 3: "0003"}, (1,)))
    order.do(c.MarkRefundSent(1))
    order.do(c.RecordOutsideRefund(1, "alipay", 2 * PRICE_FEN))
    order.do(c.RequestRefund(3, "no_reason"), 20)
    order.do(c.RecordIssuerCheck(3, "unused", None, ""), 21)
    assert [refund.status for refund in order.order().refunds] == ["sent", "charged_back", "decided"]
    return order


def test_while_a_refund_in_flight_may_be_the_channels_money_no_other_refund_leaves() -> None:
    order = one_in_flight_one_asked_for()
    assert order.do(c.MarkRefundSent(3), 22) == []
    order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN), 23)
    assert order.order().refunds[2].status == "charged_back"
    assert (order.order().totals.refunded, order.order().totals.suspense) == (3 * PRICE_FEN, 0)
    totals_add_up(order)


def test_once_the_refund_in_flight_has_failed_the_other_one_is_sent() -> None:
    order = one_in_flight_one_asked_for()
    order.do(c.RecordRefund(1, 2, "failed", 0, "", "no"), 23)
    assert [refund.status for refund in order.order().refunds] == ["charged_back", "charged_back", "decided"]
    assert (effects.REFUND, 3) in effects_of(order)
    assert kinds(order.do(c.MarkRefundSent(3), 24)) == ["refund_attempted"]
    totals_add_up(order)
