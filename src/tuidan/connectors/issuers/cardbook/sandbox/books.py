"""The sandbox's books in SQLite: codes by their digest, credits by reference, troubles. Survives a restart."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tuidan.connectors.sandboxing.books import SandboxBooks

SCHEMA = """
CREATE TABLE IF NOT EXISTS codes (digest TEXT PRIMARY KEY, status TEXT, activated_at INT, activated_by TEXT)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS faces (digest TEXT PRIMARY KEY, face_fen INT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS revocables (reference TEXT PRIMARY KEY, revocable INT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS credits (credit_id TEXT PRIMARY KEY, reference TEXT, account TEXT, ordered_fen INT,
  arrived_fen INT, credited_at INT, reversed_at INT);
CREATE INDEX IF NOT EXISTS credits_reference ON credits (reference);
CREATE TABLE IF NOT EXISTS troubles (id INTEGER PRIMARY KEY, kind TEXT, digest TEXT, reference TEXT,
  remaining INT, seconds REAL);
CREATE TABLE IF NOT EXISTS questions (path TEXT, at REAL);
CREATE TABLE IF NOT EXISTS nonces (nonce TEXT PRIMARY KEY, at REAL) WITHOUT ROWID;
"""
CODE_STATES = ("unused", "activated", "invalid", "locked", "unknown")
TROUBLES = ("down", "slow", "unknown", "forged", "drop", "garbage", "old_answer")


def digest(code: str) -> str:
    """How a code is named on the wire and in the books: SHA-256, hex."""
    return hashlib.sha256(code.encode("utf-8")).hexdigest()


class Books(SandboxBooks):
    """Codes, credits and troubles of one issuer."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA)

    def register(self, codes: Iterable[str], status: str) -> int:
        """Put codes in, all in one state; codes that are known keep theirs. Returns how many are new."""
        return self.run_many(
            "INSERT OR IGNORE INTO codes VALUES (?, ?, NULL, NULL)",
            ((digest(code), status) for code in codes),
        )

    def set_code(
        self,
        code: str,
        status: str,
        activated_at: int | None,
        activated_by: str | None,
        face_fen: int | None = None,
    ) -> None:
        """Change one code, or put it in. `activated_at` in Unix milliseconds; `face_fen` is what it is worth."""
        if status not in CODE_STATES:
            raise ValueError(f"{status!r} is not one of {', '.join(CODE_STATES)}")
        self.run(
            "INSERT INTO codes VALUES (?,?,?,?) ON CONFLICT (digest) DO UPDATE SET status = excluded.status,"
            " activated_at = excluded.activated_at, activated_by = excluded.activated_by",
            (digest(code), status, activated_at, activated_by),
        )
        if face_fen is not None:
            self.run("INSERT OR REPLACE INTO faces VALUES (?, ?)", (digest(code), face_fen))

    def codes(self, digests: list[str]) -> list[dict[str, Any]]:
        """What we know of each. A code that was never issued is invalid."""
        found = []
        with self.lock:
            for wanted in digests:
                row = self.rows(
                    "SELECT * FROM codes LEFT JOIN faces USING (digest) WHERE digest = ?", (wanted,)
                )
                known = row[0] if row else {"digest": wanted, "status": "invalid"}
                found.append({name: value for name, value in known.items() if value is not None})
        return found

    def credit(self, report: dict[str, Any]) -> None:
        """Write down one credit (times in Unix seconds); the same `credit_id` again changes that credit."""
        self.run(
            "INSERT INTO credits VALUES (?,?,?,?,?,?,?) ON CONFLICT (credit_id) DO UPDATE SET"
            " account = excluded.account, arrived_fen = excluded.arrived_fen, reversed_at = excluded.reversed_at",
            (
                report.get("credit_id") or report["reference"], report["reference"], report["account"],
                report["ordered_fen"], report["arrived_fen"], report.get("credited_at") or int(time.time()),
                report.get("reversed_at"),
            ),
        )  # fmt: skip

        if report.get("revocable") is not None:
            self.run(
                "INSERT OR REPLACE INTO revocables VALUES (?, ?)",
                (report["reference"], int(report["revocable"])),
            )

    def credit_status(self, reference: str) -> dict[str, Any]:
        """All credits of one reference taken together."""
        rows = self.rows("SELECT * FROM credits WHERE reference = ? ORDER BY credited_at", (reference,))
        if not rows:
            return {"reference": reference, "status": "not_credited", "arrived_fen": 0}
        standing = [row for row in rows if row["reversed_at"] is None]
        last, arrived = rows[-1], sum(row["arrived_fen"] for row in standing)
        answer = {
            "reference": reference,
            "account": last["account"],
            "ordered_fen": last["ordered_fen"],
            "arrived_fen": arrived,
            "credited_at": last["credited_at"] * 1000,
        }
        for row in self.rows("SELECT revocable FROM revocables WHERE reference = ?", (reference,)):
            answer["revocable"] = bool(row["revocable"])
        if not standing:
            return {**answer, "status": "reversed", "reversed_at": last["reversed_at"] * 1000}
        if arrived == 0:
            return {**answer, "status": "not_credited"}
        return {**answer, "status": "credited" if arrived >= last["ordered_fen"] else "partial"}

    def trouble(self, digests: list[str], reference: str) -> dict[str, Any] | None:
        """The newest trouble that fits this question; one for the next N questions counts down."""
        with self.lock:
            for row in self.rows(
                "SELECT * FROM troubles WHERE remaining IS NULL OR remaining > 0 ORDER BY id DESC"
            ):
                if (row["digest"] is None or row["digest"] in digests) and (
                    row["reference"] is None or row["reference"] == reference
                ):
                    self.run("UPDATE troubles SET remaining = remaining - 1 WHERE id = ?", (row["id"],))
                    return row
        return None

    def first_use(self, nonce: str, now: float) -> bool:
        """False when this nonce was used in the last ten minutes."""
        self.run("DELETE FROM nonces WHERE at < ?", (now - 600,))
        return self.run("INSERT OR IGNORE INTO nonces VALUES (?, ?)", (nonce, now)) == 1
