"""A sandbox's books: one SQLite file, one connection under one lock. Survives a restart and a kill."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Values = tuple[Any, ...]


class SandboxBooks:
    """Rows as dicts. Simple, and quick enough for some thousand orders."""

    def __init__(self, path: Path, schema: str) -> None:
        self.lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + schema)

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction; inside another it is part of that one."""
        with self.lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement; how many rows it changed."""
        with self.lock:
            return self._db.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[Values]) -> int:
        """Run one statement for each of the rows; how many it changed in all."""
        with self.change():
            before = self._db.total_changes
            self._db.executemany(sql, rows)
            return self._db.total_changes - before

    def rows(self, sql: str, values: Values = ()) -> list[dict[str, Any]]:
        """All rows."""
        with self.lock:
            return [dict(row) for row in self._db.execute(sql, values)]

    def row(self, sql: str, values: Values = ()) -> dict[str, Any] | None:
        """The first row, or None."""
        return next(iter(self.rows(sql, values)), None)

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self._db.close()
