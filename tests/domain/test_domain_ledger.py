"""Postings and totals: every event's money lands where the rules say, and totals are nothing but a fold."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pure_orders import PRICE_FEN, out_of_stock_order, paid_order, payment_of, sent_refund
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.ledger import Posting, Totals, balances, fold, postings_of

ACCOUNTS = (
    "channel:alipay:clearing",
    "escrow",
    "overpaid",
    "seller:settled_out",
    "platform:advance",
    "suspense",
    "refund:payable:1",
    "refund:payable:2",
)
POSTINGS = st.builds(
    Posting, st.sampled_from(ACCOUNTS[:4]), st.sampled_from(ACCOUNTS[4:]), st.integers(1, 10**6)
) | st.builds(Posting, st.sampled_from(ACCOUNTS[4:]), st.sampled_from(ACCOUNTS[:4]), st.integers(1, 10**6))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC).isoformat()


def decided(escrow: int = 0, advance: int = 0, overpaid: int = 0) -> e.RefundDecided:
    return e.RefundDecided(3, 1, 1, escrow + advance + overpaid, escrow, advance, overpaid, NOON)


EXPECTED: list[tuple[e.Event, list[tuple[str, str, int]]]] = [
    (e.PaymentCaptured(1, "alipay", "T", 500, NOON), [("channel:alipay:clearing", "escrow", 500)]),
    (e.PaymentUnexpected(1, "wx", "T", 500, NOON, "duplicate"), [("channel:wx:clearing", "overpaid", 500)]),
    (decided(escrow=70), [("escrow", "refund:payable:3", 70)]),
    (
        decided(escrow=70, advance=30),
        [("escrow", "refund:payable:3", 70), ("platform:advance", "refund:payable:3", 30)],
    ),
    (decided(overpaid=9), [("overpaid", "refund:payable:3", 9)]),
    (e.RefundSucceeded(3, 5, 70, "alipay"), [("refund:payable:3", "channel:alipay:clearing", 70)]),
    (e.RefundUnexpected(3, 5, 70, "alipay"), [("suspense", "channel:alipay:clearing", 70)]),
    (e.OrderReleased(70, "confirmed"), [("escrow", "seller:settled_out", 70)]),
    (e.RefundAttempted(3, 5), []),
    (e.RefundAttemptFailed(3, 5, "no"), []),
    (e.OrderExpired(), []),
]


@pytest.mark.parametrize(("event", "wanted"), EXPECTED, ids=lambda value: type(value).__name__)
def test_an_event_posts_what_the_rules_say(event: e.Event, wanted: list[tuple[str, str, int]]) -> None:
    assert [(p.debit, p.credit, p.amount_fen) for p in postings_of(event)] == wanted


@pytest.mark.parametrize("amount", [0, -1])
def test_a_posting_of_nothing_cannot_be_made(amount: int) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        Posting("escrow", "overpaid", amount)


def test_a_posting_between_an_account_and_itself_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="two accounts"):
        Posting("escrow", "escrow", 1)


@given(st.lists(POSTINGS, max_size=30))
def test_the_balances_of_all_accounts_sum_to_nothing(postings: list[Posting]) -> None:
    assert sum(balances(postings).values()) == 0


@given(st.lists(POSTINGS, max_size=30))
def test_totals_say_the_same_as_the_balances(postings: list[Posting]) -> None:
    totals, of = fold(postings), balances(postings)
    assert totals.escrow == -of.get("escrow", 0)
    assert totals.overpaid == -of.get("overpaid", 0)
    assert totals.released == -of.get("seller:settled_out", 0)
    assert totals.advance == of.get("platform:advance", 0)
    assert totals.suspense == of.get("suspense", 0)
    assert totals.refunding == -sum(amount for name, amount in of.items() if name.startswith("refund:"))
    assert totals.received - totals.refunded == of.get("channel:alipay:clearing", 0)


@given(st.lists(POSTINGS, max_size=20), st.lists(POSTINGS, max_size=20))
def test_folding_on_is_folding_at_once(first: list[Posting], then: list[Posting]) -> None:
    totals = fold(first)
    for posting in then:
        totals.apply(posting)
    assert totals == fold(first + then)


FAULTS = [
    (Totals(received=100, escrow=101), "received = held + released + refunded"),
    (Totals(received=100, escrow=99), "received = held + released + refunded"),
    (Totals(received=100, escrow=-1, released=101), "no account below zero"),
    (Totals(received=100, escrow=100, refunding=-5, refunded=5), "no account below zero"),
    (Totals(received=100, advance=50, refunded=150), "refunds not failed never exceed what was received"),
    (Totals(received=100, escrow=50, refunding=60, refunded=0, advance=10), None),
    (Totals(received=100, refunded=150, suspense=50), None),
]


@pytest.mark.parametrize(("totals", "fault"), FAULTS)
def test_a_broken_invariant_is_named(totals: Totals, fault: str | None) -> None:
    assert totals.fault() == fault


def test_a_refund_leaves_escrow_when_decided_and_the_channel_when_confirmed() -> None:
    order = out_of_stock_order()
    assert (order.order().totals.escrow, order.order().totals.refunding) == (0, PRICE_FEN)
    order.do(c.MarkRefundSent(1))
    order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN))
    assert (order.order().totals.refunding, order.order().totals.refunded) == (0, PRICE_FEN)


def test_money_that_nobody_asked_for_never_enters_the_escrow() -> None:
    order = paid_order()
    order.do(payment_of(1, PRICE_FEN, "T2"))
    totals = order.order().totals
    assert (totals.received, totals.escrow, totals.overpaid) == (2 * PRICE_FEN, PRICE_FEN, 0)
    assert totals.refunding == PRICE_FEN


def test_a_yes_for_an_attempt_that_had_failed_pays_the_refund() -> None:
    order = sent_refund()
    order.do(c.RecordRefund(1, 2, "failed", 0))
    order.do(c.MarkRefundSent(1))
    order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN))
    assert order.order().refunds[0].status == "succeeded"
    assert order.order().totals.refunded == PRICE_FEN


def test_a_second_yes_for_the_next_attempt_is_kept_in_suspense() -> None:
    """Attempt 2 was told failed and paid after all; attempt 3 was paid as well: the channel gave twice."""
    order = sent_refund()
    order.do(c.RecordRefund(1, 2, "failed", 0))
    order.do(c.MarkRefundSent(1))
    order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN))
    order.do(c.RecordRefund(1, 3, "succeeded", PRICE_FEN))
    totals = order.order().totals
    assert (totals.refunded, totals.suspense) == (2 * PRICE_FEN, PRICE_FEN)


def test_the_same_yes_again_moves_nothing() -> None:
    order = sent_refund()
    order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN))
    assert order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN)) == []


def test_another_amount_than_asked_goes_to_suspense() -> None:
    order = sent_refund()
    order.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN - 1))
    totals = order.order().totals
    assert (totals.suspense, totals.refunding) == (PRICE_FEN - 1, PRICE_FEN)


def test_an_answer_for_an_attempt_that_was_never_made_is_an_error() -> None:
    order = sent_refund()
    with pytest.raises(LookupError):
        order.do(c.RecordRefund(1, 99_999, "succeeded", PRICE_FEN))
    assert order.order().attempts == 2
