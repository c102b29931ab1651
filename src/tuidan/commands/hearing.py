"""What the parties, the appraiser and the platform do in a case, beside asking and deciding (commands/dispute.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome
from tuidan.commands.words import run_with_words
from tuidan.domain import commands as c

Act = (
    c.FileExhibit
    | c.AnswerExhibit
    | c.FlagExhibit
    | c.SubmitEvidence
    | c.MakeOffer
    | c.AnswerOffer
    | c.CallPlatform
    | c.AskMore
    | c.SendToAppraisal
    | c.AssignAppraiser
    | c.AcceptAppraisal
    | c.ReportAppraisal
    | c.FileAppeal
    | c.LinkComplaint
    | c.WithdrawRequest
    | c.DecideCase
)
ACTIONS: dict[type, str] = {
    c.FileExhibit: "file_exhibit",
    c.AnswerExhibit: "answer_exhibit",
    c.FlagExhibit: "flag_exhibit",
    c.SubmitEvidence: "submit_evidence",
    c.MakeOffer: "make_offer",
    c.AnswerOffer: "answer_offer",
    c.CallPlatform: "call_platform",
    c.AskMore: "ask_more",
    c.SendToAppraisal: "send_to_appraisal",
    c.AssignAppraiser: "assign_appraiser",
    c.AcceptAppraisal: "accept_appraisal",
    c.ReportAppraisal: "report_appraisal",
    c.FileAppeal: "file_appeal",
    c.LinkComplaint: "link_complaint",
    c.WithdrawRequest: "withdraw",
    c.DecideCase: "decide_case",
}
WITH_WORDS = (c.FileExhibit, c.AnswerExhibit, c.MakeOffer, c.ReportAppraisal, c.FileAppeal)


def act(order_id: UUID, actor: c.Actor, command: Act, key: str, now: datetime, words: str = "") -> Outcome:
    """Carry out one act in a case. Whether the actor may do it now, the case's table says; who they are, the edge.

    Raises NoSuchOrder, NotYours, TooBusy, OutcomeUnknown. A no is in the outcome's `refusal`.
    """

    def build(text_sha256: str) -> c.Command:
        return replace(command, text_sha256=text_sha256) if isinstance(command, WITH_WORDS) else command

    return run_with_words(order_id, actor, words, build, key, now)


def action_of(command: Act, party: str) -> str:
    """The name of an act in the list of what a party may do; for a reviewer, calling the platform is taking over."""
    name = ACTIONS[type(command)]
    return "take_over" if name == "call_platform" and party == "reviewer" else name
