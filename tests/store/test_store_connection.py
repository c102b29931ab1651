"""Two statements in one round trip: each gets its own row, and no trouble of one leaves the line unusable."""

from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import connection as django_line
from django.db import transaction

from tuidan.store import connection, wire
from tuidan.store.boards.history import history_question, history_told
from tuidan.store.connection import Question, Statement, fetch_one_binary, fetch_one_with

ADD = Statement(b"test_add", b"SELECT $1::bigint + 1")
NONE = Statement(b"test_none", b"SELECT 1 WHERE $1::bigint < 0")
BAD = Statement(b"test_bad", b"SELECT 1 / $1::bigint")


def test_each_of_two_statements_gets_its_own_row() -> None:
    beside = Question(ADD, (wire.int8(41),))
    assert fetch_one_with(ADD, (wire.int8(1),), beside) == [wire.int8(2)]
    assert beside.answer == [wire.int8(42)]


def test_no_row_is_none_and_the_other_still_gets_its_own() -> None:
    beside = Question(NONE, (wire.int8(1),))
    assert fetch_one_with(ADD, (wire.int8(1),), beside) == [wire.int8(2)]
    assert beside.answer is None


def test_an_error_of_either_is_raised_and_the_line_goes_on() -> None:
    for first, second in ((BAD, ADD), (ADD, BAD)):
        with pytest.raises(psycopg.Error):
            fetch_one_with(first, (wire.int8(0),), Question(second, (wire.int8(0),)))
        assert fetch_one_binary(ADD, (wire.int8(1),)) == [wire.int8(2)]


def test_statements_that_the_server_has_forgotten_are_prepared_again() -> None:
    fetch_one_with(ADD, (wire.int8(1),), Question(NONE, (wire.int8(1),)))
    with django_line.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    beside = Question(NONE, (wire.int8(-1),))
    assert fetch_one_with(ADD, (wire.int8(1),), beside) == [wire.int8(2)]
    assert beside.answer is not None


def test_a_line_that_breaks_leaves_the_outcome_unknown_and_the_next_statement_works() -> None:
    with django_line.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    dsn = django_line.connection.info.dsn
    with psycopg.connect(dsn, password=django_line.settings_dict["PASSWORD"] or None) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (pid,))
    with pytest.raises(connection.OutcomeUnknown):
        fetch_one_with(ADD, (wire.int8(1),), Question(ADD, (wire.int8(2),)))
    assert fetch_one_binary(ADD, (wire.int8(1),)) == [wire.int8(2)]


def test_inside_a_transaction_both_are_asked_one_after_the_other() -> None:
    asked = history_question(uuid4(), datetime(2026, 11, 3, tzinfo=UTC))
    with transaction.atomic():
        assert fetch_one_with(ADD, (wire.int8(1),), asked) == [wire.int8(2)]
    assert history_told(asked.answer) == (0, 0, 0)
