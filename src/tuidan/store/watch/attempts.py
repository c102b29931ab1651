"""Counters that all processes share: one statement counts, so that nobody slips between reading and writing."""

from __future__ import annotations

from datetime import datetime, timedelta

from tuidan.store import connection

COUNT = """
INSERT INTO watch_attempt (name, count, until) VALUES (%s, 1, %s)
ON CONFLICT (name) DO UPDATE SET
    count = CASE WHEN watch_attempt.until <= %s THEN 1 ELSE watch_attempt.count + 1 END,
    until = CASE WHEN watch_attempt.until <= %s THEN excluded.until ELSE watch_attempt.until END
RETURNING count
"""
READ = "SELECT count FROM watch_attempt WHERE name = %s AND until > %s"


def count_attempt(name: bytes, now: datetime, within: timedelta) -> int:
    """One more; gives how many there were since the first of this span."""
    row = connection.fetch_one(COUNT, (name, now + within, now, now))
    assert row is not None
    return int(row[0])


def attempts(name: bytes, now: datetime) -> int:
    """How many there were in the span that runs; 0 when none does."""
    row = connection.fetch_one(READ, (name, now))
    return int(row[0]) if row else 0


def forget_attempts(before: datetime) -> None:
    """Take away the counters whose span ended before this moment."""
    connection.run("DELETE FROM watch_attempt WHERE until < %s", (before,))
