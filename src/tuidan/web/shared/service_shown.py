"""The work of a service, a membership and a renewal made ready to show, for buyer and seller alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from tuidan.reads.membership import PlanView, RenewalView
from tuidan.reads.service import MilestoneView, WorkView
from tuidan.web.shared.key import new_key
from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import say


def day_text(day: date, language: str) -> str:
    """A day for people, always with its year."""
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()


def share_text(basis_points: int) -> str:
    """Basis points as percent without needless zeros: 3333 → 33.33."""
    return f"{basis_points / 100:.2f}".rstrip("0").rstrip(".")


def milestone_name(milestone: MilestoneView, language: str) -> str:
    """The seller's name of it, in English where there is one; else its number."""
    name = (milestone.name_en if language == "en" else "") or milestone.name
    return name or f"{milestone.place}"


def progress_text(work: WorkView, language: str) -> str:
    """How far the whole is, and by whose word."""
    if work.progress_percent is None:
        return say("service.progress_disputed", language)
    key = "service.progress_agreed" if work.progress_agreed else "service.progress_stated"
    return say(key if work.progress_percent else "service.progress", language, n=work.progress_percent)


def show_work(work: WorkView | None, language: str) -> dict[str, Any] | None:
    """The block of one unit's work."""
    if work is None:
        return None
    return {
        "type_word": say(f"service.type.{work.type}", language),
        "due_at": work.due_at,
        "accepted_at": work.accepted_at,
        "stopped": bool(work.stopped_by),
        "stop_note": work.stop_note,
        "percent": work.progress_percent,
        "progress_text": progress_text(work, language),
        "efficiency_fen": work.efficiency_deposit_fen,
        "safety_fen": work.safety_deposit_fen,
        "clock_text": say("service.clock_value", language, used=work.minutes_used, total=work.minutes_total)
        if work.minutes_total
        else "",
        "clock_runs": work.clock_since is not None,
        "is_rental": work.type == "account_rental",
        "milestones": [show_milestone(each, work, language) for each in work.milestones],
        "buyer_may": work.buyer_may,
        "seller_may": work.seller_may,
        "key": new_key(),
    }


def show_milestone(milestone: MilestoneView, work: WorkView, language: str) -> dict[str, Any]:
    """One milestone with its proof; what its buyer can answer and its seller can report."""
    waits = milestone.status in ("reported", "disputed") and "answer_progress" in work.buyer_may
    return {
        "place": milestone.place,
        "name": milestone_name(milestone, language),
        "share_text": say("service.share", language, share=share_text(milestone.share)),
        "badge": f"milestone.{milestone.status}",
        "claimed": milestone.claimed,
        "claimed_text": say("service.claimed", language, n=milestone.claimed) if milestone.claimed else "",
        "agreed_text": say("service.agreed", language, n=milestone.agreed) if milestone.agreed else "",
        "silence": milestone.how == "silence",
        "note": milestone.note,
        "link": milestone.link,
        "reported_at": milestone.reported_at,
        "answer_until": milestone.answer_until if waits else None,
        "agree_word": say("service.agree", language, n=milestone.claimed),
        "can_agree": waits,
        "can_dispute": waits and milestone.status == "reported",
        "can_report": "report_progress" in work.seller_may and milestone.agreed < 100,
        "objection": milestone.objection,
        "own_text": say("service.objection_of_buyer", language, n=milestone.own_percent)
        if milestone.own_percent is not None
        else "",
        "key": new_key(),
        "dispute_key": new_key(),
    }


def show_plan(plan: PlanView | None, language: str) -> dict[str, Any] | None:
    """The block of one unit's membership."""
    if plan is None:
        return None
    return {
        "badge": _plan_badge(plan),
        "term": _term(plan, language),
        "days": _days(plan, language),
        "months": _months(plan, language),
        "stopped": say(f"plan.stopped.{plan.stopped_by}", language, day=day_text(plan.stopped_on, language))
        if plan.stopped_on
        else "",
        "stop_note": plan.stop_note,
        "seller_may": plan.seller_may,
        "reviewer_may": plan.reviewer_may,
    }


def _plan_badge(plan: PlanView) -> str:
    if plan.stopped_by:
        return "plan.stopped"
    if plan.starts_on is None:
        return ""
    return "plan.over" if plan.over else "plan.running"


def _term(plan: PlanView, language: str) -> str:
    if plan.starts_on is None:
        return ""
    first = day_text(plan.starts_on, language)
    if plan.ends_on is None:
        return say("plan.term_open", language, from_day=first)
    return say("plan.term_value", language, from_day=first, to_day=day_text(plan.ends_on, language))


def _days(plan: PlanView, language: str) -> str:
    if plan.starts_on is None:
        return ""
    if plan.days_total:
        return say("plan.days_value", language, used=plan.days_used, total=plan.days_total)
    return say("plan.days_open", language, used=plan.days_used)


def _months(plan: PlanView, language: str) -> str:
    if not plan.months_ordered:
        return ""
    if plan.months_opened is not None and plan.months_opened < plan.months_ordered:
        return say("plan.months_short", language, ordered=plan.months_ordered, opened=plan.months_opened)
    return say("plan.months_value", language, n=plan.months_ordered)


def show_renewal(renewal: RenewalView | None, language: str) -> dict[str, Any] | None:
    """What the buyer is told about the renewal, and what can be done in one tap."""
    if renewal is None:
        return None
    text = ""
    if renewal.status == "offered" and "take_renewal" in renewal.may and renewal.ends_on:
        day = day_text(renewal.ends_on, language)
        text = say("renewal.offered", language, day=day, amount=yuan(renewal.price_fen))
    elif renewal.status == "offered":
        text = say("renewal.passed", language)
    elif renewal.status != "none":
        text = say(f"renewal.{renewal.status}", language)
    return {
        "text": text,
        "of": renewal.of,
        "next": renewal.next,
        "until": renewal.until if "take_renewal" in renewal.may else None,
        "can_take": "take_renewal" in renewal.may,
        "can_cancel": "cancel_renewal" in renewal.may,
        "key": new_key(),
    }
