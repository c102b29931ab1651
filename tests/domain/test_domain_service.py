"""The work of a service: milestones, progress by whose word, acceptance, stops, due times and the clock."""

from dataclasses import replace

import pytest

from pure_orders import BUYER, SERVICE, SHOP, PureOrder, at, paid_order, placing
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.draft import Refused
from tuidan.domain.facts import Outside, unit_facts
from tuidan.domain.service import ANSWER_SECONDS, Milestone, ServiceTerms, progress_of

PROOF = "0e" * 32
DAY = 86_400
PRICE_FEN = 30_000
SIX_FOUR = ServiceTerms("custom_design", (6_000, 4_000), efficiency_deposit_fen=3_000)
SELLER, BUYING = c.Actor("seller", str(SHOP)), c.Actor("buyer", str(BUYER))


def bought(service: ServiceTerms = SIX_FOUR, quantity: int = 1, **terms: object) -> PureOrder:
    sold = replace(SERVICE, price_fen=PRICE_FEN, promised_seconds=3 * DAY, service=service, **terms)
    return paid_order(sold, quantity)


def report(order: PureOrder, milestone: int, percent: int = 100, seconds: float = 60) -> None:
    order.do(c.ReportProgress(1, milestone, percent, PROOF), seconds, SELLER)


def answer(
    order: PureOrder, milestone: int, percent: int, accept: bool, own: int = 0, seconds: float = 90
) -> list:
    return order.do(c.AnswerProgress(1, milestone, percent, accept, own), seconds, BUYING)


def facts(order: PureOrder, seconds: float = 100) -> dict:
    state = order.order()
    told = unit_facts(state, state.units[0], "no_reason", 0, at(seconds), Outside())
    return told["service"]  # type: ignore[return-value]


def refund_of(events: list) -> e.RefundDecided:
    return next(event for event in events if isinstance(event, e.RefundDecided))


def test_work_that_began_without_a_report_is_agreed_to_be_nothing() -> None:
    order = bought()
    order.do(c.StartWork(1), 30, SELLER)
    assert order.order().units[0].status == "in_progress"
    assert facts(order)["progress_percent"] == 0


def test_a_report_is_stated_until_the_buyer_agrees() -> None:
    order = bought()
    report(order, 1)
    stated = facts(order)
    assert (stated["progress_percent"], stated["progress_agreed"]) == (60, False)
    answer(order, 1, 100, accept=True)
    agreed = facts(order)
    assert (agreed["progress_percent"], agreed["progress_agreed"]) == (60, True)


def test_a_disputed_report_makes_the_progress_unknown() -> None:
    order = bought()
    report(order, 1)
    answer(order, 1, 100, accept=False, own=20)
    assert facts(order)["progress_percent"] is None


def test_a_buyer_may_agree_after_all() -> None:
    order = bought()
    report(order, 1)
    answer(order, 1, 100, accept=False)
    answer(order, 1, 100, accept=True, seconds=95)
    assert facts(order)["progress_percent"] == 60


def test_parts_of_a_percent_are_the_buyers() -> None:
    thirds = [Milestone(1, place, share, "accepted", 100, 100) for place, share in ((1, 3_333), (2, 3_333))]
    assert progress_of(thirds).percent == 66


def test_silence_agrees_to_the_progress_just_after_its_time() -> None:
    order = bought()
    report(order, 1, seconds=60)
    order.do(c.PassAnswer(1), 60 + ANSWER_SECONDS)
    assert order.order().milestones[0].status == "reported"
    order.do(c.PassAnswer(1), 61 + ANSWER_SECONDS)
    assert order.order().milestones[0].status == "accepted"


def test_silence_accepts_no_work() -> None:
    order = bought()
    order.do(c.DeliverBySeller(1, PROOF), 60, SELLER)
    order.do(c.PassAnswer(1), 61 + ANSWER_SECONDS)
    assert facts(order, 62 + ANSWER_SECONDS)["accepted_by_buyer"] is False


def test_the_buyer_who_ends_work_pays_what_was_agreed() -> None:
    order = bought()
    report(order, 1)
    answer(order, 1, 100, accept=True)
    refund = refund_of(order.do(c.RequestRefund(1, "no_reason"), 120, BUYING))
    assert refund.amount_fen == 12_000
    assert order.order().units[0].status == "ended"


