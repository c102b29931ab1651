"""Deciders for the talk: a message, the seller's answer by one tap, silence, and nobody there to answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.delivery import unit_of
from tuidan.domain.decide.proposal import offers_less, propose_answer
from tuidan.domain.decide.ruling import rule, rule_open_case
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import Order
from tuidan.domain.talk import ANSWERS, BLOCKED_WHY, MESSAGES_MAX, TEMPLATES


def send(draft: Draft, command: c.SendMessage, context: Context) -> None:
    """Record a message. The buyer's first question about a unit starts the seller's clock, once (S-047, R12)."""
    order, by = draft.order, draft.actor.kind
    if not command.text_sha256:
        raise Refused("message_empty")
    if order.messages >= MESSAGES_MAX:
        raise Refused("too_many_messages", max=MESSAGES_MAX)
    if command.template and command.template not in TEMPLATES[order.goods_kind]:
        raise Refused("template_unknown", template=command.template)
    if command.case and order.case(command.case) is None:
        raise Refused("no_such_case", case=command.case)
    asks = by == "buyer" and bool(order.paid_at) and (command.asks or bool(command.template))
    unit = _unit_meant(order, command.unit, asks)
    due_at = ""
    starts = asks and order.contact(unit).status == "not_contacted"
    if starts:
        due_at = (draft.now + timedelta(seconds=context.policy.numbers.seller_answer_seconds)).isoformat()
    draft.add(
        e.MessageSent(
            n=order.messages + 1,
            by=by,
            text_sha256=command.text_sha256,
            template=command.template,
            flags=list(command.flags),
            asks=asks,
            unit=unit,
            case=command.case,
            due_at=due_at,
        )
    )
    if starts:
        draft.wake(effects.CONTACT_SILENT, context.policy.numbers.seller_answer_seconds, unit)


def _unit_meant(order: Order, unit: int, asks: bool) -> int:
    """The unit a message is about; a question names one, unless there is only one."""
    if unit:
        return unit_of(order, unit).n
    if not asks:
        return 0
    if len(order.units) > 1:
        raise Refused("unit_needed")
    return 1


def answer(draft: Draft, command: c.AnswerContact, context: Context) -> None:
    """The seller's answer by one tap. It may come unasked, late, and again: the last one stands."""
    order = draft.order
    if command.kind not in ANSWERS:
        raise Refused("answer_unknown", known=list(ANSWERS))
    if order.status not in ("paid", "released"):
        raise Refused("already_refunded" if order.status == "refunded" else "order_not_paid")
    unit = unit_of(order, _unit_meant(order, command.unit, asks=True))
    left_fen = unit.left_fen()
    if not left_fen:
        raise Refused("already_refunded", unit=unit.n)
    offered_fen = {"agree_full": left_fen, "agree_partial": command.amount_fen}.get(command.kind, 0)
    if command.kind == "agree_partial" and not 0 < offered_fen <= left_fen:
        raise Refused("amount_out_of_range", max_fen=left_fen)
    draft.add(e.ContactAnswered(unit.n, command.kind, offered_fen))
    hear_answer(draft, unit.n, context)


def record_silence(draft: Draft, command: c.RecordSilence, context: Context) -> None:
    """The time is over: with an answer, or before the due time, there is nothing to record."""
    contact = draft.order.contact(command.unit)
    if contact.is_waiting() and draft.now > datetime.fromisoformat(contact.due_at):
        draft.add(e.ContactSilent(command.unit))
        rule_open_case(draft, command.unit, context)


def record_blocked(draft: Draft, command: c.RecordBlocked, context: Context) -> None:
    """Nobody can answer for the shop, so nobody need be waited for (S-047)."""
    unit = unit_of(draft.order, command.unit)
    if command.why not in BLOCKED_WHY:
        raise Refused("answer_unknown", known=list(BLOCKED_WHY))
    if draft.order.contact(unit.n).status in ("not_contacted", "waiting"):
        draft.add(e.ContactBlocked(unit.n, command.why))
        rule_open_case(draft, unit.n, context)


def hear_answer(draft: Draft, unit: int, context: Context) -> None:
    """What the answer does to the unit's open request: an offer of something else waits for the buyer (S-054)."""
    case = draft.order.open_case_of(unit)
    if case is None:
        return
    if offers_less(draft, case) and case.status not in ("appeal", "frozen"):
        propose_answer(draft, case, context)
    else:
        rule(draft, case, context)
