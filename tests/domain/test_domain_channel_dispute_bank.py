"""A refund that goes by bank while the channel returns the same money: it is paid once, and both is seen."""

from pure_orders import BUYER, PRICE_FEN, TOP_UP, PureOrder, at, placed_order
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.ledger import fold

DAY = 86_400
LATER = 3 * DAY
ONE, OTHER = c.Actor("operator", "one"), c.Actor("operator", "other")


def told(status: str, outcome: str = "", taken_fen: int = 0) -> c.RecordChannelDispute:
    return c.RecordChannelDispute(
        1, "alipay", "D1", status, PRICE_FEN, at(LATER), outcome, charged_back_fen=taken_fen
    )


def consented() -> PureOrder:
    """A refund after the channel's window: it goes by bank, and the buyer has named an account."""
    order = placed_order(TOP_UP)
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", PRICE_FEN, at(0), "", "ab" * 32, 1))
    order.do(c.MarkSupplySent(1))
    order.do(c.RecordSupply(1, order.order().units[0].attempt, "failed"), 2 * DAY)
    order.do(c.ConsentToPayout(1, "c0" * 32), 2 * DAY + 10, c.Actor("buyer", str(BUYER)))
    return order


def sound(order: PureOrder) -> bool:
    totals = order.order().totals
    return totals.fault() is None and fold(order.postings) == totals


def test_nothing_is_paid_by_bank_while_the_channel_may_return_the_money() -> None:
    order = consented()
    order.do(told("open"), LATER)
    assert order.refusal(c.EnterPayout(1, "B-1"), LATER + 1, ONE) == "channel_dispute_open"


def test_a_refund_by_bank_that_nobody_paid_yet_is_ended_by_the_chargeback() -> None:
    order = consented()
    order.do(told("closed", "lost", PRICE_FEN), LATER)
    state = order.order()
    assert (state.refunds[0].status, state.payouts[0].status) == ("charged_back", "dropped")
    assert (state.totals.refunded, state.totals.suspense) == (PRICE_FEN, 0)
    assert order.refusal(c.EnterPayout(1, "B-1"), LATER + 1, ONE) == "payout_not_waiting"
    assert sound(order)


def test_a_part_taken_back_leaves_the_rest_to_the_bank() -> None:
    order = consented()
    order.do(told("closed", "lost", 1_000), LATER)
    assert order.order().payouts[0].amount_fen == PRICE_FEN - 1_000
    order.do(c.EnterPayout(1, "B-1"), LATER + 1, ONE)
    order.do(c.ConfirmPayout(1), LATER + 2, OTHER)
    assert (order.order().totals.refunded, order.order().totals.refunding) == (PRICE_FEN, 0)
    assert sound(order)


def test_paid_by_bank_and_by_the_channel_is_in_suspense_once_the_bank_is_sure() -> None:
    order = consented()
    order.do(c.EnterPayout(1, "B-1"), LATER, ONE)
    order.do(told("closed", "lost", PRICE_FEN), LATER + 1)
    assert (order.order().totals.chargeback, order.order().totals.suspense) == (PRICE_FEN, 0)
    events = order.do(c.ConfirmPayout(1), LATER + 2, OTHER)
    assert [e.kind_of(event) for event in events][-1] == "chargeback_doubled"
    assert order.order().totals.suspense == PRICE_FEN
    assert sound(order)


def test_a_payment_that_the_bank_sent_back_leaves_the_chargeback_to_pay_the_refund() -> None:
    order = consented()
    order.do(c.EnterPayout(1, "B-1"), LATER, ONE)
    order.do(told("closed", "lost", PRICE_FEN), LATER + 1)
    order.do(c.FailPayout(1, "wrong account"), LATER + 2, ONE)
    state = order.order()
    assert (state.refunds[0].status, state.payouts[0].status) == ("charged_back", "dropped")
    assert state.totals.suspense == 0
    assert sound(order)
