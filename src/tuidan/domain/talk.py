"""The first stage of a dispute: the buyer asks the seller on the platform, and the seller answers or is silent.

One contact a unit. The clock starts once, with the first question, and only an answer by one tap stops it: a message
alone would be a way to stall (S-047, S-057).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

# What the seller can answer by one tap.
AGREEING = ("agree_full", "agree_partial")
ANSWERS = (*AGREEING, "offer_replacement", "claims_fulfilled", "refuse")
BLOCKED_WHY = ("shop_closed", "no_member")
MESSAGES_MAX = 500
TEXT_CHARS_MAX = 1_000
# A flag beside those of talk_risk.py: this side has said just the same before (S-095).
REPEATED = "repeated"
# What a question may be made from, by goods kind (S-051); the words are the pages' task.
TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "card_code": ("code_invalid", "amount_short", "not_received", "not_as_described", "ask_refund"),
    "top_up": ("not_received", "amount_short", "not_as_described", "ask_refund"),
    "membership": ("not_received", "service_stopped", "not_as_described", "ask_refund"),
    "service": ("service_undone", "not_received", "not_as_described", "ask_refund"),
}

STATES = ("not_contacted", "waiting", "answered", "silent", "blocked")
CONTACT_TABLE: Table = {
    ("not_contacted", "message_sent"): "waiting",
    ("not_contacted", "contact_answered"): "answered",
    ("not_contacted", "contact_blocked"): "blocked",
    ("waiting", "message_sent"): "waiting",
    ("waiting", "contact_answered"): "answered",
    ("waiting", "contact_silent"): "silent",
    ("waiting", "contact_blocked"): "blocked",
    ("answered", "message_sent"): "answered",
    ("answered", "contact_answered"): "answered",
    ("silent", "message_sent"): "silent",
    ("silent", "contact_answered"): "answered",
    ("blocked", "message_sent"): "blocked",
    ("blocked", "contact_answered"): "answered",
    # A request asks anew; money decided for the unit ends what was said about it.
    **{(state, "seller_asked"): "waiting" for state in STATES},
    **{(state, "refund_decided"): "not_contacted" for state in STATES},
    **{(state, "refund_requested"): "not_contacted" for state in STATES},
}


@dataclass(slots=True)
class Contact:
    """What became of the question about one unit. Times are seconds since 1970 UTC, 0 not yet.

    `response` is one of ANSWERS, `silent`, `blocked` or empty; `responded_at` is when it came or was found;
    `due_at` (ISO 8601 UTC) is the last moment at which an answer is in time; `case` is its request, if any.
    """

    unit: int = 0
    status: str = "not_contacted"
    asked_at: int = 0
    response: str = ""
    offered_fen: int = 0
    responded_at: int = 0
    due_at: str = ""
    case: int = 0

    def is_waiting(self) -> bool:
        """Whether the seller's clock runs."""
        return self.status == "waiting"

    def told(self) -> str:
        """The contact as a fact of the policy: what was answered, else how it stands."""
        return self.response or self.status


def contact_of(contacts: list[Contact], unit: int) -> Contact:
    """The contact about this unit; a fresh one where nobody asked."""
    return next((each for each in contacts if each.unit == unit), None) or Contact(unit)


def _step(contacts: list[Contact], unit: int, event: e.Event) -> Contact:
    contact = contact_of(contacts, unit)
    if contact not in contacts:
        contacts.append(contact)
    contact.status = step(CONTACT_TABLE, contact.status, e.kind_of(event))
    return contact


def _ask(contacts: list[Contact], event: e.MessageSent, n: int, now: int) -> None:
    if event.asks:
        contact = _step(contacts, event.unit, event)
        if event.due_at:
            contact.asked_at, contact.due_at = now, event.due_at


def _answer(contacts: list[Contact], event: e.ContactAnswered, n: int, now: int) -> None:
    contact = _step(contacts, event.unit, event)
    contact.response, contact.offered_fen, contact.responded_at = event.response, event.offered_fen, now


def _fall_silent(contacts: list[Contact], event: e.ContactSilent, n: int, now: int) -> None:
    contact = _step(contacts, event.unit, event)
    contact.response, contact.responded_at = "silent", now


def _block(contacts: list[Contact], event: e.ContactBlocked, n: int, now: int) -> None:
    contact = _step(contacts, event.unit, event)
    contact.response, contact.responded_at = "blocked", now


def _belong(contacts: list[Contact], event: e.RefundRequested, n: int, now: int) -> None:
    """What was said before a request belongs to it; what belonged to an earlier one is not said of this one."""
    contact = next((each for each in contacts if each.unit == event.unit), None)
    if contact is not None and contact.case:
        contact.status = step(CONTACT_TABLE, contact.status, "refund_requested")
        contact.asked_at, contact.response, contact.offered_fen, contact.responded_at = 0, "", 0, 0
    if contact is not None:
        contact.case = event.case


def _ask_for_case(contacts: list[Contact], event: e.SellerAsked, n: int, now: int) -> None:
    contact = _step(contacts, event.unit, event)
    contact.asked_at, contact.response, contact.offered_fen, contact.responded_at = now, "", 0, 0
    contact.due_at, contact.case = event.due_at, event.case


def _forget(contacts: list[Contact], event: e.RefundDecided, n: int, now: int) -> None:
    if any(contact.unit == event.unit for contact in contacts):
        contact = _step(contacts, event.unit, event)
        contact.asked_at, contact.response, contact.offered_fen, contact.responded_at = 0, "", 0, 0


CONTACT_FOLDS: Folds = {
    e.RefundRequested: _belong,
    e.SellerAsked: _ask_for_case,
    e.RefundDecided: _forget,
    e.MessageSent: _ask,
    e.ContactAnswered: _answer,
    e.ContactSilent: _fall_silent,
    e.ContactBlocked: _block,
}
