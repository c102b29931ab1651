"""Many refunds in one command: how fast, and whether its memory grows with their number."""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime

from tuidan.commands.incident import processes_here, refund_incident
from tuidan.sandbox.bench.ground import Ground, OrderSet
from tuidan.sandbox.bench.race import in_child

OPERATOR = "bench"
RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024


def refund_all(ground: Ground, orders: OrderSet) -> float:
    """Refunds a second of one `refund_incident` over the whole set."""
    since = time.perf_counter()
    result = refund_incident(orders.listing, "bench", OPERATOR, datetime.now(UTC), processes=processes_here())
    seconds = time.perf_counter() - since
    if result.changed != orders.count:
        raise RuntimeError(f"{result.changed} of {orders.count} orders were refunded")
    return orders.count / seconds


def peak_bytes(ground: Ground, orders: OrderSet) -> int:
    """The most memory that a process of its own and its biggest helper held while they refunded the set."""

    def work() -> float:
        refund_all(ground, orders)
        peaks = [
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        ]
        return float(sum(peaks) * RSS_UNIT_BYTES)

    return int(in_child(work))
