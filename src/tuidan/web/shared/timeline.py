"""One sentence for one event of an order, in the reader's language; who acted, and the proof mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter

from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import WORDS, say

# Which field of an event tells its variants apart, in the order in which they are tried.
VARIANTS = ("route", "why", "status", "outcome", "response", "result", "how", "by", "state", "part")
BY_RULE = frozenset({"refund_decided", "request_rejected", "case_opened"})
BY_MACHINE = frozenset({"unit_queued", "order_released", "cancel_requested", "order_expired"})
HIDDEN = frozenset(
    {
        "payment_started",
        "supply_answered",
        "command_refused",
        "settlement_asked",
        "message_sent",
        "advance_owed",
        "legal_hold_placed",
        "legal_hold_lifted",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a timeline; `proof` is the hash of the event, hexadecimal."""

    at: datetime
    actor: str
    act: str
    proof: str


def event_text(kind: str, data: Mapping[str, object], language: str) -> str:
    """The sentence for one event; the variant that fits best, or the plain one."""
    key = f"event.{kind}_at_{data.get('purpose')}"
    if key not in WORDS:
        key = f"event.{kind}"
    for name in VARIANTS:
        variant = f"{key}.{data.get(name)}"
        if data.get(name) and variant in WORDS:
            key = variant
            break
    if (
        kind == "unit_delivered"
        and isinstance(data.get("arrived_fen"), int)
        and int(str(data["arrived_fen"])) >= 0
    ):
        key = "event.unit_delivered.credit"
    wanted = {name for _, name, _, _ in Formatter().parse(say(key, language)) if name}
    return (
        say(key, language, **{name: _value(name, data, language) for name in wanted})
        if wanted
        else say(key, language)
    )


def _value(name: str, data: Mapping[str, object], language: str) -> object:
    if name in ("amount", "arrived", "offered"):
        return yuan(int(str(data.get(f"{name}_fen", 0))))
    if name == "reason":
        code = f"reason.{data.get('reason')}"
        return say(code, language) if code in WORDS else ""
    return data.get(name, "")


def actor_of(kind: str, actor: str) -> str:
    """Who is named for an event: what the rules decide is the rules' doing, whoever's word set it off."""
    if kind in BY_RULE:
        return actor if actor == "reviewer" else "policy"
    if kind in BY_MACHINE or (kind == "refund_requested" and actor != "buyer"):
        return "system"
    return actor


def actor_text(kind: str, language: str, reader: str) -> str:
    """Who acted, seen by `reader` (buyer, seller or reviewer); only the buyer is told 您."""
    key = "actor.buyer_seen" if kind == "buyer" and reader != "buyer" else f"actor.{kind}"
    return say(key if key in WORDS else "actor.system", language)
