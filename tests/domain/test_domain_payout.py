"""Money that goes by bank: only where the channel cannot, only with consent, and never on one person's word."""

from dataclasses import replace

import pytest

from pure_orders import BUYER, CONTEXT, PRICE_FEN, SERVICE, TOP_UP, PureOrder, at, placed_order
from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain.decide.refund import grant
from tuidan.domain.ledger import balances
from tuidan.domain.order_codec import write_order
from tuidan.domain.refund import ATTEMPTS_MAX

DAY = 86_400
ASKER = c.Actor("buyer", str(BUYER))
ONE, OTHER = c.Actor("operator", "one"), c.Actor("operator", "other")


def window_over() -> PureOrder:
    """A top-up that fails after the channel's one day for refunds has passed."""
    order = placed_order(TOP_UP)
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", PRICE_FEN, at(0), "", "ab" * 32, 1))
    order.do(c.MarkSupplySent(1))
    order.do(c.RecordSupply(1, order.order().units[0].attempt, "failed"), 2 * DAY)
    return order


def consented() -> PureOrder:
    order = window_over()
    order.do(c.ConsentToPayout(1, "c0" * 32), 2 * DAY + 10, ASKER)
    return order


def entered() -> PureOrder:
    order = consented()
    order.do(c.EnterPayout(1, "B-1"), 2 * DAY + 20, ONE)
    return order


def test_a_refund_after_the_channels_window_waits_for_the_buyers_consent() -> None:
    order = window_over()
    assert order.order().refunds[0].status == "by_bank"
    assert [payout.status for payout in order.order().payouts] == ["wanted"]
    assert effects.REFUND not in [effect.kind for effect in order.drafts[-1].effects]


def test_nothing_is_entered_before_the_buyer_has_named_an_account() -> None:
    assert window_over().refusal(c.EnterPayout(1, "B-1"), 2 * DAY + 5, ONE) == "payout_not_waiting"


def test_seven_days_run_from_the_moment_the_account_is_named() -> None:
    assert consented().order().payouts[0].due_at == at(9 * DAY + 10).isoformat()


def test_a_payment_by_bank_needs_the_banks_reference() -> None:
    assert consented().refusal(c.EnterPayout(1, "  "), 2 * DAY + 20, ONE) == "reference_missing"


def test_whoever_entered_a_payment_cannot_confirm_it() -> None:
    order = entered()
    assert order.refusal(c.ConfirmPayout(1), 2 * DAY + 30, ONE) == "same_person"
    assert order.order().payouts[0].status == "entered"


def test_the_second_operator_makes_the_refund_arrive() -> None:
    order = entered()
    order.do(c.ConfirmPayout(1), 2 * DAY + 30, OTHER)
    assert (order.order().refunds[0].status, order.order().totals.refunded) == ("succeeded", PRICE_FEN)
    assert balances(order.postings)["bank:clearing"] == -PRICE_FEN


def test_the_buyer_may_name_another_account_until_it_is_entered() -> None:
    order = consented()
    assert order.refusal(c.ConsentToPayout(1, "c1" * 32), 2 * DAY + 11, ASKER) == ""
    order.do(c.EnterPayout(1, "B-1"), 2 * DAY + 20, ONE)
    assert order.refusal(c.ConsentToPayout(1, "c2" * 32), 2 * DAY + 21, ASKER) == "payout_not_waiting"


def test_a_payment_that_failed_asks_the_buyer_again() -> None:
    order = entered()
    order.do(c.FailPayout(1, "name differs"), 2 * DAY + 30, OTHER)
    assert order.order().payouts[0].status == "wanted"
    assert order.order().totals.refunding == PRICE_FEN


def test_a_payout_is_confirmed_once() -> None:
    order = entered()
    order.do(c.ConfirmPayout(1), 2 * DAY + 30, OTHER)
    assert order.refusal(c.ConfirmPayout(1), 2 * DAY + 40, OTHER) == "payout_not_waiting"
    assert order.refusal(c.FailPayout(1, "late"), 2 * DAY + 40, OTHER) == "payout_not_waiting"


