"""The tables of the order's nouns: total over what decisions make, every state reachable, and evolve as a fold."""

from collections.abc import Mapping

import pytest

from pure_orders import (
    PRICE_FEN,
    SERVICE,
    TOP_UP,
    at,
    out_of_stock_order,
    paid_order,
    placed_order,
    sealed_order,
)
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.channel_dispute import CHANNEL_DISPUTE_TABLE
from tuidan.domain.delivery import DONE, UNDELIVERED, UNIT_TABLE
from tuidan.domain.dispute import CASE_TABLE, OPEN, REASONS
from tuidan.domain.dispute.case import STEP_OF_ROUTE
from tuidan.domain.dispute.offer import OFFER_TABLE
from tuidan.domain.ledger import fold
from tuidan.domain.membership import PLAN_TABLE
from tuidan.domain.order import IMMATERIAL, ORDER_TABLE, Order, evolve
from tuidan.domain.order_codec import read_order, write_order
from tuidan.domain.payment import PAYMENT_TABLE
from tuidan.domain.payout import PAYOUT_TABLE
from tuidan.domain.refund import REFUND_TABLE
from tuidan.domain.renewal import RENEWAL_TABLE
from tuidan.domain.service import CLOCK_TABLE, MILESTONE_TABLE
from tuidan.domain.talk import CONTACT_TABLE
from tuidan.domain.transitions import IllegalTransition, Table, step

TABLES: dict[str, tuple[Table, str]] = {
    "order": (ORDER_TABLE, "awaiting_payment"),
    "unit": (UNIT_TABLE, "waiting"),
    "payment": (PAYMENT_TABLE, "started"),
    "refund": (REFUND_TABLE, "decided"),
    "case": (CASE_TABLE, "new"),
    "offer": (OFFER_TABLE, "new"),
    "milestone": (MILESTONE_TABLE, "open"),
    "plan": (PLAN_TABLE, "sold"),
    "clock": (CLOCK_TABLE, "off"),
    "renewal": (RENEWAL_TABLE, "asked"),
    "payout": (PAYOUT_TABLE, "new"),
    "channel_dispute": (CHANNEL_DISPUTE_TABLE, "new"),
    "contact": (CONTACT_TABLE, "not_contacted"),
}
# Not events of their own: what several of them together mean.
MEANINGS = {
    "order_refunded",
    "cancelled",
    "reversed",
    *STEP_OF_ROUTE.values(),
    "approval_upheld",
    "rejection_upheld",
    "first_acceptance",
    "last_acceptance",
    "offer_replaced",
    "goes_by_bank",
    "refund_wanted",
    "compensation_wanted",
    "charged_in_part",
    "charged_in_full",
}


def reachable(table: Table, start: str) -> set[str]:
    found, edge = {start}, [start]
    while edge:
        state = edge.pop()
        for (source, _), target in table.items():
            if source == state and target not in found:
                found.add(target)
                edge.append(target)
    return found


@pytest.mark.parametrize("noun", sorted(TABLES))
def test_every_state_of_a_table_can_be_reached(noun: str) -> None:
    table, start = TABLES[noun]
    states = {source for source, _ in table} | set(table.values())
    assert states - reachable(table, start) == set()


@pytest.mark.parametrize("noun", sorted(TABLES))
def test_a_table_speaks_only_of_events_that_exist(noun: str) -> None:
    assert {kind for _, kind in TABLES[noun][0]} - set(e.KINDS) - MEANINGS == set()


