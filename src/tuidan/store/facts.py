"""Where facts for a decision are gathered: one place for commands and for the standing answer alike.

What the order itself holds is assembled by `domain/facts.py`; this adds the pinned policy, the calendar and
facts from outside the order (ADR facts-in-one-place).
"""

from __future__ import annotations

from tuidan.domain.draft import Context
from tuidan.domain.facts import Outside
from tuidan.domain.order import Order
from tuidan.store import policies

# The buyer's history and age are unknown until risk signals are frozen into orders; unknown never lowers a claim.
UNKNOWN_OUTSIDE = Outside()


def gather(order: Order) -> Context:
    """The context in which any command on this order is decided. Raises NoPolicy."""
    return Context(policies.policy_by_sha256(order.policy_sha256), policies.calendar(), UNKNOWN_OUTSIDE)
