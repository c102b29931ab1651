"""The order's state as compact JSON for its row: lists in the order of the fields, so it stays under 1.5 kB.

Stored forms only grow: a new field goes to the end of its record with a default, and old rows still read.
"""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter

import orjson

from tuidan.domain.delivery import Unit
from tuidan.domain.dispute import Case
from tuidan.domain.ledger import Totals
from tuidan.domain.order import Order
from tuidan.domain.payment import Payment
from tuidan.domain.refund import Refund

# These stand in columns of the row, or in the records below.
APART = frozenset({"version", "head", "totals", "units", "payments", "refunds", "cases"})
HEAD_FIELDS = tuple(f.name for f in fields(Order) if f.name not in APART)
_HEAD = attrgetter(*HEAD_FIELDS)
_PARTS = {
    name: attrgetter(*(f.name for f in fields(cls)))
    for name, cls in (("u", Unit), ("p", Payment), ("r", Refund), ("c", Case))
}
_TOTALS = attrgetter(*(f.name for f in fields(Totals)))


def write_order(order: Order) -> bytes:
    """The state as stored; version and head hash stand in columns of their own."""
    return orjson.dumps(
        {
            "h": _HEAD(order),
            "t": _TOTALS(order.totals),
            "u": [_PARTS["u"](unit) for unit in order.units],
            "p": [_PARTS["p"](payment) for payment in order.payments],
            "r": [_PARTS["r"](refund) for refund in order.refunds],
            "c": [_PARTS["c"](case) for case in order.cases],
        }
    )


def read_order(state: bytes | str, version: int, head: bytes) -> Order:
    """The state from its stored form."""
    told = orjson.loads(state)
    order = Order(**dict(zip(HEAD_FIELDS, told["h"], strict=False)))
    order.totals = Totals(*told["t"])
    order.units = [Unit(*row) for row in told["u"]]
    order.payments = [Payment(*row) for row in told["p"]]
    order.refunds = [Refund(*row) for row in told["r"]]
    order.cases = [Case(*row) for row in told["c"]]
    order.version, order.head = version, head
    return order
