"""Values in binary form: PostgreSQL reads what was meant, and a forgotten statement is prepared again."""

from datetime import timedelta, timezone
from uuid import uuid4

import psycopg
import pytest
from django.db import connection as django_connection
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tuidan.store import connection, wire
from tuidan.store.connection import Statement

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
INT8 = st.integers(-(2**63), 2**63 - 1)
ECHO = Statement(b"test_echo", b"SELECT $1::bigint")


def read_as(kind: str, data: bytes | None) -> object:
    """The value as psycopg reads it back from PostgreSQL."""
    statement = Statement(f"test_{kind}".encode(), f"SELECT ($1::{kind})::text".encode())
    row = connection.fetch_one_binary(statement, [data])
    assert row is not None
    return connection.fetch_one(
        f"SELECT %s::text::{kind}", [row[0].decode() if row[0] is not None else None]
    )[0]  # type: ignore[index]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(INT8, max_size=6),
    st.lists(st.none() | TEXT, max_size=6),
    st.lists(st.none() | st.binary(), max_size=6),
)
def test_arrays_arrive_as_they_were_sent(
    numbers: list[int], texts: list[str | None], blobs: list[bytes | None]
) -> None:
    assert read_as("bigint[]", wire.int8_array(numbers)) == numbers
    assert read_as("text[]", wire.text_array(texts)) == texts
    assert read_as("bytea[]", wire.bytea_array(blobs)) == blobs
    assert read_as("text[]", wire.word_array(texts)) == texts


@settings(max_examples=30, deadline=None)
@given(INT8, st.integers(-3_000_000_000_000_000, 6_000_000_000_000_000), st.sampled_from([0, 8]))
def test_numbers_and_moments_arrive_to_the_microsecond(number: int, since: int, hours: int) -> None:
    moment = (wire.EPOCH + timedelta(microseconds=since)).astimezone(timezone(timedelta(hours=hours)))
    assert read_as("timestamptz", wire.moment(moment)) == moment
    assert read_as("bigint", wire.int8(number)) == number
    assert wire.read_int(wire.int8(number)) == number


def test_ids_arrive_in_their_order() -> None:
    ids = [uuid4() for _ in range(5)]
    assert read_as("uuid[]", wire.uuid_array([each.bytes for each in ids])) == ids


def test_hashes_arrive_in_their_order_and_only_whole_ones_leave() -> None:
    hashes = [bytes([n]) * 32 for n in range(3)]
    assert read_as("bytea[]", wire.hash_array(hashes)) == hashes
    assert read_as("bytea[]", wire.hash_array([])) == []
    with pytest.raises(ValueError, match="32 bytes"):
        wire.hash_array([*hashes, bytes(31)])


def test_nothing_is_null() -> None:
    assert read_as("bigint", None) is None


def test_a_statement_that_the_server_forgot_is_prepared_again() -> None:
    assert connection.fetch_one_binary(ECHO, [wire.int8(1)]) == [wire.int8(1)]
    connection.run("DEALLOCATE ALL", [])
    assert connection.fetch_one_binary(ECHO, [wire.int8(2)]) == [wire.int8(2)]


def test_inside_a_transaction_a_statement_belongs_to_it() -> None:
    with transaction.atomic():
        connection.fetch_one_binary(ECHO, [wire.int8(1)])
        line = django_connection.connection
        assert line.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS
        transaction.set_rollback(True)
    assert connection.fetch_one_binary(ECHO, [wire.int8(3)]) == [wire.int8(3)]


def test_an_error_of_the_server_keeps_its_class() -> None:
    broken = Statement(b"test_division", b"SELECT 1 / $1::bigint")
    with pytest.raises(psycopg.errors.DivisionByZero):
        connection.fetch_one_binary(broken, [wire.int8(0)])
    assert connection.fetch_one_binary(broken, [wire.int8(1)]) == [wire.int8(1)]
