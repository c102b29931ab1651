"""From a pressed form to the command it asks for. What was typed wrongly is said by key, and nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import QueryDict

from tuidan.commands.hearing import Act
from tuidan.domain import commands as c
from tuidan.web.shared.money import read_yuan

PERCENT_MAX = 100


class Mistyped(ValueError):
    """What was filled in makes no command; the message is the key of its sentence."""


def _number(post: QueryDict, name: str) -> int:
    text = str(post.get(name, ""))
    if not text.isdecimal() or len(text) > 9:
        raise Mistyped("form.choose")
    return int(text)


def _file_exhibit(n: int, post: QueryDict) -> Act:
    if not post.get("type"):
        raise Mistyped("hearing.type_missing")
    return c.FileExhibit(
        n, str(post["type"]), "has_order_no" in post, "has_timestamp" in post, "has_key_info" in post
    )


def _answer_exhibit(n: int, post: QueryDict) -> Act:
    return c.AnswerExhibit(n, _number(post, "exhibit"), str(post.get("answer", "")))


def _flag_exhibit(n: int, post: QueryDict) -> Act:
    return c.FlagExhibit(n, _number(post, "exhibit"), str(post.get("flag", "")))


def _make_offer(n: int, post: QueryDict) -> Act:
    kind = str(post.get("kind", ""))
    if kind != "partial":
        return c.MakeOffer(n, kind)
    fen = read_yuan(str(post.get("amount", "")))
    if not fen:
        raise Mistyped("hearing.amount_bad")
    return c.MakeOffer(n, kind, fen)


def _answer_offer(n: int, post: QueryDict) -> Act:
    return c.AnswerOffer(n, _number(post, "offer"), post.get("accept") == "yes")


def _ask_more(n: int, post: QueryDict) -> Act:
    return c.AskMore(n, str(post.get("party", "")), tuple(post.getlist("types")))


def _assign(n: int, post: QueryDict) -> Act:
    try:
        return c.AssignAppraiser(n, str(UUID(str(post.get("appraiser", "")))))
    except ValueError:
        raise Mistyped("hearing.appraiser_missing") from None


def _report(n: int, post: QueryDict) -> Act:
    percent = str(post.get("percent", "")).strip().removesuffix("%")
    if percent and (not percent.isdecimal() or int(percent) > PERCENT_MAX):
        raise Mistyped("hearing.percent_bad")
    fee = str(post.get("fee", "")).strip()
    fen = read_yuan(fee) if fee else 0
    if fen is None:
        raise Mistyped("hearing.amount_bad")
    return c.ReportAppraisal(n, str(post.get("finding", "")), int(percent) if percent else -1, fen)


def _link_complaint(n: int, post: QueryDict) -> Act:
    return c.LinkComplaint(n, str(post.get("where", "")), str(post.get("number", "")).strip()[:64])


READERS: dict[str, Callable[[int, QueryDict], Act]] = {
    "withdraw": lambda n, post: c.WithdrawRequest(n),
    "call_platform": lambda n, post: c.CallPlatform(n),
    "take_over": lambda n, post: c.CallPlatform(n),
    "file_exhibit": _file_exhibit,
    "answer_exhibit": _answer_exhibit,
    "flag_exhibit": _flag_exhibit,
    "submit_evidence": lambda n, post: c.SubmitEvidence(n),
    "make_offer": _make_offer,
    "answer_offer": _answer_offer,
    "ask_more": _ask_more,
    "send_to_appraisal": lambda n, post: c.SendToAppraisal(n),
    "assign_appraiser": _assign,
    "accept_appraisal": lambda n, post: c.AcceptAppraisal(n, post.get("interest") == "yes"),
    "report_appraisal": _report,
    "file_appeal": lambda n, post: c.FileAppeal(n),
    "link_complaint": _link_complaint,
}


def read_act(action: str, n: int, post: QueryDict) -> Act:
    """The command that a form asks for. Raises KeyError for an action without a form, Mistyped for a bad field."""
    return READERS[action](n, post)
