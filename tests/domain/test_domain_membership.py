"""A membership: its days, the plan that was opened, who stopped it, and the renewal that is an offer."""

from dataclasses import replace
from datetime import date

import pytest

from pure_orders import BUYER, SERVICE, SHOP, PureOrder, at, placing
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.facts import Outside, unit_facts
from tuidan.domain.membership import MembershipTerms, Plan

PROOF = "0e" * 32
DAY = 86_400
PRICE_FEN = 6_800
SELLER, BUYING, REVIEWER = (
    c.Actor("seller", str(SHOP)),
    c.Actor("buyer", str(BUYER)),
    c.Actor("reviewer", "r"),
)
# The orders begin on Monday 23 November 2026, 18:00 in China.
MIDNIGHT = 6 * 3_600


def bought(terms: MembershipTerms, **fields: object) -> PureOrder:
    sold = replace(
        SERVICE,
        goods_kind="membership",
        price_fen=PRICE_FEN,
        duration_days=terms.days,
        membership=terms,
        service=None,
        **fields,
    )
    order = PureOrder()
    order.do(placing(sold))
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", PRICE_FEN, at(0), "", "ab" * 32))
    return order


def opened(terms: MembershipTerms = MembershipTerms(days=31), months: int = 0, **fields: object) -> PureOrder:
    order = bought(terms, **fields)
    order.do(c.DeliverBySeller(1, PROOF, months=months), 60, SELLER)
    return order


def facts(order: PureOrder, seconds: float) -> dict:
    state = order.order()
    told = unit_facts(state, state.units[0], "no_reason", 0, at(seconds), Outside())
    return told["membership"]  # type: ignore[return-value]


def refund_of(events: list) -> e.RefundDecided:
    return next(event for event in events if isinstance(event, e.RefundDecided))


def test_a_month_opened_today_runs_to_the_end_of_its_last_day() -> None:
    plan = opened().order().plans[0]
    assert (plan.starts_on, plan.ends_on) == ("2026-11-23", "2026-12-24")


def test_the_day_of_opening_is_not_a_day_used() -> None:
    order = opened()
    assert facts(order, MIDNIGHT - 1)["days_used"] == 0
    assert facts(order, MIDNIGHT)["days_used"] == 1


def test_days_used_end_with_the_term() -> None:
    assert facts(opened(), 100 * DAY)["days_used"] == 31


def test_a_membership_without_an_end_has_no_last_day() -> None:
    order = opened(MembershipTerms())
    assert order.order().plans[0].ends_on == ""
    assert facts(order, 8 * 30 * DAY)["days_used"] == 240


def test_the_days_of_a_stopped_plan_stand_still() -> None:
    plan = Plan(1, 365, starts_on="2026-01-01", ends_on="2027-01-01", stopped_on="2026-01-13")
    assert plan.days_used(date(2026, 6, 1)) == 12


def test_a_shorter_plan_than_ordered_pays_the_missing_months_back_by_itself() -> None:
    order = bought(MembershipTerms(days=92, months=3))
    refund = refund_of(order.do(c.DeliverBySeller(1, PROOF, months=1), 60, SELLER))
    assert (refund.amount_fen, refund.verdict["liable"]) == (4_534, "seller")


def test_the_plan_as_ordered_pays_nothing_back() -> None:
    order = opened(MembershipTerms(days=92, months=3), months=3)
    assert (order.order().cases, facts(order, 70)["plan_opened_months"]) == ([], 3)


@pytest.mark.parametrize("months", [4, 120])
def test_more_months_than_were_sold_cannot_have_been_opened(months: int) -> None:
    order = bought(MembershipTerms(days=92, months=3))
    assert order.refusal(c.DeliverBySeller(1, PROOF, months=months), 60) == "plan_unknown"


