"""The stages of a case: who is asked, until when, what happens when nobody acts, and who may do what."""

from dataclasses import replace

import pytest

from pure_orders import POLICY, PRICE_FEN, SERVICE, TERMS, PureOrder, paid_order, sealed_order
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.dispute import CASE_TABLE, OPEN, WAITING, open_offer
from tuidan.domain.dispute.actions import _MAY, PARTIES
from tuidan.domain.dispute.duties import DUTIES, duty_of
from tuidan.domain.service import ServiceTerms

BUYER, SELLER = c.Actor("buyer", TERMS.buyer_id), c.Actor("seller", TERMS.seller_id)
REVIEWER, SENIOR = c.Actor("reviewer", "reviewer-1"), c.Actor("reviewer", "reviewer-2")
APPRAISER, TIMER = c.Actor("appraiser", "appraiser-1"), c.Actor("timer")
HOUR, DAY = 3_600, 86_400


def disputed(reason: str = "not_as_described", proofs: int = 1) -> PureOrder:
    """A service handed over in full, whose buyer asks for the money back with one complete proof."""
    bought = paid_order(SERVICE)
    bought.do(c.DeliverBySeller(1, "ab" * 32), HOUR, SELLER)
    bought.do(c.RequestRefund(1, reason), 2 * HOUR, BUYER)
    for _ in range(proofs):
        bought.do(c.FileExhibit(1, "progress_screenshot", True, True, True), 2 * HOUR, BUYER)
    return bought


def case_of(bought: PureOrder, n: int = 1):  # type: ignore[no-untyped-def]
    return bought.order().cases[n - 1]


def in_contact() -> PureOrder:
    bought = disputed()
    bought.do(c.SubmitEvidence(1), 3 * HOUR, BUYER)
    assert case_of(bought).status == "contact"
    return bought


def in_review() -> PureOrder:
    bought = in_contact()
    bought.do(c.CallPlatform(1), 4 * HOUR, BUYER)
    assert case_of(bought).status == "review"
    return bought


def test_every_state_that_waits_has_somebody_a_deadline_and_a_default() -> None:
    silent = [
        state for state in WAITING if not (duty := duty_of(state)) or not duty.deadline or not duty.then
    ]
    assert silent == []


def test_every_deadline_of_a_duty_stands_in_the_policy() -> None:
    assert {duty.deadline for duty in DUTIES.values() if duty.deadline} <= set(POLICY.spans)


def test_from_every_open_state_the_case_can_end() -> None:
    ended = set(CASE_TABLE.values()) - OPEN
    for state in OPEN:
        reached, edge = {state}, [state]
        while edge:
            here = edge.pop()
            for (source, _), target in CASE_TABLE.items():
                if source == here and target not in reached:
                    reached.add(target)
                    edge.append(target)
        assert reached & ended, state


def test_in_every_open_state_somebody_may_do_something() -> None:
    assert {state for state, party in _MAY if party in PARTIES} >= OPEN


def test_evidence_is_asked_for_when_nothing_shows_the_defect() -> None:
    bought = disputed(proofs=0)
    assert (case_of(bought).status, case_of(bought).route) == ("evidence", "needs_evidence")


def test_complete_evidence_brings_the_request_before_the_seller() -> None:
    bought = in_contact()
    assert bought.order().contact(1).is_waiting()


def test_a_silent_seller_loses_on_the_record() -> None:
    bought = in_contact()
    bought.do(c.RecordSilence(1), 3 * HOUR + DAY + 1, TIMER)
    assert case_of(bought).status == "approved"
    assert bought.order().refunds[0].amount_fen == PRICE_FEN


def test_an_answer_in_the_last_second_is_in_time() -> None:
    bought = in_contact()
    assert bought.do(c.RecordSilence(1), 3 * HOUR + DAY, TIMER) == []
    bought.do(c.AnswerContact("refuse"), 3 * HOUR + DAY, SELLER)
    assert case_of(bought).status == "appraisal"


def test_a_seller_who_agrees_in_full_pays_at_once() -> None:
    bought = in_contact()
    bought.do(c.AnswerContact("agree_full"), 4 * HOUR, SELLER)
    assert case_of(bought).status == "approved"


def test_a_part_that_the_seller_offers_waits_for_the_buyer_who_accepts() -> None:
    bought = in_contact()
    bought.do(c.AnswerContact("agree_partial", amount_fen=1_000), 4 * HOUR, SELLER)
    offer = open_offer(bought.order().offers, 1)
    assert offer is not None
    assert (offer.kind, offer.amount_fen, case_of(bought).status) == ("partial", 1_000, "contact")
    bought.do(c.AnswerOffer(1, offer.n, True), 5 * HOUR, BUYER)
    assert case_of(bought).status == "settled"
    assert [refund.amount_fen for refund in bought.order().refunds] == [1_000]


