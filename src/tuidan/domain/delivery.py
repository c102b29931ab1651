"""One unit's delivery: its state and its table. A unit is one code, one top-up, one membership or one service.

waiting → (queued → processing →) delivered | partial | failed; a code goes from delivered (sealed) to revealed.
Money is apart: `refund_fen` is what was decided to go back, whatever the delivery says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.domain import events as e
from tuidan.domain.transitions import Table, allows, step

UNIT_TABLE: Table = {
    ("waiting", "unit_queued"): "queued",
    ("waiting", "unit_started"): "in_progress",
    ("waiting", "unit_delivered"): "delivered",
    ("waiting", "unit_failed"): "failed",
    ("queued", "supply_sent"): "processing",
    ("queued", "unit_failed"): "failed",
    ("queued", "unit_delivered"): "delivered",
    ("processing", "supply_sent"): "processing",
    ("processing", "supply_answered"): "processing",
    ("processing", "cancel_requested"): "processing",
    ("processing", "cancel_answered"): "processing",
    ("processing", "unit_delivered"): "delivered",
    ("processing", "unit_partial"): "partial",
    ("processing", "unit_failed"): "failed",
    ("in_progress", "unit_started"): "in_progress",
    ("in_progress", "unit_delivered"): "delivered",
    ("in_progress", "unit_failed"): "failed",
    ("delivered", "code_revealed"): "revealed",
    ("delivered", "issuer_checked"): "delivered",
    ("delivered", "supply_answered"): "delivered",
    ("delivered", "code_settled"): "delivered",
    ("delivered", "unit_delivered"): "delivered",
    ("delivered", "unit_partial"): "partial",
    ("delivered", "unit_failed"): "failed",
    ("partial", "supply_answered"): "partial",
    ("partial", "unit_delivered"): "delivered",
    ("partial", "unit_partial"): "partial",
    ("partial", "unit_failed"): "failed",
    ("failed", "supply_answered"): "failed",
    ("failed", "code_settled"): "failed",
    ("stopped", "supply_answered"): "stopped",
    ("revealed", "issuer_checked"): "revealed",
    ("revealed", "code_settled"): "revealed",
    ("processing", "cancelled"): "stopped",
    ("processing", "reversed"): "reversed",
    ("delivered", "reversed"): "reversed",
    ("partial", "reversed"): "reversed",
    ("reversed", "supply_answered"): "reversed",
}
# Which event kinds concern a unit at all; the row's state "" stands for "any".
UNIT_EVENTS = frozenset(kind for _, kind in UNIT_TABLE) - {"cancelled", "reversed"}
UNIT_TABLE = {**UNIT_TABLE, **{("", kind): "" for kind in UNIT_EVENTS}}
DONE = frozenset({"delivered", "revealed", "partial", "failed", "stopped", "reversed"})
UNDELIVERED = frozenset({"waiting", "queued", "processing", "in_progress", "failed", "stopped"})


@dataclass(slots=True)
class Unit:
    """Unit n of an order. Times are seconds since 1970 UTC (0 = not yet), amounts fen, -1 = not known."""

    n: int
    status: str
    paid_fen: int
    refund_fen: int = 0
    done_at: int = 0
    revealed_at: int = 0
    arrived_fen: int = -1
    account: str = ""
    issuer_status: str = ""
    issuer_checked_at: int = 0
    activated_at: int = 0
    activated_by: str = ""
    progress_percent: int = 0
    stopping: bool = False
    supplied: bool = False
    settled: str = ""
    attempt: int = 0
    supplied_late: bool = False

    def left_fen(self) -> int:
        """What was paid for the unit and is not decided to go back."""
        return self.paid_fen - self.refund_fen


def allows_unit(unit: Unit, kind: str) -> bool:
    """Whether the unit's table has a row for the event kind."""
    return allows(UNIT_TABLE, unit.status, kind)


def evolve_unit(unit: Unit, event: e.Event, kind: str, now: int) -> None:
    """Apply an event about this unit."""
    moved = kind
    if isinstance(event, e.CancelAnswered):
        unit.stopping = False
        if event.outcome == "cancelled":
            moved = "cancelled"
    elif isinstance(event, e.UnitFailed) and event.why == "reversed":
        moved = "reversed"
    elif isinstance(event, e.SupplyAnswered) and event.outcome == "succeeded":
        # the goods came although the money goes back: nothing moves by it, but a person must see it
        paid_back = unit.status in ("failed", "stopped") or not unit.left_fen()
        unit.supplied_late = unit.supplied_late or paid_back
    unit.status = step(UNIT_TABLE, unit.status, moved)
    if isinstance(event, e.UnitDelivered | e.UnitPartial):
        unit.done_at = unit.done_at or now
        unit.arrived_fen = event.arrived_fen
        unit.account = event.account
    elif isinstance(event, e.UnitFailed):
        unit.done_at = unit.done_at or now
    elif isinstance(event, e.SupplySent):
        unit.attempt = event.attempt
    elif isinstance(event, e.SupplyAnswered):
        unit.supplied = unit.supplied or event.outcome == "succeeded"
    elif isinstance(event, e.CodeRevealed):
        unit.revealed_at = now
    elif isinstance(event, e.CancelRequested):
        unit.stopping = True
    elif isinstance(event, e.UnitStarted):
        unit.progress_percent = event.progress_percent
    elif isinstance(event, e.CodeSettled):
        unit.settled = event.result
    elif isinstance(event, e.IssuerChecked):
        unit.issuer_status = event.status
        unit.issuer_checked_at = now
        unit.activated_by = event.activated_by
        unit.activated_at = 0
        if event.activated_at:
            unit.activated_at = int(datetime.fromisoformat(event.activated_at).timestamp())
