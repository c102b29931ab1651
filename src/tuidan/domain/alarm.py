"""What about an order must be looked at by an operator, and what was looked at already.

Each alarm has a measure, such as an amount in fen. An operator acknowledges the measure that was seen, with a reason;
when it grows the alarm is back. What needs an act and not a look ends only by the act.
"""

from __future__ import annotations

from tuidan.domain.order import Order

# In the order of urgency.
ALARMS = (
    "suspense",
    "chargeback",
    "refund_parked",
    "payout",
    "seller_owes",
    "channel_dispute",
    "refund_outside",
    "supplied_after_refund",
    "extortion",
)
ACKNOWLEDGEABLE = frozenset(
    {"suspense", "chargeback", "seller_owes", "refund_outside", "supplied_after_refund", "extortion"}
)


def measures(order: Order) -> dict[str, int]:
    """How much there is of each alarm: fen, or a count."""
    return {
        "suspense": order.totals.suspense,
        "chargeback": order.totals.chargeback,
        "refund_parked": sum(refund.status == "parked" for refund in order.refunds),
        "payout": sum(payout.status in ("consented", "entered") for payout in order.payouts),
        "seller_owes": sum(refund.owed_fen() for refund in order.refunds if refund.owed_by_seller),
        "channel_dispute": sum(dispute.is_open() for dispute in order.channel_disputes),
        "refund_outside": sum(payment.outside_fen for payment in order.payments),
        "extortion": order.flagged,
        "supplied_after_refund": sum(unit.supplied_late for unit in order.units),
    }


def acknowledged(order: Order) -> dict[str, int]:
    """The measure up to which each alarm was looked at."""
    pairs = (told.partition("=") for told in order.alarms_seen.split())
    return {name: int(measure) for name, _, measure in pairs}


def alarms(order: Order) -> list[str]:
    """The alarms that wait for an operator, the most urgent first."""
    seen = acknowledged(order)
    found = measures(order)
    return [name for name in ALARMS if found[name] > seen.get(name, 0)]
