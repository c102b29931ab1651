"""The renewal of a membership: asked for at checkout, announced before the term ends, taken or called off.

No channel gives us a mandate to take money later, so a renewal is the offer of a new order that the buyer pays or
lets pass (ADR renewals-are-offers). One record an order; none where no renewal was asked for and none is renewed.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

# 网络交易办法18 asks for five days; two more for a worker that was down.
NOTICE_DAYS = 7
NOTICE_DAYS_MIN = 5
RENEWAL_TABLE: Table = {
    ("asked", "renewal_noticed"): "offered",
    ("asked", "renewal_cancelled"): "cancelled",
    ("offered", "renewal_taken"): "taken",
    ("offered", "renewal_cancelled"): "cancelled",
}


@dataclass(slots=True)
class Renewal:
    """`status` none, asked, offered, taken or cancelled; `of` is the order that this one renews, `next` the one after.

    `noticed_days` says how long before the end of `of` its renewal was announced, -1 where nothing is renewed;
    `until` (ISO 8601) ends the offer, `price_fen` is its price, `told_days` how long before the end it was made.
    """

    status: str = "none"
    of: str = ""
    after: str = ""
    noticed_days: int = -1
    price_fen: int = 0
    until: str = ""
    next: str = ""
    told_days: int = -1


def _place(rows: list[Renewal], event: e.OrderPlaced, n: int, now: int) -> None:
    told = event.membership
    if told.get("auto_renew") or told.get("renewal_of"):
        status = "asked" if told.get("auto_renew") else "none"
        days = int(str(told.get("noticed_days", -1)))
        rows.append(Renewal(status, str(told.get("renewal_of", "")), str(told.get("after", "")), days))


def _notice(rows: list[Renewal], event: e.RenewalNoticed, n: int, now: int) -> None:
    row = rows[0]
    row.status = step(RENEWAL_TABLE, row.status, "renewal_noticed")
    row.price_fen, row.until, row.told_days = event.price_fen, event.until, event.days_before


def _take(rows: list[Renewal], event: e.RenewalTaken, n: int, now: int) -> None:
    row = rows[0]
    row.status = step(RENEWAL_TABLE, row.status, "renewal_taken")
    row.next = event.order


def _cancel(rows: list[Renewal], event: e.RenewalCancelled, n: int, now: int) -> None:
    row = rows[0]
    row.status = step(RENEWAL_TABLE, row.status, "renewal_cancelled")


RENEWAL_FOLDS: Folds = {
    e.OrderPlaced: _place,
    e.RenewalNoticed: _notice,
    e.RenewalTaken: _take,
    e.RenewalCancelled: _cancel,
}