def test_a_declined_offer_leads_on_to_whoever_is_next() -> None:
    bought = in_contact()
    bought.do(c.AnswerContact("agree_partial", amount_fen=1_000), 4 * HOUR, SELLER)
    bought.do(c.AnswerOffer(1, 1, False), 5 * HOUR, BUYER)
    assert case_of(bought).status in ("appraisal", "review")


def test_an_offer_that_nobody_answers_ends_by_itself() -> None:
    bought = in_contact()
    bought.do(c.AnswerContact("agree_partial", amount_fen=1_000), 4 * HOUR, SELLER)
    assert bought.do(c.ExpireOffer(1), 4 * HOUR + DAY, TIMER) == []
    bought.do(c.ExpireOffer(1), 4 * HOUR + DAY + 1, TIMER)
    assert case_of(bought).status in ("appraisal", "review")


def test_the_platforms_proposal_needs_both() -> None:
    bought = in_review()
    bought.do(c.MakeOffer(1, "partial", 2_000), 5 * HOUR, REVIEWER)
    bought.do(c.AnswerOffer(1, 1, True), 6 * HOUR, BUYER)
    assert case_of(bought).status == "review"
    bought.do(c.AnswerOffer(1, 1, True), 7 * HOUR, SELLER)
    assert case_of(bought).status == "settled"


def test_a_replacement_settles_without_money_and_the_buyer_may_ask_again() -> None:
    bought = in_contact()
    bought.do(c.AnswerContact("offer_replacement"), 4 * HOUR, SELLER)
    bought.do(c.AnswerOffer(1, 1, True), 5 * HOUR, BUYER)
    assert (case_of(bought).status, bought.order().refunds) == ("settled", [])
    bought.do(c.RequestRefund(1, "not_as_described"), 60 * HOUR, BUYER)
    assert case_of(bought, 2).is_open()


def test_nobody_answers_their_own_offer() -> None:
    bought = in_contact()
    bought.do(c.MakeOffer(1, "partial", 3_000), 4 * HOUR, BUYER)
    assert bought.refusal(c.AnswerOffer(1, 1, True), 5 * HOUR, BUYER) == "not_now"


def test_a_buyer_who_shows_nothing_is_closed_once_without_prejudice() -> None:
    bought = disputed(proofs=0)
    bought.do(c.PassCaseDeadline(1), 2 * HOUR + 2 * DAY + 1, TIMER)
    assert case_of(bought).status == "lapsed"
    bought.do(c.RequestRefund(1, "not_as_described"), 3 * DAY, BUYER)
    bought.do(c.PassCaseDeadline(2), 6 * DAY, TIMER)
    assert case_of(bought, 2).status == "rejected"


def test_a_late_platform_escalates_and_then_pays_itself() -> None:
    bought = in_review()
    bought.do(c.PassCaseDeadline(1), 9 * DAY, TIMER)
    assert case_of(bought).status == "escalated"
    bought.do(c.PassCaseDeadline(1), 16 * DAY, TIMER)
    decided = [event for event, _, _ in bought.history if isinstance(event, e.RefundDecided)][-1]
    assert (case_of(bought).status, decided.verdict["liable"]) == ("approved", "platform")


def test_an_appraiser_with_an_interest_is_replaced() -> None:
    bought = in_contact()
    bought.do(c.AnswerContact("refuse"), 4 * HOUR, SELLER)
    bought.do(c.AssignAppraiser(1, APPRAISER.id), 5 * HOUR, REVIEWER)
    bought.do(c.AcceptAppraisal(1, True), 6 * HOUR, APPRAISER)
    hearing = bought.order().hearing(1)
    assert hearing is not None
    assert hearing.appraiser == ""


def test_a_report_brings_the_case_to_a_person() -> None:
    bought = in_contact()
    bought.do(c.AnswerContact("refuse"), 4 * HOUR, SELLER)
    bought.do(c.AssignAppraiser(1, APPRAISER.id), 5 * HOUR, REVIEWER)
    bought.do(c.AcceptAppraisal(1, False), 6 * HOUR, APPRAISER)
    bought.do(c.ReportAppraisal(1, "not_as_described"), 7 * HOUR, APPRAISER)
    assert case_of(bought).status == "review"


def test_only_the_assigned_appraiser_reports() -> None:
    bought = in_contact()
    bought.do(c.AnswerContact("refuse"), 4 * HOUR, SELLER)
    bought.do(c.AssignAppraiser(1, APPRAISER.id), 5 * HOUR, REVIEWER)
    other = c.Actor("appraiser", "appraiser-2")
    assert bought.refusal(c.AcceptAppraisal(1, False), 6 * HOUR, other) == "not_the_appraiser"


def rejected() -> PureOrder:
    bought = in_review()
    seen = bought.order().version
    bought.do(c.DecideCase(1, False, 0, ("insufficient_evidence",), seen), 6 * HOUR, REVIEWER)
    assert case_of(bought).status == "rejected"
    return bought


