"""The sandbox's memory: one SQLite file, one writer at a time, kept across restarts and kills."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SELLER_ID = "2088721000000001"
APP_ID = "2021000100000001"
SELLER_START_FEN = 100_000_00

PAYERS = (
    ("2088102100000011", "zha***@example.com", "张*明", 5_000_00),
    ("2088102100000022", "138****2022", "李*华", 3_000_00),
    ("2088102100000033", "wan***@example.com", "王*", 20_000_00),
    ("2088102100000044", "139****4404", "赵*敏", 8_80),
)

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
  user_id TEXT PRIMARY KEY, logon TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  balance_fen INTEGER NOT NULL CHECK (balance_fen >= 0));
CREATE TABLE IF NOT EXISTS trades (
  id INTEGER PRIMARY KEY, out_trade_no TEXT NOT NULL UNIQUE, trade_no TEXT NOT NULL UNIQUE,
  token TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  status TEXT NOT NULL, notify_url TEXT NOT NULL, return_url TEXT NOT NULL,
  expires_at REAL, created_at REAL NOT NULL, paid_at REAL, closed_at REAL, payer_id TEXT,
  refunded_fen INTEGER NOT NULL DEFAULT 0 CHECK (refunded_fen BETWEEN 0 AND amount_fen),
  refund_calls INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS refunds (
  out_trade_no TEXT NOT NULL, out_request_no TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), reason TEXT NOT NULL,
  status TEXT NOT NULL, due_at REAL, done_at REAL, deposit_back TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (out_trade_no, out_request_no));
CREATE INDEX IF NOT EXISTS refunds_pending ON refunds (due_at) WHERE status = 'pending';
CREATE TABLE IF NOT EXISTS notices (
  id INTEGER PRIMARY KEY, notify_id TEXT NOT NULL, out_trade_no TEXT NOT NULL, kind TEXT NOT NULL,
  url TEXT NOT NULL, fields TEXT NOT NULL, due_at REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL, fault TEXT NOT NULL DEFAULT '', last_answer TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS notices_due ON notices (due_at) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS notices_held ON notices (id) WHERE state = 'held';
CREATE INDEX IF NOT EXISTS notices_trade ON notices (out_trade_no);
CREATE TABLE IF NOT EXISTS faults (
  id INTEGER PRIMARY KEY, point TEXT NOT NULL, fault TEXT NOT NULL, reference TEXT NOT NULL,
  left INTEGER NOT NULL, options TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS complaints (
  number TEXT PRIMARY KEY, out_trade_no TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
  content TEXT NOT NULL, created_at REAL NOT NULL, finished_at REAL, said TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS settlements (out_trade_no TEXT PRIMARY KEY, at REAL);
CREATE TABLE IF NOT EXISTS calls (method TEXT PRIMARY KEY, count INTEGER NOT NULL);
"""


class Store:
    """Rows as dicts; every change inside `transaction()`, which also serialises the threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        # Survives a killed process; only a power cut may lose the last commits, and this is a sandbox.
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(SCHEMA)
        with self.transaction():
            self.run(
                "INSERT OR IGNORE INTO accounts VALUES (?, ?, ?, 'seller', ?)",
                SELLER_ID,
                "sho***@example.com",
                "退单商城",
                SELLER_START_FEN,
            )
            for payer in PAYERS:
                self.run("INSERT OR IGNORE INTO accounts VALUES (?, ?, ?, 'payer', ?)", *payer)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one thread at a time; not nested."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> int:
        """Run one statement; how many rows it changed."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def insert(self, sql: str, *values: Any) -> int:
        """Run one INSERT; the new row's id."""
        with self._lock:
            return self._db.execute(sql, values).lastrowid or 0

    def one(self, sql: str, *values: Any) -> dict[str, Any] | None:
        """The first row, or None."""
        with self._lock:
            row = self._db.execute(sql, values).fetchone()
        return dict(row) if row is not None else None

    def all(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """All rows."""
        with self._lock:
            return [dict(row) for row in self._db.execute(sql, values).fetchall()]

    def close(self) -> None:
        with self._lock:
            self._db.close()
