"""One unit's delivery: its state and its table. A unit is one code, one top-up, one membership or one service.

waiting → (queued → processing →) delivered | partial | failed; a code goes from delivered (sealed) to revealed.
Money is apart: `refund_fen` is what was decided to go back, whatever the delivery says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, allows, step

UNIT_TABLE: Table = {
    ("waiting", "unit_queued"): "queued",
    ("waiting", "unit_started"): "in_progress",
    ("waiting", "work_started"): "in_progress",
    ("waiting", "progress_reported"): "in_progress",
    ("waiting", "work_stopped"): "waiting",
    ("waiting", "work_due_set"): "waiting",
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
    ("in_progress", "progress_reported"): "in_progress",
    ("delivered", "progress_reported"): "delivered",
    ("in_progress", "work_stopped"): "in_progress",
    ("in_progress", "work_due_set"): "in_progress",
    ("in_progress", "work_ended"): "ended",
    ("in_progress", "unit_delivered"): "delivered",
    ("in_progress", "unit_failed"): "failed",
    ("delivered", "code_revealed"): "revealed",
    ("delivered", "login_tried"): "delivered",
    ("delivered", "masked_seen"): "delivered",
    ("delivered", "reveal_failed"): "delivered",
    ("revealed", "reveal_failed"): "revealed",
    ("revealed", "code_copied"): "revealed",
    ("processing", "issuer_answered"): "processing",
    ("delivered", "issuer_answered"): "delivered",
    ("partial", "issuer_answered"): "partial",
    ("revealed", "issuer_answered"): "revealed",
    ("reversed", "issuer_answered"): "reversed",
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
DONE = frozenset({"delivered", "revealed", "partial", "failed", "stopped", "reversed", "ended"})
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
    fee_fen: int = 0
    masked_at: int = 0
    reveal_errors: int = 0
    copies: int = 0
    at_delivery: str = ""  # what the issuer said of the code while nobody had been shown it
    face_fen: int = -1  # the value that the issuer keeps for the code
    trace_no: str = ""  # the issuer's number of what a seller's own hand topped up

    def left_fen(self) -> int:
        """What was paid for the unit and is neither decided to go back nor kept as a fee (R24)."""
        return self.paid_fen - self.refund_fen - self.fee_fen


def allows_unit(unit: Unit, kind: str) -> bool:
    """Whether the unit's table has a row for the event kind."""
    return allows(UNIT_TABLE, unit.status, kind)


def _move(units: list[Unit], event: Any, moved: str = "") -> Unit:
    """The event's unit after its step, which is named like the event unless `moved` says otherwise."""
    unit = units[event.unit - 1]
    unit.status = step(UNIT_TABLE, unit.status, moved or e.kind_of(event))
    return unit


def _queue(units: list[Unit], event: e.UnitQueued, n: int, now: int) -> None:
    _move(units, event)


def _send(units: list[Unit], event: e.SupplySent, n: int, now: int) -> None:
    _move(units, event).attempt = event.attempt


def _answer(units: list[Unit], event: e.SupplyAnswered, n: int, now: int) -> None:
    unit = units[event.unit - 1]
    if event.outcome == "succeeded":
        # the goods came although the money goes back: nothing moves by it, but a person must see it
        paid_back = unit.status in ("failed", "stopped") or not unit.left_fen()
        unit.supplied_late = unit.supplied_late or paid_back
        unit.supplied = True
    _move(units, event)


def _arrive(units: list[Unit], event: e.UnitDelivered | e.UnitPartial, n: int, now: int) -> None:
    unit = _move(units, event)
    unit.done_at = unit.done_at or now
    unit.arrived_fen = event.arrived_fen
    unit.account = event.account
    if isinstance(event, e.UnitDelivered):
        unit.trace_no = event.trace_no or unit.trace_no


def _start(units: list[Unit], event: e.UnitStarted, n: int, now: int) -> None:
    _move(units, event).progress_percent = event.progress_percent


def _fail(units: list[Unit], event: e.UnitFailed, n: int, now: int) -> None:
    unit = _move(units, event, "reversed" if event.why == "reversed" else "")
    unit.done_at = unit.done_at or now


def _work(units: list[Unit], event: Any, n: int, now: int) -> None:
    _move(units, event)


def _end(units: list[Unit], event: e.WorkEnded, n: int, now: int) -> None:
    unit = _move(units, event)
    unit.done_at = unit.done_at or now


def _ask_to_stop(units: list[Unit], event: e.CancelRequested, n: int, now: int) -> None:
    _move(units, event).stopping = True


def _stop(units: list[Unit], event: e.CancelAnswered, n: int, now: int) -> None:
    _move(units, event, "cancelled" if event.outcome == "cancelled" else "").stopping = False


def _reveal(units: list[Unit], event: e.CodeRevealed, n: int, now: int) -> None:
    _move(units, event).revealed_at = now


def _mask(units: list[Unit], event: e.MaskedSeen, n: int, now: int) -> None:
    _move(units, event).masked_at = now


def _miss(units: list[Unit], event: e.RevealFailed, n: int, now: int) -> None:
    _move(units, event).reveal_errors += 1


def _copy(units: list[Unit], event: e.CodeCopied, n: int, now: int) -> None:
    _move(units, event).copies += 1


def _hear(units: list[Unit], event: e.IssuerAnswered, n: int, now: int) -> None:
    unit = _move(units, event)
    if event.purpose == "delivery" and not unit.revealed_at:
        unit.at_delivery = event.status
    if event.face_fen >= 0:
        unit.face_fen = event.face_fen


def _check(units: list[Unit], event: e.IssuerChecked, n: int, now: int) -> None:
    unit = _move(units, event)
    if event.face_fen >= 0:
        unit.face_fen = event.face_fen
    unit.issuer_status = event.status
    unit.issuer_checked_at = now
    unit.activated_by = event.activated_by
    unit.activated_at = 0
    if event.activated_at:
        unit.activated_at = int(datetime.fromisoformat(event.activated_at).timestamp())


def _settle(units: list[Unit], event: e.CodeSettled, n: int, now: int) -> None:
    _move(units, event).settled = event.result


def _give_back(units: list[Unit], event: e.RefundDecided, n: int, now: int) -> None:
    if event.unit:
        units[event.unit - 1].refund_fen += event.amount_fen
        units[event.unit - 1].fee_fen += event.fee_fen


UNIT_FOLDS: Folds = {
    e.UnitQueued: _queue,
    e.SupplySent: _send,
    e.SupplyAnswered: _answer,
    e.UnitDelivered: _arrive,
    e.UnitPartial: _arrive,
    e.UnitStarted: _start,
    e.WorkStarted: _work,
    e.ProgressReported: _work,
    e.WorkStopped: _work,
    e.WorkDueSet: _work,
    e.WorkEnded: _end,
    e.LoginTried: _work,
    e.UnitFailed: _fail,
    e.CancelRequested: _ask_to_stop,
    e.CancelAnswered: _stop,
    e.CodeRevealed: _reveal,
    e.MaskedSeen: _mask,
    e.RevealFailed: _miss,
    e.CodeCopied: _copy,
    e.IssuerAnswered: _hear,
    e.IssuerChecked: _check,
    e.CodeSettled: _settle,
    e.RefundDecided: _give_back,
}
