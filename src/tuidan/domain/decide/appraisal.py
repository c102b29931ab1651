"""Deciders for the appraisal: assign, declare an interest, report (S-119). Its time is none of the review's."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.ruling import rule
from tuidan.domain.decide.stage import open_stage, permit
from tuidan.domain.dispute.hearing import FINDINGS
from tuidan.domain.draft import Context, Draft, Refused

PERCENT_MAX = 100
FEE_FEN_MAX = 20_000
# Who was wrong bears what it cost to find out; where nobody can be told to be, the platform does.
FEE_BORNE_BY = {
    "not_as_described": "seller",
    "invalid": "seller",
    "as_described": "buyer",
    "valid": "buyer",
    "partly": "shared",
    "inconclusive": "platform",
}


def send(draft: Draft, command: c.SendToAppraisal, context: Context) -> None:
    """A reviewer passes the question to a third party."""
    case = permit(draft, command.case, "send_to_appraisal", context)
    open_stage(draft, case, "to_appraisal", {}, context)


def assign(draft: Draft, command: c.AssignAppraiser, context: Context) -> None:
    """Name the third party: neither side of the order, nor the one who names."""
    case = permit(draft, command.case, "assign_appraiser", context)
    if not command.appraiser or command.appraiser in (draft.order.buyer, draft.actor.id):
        raise Refused("appraiser_unfit")
    draft.add(e.AppraiserAssigned(case.n, command.appraiser))


def accept(draft: Draft, command: c.AcceptAppraisal, context: Context) -> None:
    """Declare whether there is an interest in either side; with one, another appraiser is needed."""
    case = permit(draft, command.case, "accept_appraisal", context)
    _is_assigned(draft, case.n)
    if command.has_interest:
        draft.add(e.AppraisalDeclined(case.n, "interest"))
    else:
        draft.add(e.AppraisalAccepted(case.n))


def report(draft: Draft, command: c.ReportAppraisal, context: Context) -> None:
    """Take the report in: where it settles a fact the policy decides, else a person with the report before them."""
    case = permit(draft, command.case, "report_appraisal", context)
    _is_assigned(draft, case.n)
    if command.finding not in FINDINGS:
        raise Refused("appraisal_finding_unknown", known=list(FINDINGS))
    needs_percent = command.finding == "partly"
    if not -1 <= command.percent <= PERCENT_MAX or (needs_percent and command.percent < 0):
        raise Refused("percent_out_of_range", max=PERCENT_MAX)
    if not 0 <= command.fee_fen <= FEE_FEN_MAX:
        raise Refused("amount_out_of_range", max_fen=FEE_FEN_MAX)
    draft.add(
        e.AppraisalReported(
            case.n,
            command.finding,
            command.percent,
            command.fee_fen,
            command.text_sha256,
            FEE_BORNE_BY[command.finding] if command.fee_fen else "",
        )
    )
    rule(draft, case, context)


def _is_assigned(draft: Draft, case: int) -> None:
    hearing = draft.order.hearing(case)
    if hearing is None or hearing.appraiser != draft.actor.id:
        raise Refused("not_the_appraiser")
