"""The facts of one case as the platform's own log has them, for the left column of the case page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.reads.records import OrderView
from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import WORDS, say


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: a word and a value, or a moment."""

    word: str
    value: str = ""
    at: datetime | None = None


def case_facts(order: OrderView, unit_n: int, language: str) -> list[Fact]:
    """What the log says about this unit; nothing here is anybody's claim."""
    unit = order.units[unit_n - 1]
    sealed = order.goods_kind == "card_code" and unit.status == "delivered"
    state = say(f"state.unit.{'sealed' if sealed else unit.status}", language)
    facts = [
        Fact(say("review.fact.state", language), state),
        Fact(say("review.fact.price", language), f"¥{yuan(unit.paid_fen)}"),
        Fact(say("review.fact.left", language), f"¥{yuan(unit.paid_fen - unit.refund_fen)}"),
        Fact(say("order.paid", language), at=order.paid_at),
    ]
    if unit.done_at:
        facts.append(Fact(say("review.fact.delivered", language), at=unit.done_at))
    if unit.revealed_at:
        facts.append(Fact(say("unit.shown_at", language), at=unit.revealed_at))
    if unit.arrived_fen is not None:
        facts.append(Fact(say("unit.arrived", language), f"¥{yuan(unit.arrived_fen)}"))
    return facts + _issuer(order, unit_n, language)


def _issuer(order: OrderView, unit_n: int, language: str) -> list[Fact]:
    """The last word of the issuer on this unit."""
    rows = [row for row in order.timeline if row.kind == "issuer_checked" and row.data.get("unit") == unit_n]
    if not rows:
        return []
    data = rows[-1].data
    status = f"value.{data.get('status')}"
    facts = [
        Fact(
            say("input.issuer", language),
            say(status, language) if status in WORDS else str(data.get("status")),
        )
    ]
    if data.get("activated_at"):
        activated = datetime.fromisoformat(str(data["activated_at"]))
        by = f"value.{data.get('activated_by')}"
        facts.append(Fact(say("review.fact.activated", language), at=activated))
        facts.append(Fact(say("input.activated_by", language), say(by, language) if by in WORDS else "–"))
    return facts
