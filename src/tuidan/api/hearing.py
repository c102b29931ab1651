"""One case between its parties: what may be done now, evidence, offers, appraisal, appeal."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_hearing as shapes
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import PathNumber
from tuidan.commands.hearing import Act, act, action_of
from tuidan.commands.upload import UploadRefused, file_with_uploads
from tuidan.domain import commands as c
from tuidan.domain.dispute.actions import ever_allowed
from tuidan.reads.hearing import load_hearing, party_before
from tuidan.reads.people import appraiser_named
from tuidan.reads.viewer import visible_order

router = Router(tags=["cases"])
CASE = "/{uuid:order_id}/cases/{int:n}"


@router.get(CASE, response=shapes.HearingTold, summary="One case as you see it")
def show_case(request: HttpRequest, order_id: UUID, n: PathNumber) -> dict[str, object]:
    """Who must act until when, what happens otherwise, and `actions`: all that you may do in it now."""
    party = _actor(request, order_id, n)[0]
    view = load_hearing(order_id, n, party, now())
    if view is None:
        raise Problem("not_found")
    return asdict(view)


def _actor(request: HttpRequest, order_id: UUID, n: int) -> tuple[str, c.Actor]:
    """The caller's side of the case. Raises Problem: `not_found`, or `not_allowed` for somebody who only looks."""
    viewer = caller_of(request).viewer
    order = visible_order(order_id, viewer)
    if order is None or order.case(n) is None:
        raise Problem("not_found")
    party = party_before(order, n, viewer)
    who = order.seller if party == "seller" else str(viewer.person_id)
    return party, c.Actor(party, who)


def _do(
    request: HttpRequest, order_id: UUID, n: int, command: Act, words: str = "", status: int = 200
) -> HttpResponse:
    """Carry an act out as the side that the caller is on. Raises Problem `not_allowed` for a side that never may."""
    key = idempotency_key(request)
    party, actor = _actor(request, order_id, n)
    if not ever_allowed(party, action_of(command, party)):
        raise Problem("not_allowed")
    outcome = act(order_id, actor, command, key, now(), words)
    return told(outcome, lambda events: {"order_id": order_id, "case": n, "version": outcome.version}, status)


@router.post(f"{CASE}/exhibits", response={201: shapes.ActTold}, summary="File evidence")
def file_exhibit(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.ExhibitAsked
) -> HttpResponse:
    """For buyer and seller; say what can be read on it. It decides nothing until it is submitted."""
    command = c.FileExhibit(
        n,
        asked.type,
        asked.has_order_no,
        asked.has_timestamp,
        asked.has_key_info,
        file_sha256=asked.file_sha256,
        code_tail=asked.code_tail,
    )
    if not asked.files:
        return _do(request, order_id, n, command, asked.words, 201)
    party, actor = _actor(request, order_id, n)
    if not ever_allowed(party, "file_exhibit"):
        raise Problem("not_allowed")
    key = idempotency_key(request)
    try:
        outcome = file_with_uploads(order_id, actor, command, tuple(asked.files), key, now(), asked.words)
    except UploadRefused as refused:
        raise Problem(refused.refusal.code, refused.refusal.data) from refused
    return told(outcome, lambda events: {"order_id": order_id, "case": n, "version": outcome.version}, 201)


@router.post(f"{CASE}/exhibits/{{int:m}}/answer", response=shapes.ActTold, summary="Answer evidence")
def answer_exhibit(
    request: HttpRequest, order_id: UUID, n: PathNumber, m: PathNumber, asked: shapes.ExhibitAnswerAsked
) -> HttpResponse:
    """For the other side: accept, dispute or explain."""
    return _do(request, order_id, n, c.AnswerExhibit(n, m, asked.answer), asked.words)


@router.post(f"{CASE}/exhibits/{{int:m}}/flag", response=shapes.ActTold, summary="Flag evidence")
def flag_exhibit(
    request: HttpRequest, order_id: UUID, n: PathNumber, m: PathNumber, asked: shapes.FlagAsked
) -> HttpResponse:
    """For reviewers: it was altered, or used in another order before."""
    return _do(request, order_id, n, c.FlagExhibit(n, m, asked.flag, asked.other_order))