def test_a_refund_the_channel_refused_to_the_end_can_go_by_bank() -> None:
    order = placed_order(TOP_UP)
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", PRICE_FEN, at(0), "", "ab" * 32))
    order.do(c.MarkSupplySent(1))
    order.do(c.RecordSupply(1, order.order().units[0].attempt, "failed"), 10)
    assert order.refusal(c.RerouteRefund(1), 11, ONE) == "refund_not_parked"
    for tried in range(1, ATTEMPTS_MAX + 1):
        order.do(c.MarkRefundSent(1), 10 + tried)
        order.do(c.RecordRefund(1, order.order().refunds[0].attempt, "failed", 0), 10 + tried)
    order.do(c.RerouteRefund(1), 100, ONE)
    assert (order.order().refunds[0].status, order.order().payouts[0].status) == ("by_bank", "wanted")
    late = order.order().refunds[0].attempt
    order.do(c.RecordRefund(1, late, "succeeded", PRICE_FEN), 200)
    assert order.order().totals.suspense == PRICE_FEN


def test_a_compensation_is_paid_only_when_the_seller_has_given_all_of_it() -> None:
    order = compensated()
    assert order.order().payouts[0].status == "charging"
    order.do(c.RecordCharge(1, 400), 3 * DAY)
    order.do(c.RecordCharge(1, 400), 3 * DAY)
    assert (order.order().payouts[0].status, order.order().totals.charged) == ("charging", 400)
    order.do(c.RecordCharge(1, 1_000), 3 * DAY + 1)
    assert (order.order().payouts[0].status, order.order().totals.compensating) == ("wanted", 1_000)
    order.do(c.ConsentToPayout(1, "c0" * 32), 3 * DAY + 2, ASKER)
    order.do(c.EnterPayout(1, "B-2"), 3 * DAY + 3, ONE)
    order.do(c.ConfirmPayout(1), 3 * DAY + 4, OTHER)
    totals = order.order().totals
    assert (totals.charged, totals.compensating, totals.refunded) == (1_000, 0, 0)


def compensated() -> PureOrder:
    """A judgement that grants the price and 1,000 fen on top, written as the policy writes it."""
    order = placed_order(SERVICE)
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", PRICE_FEN, at(0), "", "ab" * 32))
    draft = order.drafts[-1]
    told = order.order()
    draft = replace(draft, order=told, now=at(10), events=[], postings=[], effects=[])
    grant(draft, 1, PRICE_FEN, "", 0, {"compensation_fen": 1_000})
    order.history += [(event, n, at(10)) for n, event in enumerate(draft.events, start=order.version + 1)]
    order.postings += [posting for _, posting in draft.postings]
    order.state, order.version = write_order(told), told.version
    assert effects.CHARGE_DEPOSIT in [effect.kind for effect in draft.effects]
    return order


@pytest.mark.parametrize(("mistakes", "fee"), [(0, 0), (1, 97), (2, 97)])
def test_a_repeated_mistake_costs_the_fee_and_the_first_is_free(mistakes: int, fee: int) -> None:
    order = mistaken(mistakes, PRICE_FEN)
    totals = order.order().totals
    assert (totals.refunding, totals.fees, totals.escrow) == (PRICE_FEN - fee, fee, 0)
    assert order.order().status == "refunded"


def test_the_fee_is_never_more_than_its_cap() -> None:
    assert mistaken(1, 100_000).order().totals.fees == 500


def mistaken(mistakes: int, price_fen: int) -> PureOrder:
    order = placed_order(replace(TOP_UP, price_fen=price_fen))
    order.context = replace(
        CONTEXT, outside=replace(CONTEXT.outside, orders_90d=9, refunds_90d=1, misoperations_90d=mistakes)
    )
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", price_fen, at(0), "", "ab" * 32))
    order.do(c.RequestRefund(1, "wrong_account"), 30, ASKER)
    return order


def test_the_history_of_the_request_is_in_its_event_and_stands_afterwards() -> None:
    order = mistaken(1, PRICE_FEN)
    asked = next(event for event, _, _ in order.history if type(event).__name__ == "RefundRequested")
    assert asked.history == {"orders": 9, "refunds": 1, "misoperations": 1}  # type: ignore[attr-defined]
    assert order.order().histories[0].misoperations == 1
