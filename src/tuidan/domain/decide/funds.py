"""Money beyond the escrow: what the books answered, and what an order asks of them after any decision.

`follow` runs after every decider. It looks at the events alone, so that no decider has to remember the seller's
book or the fund, and none can forget them (ADR money-along-the-way).
"""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.coupon import coupon_to_return
from tuidan.domain.decide.payment import REVIVE_SECONDS_MAX
from tuidan.domain.draft import Context, Draft
from tuidan.domain.funds import hold_of
from tuidan.domain.order import Order

# After these a case may have opened or closed, money reached the seller, or the fund is to be settled with.
_MOVES_CASE = (
    e.RefundRequested,
    e.RequestRejected,
    e.RequestWithdrawn,
    e.RefundDecided,
    e.CaseSettled,
    e.CaseLapsed,
    e.AppealFiled,
    e.AppealUpheld,
)
_MOVES_SELLER = (e.OrderReleased, e.MoneyRecalled)
_MOVES_RECALL = (e.MoneyRecalled, e.MoneyRepaid)
FOLLOWED = frozenset({*_MOVES_CASE, *_MOVES_SELLER, *_MOVES_RECALL, e.OrderExpired})


def wanted_hold_fen(order: Order, case_n: int) -> int:
    """What is to be held back for a case now: all that may still go back, while it is open and the seller was paid."""
    case = order.case(case_n)
    if case is None or not order.released_at or not case.is_open():
        return 0
    left = order.units[case.unit - 1].left_fen()
    return min(case.amount_fen or left, left)


def follow(draft: Draft) -> None:
    """Ask the books for what follows from the events of this command."""
    events = draft.events
    if FOLLOWED.isdisjoint(map(type, events)):
        return
    if draft.order.coupons:
        _follow_coupon(draft)
    first = draft.order.version - len(events) + 1
    held_before: set[int] = set()
    for n, event in enumerate(events, start=first):
        if isinstance(event, _MOVES_SELLER):
            draft.effect(effects.SETTLE_SELLER, n)
        if isinstance(event, _MOVES_RECALL):
            draft.effect(effects.SETTLE_RECALL, event.recall)
        if isinstance(event, e.RefundDecided) and event.from_advance_fen:
            draft.effect(effects.RECOVER_ADVANCE, event.refund)
        case = getattr(event, "case", 0)
        if isinstance(event, _MOVES_CASE) and case and case not in held_before:
            held_before.add(case)
            _hold(draft, case)


def _follow_coupon(draft: Draft) -> None:
    """A coupon goes back with the last of the cash; of an unpaid order only when no late money can revive it."""
    if any(isinstance(event, e.OrderExpired) for event in draft.events):
        draft.effect(effects.RETURN_COUPON, 0, REVIVE_SECONDS_MAX + 1)
    elif coupon_to_return(draft.order, draft.now):
        draft.effect(effects.RETURN_COUPON)


def _hold(draft: Draft, case: int) -> None:
    """One look at the book for a case whose hold may no longer be what it should be."""
    order = draft.order
    if not order.released_at:
        return
    known = hold_of(order.holds, case)
    if wanted_hold_fen(order, case) != (known.asked_fen if known else 0) or known is None:
        draft.effect(effects.HOLD_FUNDS, case)


def record_hold(draft: Draft, command: c.RecordHold, context: Context) -> None:
    """Note what the seller's book holds for a case."""
    known = hold_of(draft.order.holds, command.case)
    if (
        (known.asked_fen, known.held_fen) == (command.asked_fen, command.held_fen)
        if known
        else not command.asked_fen
    ):
        return
    if command.asked_fen:
        draft.add(e.FundsHeld(command.case, command.asked_fen, command.held_fen))
    else:
        draft.add(e.FundsFreed(command.case))


def record_recovery(draft: Draft, command: c.RecordRecovery, context: Context) -> None:
    """Bring what is recovered and borne up to what the seller's book says; both are totals."""
    refund = draft.order.refunds[command.refund - 1]
    more = min(command.recovered_fen - refund.back_fen, refund.owed_fen())
    if more > 0:
        draft.add(e.AdvanceRecovered(refund.n, more, refund.owed_fen() - more))
    borne = min(command.borne_fen - refund.borne_fen, refund.owed_fen())
    if borne > 0:
        draft.add(e.AdvanceBorne(refund.n, borne, command.why))
    if refund.owed_fen() and not refund.owed_by_seller:
        draft.add(e.AdvanceOwed(refund.n, refund.owed_fen()))
