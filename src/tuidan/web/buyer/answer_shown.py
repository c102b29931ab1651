"""The standing answer of an order made ready to show: can it be refunded now, how much, until when, what next (S-001).

The facts come from `reads/answer.py`, which asks the same code that decides; here is only the choice of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.domain.dispute import WAITING
from tuidan.reads.records import OrderView, StandingAnswer, UnitView
from tuidan.web.shared.case_shown import reason_sentence
from tuidan.web.shared.key import new_key
from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import say

INSTANT_RULE = "R2"


@dataclass(frozen=True, slots=True)
class Act:
    """One press: a form sent by POST, or a link."""

    word: str
    path: str
    post: bool = False
    main: bool = False
    key: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """The biggest thing on an order's page."""

    tone: str
    drawing: str
    head: str
    body: str
    amount_fen: int = 0
    until: datetime | None = None
    over: str = ""
    then: str = ""
    act: Act | None = None
    more: Act | None = None


def show_answer(order: OrderView, language: str) -> AnswerShown:
    """The first of these that holds: nothing paid, money on its way, a request open, refundable now, the rest."""

    def w(key: str, **data: object) -> str:
        return say(key, language, **data)

    path = f"/orders/{order.order_id}/"
    if order.status == "awaiting_payment" and order.can_pay:
        pay_until = next((clock.at for clock in order.deadlines if clock.what == "pay"), None)
        act = Act(w("order.pay_now"), f"{path}pay/", main=True)
        return AnswerShown(
            "time", "clock", w("answer.pay"), w("answer.pay_body"), until=pay_until, over="reload", act=act
        )
    if not order.paid_at:
        return AnswerShown("no", "cross", w("answer.closed"), w("answer.closed_body"))
    if order.refunding_fen:
        stuck = any(refund.status == "parked" for refund in order.refunds)
        body = w("money.note.parked" if stuck else "money.note.sent")
        return AnswerShown(
            "time" if stuck else "can", "return", w("answer.on_way"), body, order.refunding_fen
        )
    return _open_case(order, language) or _refundable(order, path, language) or _rest(order, path, language)


def _open_case(order: OrderView, language: str) -> AnswerShown | None:
    steps = {unit.answer.next_step for unit in order.units if unit.answer}
    if "wait_person" in steps:
        due = min(
            (case.due_at for case in order.cases if case.status in WAITING and case.due_at), default=None
        )
        head, body = say("answer.waiting", language), say("answer.waiting_person", language)
        return AnswerShown("time", "person", head, body, until=due)
    if "wait_check" in steps:
        head, body = say("answer.waiting", language), say("answer.waiting_check", language)
        return AnswerShown("time", "clock", head, body)
    return None


def _refundable(order: OrderView, path: str, language: str) -> AnswerShown | None:
    ready = [
        (unit, unit.answer) for unit in order.units if unit.answer and unit.answer.next_step == "refund_now"
    ]
    if not ready:
        return None
    total_fen = sum(answer.amount_fen for _, answer in ready)
    untils = [answer.until for _, answer in ready if answer.until]
    instant = all(INSTANT_RULE in answer.rules for _, answer in ready)
    one = ready[0][0].n
    if len(ready) == 1:
        word = say("refund.now_act", language, amount=yuan(total_fen))
        act = Act(
            word,
            f"{path}units/{one}/refund-now/",
            post=True,
            main=True,
            key=new_key(),
            reason=ready[0][1].reason,
        )
        more = Act(say("next.refund_ask", language), f"{path}units/{one}/refund/")
    else:
        act, more = Act(say("next.choose_units", language), "#units", main=True), None
    return AnswerShown(
        "can",
        "return",
        say("answer.now", language),
        say("answer.now_instant" if instant else "answer.now_normal", language),
        total_fen,
        until=min(untils, default=None),
        over="reload" if untils else "",
        then=say("answer.after_window", language) if untils else "",
        act=act,
        more=more,
    )


def _rest(order: OrderView, path: str, language: str) -> AnswerShown:
    asked = next((unit for unit in order.units if unit.can_request), None)
    act = Act(say("next.refund_ask", language), f"{path}units/{asked.n}/refund/") if asked else None
    if order.refunded_fen:
        head, body = say("answer.returned", language), say("money.note.arrived", language)
        return AnswerShown("done", "check", head, body, order.refunded_fen, act=act)
    if asked is None or asked.answer is None:
        return AnswerShown(
            "no", "check", say("answer.nothing", language), say("answer.nothing_body", language)
        )
    if order.cases and order.cases[-1].status == "rejected":
        head, body = say("answer.refused", language), say("answer.refused_body", language)
        return AnswerShown("loss", "cross", head, body, act=act)
    return _by_decision(asked, asked.answer, act, language)


def _by_decision(unit: UnitView, answer: StandingAnswer, act: Act | None, language: str) -> AnswerShown:
    why = " ".join(reason_sentence(str(r["code"]), r.get("data") or {}, language) for r in answer.reasons)  # type: ignore[arg-type]
    if answer.next_step == "none":
        return AnswerShown(
            "no",
            "shield",
            say("answer.fault", language),
            say("answer.fault_body", language),
            then=why,
            act=act,
        )
    return AnswerShown(
        "no", "person", say("answer.person", language), why or say("answer.person_body", language), act=act
    )


def unit_answer_text(unit: UnitView, language: str) -> str:
    """The answer of one unit in a line, for orders with several."""
    answer = unit.answer
    if answer is None:
        return ""
    if answer.next_step == "refund_now":
        return f"{say('answer.now', language)} ¥{yuan(answer.amount_fen)}"
    if answer.next_step in ("wait_check", "wait_person"):
        return say("answer.waiting", language)
    if not unit.can_request:
        return say("unit.refunded", language, amount=yuan(unit.refund_fen)) if unit.refund_fen else ""
    return say("answer.fault" if answer.next_step == "none" else "answer.person", language)