@router.post(f"{CASE}/submit-evidence", response=shapes.ActTold, summary="Submit the evidence")
def submit_evidence(request: HttpRequest, order_id: UUID, n: PathNumber) -> HttpResponse:
    """For the side that was asked: all is filed, go on."""
    return _do(request, order_id, n, c.SubmitEvidence(n))


@router.post(f"{CASE}/offers", response={201: shapes.ActTold}, summary="Make an offer")
def make_offer(request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.OfferAsked) -> HttpResponse:
    """For both sides, and for reviewers, whose proposal both must accept. It takes the place of the open offer."""
    return _do(request, order_id, n, c.MakeOffer(n, asked.kind, asked.amount_fen), asked.words, 201)


@router.post(f"{CASE}/offers/{{int:m}}/answer", response=shapes.ActTold, summary="Answer an offer")
def answer_offer(
    request: HttpRequest, order_id: UUID, n: PathNumber, m: PathNumber, asked: shapes.OfferAnswerAsked
) -> HttpResponse:
    """For the side that it waits for; the last acceptance settles the case."""
    return _do(request, order_id, n, c.AnswerOffer(n, m, asked.accept))


@router.post(f"{CASE}/call-platform", response=shapes.ActTold, summary="Call in the platform")
def call_platform(request: HttpRequest, order_id: UUID, n: PathNumber) -> HttpResponse:
    """For both sides; a reviewer takes over what waits for evidence."""
    return _do(request, order_id, n, c.CallPlatform(n))


@router.post(f"{CASE}/ask-more", response=shapes.ActTold, summary="Ask for more evidence")
def ask_more(request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.MoreAsked) -> HttpResponse:
    """For reviewers: one side, and which kinds would do."""
    return _do(request, order_id, n, c.AskMore(n, asked.party, tuple(asked.types)))


@router.post(f"{CASE}/appraisal", response=shapes.ActTold, summary="Send to appraisal")
def send_to_appraisal(request: HttpRequest, order_id: UUID, n: PathNumber) -> HttpResponse:
    """For reviewers."""
    return _do(request, order_id, n, c.SendToAppraisal(n))


@router.post(f"{CASE}/appraisal/assign", response=shapes.ActTold, summary="Name an appraiser")
def assign_appraiser(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.AppraiserAsked
) -> HttpResponse:
    """For reviewers: somebody who may appraise and is no party of the order."""
    party = _actor(request, order_id, n)[0]
    if party == "reviewer" and not appraiser_named(asked.appraiser, order_id):
        raise Problem("appraiser_unfit")
    return _do(request, order_id, n, c.AssignAppraiser(n, str(asked.appraiser)))


@router.post(f"{CASE}/appraisal/accept", response=shapes.ActTold, summary="Accept an appraisal")
def accept_appraisal(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.InterestAsked
) -> HttpResponse:
    """For the appraiser: declare whether there is an interest in either side; with one, another is named."""
    return _do(request, order_id, n, c.AcceptAppraisal(n, asked.has_interest))


@router.post(f"{CASE}/appraisal/report", response=shapes.ActTold, summary="Report an appraisal")
def report_appraisal(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.ReportAsked
) -> HttpResponse:
    """For the appraiser: what was found, in a word, a share where one was asked, and why."""
    command = c.ReportAppraisal(n, asked.finding, asked.percent, asked.fee_fen)
    return _do(request, order_id, n, command, asked.words)


@router.post(f"{CASE}/appeal", response=shapes.ActTold, summary="Appeal")
def file_appeal(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.AppealAsked
) -> HttpResponse:
    """For the side that lost, once, in time, after filing new evidence; another reviewer decides."""
    return _do(request, order_id, n, c.FileAppeal(n), asked.words)


@router.post(f"{CASE}/complaints", response=shapes.ActTold, summary="Note an outside complaint")
def link_complaint(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.ComplaintAsked
) -> HttpResponse:
    """For reviewers: where the buyer complained too, and its number."""
    return _do(request, order_id, n, c.LinkComplaint(n, asked.where, asked.number))
