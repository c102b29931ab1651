"""Deciders for renewals: announce and offer in time, note the new order, call it off (网络交易办法18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.calendar import china_day, end_of_day
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import Order
from tuidan.domain.renewal import RENEWAL_TABLE, Renewal
from tuidan.domain.transitions import allows


def notice_renewal(draft: Draft, command: c.NoticeRenewal, context: Context) -> None:
    """Tell the buyer and offer the next term, once, while the present one runs; nothing where it was called off.

    A term that money went back for, or that somebody ended, is not renewed.
    """
    order = draft.order
    ends_on = _ends_on(order)
    if not order.renewals or not allows(RENEWAL_TABLE, order.renewals[0].status, "renewal_noticed"):
        return
    if (
        ends_on is None
        or order.status not in ("paid", "released")
        or any(plan.stopped_by for plan in order.plans)
    ):
        return
    days_before = (ends_on - china_day(draft.now)).days
    if days_before < 0 or any(unit.refund_fen for unit in order.units):
        return
    until = end_of_day(ends_on)
    draft.add(e.RenewalNoticed(ends_on.isoformat(), order.units[0].paid_fen, days_before, until.isoformat()))


def _ends_on(order: Order) -> date | None:
    """The last day of the order's longest term; None while one is not opened or has no end."""
    if not order.plans or not all(plan.ends_on for plan in order.plans):
        return None
    return max(date.fromisoformat(plan.ends_on) for plan in order.plans)


def _renewal(draft: Draft, kind: str) -> Renewal:
    found = draft.order.renewals[0] if draft.order.renewals else None
    if found is None or not allows(RENEWAL_TABLE, found.status, kind):
        raise Refused("renewal_not_open")
    return found


def take_renewal(draft: Draft, command: c.TakeRenewal, context: Context) -> None:
    """The new order is placed; saying so again changes nothing."""
    known = draft.order.renewals[0] if draft.order.renewals else None
    if known is not None and known.next == command.order:
        return
    _renewal(draft, "renewal_taken")
    draft.add(e.RenewalTaken(command.order))


def cancel_renewal(draft: Draft, command: c.CancelRenewal, context: Context) -> None:
    """One tap, at any time before it was taken."""
    _renewal(draft, "renewal_cancelled")
    draft.add(e.RenewalCancelled())


DECIDERS: dict[type, Callable[..., None]] = {
    c.NoticeRenewal: notice_renewal,
    c.TakeRenewal: take_renewal,
    c.CancelRenewal: cancel_renewal,
}
