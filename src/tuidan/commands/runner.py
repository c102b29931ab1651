"""The only path of a change: key seen? → load with version → decide → one append → done, or again.

No lock is held while Python thinks. Machine commands and facts retry by themselves, counted and bounded; what a
person judged carries the version it was judged on and is refused by the decider when that is old.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
import psycopg

from tuidan.commands.advance import draws_of, lay_out
from tuidan.commands.busy import TooBusy as TooBusy
from tuidan.domain.commands import Actor, Command, Envelope
from tuidan.domain.decide import decide, refusal_of, refuse
from tuidan.domain.draft import Context
from tuidan.domain.events import Event
from tuidan.domain.order import Order
from tuidan.domain.refusals import Refusal
from tuidan.store import facts
from tuidan.store.connection import OutcomeUnknown, Question
from tuidan.store.orders import claim
from tuidan.store.orders.append import append, prepare
from tuidan.store.orders.load import Seen, load_answer, load_order

TRIES_MAX = 12


class NotYours(PermissionError):
    """The actor is neither the order's buyer nor its shop."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its events, or the refusal. `again` when the key had been used with this input before.

    `order` is the state after the command (as last read, when it was asked again).
    """

    order_id: UUID
    events: list[Event]
    refusal: Refusal | None
    version: int
    again: bool = False
    order: Order | None = None

    @property
    def ok(self) -> bool:
        return self.refusal is None


def input_sha256(order_id: UUID, command: Command, actor: Actor) -> str:
    """The hash that tells "same key, same input" from "same key, other input"; the time is no part of it."""
    return _input_sha256(order_id, _asked(command, actor))


def _asked(command: Command, actor: Actor) -> bytes:
    """What is asked, as JSON, but for the order, which stands in front of it."""
    told = [type(command).__name__, command, actor]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)


def _input_sha256(order_id: UUID, asked: bytes) -> str:
    return hashlib.sha256(b'["%b",%b' % (str(order_id).encode(), asked[1:])).hexdigest()


def envelop(
    order_id: UUID,
    command: Command,
    actor: Actor,
    key: str,
    now: datetime,
    done_outbox: tuple[int, ...] = (),
    done_timers: tuple[int, ...] = (),
) -> Envelope:
    """Put who, when and the key around a command; keys of different kinds of actor never meet."""
    digest = input_sha256(order_id, command, actor)
    return Envelope(command, actor, f"{actor.kind}:{key}", digest, now, done_outbox, done_timers)


def envelop_for_each(command: Command, actor: Actor, key: str, now: datetime) -> Callable[[UUID], Envelope]:
    """The envelopes of one command on many orders, each by its order: the same as `envelop` gives, made with less."""
    asked, full_key = _asked(command, actor), f"{actor.kind}:{key}"
    return lambda order_id: Envelope(command, actor, full_key, _input_sha256(order_id, asked), now)


def run(
    order_id: UUID,
    envelope: Envelope,
    words: str = "",
    gather: Callable[[Order], Context] = facts.gather,
    beside: Question | None = None,
) -> Outcome:
    """Carry out one command on one order, once. What `gather` needs can be asked `beside` the order.

    Raises NoSuchOrder, NotYours, TooBusy after TRIES_MAX lost races, OutcomeUnknown when the database cannot be
    reached to find out. A no is in the outcome's `refusal`, not raised.
    """
    broken: OutcomeUnknown | None = None
    fund_short = False
    for _ in range(TRIES_MAX):
        try:
            order, seen = load_order(order_id, envelope.key, beside)
            check_actor(order, envelope.actor)
            if seen is not None:
                finish_done(order_id, envelope)
                return _first_answer(order_id, order, seen, envelope)
            expected = order.version
            context = facts.without_fund(gather(order)) if fund_short else gather(order)
            draft = decide(order, envelope.command, envelope.actor, context, envelope.now)
            draws = draws_of(order_id, draft.events)
            if draws and fund_short:
                order = load_order(order_id)[0]
                expected = order.version
                draft = refuse(order, envelope.command, envelope.actor, envelope.now, "fund_short")
            elif draws and not lay_out(draws, envelope.now):
                fund_short = True  # decided again without an advance: most such cases go to a person
                continue
            if not draft.events:
                finish_done(order_id, envelope)
                return Outcome(order_id, [], None, expected, order=order)
            batch = prepare(order_id, expected, draft, envelope, words=words)
            if append(batch):
                return Outcome(order_id, draft.events, refusal_of(draft.events), order.version, order=order)
            broken = None
        except (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected):
            continue  # the key, or an attempt, was taken meanwhile: look again before deciding again (S13)
        except OutcomeUnknown as error:
            broken = error  # may be committed, or still arrive: the key and the version will tell
    if broken is not None:
        raise broken
    raise TooBusy(str(order_id))


def finish_done(order_id: UUID, envelope: Envelope) -> None:
    """Take away the work that led here, when no append did it because there was nothing to write."""
    if envelope.done_outbox:
        claim.finish_outbox([(order_id, n) for n in envelope.done_outbox])
    for n in envelope.done_timers:
        claim.finish_timer(order_id, n)


def _first_answer(order_id: UUID, order: Order, seen: Seen, envelope: Envelope) -> Outcome:
    if seen.input_sha256.hex() != envelope.input_sha256:
        return Outcome(order_id, [], Refusal("key_used_for_other_input"), order.version)
    events = load_answer(order_id, seen)
    return Outcome(order_id, events, refusal_of(events), order.version, again=True, order=order)


def check_actor(order: Order, actor: Actor) -> None:
    """Raise NotYours when a buyer or shop acts on another's order; machines and staff are checked at the edge."""
    owner = {"buyer": order.buyer, "seller": order.seller}.get(actor.kind)
    if owner is not None and owner != actor.id:
        raise NotYours(actor.kind)