@pytest.mark.parametrize("by", ["seller", "provider"])
def test_a_membership_stopped_by_the_sellers_side_pays_the_unused_days_back(by: str) -> None:
    order = opened(hold_seconds=60 * DAY)
    refund = refund_of(order.do(c.StopMembership(1, by, "2026-12-03"), 11 * DAY, SELLER))
    assert refund.amount_fen == -(-PRICE_FEN * 21 // 31)


def test_a_membership_ended_by_the_buyers_breach_pays_nothing_back() -> None:
    order = opened(hold_seconds=60 * DAY)
    order.do(c.StopMembership(1, "buyer_breach", "2026-12-03"), 11 * DAY, REVIEWER)
    order.do(c.RequestRefund(1, "service_stopped"), 11 * DAY + 60, BUYING)
    assert [case.status for case in order.order().cases] == ["rejected"]


def test_the_platform_corrects_what_a_shop_said_of_the_end() -> None:
    order = opened(hold_seconds=60 * DAY)
    order.do(c.StopMembership(1, "provider", "2026-12-13"), 21 * DAY, SELLER)
    again = c.StopMembership(1, "seller", "2026-12-03")
    assert _refused(order, again, 21 * DAY + 60, SELLER) == "membership_not_running"
    corrected = refund_of(order.do(again, 21 * DAY + 60, REVIEWER))
    assert order.order().units[0].refund_fen == -(-PRICE_FEN * 21 // 31)
    assert corrected.amount_fen == -(-PRICE_FEN * 21 // 31) - -(-PRICE_FEN * 11 // 31)


def test_a_seller_does_not_find_the_buyers_breach() -> None:
    order = opened()
    assert (
        _refused(order, c.StopMembership(1, "buyer_breach", "2026-11-24"), DAY, SELLER)
        == "stop_cause_unknown"
    )


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-25", "24 November"])
def test_a_membership_stops_on_a_day_on_which_it_ran(day: str) -> None:
    assert _refused(opened(), c.StopMembership(1, "seller", day), DAY, SELLER) == "stop_day_out_of_range"


def test_what_was_never_opened_cannot_be_stopped() -> None:
    order = bought(MembershipTerms(days=31))
    assert (
        _refused(order, c.StopMembership(1, "seller", "2026-11-23"), 60, SELLER) == "membership_not_running"
    )


def _refused(order: PureOrder, command: c.Command, seconds: float, actor: c.Actor) -> str:
    events = order.do(command, seconds, actor)
    assert isinstance(events[0], e.CommandRefused)
    return events[0].code


ASKED = MembershipTerms(days=31, auto_renew=True)


def test_the_renewal_is_announced_seven_days_before_the_last_day() -> None:
    order = opened(ASKED)
    wakes = [timer.due_at for draft in order.drafts for timer in draft.timers if timer.kind == "renewal"]
    assert [moment.isoformat() for moment in wakes] == ["2026-12-16T16:00:00+00:00"]
    (told,) = order.do(c.NoticeRenewal(), (wakes[0] - at(0)).total_seconds())
    assert told == e.RenewalNoticed("2026-12-24", PRICE_FEN, 7, "2026-12-24T23:59:59+08:00")


def test_a_renewal_is_announced_once() -> None:
    order = opened(ASKED)
    assert len(order.do(c.NoticeRenewal(), 24 * DAY)) == 1
    assert order.do(c.NoticeRenewal(), 25 * DAY) == []


def test_nobody_who_did_not_ask_is_offered_a_renewal() -> None:
    assert opened().do(c.NoticeRenewal(), 24 * DAY) == []


def test_one_tap_calls_the_renewal_off() -> None:
    order = opened(ASKED)
    order.do(c.CancelRenewal(), DAY, BUYING)
    assert order.do(c.NoticeRenewal(), 24 * DAY) == []
    assert order.refusal(c.TakeRenewal("another"), 24 * DAY) == "renewal_not_open"


def test_a_stopped_membership_is_not_renewed() -> None:
    order = opened(ASKED, hold_seconds=60 * DAY)
    order.do(c.StopMembership(1, "seller", "2026-12-03"), 11 * DAY, SELLER)
    assert order.do(c.NoticeRenewal(), 24 * DAY) == []


def test_no_renewal_is_announced_after_the_term() -> None:
    assert opened(ASKED).do(c.NoticeRenewal(), 40 * DAY) == []


@pytest.mark.parametrize(("days", "sent"), [(7, True), (5, True), (4, False), (0, False)])
def test_a_renewal_counts_as_announced_five_days_before(days: int, sent: bool) -> None:
    renewing = replace(ASKED, renewal_of="0b", after="2026-11-23", noticed_days=days)
    assert facts(opened(renewing), 70)["renewal_notice_sent"] is sent


def test_an_unused_renewal_that_was_not_announced_in_time_goes_back_in_full() -> None:
    order = opened(MembershipTerms(days=31, renewal_of="0b", after="2026-11-30", noticed_days=3))
    refund = refund_of(order.do(c.RequestRefund(1, "auto_renew"), DAY, BUYING))
    assert refund.amount_fen == PRICE_FEN


def test_the_next_term_begins_where_the_last_one_ends() -> None:
    order = opened(MembershipTerms(days=31, renewal_of="0b", after="2026-11-30", noticed_days=7))
    plan = order.order().plans[0]
    assert (plan.starts_on, plan.ends_on) == ("2026-11-30", "2026-12-31")
    assert facts(order, 3 * DAY)["days_used"] == 0
