"""Legal holds, and the erasure of what may go: ordered by an event, carried out afterwards in bounded batches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from tuidan.commands.runner import Outcome
from tuidan.commands.upload import erase_file
from tuidan.commands.words import run_with_words
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.retention import is_account_erased, is_erased
from tuidan.domain.retention_state import PAYMENT, TRADE
from tuidan.store import facts
from tuidan.store.due_orders import due_orders
from tuidan.store.files.rows import of_order as files_of_order
from tuidan.store.orders import retention as store

NOTES_PER_BATCH = 200
DUE_PER_CALL = 200
# What lies beside attempts and notices, by class; a seller has none of it, and a notice is nobody's alone.
ATTEMPTS = {TRADE: ("top_up",), PAYMENT: ("payment", "refund")}
NOTICES = {TRADE: ("supplier",), PAYMENT: ("payment",)}


def place_legal_hold(order_id: UUID, operator_id: UUID, words: str, key: str, now: datetime) -> Outcome:
    """Let nothing of an order be erased, for the reason in words; the edge has checked that it is an operator."""
    actor = c.Actor("operator", str(operator_id))
    return run_with_words(order_id, actor, words, c.PlaceLegalHold, key, now)


def lift_legal_hold(
    order_id: UUID, operator_id: UUID, hold: int, words: str, key: str, now: datetime
) -> Outcome:
    """Lift one hold, for the reason in words."""
    actor = c.Actor("operator", str(operator_id))
    return run_with_words(order_id, actor, words, partial(c.LiftLegalHold, hold), key, now)


def erase_words(
    order_id: UUID, actor: c.Actor, of: str, why: str, key: str, now: datetime, words: str = ""
) -> Outcome:
    """Order the erasure of what may go now of buyer, seller or all; the worker carries it out.

    Whose it is the edge has checked; an operator may for anybody. Refused where the law, a hold or an open trade
    forbids: `erasure_too_early` says until when.
    """
    gather = partial(facts.gather_keeping, order_id)
    return run_with_words(order_id, actor, words, partial(c.EraseWords, of, why), key, now, gather)


def carry_out(
    order_id: UUID, erasure: int, now: datetime, after_batch: Callable[[], None] = lambda: None
) -> int:
    """Take away what erasure n of an order lets go, a batch at a time; gives how many rows and files were emptied.

    What a process that died had done already is found done, and the rest goes on.
    """
    ordered = [each for each in store.retention_records(order_id) if isinstance(each.event, e.WordsErased)]
    record = ordered[erasure - 1]
    assert isinstance(record.event, e.WordsErased)
    told = record.event
    gone = [
        kept.n
        for kept in store.kept_words(order_id)
        if is_erased(kept.kind, kept.author, kept.n, [(record.n, told)])
    ]
    done = 0
    for start in range(0, len(gone), NOTES_PER_BATCH):
        done += store.erase(order_id, record.n, gone[start : start + NOTES_PER_BATCH], False, (), ())
        after_batch()
    if TRADE in told.classes:
        for file in files_of_order(order_id):
            if told.of in ("all", file.role):
                done += erase_file(order_id, file.n, now)
                after_batch()
    classes = [kept for kept in (TRADE, PAYMENT) if kept in told.classes]
    attempts = [kind for kept in classes for kind in ATTEMPTS[kept]] if told.of != "seller" else []
    notices = [source for kept in classes for source in NOTICES[kept]] if told.of == "all" else []
    return done + store.erase(order_id, record.n, [], is_account_erased([told]), attempts, notices)


def erase_due(actor: c.Actor, now: datetime, words: str = "", orders_max: int = DUE_PER_CALL) -> int:
    """Order the erasure of everything whose time of keeping is over, of at most so many orders; gives of how many.

    Asking again goes on where this stopped: what is ordered is not due any more.
    """
    done = 0
    for due in due_orders(now):
        if done == orders_max:
            break
        key = f"retention:{'+'.join(due.classes)}:{due.order.version}"
        done += erase_words(due.order_id, actor, "all", "retention_over", key, now, words).ok
    return done
