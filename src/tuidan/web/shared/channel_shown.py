"""Disputes at the channel and the question whether it can still stop the money, made ready to show to any reader."""

from __future__ import annotations

from typing import Any

from tuidan.reads.channel_dispute import ChannelDisputeView
from tuidan.reads.records import OrderView
from tuidan.web.shared.key import new_key
from tuidan.web.shared.words import WORDS, say


def show_channel(order: OrderView, language: str) -> dict[str, Any]:
    """The disputes, newest first, and what is known of settlement (S-085, S-086); empty before payment."""
    settlement = order.channel_settlement
    if settlement is None:
        return {}
    said = settlement.can_stop
    if said == "no" and settlement.state != "settled":
        said = "returning"
    elif said == "unknown" and not settlement.state:
        said = "never"
    return {
        "disputes": [show_dispute(dispute, language) for dispute in reversed(order.channel_disputes)],
        "can_stop": settlement.can_stop,
        "stop_text": say(f"channel.stop.{said}", language),
        "asked_at": settlement.asked_at,
        "can_ask": settlement.can_stop != "no",
        "where": _where(settlement.channel, language),
        "key": new_key(),
    }


def show_dispute(dispute: ChannelDisputeView, language: str) -> dict[str, Any]:
    """One dispute with the sentence of its state."""
    state = dispute.outcome if dispute.status == "closed" else dispute.status
    return {
        "n": dispute.n,
        "number": dispute.number,
        "is_open": dispute.status != "closed",
        "tone": "time" if dispute.status != "closed" else "done",
        "text": say(f"channel.status.{state}", language),
        "amount_fen": dispute.amount_fen,
        "charged_fen": dispute.charged_fen,
        "opened_at": dispute.opened_at,
        "due_at": dispute.due_at if dispute.status == "open" else None,
        "answer": dispute.answer,
    }


def _where(channel: str, language: str) -> str:
    key = f"channel.where.{channel}"
    return say(key, language) if key in WORDS else ""
