"""Deciders for what is kept: legal holds, and the erasure that waits until the law lets go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.effects import ERASE_WORDS
from tuidan.domain.retention import LAWS, erasable, erased_classes, kept_until, open_holds, open_why
from tuidan.domain.retention_state import OWNERS, PAYMENT, TRADE

HOLDS_MAX = 50


def place_hold(draft: Draft, command: c.PlaceLegalHold, context: Context) -> None:
    """Keep everything of the order until the hold is lifted; refused without a reason."""
    if not command.text_sha256:
        raise Refused("reason_needed")
    number = len(draft.order.legal_holds) + 1
    if number > HOLDS_MAX:
        raise Refused("too_many_holds")
    draft.add(e.LegalHoldPlaced(number, command.text_sha256))


def lift_hold(draft: Draft, command: c.LiftLegalHold, context: Context) -> None:
    """Lift one hold; refused without a reason, or when it does not stand."""
    if command.hold not in open_holds(draft.order):
        raise Refused("no_such_hold")
    if not command.text_sha256:
        raise Refused("reason_needed")
    draft.add(e.LegalHoldLifted(command.hold, command.text_sha256))


def erase(draft: Draft, command: c.EraseWords, context: Context) -> None:
    """Order an erasure of what may go now; refused, with a reason and where there is one a date, of what may not.

    The worker carries it out after this has been written, so nothing is ever gone without its event.
    """
    order, keeping = draft.order, context.outside.keeping
    if keeping is None or command.of not in OWNERS:
        raise LookupError(f"nothing is known of how long the order is kept, or of whom: {command.of}")
    if open_holds(order):
        raise Refused("erasure_held")
    why = open_why(order)
    if why:
        raise Refused("erasure_trade_open", why=why)
    if erased_classes(order, command.of) >= {TRADE, PAYMENT}:
        raise Refused("nothing_to_erase")
    classes = erasable(order, command.of, keeping, draft.now)
    if not classes:
        kept = PAYMENT if TRADE in erased_classes(order, command.of) else TRADE
        until = kept_until(order, keeping.ended_at, kept, keeping.years)
        raise Refused("erasure_too_early", until=until.isoformat(), kept=kept, law=LAWS[kept])
    number = len(order.erasures) + 1
    draft.add(e.WordsErased(number, command.of, command.why, classes, command.text_sha256))
    draft.effect(ERASE_WORDS, number)


DECIDERS: dict[type, Callable[[Draft, Any, Context], None]] = {
    c.PlaceLegalHold: place_hold,
    c.LiftLegalHold: lift_hold,
    c.EraseWords: erase,
}
