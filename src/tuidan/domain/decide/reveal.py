"""Deciders for the buyer's sight of a code: masked, shown, not shown because it failed, copied.

A failure is no reveal: nothing was seen, so nothing changes for a refund but that the platform is to blame (S-107).
"""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.delivery import unit_of
from tuidan.domain.delivery import Unit, allows_unit
from tuidan.domain.draft import Context, Draft, Refused

# An order's row stays small, and a thousand presses prove no more than these.
REVEAL_ERRORS_MAX = 20
COPIES_MAX = 5
PARTS = ("number", "secret")


def reveal_code(draft: Draft, command: c.RevealCode, context: Context) -> None:
    """Show a code: one way and logged (S-009). Showing it again is no new event."""
    unit = _unit_to_show(draft, command.unit)
    if unit.status == "revealed":
        return
    draft.add(
        e.CodeRevealed(
            unit.n,
            command.session_proof,
            command.from_sha256,
            command.complete,
            command.parts,
            command.code_proof,
        )
    )


def record_failure(draft: Draft, command: c.RecordRevealFailure, context: Context) -> None:
    """The code could not be shown; what a buyer may not have shown at all is refused as ever."""
    unit = _unit_to_show(draft, command.unit)
    if unit.reveal_errors < REVEAL_ERRORS_MAX:
        draft.add(e.RevealFailed(unit.n, command.why, command.from_sha256))


def _unit_to_show(draft: Draft, n: int) -> Unit:
    unit = unit_of(draft.order, n)
    if unit.refund_fen and not unit.revealed_at:
        raise Refused("refund_decided", unit=unit.n)
    shown = unit.status == "revealed"
    if draft.order.goods_kind != "card_code" or not (shown or allows_unit(unit, "code_revealed")):
        raise Refused("code_not_ready", unit=unit.n)
    return unit


def note_masked(draft: Draft, command: c.NoteMaskedView, context: Context) -> None:
    """Remember once for each delivered code that its buyer saw it masked."""
    for unit in draft.order.units:
        if unit.n in command.masks and unit.status == "delivered" and not unit.masked_at:
            draft.add(e.MaskedSeen(unit.n, command.masks[unit.n]))


def note_copy(draft: Draft, command: c.NoteCopy, context: Context) -> None:
    """Remember a copy of a shown code; the first few are enough."""
    unit = unit_of(draft.order, command.unit)
    if unit.status != "revealed" or command.part not in PARTS:
        raise Refused("code_not_ready", unit=unit.n)
    if unit.copies < COPIES_MAX:
        draft.add(e.CodeCopied(unit.n, command.part))