def test_every_event_concerns_some_table_or_is_named_as_without() -> None:
    spoken = {kind for table, _ in TABLES.values() for _, kind in table}
    # amounts that stand beside a refund, a case or the whole order, and are in no state of their own
    money = {
        "funds_held",
        "funds_freed",
        "advance_recovered",
        "advance_borne",
        "money_recalled",
        "money_repaid",
    }
    money |= {"compensation_charged", "advance_owed", "coupon_returned", "payout_wanted", "minor_found"}
    # what the channel does and says of a payment, and what an operator looked at
    channel = {"charged_back", "chargeback_doubled", "refund_outside", "settlement_asked", "settlement_known"}
    channel |= {"alarm_acknowledged", "payer_account_known"}
    # what is filed and found in a case; its own state moves by the step that follows
    case = {"case_opened", "appeal_upheld", "offer_accepted", "complaint_linked", "legal_limit_near"}
    case |= {
        "exhibit_filed",
        "exhibit_answered",
        "exhibit_flagged",
        "evidence_submitted",
        "evidence_time_over",
    }
    case |= {"appraiser_assigned", "appraisal_accepted", "appraisal_declined", "appraisal_reported"}
    case |= {"exhibit_read"}
    begins = {"order_placed", "command_refused", "payment_started"}
    kept = {"legal_hold_placed", "legal_hold_lifted", "words_erased"}
    assert set(e.KINDS) - spoken - money - channel - case - kept == begins


def test_a_unit_is_done_or_still_to_come_in_each_of_its_states() -> None:
    states = {source for source, _ in UNIT_TABLE} | set(UNIT_TABLE.values())
    assert states == DONE | UNDELIVERED
    assert {"failed", "stopped"} == DONE & UNDELIVERED


def test_a_closed_case_moves_by_nothing_but_its_one_appeal() -> None:
    closed = set(CASE_TABLE.values()) - OPEN
    assert closed == {"approved", "rejected", "withdrawn", "settled", "lapsed"}
    moves = {(source, kind) for source, kind in CASE_TABLE if source in closed}
    # but for the one appeal, and the money that the parties agreed on
    assert moves == {
        ("approved", "appeal_filed"),
        ("rejected", "appeal_filed"),
        ("settled", "refund_decided"),
    }


def test_a_shown_code_can_never_become_sealed_again() -> None:
    assert "delivered" not in reachable(UNIT_TABLE, "revealed")


def test_a_refund_that_arrived_stays_arrived() -> None:
    assert reachable(REFUND_TABLE, "succeeded") == {"succeeded"}


@pytest.mark.parametrize("noun", sorted(TABLES))
def test_an_event_without_a_row_is_illegal(noun: str) -> None:
    table, start = TABLES[noun]
    with pytest.raises(IllegalTransition):
        step(table, start, "never_heard_of")


def test_only_facts_that_nobody_judges_by_are_immaterial() -> None:
    machine = {"command_refused", "supply_answered", "refund_attempted", "payment_started"}
    channel = {"settlement_known", "settlement_asked"}
    talk = {"message_sent", "exhibit_answered", "complaint_linked", "legal_limit_near", "alarm_acknowledged"}
    appraiser = {"appraiser_assigned", "appraisal_accepted", "appraisal_declined"}
    money = {"funds_held", "funds_freed", "advance_recovered", "advance_borne", "advance_owed"}
    money |= {"coupon_returned", "compensation_charged"}
    record = {"issuer_answered", "masked_seen", "code_copied"}
    kept = {"legal_hold_placed", "legal_hold_lifted", "words_erased"}
    assert machine | channel | talk | appraiser | money | record | kept == IMMATERIAL


def lives() -> Mapping[str, object]:
    refunded = out_of_stock_order(3)
    refunded.do(c.MarkRefundSent(1))
    refunded.do(c.RecordRefund(1, 2, "succeeded", PRICE_FEN))
    shown = sealed_order(2)
    shown.do(c.RevealCode(1, "5e" * 32), 10)
    shown.do(c.RequestRefund(1, "item_invalid"), 20)
    shown.do(c.RecordIssuerCheck(1, "activated", at(-5), "other"), 30)
    topped = paid_order(TOP_UP, 4)
    topped.do(c.MarkSupplySent(1))
    topped.do(c.RecordSupply(1, 2, "succeeded"))
    topped.do(c.RecordCredit(1, "partial", 1_000, "same"))
    topped.do(c.RequestRefund(2, "no_reason"))
    worked = paid_order(SERVICE)
    worked.do(c.DeliverBySeller(1, "0e" * 32, 40))
    return {
        "placed": placed_order(),
        "refunded": refunded,
        "shown": shown,
        "topped": topped,
        "worked": worked,
    }