def test_what_was_agreed_is_the_sellers_once_the_hold_is_over() -> None:
    order = bought()
    report(order, 1)
    answer(order, 1, 100, accept=True)
    order.do(c.RequestRefund(1, "no_reason"), 120, BUYING)
    released = order.do(c.ReleaseEscrow(), 121 + SERVICE.hold_seconds)
    assert [event.amount_fen for event in released if isinstance(event, e.OrderReleased)] == [18_000]


def test_work_not_begun_goes_back_in_full() -> None:
    refund = refund_of(bought().do(c.RequestRefund(1, "no_reason"), 120, BUYING))
    assert refund.amount_fen == PRICE_FEN


def test_work_begun_without_agreed_progress_goes_back_in_full() -> None:
    order = bought()
    order.do(c.StartWork(1), 30, SELLER)
    assert refund_of(order.do(c.RequestRefund(1, "no_reason"), 120, BUYING)).amount_fen == PRICE_FEN


def test_a_seller_who_stops_gives_the_rest_back_with_the_displayed_deposit() -> None:
    order = bought()
    report(order, 1)
    answer(order, 1, 100, accept=True)
    refund = refund_of(order.do(c.StopWork(1), 120, SELLER))
    assert refund.amount_fen == 12_000
    assert refund.verdict["compensation_fen"] == 3_000


def test_a_buyers_word_that_the_seller_stopped_costs_no_deposit() -> None:
    order = bought()
    report(order, 1)
    answer(order, 1, 100, accept=True)
    events = order.do(c.RequestRefund(1, "service_stopped"), 120, BUYING)
    assert not [event for event in events if isinstance(event, e.RefundDecided)]
    assert order.order().cases[0].is_open()


def test_a_seller_who_stops_before_anything_is_done_gives_all_back() -> None:
    order = bought()
    order.do(c.StartWork(1), 30, SELLER)
    assert refund_of(order.do(c.StopWork(1), 120, SELLER)).amount_fen == PRICE_FEN


def test_late_work_gives_back_what_is_not_done_by_itself() -> None:
    order = bought()
    report(order, 1)
    answer(order, 1, 100, accept=True)
    assert order.do(c.PassPromise(), 3 * DAY) == []
    refund = refund_of(order.do(c.PassPromise(), 3 * DAY + 1))
    assert (refund.amount_fen, refund.verdict["compensation_fen"]) == (12_000, 3_000)


def test_late_work_that_never_began_goes_back_in_full() -> None:
    assert refund_of(bought().do(c.PassPromise(), 3 * DAY + 1)).amount_fen == PRICE_FEN


def test_a_due_time_in_working_days_leaves_the_weekend_out() -> None:
    # Monday 23 November 2026 18:00 in China: three working days end with Thursday
    order = bought(replace(SIX_FOUR, working_days=3), usual_promise=True)
    assert facts(order)["due_at"] == "2026-11-26T15:59:59+00:00"


def test_the_usual_promise_does_not_end_work_that_is_due_later() -> None:
    order = bought(replace(SIX_FOUR, working_days=3), usual_promise=True)
    assert order.do(c.PassPromise(), 3 * DAY + 1) == []


def test_a_dispute_after_the_handover_opens_a_request_by_itself() -> None:
    order = bought()
    order.do(c.DeliverBySeller(1, PROOF), 60, SELLER)
    answer(order, 2, 100, accept=False, own=10)
    assert [(case.reason, case.is_open()) for case in order.order().cases] == [("not_as_described", True)]


def test_accepting_the_whole_pays_the_seller() -> None:
    order = bought()
    order.do(c.DeliverBySeller(1, PROOF), 60, SELLER)
    order.do(c.AcceptWork(1), 120, BUYING)
    state = order.order()
    assert (state.status, state.totals.released) == ("released", PRICE_FEN)


def test_the_seller_is_paid_with_the_last_of_several_units_accepted() -> None:
    order = bought(quantity=2)
    for n in (1, 2):
        order.do(c.DeliverBySeller(n, PROOF), 60, SELLER)
    order.do(c.AcceptWork(1), 120, BUYING)
    assert order.order().status == "paid"
    order.do(c.AcceptWork(2), 121, BUYING)
    assert order.order().status == "released"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.ReportProgress(1, 3, 50, PROOF), "no_such_milestone"),
        (c.ReportProgress(1, 1, 101, PROOF), "progress_not_more"),
        (c.ReportProgress(1, 1, 40, PROOF), "progress_not_more"),
        (c.AnswerProgress(1, 1, 40, accept=True), "nothing_to_answer"),
        (c.DeliverBySeller(1, PROOF, 50), "milestone_needed"),
        (c.StartWork(1), "unit_not_deliverable"),
        (c.AcceptWork(1), "not_delivered_yet"),
        (c.StartClock(1), "clock_unavailable"),
    ],
)
def test_what_does_not_fit_the_work_is_refused(command: c.Command, code: str) -> None:
    order = bought()
    report(order, 1, 40)
    answer(order, 1, 40, accept=True)
    assert order.refusal(command, 100) == code


