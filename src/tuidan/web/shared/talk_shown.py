"""The talk of an order made ready to show: lines, the question's state, what may be answered, soft hints, pitfalls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tuidan.domain.talk import AGREEING, REPEATED, TEXT_CHARS_MAX
from tuidan.domain.talk_admission import ADMISSION
from tuidan.domain.talk_risk import EXTORTION, PRIVATE, THREATS
from tuidan.reads.records import OrderView
from tuidan.reads.talk import ContactView, MessageView, TalkView
from tuidan.web.shared.key import new_key
from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import say

PAUSE_SECONDS_MIN, PAUSE_SECONDS_MAX = 2, 5
PITFALLS = {
    "buyer": ("buyer.off", "buyer.tone", "buyer.confirm", "buyer.shot"),
    "seller": ("seller.clock", "seller.off", "seller.press"),
    "reviewer": (),
}
ENDED = frozenset({"answered", "silent", "blocked"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the talk; `side` is mine, theirs or note, `hints` are said softly below it."""

    n: int
    side: str
    by: str
    at: datetime
    words: str
    is_erased: bool
    asks: str
    hints: tuple[str, ...]
    proof: str


def path_of(order_id: UUID, reader: str) -> str:
    """Where this reader's talk lives: the live part and the form."""
    return {"buyer": "/orders/", "seller": "/seller/orders/", "reviewer": "/review/"}[
        reader
    ] + f"{order_id}/talk/"


def show_talk(
    talk: TalkView,
    order: OrderView,
    reader: str,
    language: str,
    case: int = 0,
    pause: int = PAUSE_SECONDS_MIN,
) -> dict[str, Any]:
    """All that the part shows to `reader`: buyer, seller or reviewer."""
    labels = {"buyer": "talk.text", "seller": "talk.text_seller", "reviewer": "talk.text_staff"}
    return {
        "order_id": order.order_id,
        "reader": reader,
        "path": path_of(order.order_id, reader),
        "case": case,
        "lines": [show_line(message, reader, language) for message in talk.messages],
        "last_n": talk.last_n,
        "pause": pause,
        "label": say(labels[reader], language),
        "key": new_key(),
        "chars_max": TEXT_CHARS_MAX,
        "can_ask": reader == "buyer" and order.paid_at is not None,
        "units": [unit.n for unit in order.units],
        "contacts": [
            show_contact(contact, order, reader, language) for contact in shown_contacts(talk, order, reader)
        ],
        "pitfalls": [say(f"pitfall.{key}", language) for key in PITFALLS[reader]],
    }


def shown_contacts(talk: TalkView, order: OrderView, reader: str) -> list[ContactView]:
    """The questions that were asked; for the shop of a paid single unit also the answer it may give unasked."""
    found = [contact for contact in talk.contacts if contact.status != "not_contacted"]
    if not found and reader == "seller" and order.paid_at and len(order.units) == 1:
        return [ContactView(1, "not_contacted", None, None, "", 0, None)]
    return found


def show_line(message: MessageView, reader: str, language: str) -> Line:
    """One line as this reader sees it; the words of people stay as they wrote them."""
    mine = message.by == reader or (reader == "reviewer" and message.by == "operator")
    is_note = message.kind != "message_sent"
    asks = say("talk.asks", language) if message.asks else ""
    return Line(
        n=message.n,
        side="note" if is_note else "mine" if mine else "theirs",
        by=say("talk.by.you" if mine and not is_note else f"talk.by.{message.by}", language),
        at=message.at,
        words=note_text(message, language) if is_note else message.words or "",
        is_erased=not is_note and message.words is None,
        asks=asks,
        hints=tuple(
            hints(
                message.flags, "staff" if reader == "reviewer" else "writer" if mine else "reader", language
            )
        ),
        proof=message.proof,
    )


def note_text(message: MessageView, language: str) -> str:
    """What an answer, or the lack of one, reads as."""
    ends = {"contact_silent": "silent", "contact_blocked": "blocked", "seller_asked": "asked"}
    response = ends.get(message.kind, message.response)
    return say(f"talk.response.{response}", language, amount=yuan(message.offered_fen))


def hints(flags: tuple[str, ...], who: str, language: str) -> list[str]:
    """The soft hints for a line's flags, to its writer, its reader, or the platform's staff."""
    found = []
    if PRIVATE & set(flags):
        found.append(f"risk.private.{who}")
    if THREATS & set(flags):
        found.append(f"risk.threat.{who}")
    if EXTORTION in flags and who != "writer":
        found.append(f"risk.extortion.{who}")
    if "abuse" in flags and not THREATS & set(flags):
        found.append(f"risk.abuse.{who}")
    if ADMISSION in flags:
        found.append(f"risk.admission.{who}")
    if REPEATED in flags:
        found.append(f"risk.repeated.{who}")
    return [say(key, language) for key in found]


def show_contact(contact: ContactView, order: OrderView, reader: str, language: str) -> dict[str, Any]:
    """The state of one question, and what this reader can do about it."""
    unit = order.units[contact.unit - 1]
    left_fen = unit.paid_fen - unit.refund_fen
    told = contact.response or contact.status
    agreed = contact.response in AGREEING and unit.can_request and reader == "buyer"
    return {
        "unit": contact.unit if len(order.units) > 1 else 0,
        "n": contact.unit,
        "status": contact.status,
        "is_waiting": contact.status == "waiting",
        "due_at": contact.due_at,
        "text": say(f"talk.response.{told}", language, amount=yuan(contact.offered_fen))
        if contact.status in ENDED
        else "",
        "next": say(f"talk.next.{told}", language)
        if reader == "buyer" and contact.status in ENDED and unit.can_request
        else "",
        "accept": say("talk.accept", language, amount=yuan(min(contact.offered_fen, left_fen)))
        if agreed
        else "",
        "can_apply": reader == "buyer" and contact.status in ENDED and unit.can_request,
        "can_answer": reader == "seller" and left_fen > 0 and order.status in ("paid", "released"),
        "left_fen": left_fen,
        "full": say("talk.answer.agree_full", language, amount=yuan(left_fen)),
        "amount_hint": say("talk.answer.amount_hint", language, amount=yuan(left_fen)),
        "key": new_key(),
    }