LIVES = lives()


@pytest.mark.parametrize("name", sorted(LIVES))
def test_the_state_is_the_fold_of_the_events(name: str) -> None:
    told, order = LIVES[name], Order()
    for event, n, moment in told.history:  # type: ignore[attr-defined]
        data = e.event_data(event)
        evolve(order, e.read_event(e.kind_of(event), data), n, moment)
    assert write_order(order) == told.state  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(LIVES))
def test_the_totals_are_the_fold_of_the_postings(name: str) -> None:
    told = LIVES[name]
    assert fold(told.postings) == told.order().totals  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(LIVES))
def test_the_stored_state_reads_back_as_it_was(name: str) -> None:
    state = LIVES[name].order()  # type: ignore[attr-defined]
    assert read_order(write_order(state), state.version, state.head) == state


def test_ten_units_all_refunded_fit_in_a_small_row() -> None:
    """More than 1.5 kB on the row that every command rewrites costs speed (20 kB halved it)."""
    order = sealed_order(10)
    for n in range(1, 11):
        order.do(c.RevealCode(n, "5e" * 32), 50 + 7 * n)
        order.do(c.RequestRefund(n, "item_invalid"), 200 + 13 * n)
        order.do(c.RecordIssuerCheck(n, "invalid", None, ""), 201 + 14 * n)
    for refund in order.order().refunds:
        order.do(c.MarkRefundSent(refund.n), 1_000)
        attempt = order.order().refunds[refund.n - 1].attempt
        order.do(c.RecordRefund(refund.n, attempt, "succeeded", PRICE_FEN), 1_100 + refund.n)
        order.do(c.RecordCodeSettled(refund.unit, "void"), 1_200 + refund.n)
    assert order.order().status == "refunded"
    assert len(order.state) <= 1_500


def test_ten_top_ups_that_each_went_wrong_in_another_way_fit_too() -> None:
    order = paid_order(TOP_UP, 10)
    for n in range(1, 11):
        order.do(c.MarkSupplySent(n), n)
        attempt = order.order().units[n - 1].attempt
        outcome = "failed" if n % 3 == 0 else "succeeded"
        order.do(c.RecordSupply(n, attempt, outcome, "S" * 20), 40 + n)
        if outcome == "succeeded":
            order.do(c.RecordCredit(n, "partial", n * 400, "other" if n % 2 else "same"), 60 + 3 * n)
    for case in order.order().cases:
        if case.is_open():
            order.judge(case.n, 0, 5_000 + case.n * 11)
    for refund in order.order().refunds:
        order.do(c.MarkRefundSent(refund.n), 6_000)
    assert len(order.order().refunds) == 10
    assert len(order.state) <= 1_500


@pytest.mark.parametrize("moment", [0, 1_795_428_000, 1_795_427_999, 1_795_428_001, 1_700_000_000])
def test_a_time_near_the_placing_is_stored_exactly(moment: int) -> None:
    state = sealed_order(3).order()
    state.units[1].activated_at = moment
    assert read_order(write_order(state), state.version, state.head).units[1].activated_at == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-24T10:01:11+00:00",
        "2026-11-24T10:01:11.804504+00:00",
        "2026-11-24T18:01:11+08:00",
        "2026-11-24T10:01:11",
    ],
)
def test_a_due_time_is_stored_letter_by_letter(text: str) -> None:
    state = out_of_stock_order(3).order()
    state.refunds[1].due_at = text
    assert read_order(write_order(state), state.version, state.head).refunds[1].due_at == text


def test_every_goods_kind_has_reasons_and_a_way_to_say_other() -> None:
    assert {kind for kind, reasons in REASONS.items() if "other" in reasons and "no_reason" in reasons} == {
        "card_code",
        "top_up",
        "membership",
        "service",
    }
