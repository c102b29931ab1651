"""The misbehaviour asked for: a durable queue, each entry for the next N matching calls or notices.

A point is a method name (`alipay.trade.refund`), `notice.payment`, `notice.refund`, or a start with `*`.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import Any

from tuidan.connectors.payments.alipay.sandbox.store import Store

BEFORE_WORK = {
    "drop_before_work": "close the connection, nothing done",
    "timeout_before_work": "silent for `seconds` (30), then close; nothing done",
    "system_error": "40004 ACQ.SYSTEM_ERROR, nothing done",
    "unavailable": "20000, nothing done",
    "limited": "40005, nothing done",
    "refused": "40004 with `sub_code` (ACQ.TRADE_NOT_ALLOW_REFUND), nothing done",
    "balance_not_enough": "40004 ACQ.SELLER_BALANCE_NOT_ENOUGH, nothing done",
    "http_500": "status 500, nothing done",
    "garbage": "an HTML page with status 200, nothing done",
}
AT_WORK = {
    "pending": "refund accepted without fund_change, done after `seconds` (3)",
    "pending_then_failed": "refund accepted without fund_change, never done",
    "deposit_back": "refund done; its query tells deposit_back_info with `status` (S, F or P)",
}
AFTER_WORK = {
    "drop_after_work": "done, then the connection closes without an answer",
    "timeout_after_work": "done, then silent for `seconds` (30), then closed",
    "slow": "done, answered after `seconds` (2)",
    "system_error_after_work": "done, but the answer says ACQ.SYSTEM_ERROR",
    "unavailable_after_work": "done, but the answer says 20000",
    "no_fund_change": "done, code 10000, but fund_change is missing (or `value`)",
    "bad_signature": "done, answer signed with a wrong key",
    "unsigned": "done, answer without sign",
    "one_bit_wrong": "done, one bit of the answer turned after signing",
    "duplicate_key": "done, the answer holds a second, unsigned copy of the object",
    "huge": "done, answer of `bytes` (2,000,000)",
}
NOTICES = {
    "lost": "never sent",
    "late": "sent after `seconds` (5)",
    "doubled": "sent `copies` (2) times",
    "reordered": "held until another notice of its trade was sent, or `seconds` (5) passed",
    "forged": "first sent signed with a wrong key",
    "one_bit_wrong": "first sent with one bit turned after signing",
    "stale": "sent with a notify_time of 30 days ago, truly signed",
    "foreign_seller": "first sent truly signed for another seller_id",
    "foreign_app": "first sent truly signed for another app_id",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour to be shown now."""

    name: str
    options: dict[str, Any] = field(default_factory=dict)

    def seconds(self, usual: float) -> float:
        return float(self.options.get("seconds", usual))

    def text(self, name: str, usual: str) -> str:
        return str(self.options.get(name, usual))


class Faults:
    """The queue. Reads from memory, because each call asks; writes through to the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._waiting = store.all("SELECT * FROM faults WHERE left > 0 ORDER BY id")

    def add(self, point: str, fault: str, times: int, reference: str, options: dict[str, Any]) -> int:
        """Queue a fault. Raises ValueError for a name that does not belong to the point."""
        known = NOTICES if point.startswith("notice") else {**BEFORE_WORK, **AT_WORK, **AFTER_WORK}
        if fault not in known:
            raise ValueError(f"no fault {fault!r} at {point!r}; known: {', '.join(sorted(known))}")
        if times < 1:
            raise ValueError("times must be at least 1")
        with self._lock:
            fault_id = self._store.insert(
                "INSERT INTO faults (point, fault, reference, left, options) VALUES (?, ?, ?, ?, ?)",
                point,
                fault,
                reference,
                times,
                json.dumps(options),
            )
            self._waiting = self._store.all("SELECT * FROM faults WHERE left > 0 ORDER BY id")
        return fault_id

    def clear(self) -> None:
        """Forget all that is queued."""
        with self._lock:
            self._store.run("UPDATE faults SET left = 0 WHERE left > 0")
            self._waiting = []

    def take(self, point: str, *references: str) -> Fault | None:
        """The first queued fault for this point and any of these references; uses up one of its times."""
        if not self._waiting:
            return None
        with self._lock:
            for row in self._waiting:
                if _fits(row["point"], point) and row["reference"] in ("", *references):
                    row["left"] -= 1
                    self._store.run("UPDATE faults SET left = ? WHERE id = ?", row["left"], row["id"])
                    self._waiting = [kept for kept in self._waiting if kept["left"] > 0]
                    return Fault(row["fault"], json.loads(row["options"]))
        return None

    def waiting(self) -> list[dict[str, Any]]:
        """What is still queued."""
        with self._lock:
            return [dict(row) for row in self._waiting]


def _fits(pattern: str, point: str) -> bool:
    return point.startswith(pattern[:-1]) if pattern.endswith("*") else point == pattern
