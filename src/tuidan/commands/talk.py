"""The talk about an order: say something, answer by one tap, and what the clock and the platform record."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, input_sha256, run
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.refusals import Refusal
from tuidan.domain.talk import REPEATED, TEXT_CHARS_MAX
from tuidan.domain.talk_admission import ADMISSION, admits
from tuidan.domain.talk_risk import find_payload_risks, find_risks, plain
from tuidan.store import catalog
from tuidan.store.orders.talk import load_talk, words_of_key
from tuidan.store.orders.words import SALT_CHARS, without_salt

MACHINE = c.Actor("machine")


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody says: the words, the template they were made from, and whether an answer is asked for.

    `pictured` holds what the two-dimensional codes of attached pictures say; the pictures are not kept here.
    """

    words: str
    template: str = ""
    asks: bool = False
    unit: int = 0
    case: int = 0
    pictured: tuple[str, ...] = ()


def send_message(order_id: UUID, actor: c.Actor, message: Message, key: str, now: datetime) -> Outcome:
    """Say something about an order, once for a key. The edge has checked that staff are staff.

    The words are stored with a random salt in front, erasable; the event holds the hash of both, which nobody can
    guess back once they are erased. Raises NoSuchOrder, NotYours, TooBusy, OutcomeUnknown.
    """
    words = message.words.replace("\0", "").replace("\r\n", "\n").strip()
    if not words:
        return Outcome(order_id, [], Refusal("message_empty"), 0)
    if len(words) > TEXT_CHARS_MAX:
        return Outcome(order_id, [], Refusal("message_too_long", {"max": TEXT_CHARS_MAX}), 0)
    outcome = _send(
        order_id, actor, replace(message, words=words), os.urandom(SALT_CHARS // 2).hex(), key, now
    )
    if outcome.refusal is not None and outcome.refusal.code == "key_used_for_other_input":
        # Perhaps the very same message sent twice: told by the salt of the first, for the hash was another.
        kept = words_of_key(order_id, f"{actor.kind}:{key}")
        if kept:
            outcome = _send(order_id, actor, replace(message, words=words), kept[:SALT_CHARS], key, now)
    if outcome.ok:
        _block_if_nobody_is_there(outcome, now)
    return outcome


def _block_if_nobody_is_there(outcome: Outcome, now: datetime) -> None:
    """A question to a shop without people needs no day of waiting (S-047)."""
    asked, order = outcome.events[0], outcome.order
    if not isinstance(asked, e.MessageSent) or not asked.due_at or order is None:
        return
    if not catalog.has_member(UUID(order.seller)):
        record_blocked(outcome.order_id, asked.unit, "no_member", now)


def _send(order_id: UUID, actor: c.Actor, message: Message, salt: str, key: str, now: datetime) -> Outcome:
    kept = salt + message.words
    digest = hashlib.sha256(kept.encode()).hexdigest()
    command = c.SendMessage(digest, message.template, (), message.asks, message.unit, message.case)
    told = input_sha256(
        order_id, command, actor
    )  # what the words were found to hold is no part of what was asked
    command = replace(command, flags=_flags(order_id, actor, message))
    return run(order_id, c.Envelope(command, actor, f"{actor.kind}:{key}", told, now), words=kept)


def _flags(order_id: UUID, actor: c.Actor, message: Message) -> tuple[str, ...]:
    """What the message holds, its pictures too; whether it admits something, or was said just so before (S-095)."""
    found = list(find_risks(message.words))
    for text in message.pictured:
        found += find_payload_risks(text)
    if actor.kind == "seller" and admits(message.words):
        found.append(ADMISSION)
    if actor.kind != "buyer":
        same = plain(message.words).strip("，")
        earlier = (line for line in load_talk(order_id) if line.actor == actor.kind and line.kept is not None)
        if any(plain(without_salt(str(line.kept))).strip("，") == same for line in earlier):
            found.append(REPEATED)
    return tuple(dict.fromkeys(found))


def answer_contact(
    order_id: UUID, shop_id: UUID, kind: str, key: str, now: datetime, unit: int = 0, amount_fen: int = 0
) -> Outcome:
    """The seller's answer by one tap; `amount_fen` only with `agree_partial`. It stops the clock, also when late."""
    command = c.AnswerContact(kind, unit, amount_fen)
    return run(order_id, envelop(order_id, command, c.Actor("seller", str(shop_id)), key, now))


def record_blocked(order_id: UUID, unit: int, why: str, now: datetime) -> Outcome:
    """Nobody can answer for the shop; recorded once a unit."""
    command = c.RecordBlocked(unit, why)
    return run(order_id, envelop(order_id, command, MACHINE, f"blocked:{unit}", now))