def test_an_appeal_needs_new_facts() -> None:
    assert rejected().refusal(c.FileAppeal(1), 7 * HOUR, BUYER) == "no_new_facts"


def test_an_appeal_with_new_facts_goes_to_a_fresh_reviewer_who_may_overturn() -> None:
    bought = rejected()
    bought.do(c.FileExhibit(1, "use_video", True, True, True), 7 * HOUR, BUYER)
    bought.do(c.FileAppeal(1), 8 * HOUR, BUYER)
    judgement = c.DecideCase(1, True, 0, ("evidence_supports_buyer",), bought.order().version)
    assert bought.refusal(judgement, 9 * HOUR, REVIEWER) == "not_fresh_reviewer"
    bought.do(judgement.__class__(1, True, 0, judgement.reasons, bought.order().version), 9 * HOUR, SENIOR)
    assert (case_of(bought).status, bought.order().refunds[0].amount_fen) == ("approved", PRICE_FEN)


def test_there_is_one_appeal() -> None:
    bought = rejected()
    bought.do(c.FileExhibit(1, "use_video", True, True, True), 7 * HOUR, BUYER)
    bought.do(c.FileAppeal(1), 8 * HOUR, BUYER)
    seen = bought.order().version
    bought.do(c.DecideCase(1, False, 0, ("outside_rules",), seen), 9 * HOUR, SENIOR)
    assert case_of(bought).status == "rejected"
    assert bought.refusal(c.FileExhibit(1, "use_video", True, True, True), 10 * HOUR, BUYER) == "case_closed"


def test_an_appeal_after_seven_days_is_too_late() -> None:
    bought = rejected()
    assert bought.refusal(c.FileExhibit(1, "sms", True, True, True), 9 * DAY, BUYER) == "case_closed"


def test_a_seller_may_contest_an_automatic_refund() -> None:
    bought = sealed_order()
    bought.do(c.RequestRefund(1, "no_reason"), 60, BUYER)
    bought.do(c.RecordIssuerCheck(1, "unused", None, ""), 61)
    assert case_of(bought).status == "approved"
    bought.do(c.FileExhibit(1, "login_log", True, True, True), HOUR, SELLER)
    bought.do(c.FileAppeal(1), HOUR, SELLER)
    assert case_of(bought).status == "appeal"


def test_a_flagged_proof_is_worth_nothing() -> None:
    bought = disputed()
    assert bought.refusal(c.FlagExhibit(1, 1, "reused"), 3 * HOUR, BUYER) == "not_now"
    bought.do(c.FlagExhibit(1, 1, "reused", "other"), 3 * HOUR, REVIEWER)
    bought.do(c.SubmitEvidence(1), 4 * HOUR, BUYER)
    assert case_of(bought).status == "rejected"


def test_nobody_answers_their_own_exhibit() -> None:
    bought = disputed()
    assert bought.refusal(c.AnswerExhibit(1, 1, "accept"), 3 * HOUR, BUYER) == "own_exhibit"
    bought.do(c.AnswerExhibit(1, 1, "dispute"), 3 * HOUR, SELLER)
    assert bought.order().exhibits[0].answer == "dispute"


def test_the_operator_hears_of_a_case_before_each_legal_limit() -> None:
    bought = in_review()
    bought.do(c.NoteLegalLimit(1), 2 * HOUR + 6 * DAY, TIMER)
    bought.do(c.NoteLegalLimit(1), 2 * HOUR + 14 * DAY, TIMER)
    assert [event.days for event, _, _ in bought.history if isinstance(event, e.LegalLimitNear)] == [7, 15]


def test_a_request_in_review_is_not_moved_by_anything_but_money() -> None:
    bought = in_review()
    bought.do(c.AnswerContact("refuse"), 5 * HOUR, SELLER)
    assert case_of(bought).status == "review"


@pytest.mark.parametrize("status", sorted(OPEN))
def test_no_party_may_do_what_only_the_platform_does(status: str) -> None:
    for party in ("buyer", "seller"):
        assert not {"decide_case", "decide_appeal", "flag_exhibit"} & set(_MAY.get((status, party), ()))


def test_an_accepted_extension_moves_the_due_time() -> None:
    bought = paid_order(replace(SERVICE, service=ServiceTerms("custom_work")))
    bought.do(c.ReportProgress(1, 1, 40, "ab" * 32), HOUR, SELLER)
    bought.do(c.RequestRefund(1, "not_as_described"), 2 * HOUR, BUYER)
    bought.do(c.MakeOffer(1, "extension"), 3 * HOUR, SELLER)
    events = bought.do(c.AnswerOffer(1, 1, True), 4 * HOUR, BUYER)
    assert [event.why for event in events if isinstance(event, e.WorkDueSet)] == ["extended"]
    assert case_of(bought).status == "settled"
