"""Which events of an order prove a line of the checklist: the number and the hash that anybody can check (S-068)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tuidan.domain.dispute.case import Case
from tuidan.domain.dispute.checklist import Needed
from tuidan.store.orders.story import EventRecord, Story

PROOFS_MAX = 3
FAULTS = frozenset({"invalid", "locked", "activated", "not_credited", "partial", "reversed"})


def _of_fault(row: EventRecord) -> bool:
    if row.kind in ("issuer_checked", "issuer_answered"):
        return (
            row.data.get("status") in FAULTS or "face_fen" in row.data or row.data.get("account") == "other"
        )
    if row.kind == "login_tried":
        return row.data.get("result") == "failed"
    return row.kind in ("unit_failed", "unit_partial", "reveal_failed", "cancel_answered")


# For each line the events that show it; those of one unit are looked for among the unit's own.
OF_ORDER: Mapping[str, Callable[[EventRecord], bool]] = {
    "order": lambda row: row.kind == "order_placed",
    "listing": lambda row: row.kind == "order_placed",
    "payment": lambda row: row.kind == "payment_captured",
    "chat": lambda row: row.kind == "message_sent",
    "payer": lambda row: row.kind == "payer_account_known",
}
OF_UNIT: Mapping[str, Callable[[EventRecord], bool]] = {
    "delivery": lambda row: row.kind in ("unit_delivered", "unit_partial"),
    "seal": lambda row: row.kind == "masked_seen" or row.data.get("purpose") == "delivery",
    "reveal": lambda row: row.kind == "code_revealed",
    "defect": _of_fault,
}


def with_proofs(lines: tuple[Needed, ...], story: Story, case: Case) -> tuple[Needed, ...]:
    """The checklist with the numbers of the events that prove what the platform proves; the newest few of each."""
    return tuple(
        replace(line, events=_events(line.what, story, case.unit)) if line.state == "proved" else line
        for line in lines
    )


def _events(what: str, story: Story, unit: int) -> tuple[int, ...]:
    shows = OF_ORDER.get(what)
    if shows is not None:
        found = [row.n for row in story.rows if shows(row)]
    else:
        fits = OF_UNIT.get(what)
        found = [row.n for row in story.rows if fits and row.data.get("unit") == unit and fits(row)]
    return tuple(found[-PROOFS_MAX:])
