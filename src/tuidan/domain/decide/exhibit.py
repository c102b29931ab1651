"""Deciders for exhibits: file, answer, flag; submit all, ask for more (S-037, S-039, S-073)."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.ruling import rule
from tuidan.domain.decide.stage import open_stage, party_of, permit
from tuidan.domain.dispute.exhibit import ANSWERS, EXHIBITS_MAX, FLAGS, TYPES, Exhibit
from tuidan.domain.draft import Context, Draft, Refused


def file(draft: Draft, command: c.FileExhibit, context: Context) -> None:
    """Take in what a party shows. It decides nothing yet: the party submits when all is there."""
    case = permit(draft, command.case, "file_exhibit", context)
    if command.type not in TYPES:
        raise Refused("exhibit_unknown", known=list(TYPES))
    if len(draft.order.exhibits) >= EXHIBITS_MAX:
        raise Refused("too_many_exhibits", max=EXHIBITS_MAX)
    n = len(draft.order.exhibits) + 1
    draft.add(
        e.ExhibitFiled(
            case=case.n,
            exhibit=n,
            by=party_of(draft),
            type=command.type,
            has_order_no=command.has_order_no,
            has_timestamp=command.has_timestamp,
            has_key_info=command.has_key_info,
            text_sha256=command.text_sha256,
            file_sha256=command.file_sha256,
            code_tail=command.code_tail,
            files=command.files,
            cleaned=command.cleaned,
        )
    )


def answer(draft: Draft, command: c.AnswerExhibit, context: Context) -> None:
    """The other side says whether it accepts, disputes or explains."""
    case = permit(draft, command.case, "answer_exhibit", context)
    exhibit = _exhibit(draft, case.n, command.exhibit)
    if exhibit.by == party_of(draft):
        raise Refused("own_exhibit", exhibit=exhibit.n)
    if command.answer not in ANSWERS:
        raise Refused("exhibit_answer_unknown", known=list(ANSWERS))
    draft.add(e.ExhibitAnswered(case.n, exhibit.n, command.answer, command.text_sha256))


def flag(draft: Draft, command: c.FlagExhibit, context: Context) -> None:
    """Note that it was altered or used before; whoever decides next, the policy or a person, sees it (R11)."""
    case = permit(draft, command.case, "flag_exhibit", context)
    exhibit = _exhibit(draft, case.n, command.exhibit)
    if command.flag not in FLAGS:
        raise Refused("exhibit_unknown", known=list(FLAGS))
    draft.add(e.ExhibitFlagged(case.n, exhibit.n, command.flag, command.other_order))


def _exhibit(draft: Draft, case: int, n: int) -> Exhibit:
    found = next((exhibit for exhibit in draft.order.exhibits_of(case) if exhibit.n == n), None)
    if found is None:
        raise Refused("no_such_exhibit", exhibit=n)
    return found


def submit(draft: Draft, command: c.SubmitEvidence, context: Context) -> None:
    """All is filed: the policy looks at it."""
    case = permit(draft, command.case, "submit_evidence", context)
    draft.add(e.EvidenceSubmitted(case.n, party_of(draft)))
    if party_of(draft) == "seller":
        open_stage(draft, case, "to_platform", {}, context)
    else:
        rule(draft, case, context)


def ask_more(draft: Draft, command: c.AskMore, context: Context) -> None:
    """A reviewer asks one party for more; the review's time starts anew after it."""
    case = permit(draft, command.case, "ask_more", context)
    if command.party not in ("buyer", "seller") or not set(command.types) <= set(TYPES):
        raise Refused("exhibit_unknown", known=list(TYPES))
    open_stage(draft, case, "needs_evidence", {}, context, asked_of=command.party, types=command.types)