def test_an_answer_to_another_figure_than_the_one_seen_is_refused() -> None:
    order = bought()
    report(order, 1, 40)
    report(order, 1, 80, seconds=70)
    assert order.refusal(c.AnswerProgress(1, 1, 40, accept=True), 90) == "progress_changed"


def test_a_dispute_names_less_than_the_claim() -> None:
    order = bought()
    report(order, 1, 40)
    assert order.refusal(c.AnswerProgress(1, 1, 40, False, 40), 90) == "progress_not_less"


RENTAL = ServiceTerms("account_rental", minutes_total=180)


def rented() -> PureOrder:
    sold = replace(SERVICE, price_fen=1_500, service=RENTAL)
    order = PureOrder()
    order.do(replace(placing(sold), declared_adult=True))
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", 1_500, at(0), "", "ab" * 32))
    order.do(c.DeliverBySeller(1, PROOF), 60, SELLER)
    return order


def test_the_clock_counts_whole_minutes_of_use() -> None:
    order = rented()
    order.do(c.StartClock(1), 100, BUYING)
    order.do(c.StopClock(1), 100 + 20 * 60 + 59, BUYING)
    told = facts(order, 2_000)
    assert (told["hours_total"], told["minutes_used"], told["kicked_by_owner"]) == (3, 20, False)


def test_the_clock_never_counts_more_than_was_sold() -> None:
    order = rented()
    order.do(c.StartClock(1), 100, BUYING)
    assert facts(order, 100 + 5 * 3_600)["minutes_used"] == 180


def test_an_owner_who_stops_a_rental_early_took_it_back() -> None:
    order = rented()
    order.do(c.StartClock(1), 100, BUYING)
    order.do(c.StopClock(1), 100 + 60 * 60, SELLER)
    refund = refund_of(order.do(c.RequestRefund(1, "service_stopped"), 4_000, BUYING))
    assert refund.amount_fen == 1_000


def test_a_rental_ended_by_the_buyer_keeps_begun_hours() -> None:
    order = rented()
    order.do(c.StartClock(1), 100, BUYING)
    order.do(c.StopClock(1), 100 + 20 * 60, BUYING)
    assert refund_of(order.do(c.RequestRefund(1, "no_reason"), 4_000, BUYING)).amount_fen == 1_000


def test_coaching_is_as_far_as_the_platforms_clock_says() -> None:
    order = bought(ServiceTerms("coaching", minutes_total=120))
    order.do(c.StartWork(1), 30, SELLER)
    order.do(c.StartClock(1), 100, BUYING)
    order.do(c.StopClock(1), 100 + 30 * 60, SELLER)
    told = facts(order, 3_000)
    assert (told["progress_percent"], told["progress_agreed"]) == (25, True)


@pytest.mark.parametrize("kind", ["boosting", "account_rental"])
def test_boosting_and_rented_accounts_need_the_word_of_an_adult(kind: str) -> None:
    sold = replace(SERVICE, service=ServiceTerms(kind, minutes_total=60))
    with pytest.raises(Refused) as refused:
        PureOrder().do(placing(sold))
    assert refused.value.refusal.code == "adult_declaration_needed"


def test_ten_milestones_a_unit_do_not_make_ten_units() -> None:
    sold = replace(SERVICE, service=ServiceTerms("custom_work", (2_000,) * 5))
    with pytest.raises(Refused) as refused:
        PureOrder().do(placing(sold, 3))
    assert refused.value.refusal.data == {"max": 2}


def test_twelve_milestones_fit_in_a_small_row() -> None:
    order = bought(ServiceTerms("custom_work", (2_500,) * 4), quantity=3)
    for unit in (1, 2, 3):
        for place in (1, 2, 3, 4):
            order.do(c.ReportProgress(unit, place, 50 + place, PROOF), 60 * unit + place, SELLER)
            order.do(c.AnswerProgress(unit, place, 50 + place, accept=True), 70 * unit + place, BUYING)
    assert len(order.state) <= 1_500
