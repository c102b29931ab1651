"""What is kept of an order until when and why, and what was done about it, in sentences."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tuidan.reads.retention import Act, KeptClass
from tuidan.web.shared.moments import BEIJING
from tuidan.web.shared.terms_shown import article_text
from tuidan.web.shared.words import say


def day(moment: datetime) -> str:
    """A day in Beijing."""
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d")


def kept_text(kept: KeptClass, now: datetime, language: str) -> str:
    """One class of one order."""
    if kept.why == "law" and kept.until is not None:
        if kept.until < now:
            return say("kept.over", language)
        return say("kept.law", language, until=day(kept.until), law=article_text(kept.law, language))
    return say(f"kept.{kept.why}", language)


def show_act(act: Act, language: str) -> dict[str, Any]:
    """One hold or erasure: what, when, on which order, by whom, why."""
    joint = "、" if language == "zh" else ", "
    data: dict[str, object] = {"number": act.number}
    if act.of:
        data["of"] = say(f"retention.of.{act.of}", language)
        data["classes"] = joint.join(say(f"retention.class.{kept}", language) for kept in act.classes)
    return {
        "order_id": act.order_id,
        "hold": act.number,
        "at": act.at,
        "what": say(f"retention.act.{act.kind}", language, **data),
        "why": say(f"retention.why.{act.why}", language) if act.why else "",
        "words": act.words,
        "who": say(f"actor.{'buyer_seen' if act.actor == 'buyer' else act.actor}", language),
        "who_id": act.actor_id,
    }
