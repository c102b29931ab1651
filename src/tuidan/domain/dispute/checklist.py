"""What is needed to show a reason, and what of it is there: proved by the platform's log, filed, or missing.

What the log, the channel or the issuer already proves is ticked and never asked of anybody (R11, 电商法62).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tuidan.domain.delivery import Unit
from tuidan.domain.dispute.case import Case
from tuidan.domain.dispute.exhibit import FLAGS
from tuidan.domain.order import Order
from tuidan.domain.service import work_of

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
PROVED_BY_US = ("order", "payment", "delivery", "seal", "reveal", "listing", "chat")
# Where a line's proof comes from, the weightiest first; what stands in none of them is not there yet.
ORIGINS = ("platform_log", "issuer", "platform_chat", "upload", "outside_chat")
# States of a unit, and answers of an issuer, that show the fault without anybody's picture (S-026).
FAULT_ON_RECORD = frozenset({"failed", "partial", "reversed"})
FAULT_AT_ISSUER = frozenset({"invalid", "locked", "activated"})
OUTSIDE_CHAT = frozenset({"seller_chat", "sms"})


@dataclass(frozen=True, slots=True)
class Needed:
    """One line of the checklist: what, how it stands (proved, filed, incomplete, missing), and which types would do.

    `origin` says where the proof comes from, one of ORIGINS; "" while there is none. `events` are the numbers of the
    order's events that prove it, filled in by whoever has the events at hand (reads/proof.py).
    """

    what: str
    state: str
    types: tuple[str, ...] = ()
    origin: str = ""
    events: tuple[int, ...] = ()


def checklist(order: Order, case: Case, roles: Mapping[str, frozenset[str]]) -> tuple[Needed, ...]:
    """The checklist of a case for its buyer, what the platform proves first."""
    unit = order.units[case.unit - 1]
    proved = ["order", "payment", "listing"]
    if unit.done_at:
        proved.append("delivery")
    if unit.at_delivery or unit.masked_at:
        proved.append("seal")
    if unit.revealed_at:
        proved.append("reveal")
    if order.messages:
        proved.append("chat")
    lines = [
        Needed(what, "proved", origin="platform_chat" if what == "chat" else "platform_log")
        for what in PROVED_BY_US
        if what in proved
    ]
    for role in NEEDS.get(case.reason, USUAL_NEEDS):
        types = tuple(sorted(kind for kind, shows in roles.items() if role in shows))
        proof = _proof_of_fault(order, unit) if role == "defect" else ""
        if proof:
            lines.append(Needed(role, "proved", types, proof))
            continue
        state = _state(order, case, types)
        lines.append(Needed(role, state, types, _origin(order, case, types) if state != "missing" else ""))
    return tuple(lines)


def _proof_of_fault(order: Order, unit: Unit) -> str:
    """Who has shown the fault already: our own record, or the issuer; "" where nobody has."""
    work = work_of(order.works, unit.n)
    unseen = unit.reveal_errors and not unit.revealed_at
    if unit.status in FAULT_ON_RECORD or unseen or (work is not None and work.login_failures):
        return "platform_log"
    short = 0 <= unit.face_fen < order.face_fen
    dead = FAULT_AT_ISSUER & {unit.issuer_status, unit.at_delivery}
    return "issuer" if dead or short or unit.account == "other" else ""


def _origin(order: Order, case: Case, types: tuple[str, ...]) -> str:
    """The weightiest origin of what the buyer filed for a line."""
    filed = [shown for shown in order.exhibits_of(case.n) if shown.by == "buyer" and shown.type in types]
    return "outside_chat" if all(shown.type in OUTSIDE_CHAT for shown in filed) else "upload"


def _state(order: Order, case: Case, types: tuple[str, ...]) -> str:
    filed = [shown for shown in order.exhibits_of(case.n) if shown.by == "buyer" and shown.type in types]
    if any(
        shown.has_order_no and shown.has_timestamp and shown.has_key_info and shown.flag not in FLAGS
        for shown in filed
    ):
        return "filed"
    return "incomplete" if filed else "missing"
