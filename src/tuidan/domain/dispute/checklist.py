"""What is needed to show a reason, and what of it is there: proved by the platform's log, filed, or missing.

What the log, the channel or the issuer already proves is ticked and never asked of anybody (R11, 电商法62).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tuidan.domain.dispute.case import Case
from tuidan.domain.order import Order

# The roles of evidence (policy: `evidence_roles`) that a reason needs beside order and payment.
NEEDS: dict[str, tuple[str, ...]] = {
    "no_reason": (),
    "duplicate_payment": ("payment",),
    "auto_renew": (),
    "minor": ("guardian_relation", "guardian_identity", "guardian_usage"),
    "account_banned": ("defect", "official"),
    "wrong_account": ("defect",),
}
USUAL_NEEDS = ("defect",)
PROVED_BY_US = ("order", "payment", "delivery", "listing", "chat")


@dataclass(frozen=True, slots=True)
class Needed:
    """One line of the checklist: what, how it stands (proved, filed, incomplete, missing), and which types would do."""

    what: str
    state: str
    types: tuple[str, ...] = ()


def checklist(order: Order, case: Case, roles: Mapping[str, frozenset[str]]) -> tuple[Needed, ...]:
    """The checklist of a case for its buyer, what the platform proves first."""
    unit = order.units[case.unit - 1]
    proved = ["order", "payment", "listing"]
    if unit.done_at:
        proved.append("delivery")
    if order.messages:
        proved.append("chat")
    lines = [Needed(what, "proved") for what in PROVED_BY_US if what in proved]
    for role in NEEDS.get(case.reason, USUAL_NEEDS):
        types = tuple(sorted(kind for kind, shows in roles.items() if role in shows))
        lines.append(Needed(role, _state(order, case, types), types))
    return tuple(lines)


def _state(order: Order, case: Case, types: tuple[str, ...]) -> str:
    filed = [shown for shown in order.exhibits_of(case.n) if shown.by == "buyer" and shown.type in types]
    if any(
        shown.has_order_no and shown.has_timestamp and shown.has_key_info and not shown.flag
        for shown in filed
    ):
        return "filed"
    return "incomplete" if filed else "missing"
