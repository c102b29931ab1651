"""The psycopg connection under Django's, for the hot path: prepared statements and no wrapper around a cursor."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from psycopg.pq import DiagnosticField, ExecStatus, Format
from psycopg.pq.abc import PGresult

# psycopg throws all prepared statements away after a rollback, without telling.
LOST_STATEMENT, KNOWN_STATEMENT = b"26000", b"42P05"
NOTHING_FAILED = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})
BINARY = [Format.BINARY] * 64
# Django's connection of each thread: asking Django for it costs more than a value to read. And what is prepared on it.
_HERE = threading.local()


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
    line = _line()
    cursor = psycopg.Cursor(line)
    try:
        return cursor.execute(query, params, prepare=True)  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        _let_go_if_broken(line, error)
        raise


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the hot path: its name on every connection, and its text with $1, $2, …"""

    name: bytes
    text: bytes


@dataclass(slots=True)
class Question:
    """A statement asked along with another, in the same round trip; `answer` is its first row, None for none."""

    statement: Statement
    params: Sequence[bytes | None]
    answer: list[bytes | None] | None = None


def fetch_one_with(
    statement: Statement, params: Sequence[bytes | None], beside: Question
) -> list[bytes | None] | None:
    """Like fetch_one_binary, and `beside` gets its answer on the way: neither may write."""
    line = _line()
    if not line.autocommit:
        beside.answer = fetch_one_binary(beside.statement, beside.params)
        return fetch_one_binary(statement, params)
    try:
        first, second = _together(line, Question(statement, params), beside)
    except psycopg.OperationalError as error:
        _let_go_if_broken(line, error)
        raise
    beside.answer = _first_row(second)
    return _first_row(first)


def _together(line: psycopg.Connection, *asked: Question) -> list[PGresult]:
    for question in asked:
        if question.statement.name not in _prepared_on(line):
            _prepare(line, question.statement)
    results = _in_pipeline(line, asked)
    if any(result.error_field(DiagnosticField.SQLSTATE) == LOST_STATEMENT for result in results):
        for question in asked:
            _prepare(line, question.statement)
        results = _in_pipeline(line, asked)
    return [_checked(line, result) for result in results]


def _in_pipeline(line: psycopg.Connection, asked: Sequence[Question]) -> list[PGresult]:
    """Send all, then read all. Only a broken line leaves the pipeline open, and it is let go."""
    here, found = line.pgconn, []
    here.enter_pipeline_mode()
    for question in asked:
        formats = BINARY[: len(question.params)]
        here.send_query_prepared(question.statement.name, question.params, formats, Format.BINARY)  # type: ignore[arg-type]
    here.pipeline_sync()
    while True:
        result = here.get_result()
        if result is not None and result.status == ExecStatus.PIPELINE_SYNC:
            break
        if result is not None:
            found.append(result)
        elif line.closed:
            raise psycopg.OperationalError(here.get_error_message(line.info.encoding))
    here.exit_pipeline_mode()
    return found


def _first_row(result: PGresult) -> list[bytes | None] | None:
    if not result.ntuples:
        return None
    return [result.get_value(0, column) for column in range(result.nfields)]


def fetch_one_binary(statement: Statement, params: Sequence[bytes | None]) -> list[bytes | None] | None:
    """Like fetch_one with values in binary form (`wire.py`) both ways: a third of the cost of a cursor."""
    return _first_row(_run_binary(statement, params))


def fetch_all_binary(statement: Statement, params: Sequence[bytes | None]) -> list[list[bytes | None]]:
    """Like fetch_one_binary, with all rows."""
    result = _run_binary(statement, params)
    value, columns = result.get_value, range(result.nfields)
    return [[value(row, column) for column in columns] for row in range(result.ntuples)]


def _run_binary(statement: Statement, params: Sequence[bytes | None]) -> PGresult:
    line = _line()
    formats = BINARY[: len(params)]
    try:
        if not line.autocommit:
            # A transaction that Django holds: psycopg must send its BEGIN, and a lost name would end it.
            line.execute("SELECT")
            result = line.pgconn.exec_params(statement.text, params, None, formats, Format.BINARY)
        else:
            if statement.name not in _prepared_on(line):
                _prepare(line, statement)
            result = line.pgconn.exec_prepared(statement.name, params, formats, Format.BINARY)  # type: ignore[arg-type]
            if result.error_field(DiagnosticField.SQLSTATE) == LOST_STATEMENT:
                _prepare(line, statement)
                result = line.pgconn.exec_prepared(statement.name, params, formats, Format.BINARY)  # type: ignore[arg-type]
        return _checked(line, result)
    except psycopg.OperationalError as error:
        _let_go_if_broken(line, error)
        raise


def _prepare(line: psycopg.Connection, statement: Statement) -> None:
    result = line.pgconn.prepare(statement.name, statement.text)
    if result.error_field(DiagnosticField.SQLSTATE) != KNOWN_STATEMENT:
        _checked(line, result)
    _prepared_on(line).add(statement.name)


def _prepared_on(line: psycopg.Connection) -> set[bytes]:
    """The names of what this thread's connection has prepared; a new one starts with none."""
    if getattr(_HERE, "line", None) is not line:
        _HERE.line, _HERE.prepared = line, set()
    names: set[bytes] = _HERE.prepared
    return names


def _checked(line: psycopg.Connection, result: PGresult) -> PGresult:
    """The result, or the error that it is."""
    if result.status not in NOTHING_FAILED:
        if line.closed:
            raise psycopg.OperationalError(result.get_error_message(line.info.encoding))
        raise psycopg.errors.error_from_result(result, line.info.encoding)
    return result


def _line() -> psycopg.Connection:
    """This thread's connection below Django's, opened where there is none."""
    try:
        under = _HERE.connection
    except AttributeError:
        under = _HERE.connection = connections[DEFAULT_DB_ALIAS]
    if under.connection is None:
        try:
            under.ensure_connection()
        except OperationalError as error:
            raise OutcomeUnknown(str(error)) from error
    line: psycopg.Connection = under.connection
    return line


def _let_go_if_broken(line: psycopg.Connection, error: psycopg.OperationalError) -> None:
    """Raise OutcomeUnknown when the line broke; the next statement opens a new one."""
    if line.closed or line.broken:
        connection.close()
        raise OutcomeUnknown(str(error)) from error


def close() -> None:
    """Let go of this thread's connection; the next statement opens a new one."""
    connection.close()


__all__ = [
    "OutcomeUnknown",
    "Question",
    "Statement",
    "close",
    "fetch_all",
    "fetch_all_binary",
    "fetch_one",
    "fetch_one_binary",
    "fetch_one_with",
    "run",
]
