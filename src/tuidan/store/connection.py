"""The psycopg connection under Django's, for the hot path: prepared statements and no wrapper around a cursor."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from django.db import OperationalError, connection


class OutcomeUnknown(Exception):
    """The database could not be reached, or the line broke: a write may have been committed, or may still be."""


def fetch_one(query: str, params: Sequence[object]) -> tuple | None:
    """Run one statement in its own transaction and give its first row; raises OutcomeUnknown when the line broke."""
    return _run(query, params).fetchone()


def fetch_all(query: str, params: Sequence[object]) -> list[tuple]:
    """Run one statement in its own transaction and give its rows; raises OutcomeUnknown when the line broke."""
    return _run(query, params).fetchall()


def run(query: str, params: Sequence[object]) -> None:
    """Run one statement that gives nothing."""
    _run(query, params)


def _run(query: str, params: Sequence[object]) -> psycopg.Cursor[tuple]:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise OutcomeUnknown(str(error)) from error
    line: psycopg.Connection = connection.connection
    cursor = psycopg.Cursor(line)
    try:
        return cursor.execute(query, params, prepare=True)  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        if line.closed or line.broken:
            connection.close()
            raise OutcomeUnknown(str(error)) from error
        raise


def close() -> None:
    """Let go of this thread's connection; the next statement opens a new one."""
    connection.close()


__all__ = ["OutcomeUnknown", "close", "fetch_all", "fetch_one", "run"]
