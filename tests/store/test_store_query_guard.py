"""The query guard itself: what it lets pass, what it names, and that it sees cursors below Django."""

import psycopg
import pytest
from django.db import connection
from psycopg import sql

import query_guard

KEPT = [
    "SELECT * FROM stock_code WHERE state = 'free'",
    "UPDATE stock_code SET state = %s WHERE listing_id = %s AND code_id = %s",
    'UPDATE "stock_code" SET "state" = %s WHERE ("stock_code"."code_id" = %s AND "stock_code"."listing_id" = %s)',
    "DELETE FROM stock_free f WHERE (f.listing_id, f.code_id) IN (SELECT a, b FROM given)",
    "UPDATE stock_code c SET state = g.state FROM given g WHERE g.listing_id = c.listing_id",
    "SELECT 1 FROM stock_code WHERE listing_id = ANY (%s) ORDER BY listing_id FOR UPDATE SKIP LOCKED",
    "DELETE FROM stock_free f WHERE f.listing_id = p AND f.code_id = (SELECT g.code_id FROM stock_free g "
    "WHERE g.listing_id = p ORDER BY g.code_id LIMIT 1 FOR UPDATE SKIP LOCKED)",
    "INSERT INTO stock_claim (listing_id, unit) VALUES (%s, %s) ON CONFLICT (listing_id) DO UPDATE SET unit = 1",
    "UPDATE django_session SET expire_date = now()",
    "SELECT 'UPDATE stock_code SET state = 1', now()",
    "UPDATE shared_listing SET title = %s WHERE id = %s",
]
BROKEN = [
    (
        "UPDATE stock_code SET state = %s WHERE code_id = %s",
        "S10: stock_code is changed without listing_id =",
    ),
    ("DELETE FROM stock_free", "S10: stock_free is changed without listing_id ="),
    ("DELETE FROM stock_free WHERE listing_id > %s", "S10: stock_free is changed without listing_id ="),
    (
        "WITH gone AS (DELETE FROM stock_free WHERE code_id = %s RETURNING 1) "
        "SELECT * FROM stock_code WHERE listing_id = %s",
        "S10: stock_free is changed without listing_id =",
    ),
    (
        "SELECT code_id FROM stock_free ORDER BY code_id LIMIT 1 FOR UPDATE SKIP LOCKED",
        "S10: rows of stock_free are locked without listing_id =",
    ),
    (
        "UPDATE stock_code SET changed_at = now() WHERE listing_id = %s",
        "S11: stock_code is changed with the database's own clock or chance",
    ),
    (
        "INSERT INTO stock_claim (listing_id, unit) VALUES (%s, (SELECT max(unit) FROM stock_claim))",
        "S11: a value inserted into stock_claim is a sub-select",
    ),
    (
        "INSERT INTO stock_claim (listing_id) VALUES (%s) ON CONFLICT (listing_id) DO UPDATE SET claimed_at = now()",
        "S11: a conflict or answer of stock_claim takes the database's own clock or chance",
    ),
    (
        "UPDATE stock_code SET state = %s, listing_id = %s WHERE listing_id = %s AND code_id = %s",
        "S2: stock_code.listing_id is changed",
    ),
    ("SELECT pg_advisory_xact_lock(1)", "S14: an advisory lock is known to one node only"),
]


@pytest.mark.parametrize("statement", KEPT)
def test_a_statement_that_names_its_shard_passes(statement: str) -> None:
    assert query_guard.breaches(statement) == ()


@pytest.mark.parametrize(("statement", "breach"), BROKEN)
def test_a_statement_that_breaks_a_rule_is_named(statement: str, breach: str) -> None:
    assert query_guard.breaches(statement) == (breach,)


def test_a_cursor_taken_below_django_is_seen() -> None:
    connection.ensure_connection()
    raw: psycopg.Connection = connection.connection
    statement = sql.SQL("DELETE FROM {} WHERE false").format(sql.Identifier("stock_free"))
    with query_guard.watching() as seen:
        raw.execute(statement)
        with raw.cursor() as cursor:
            cursor.executemany("DELETE FROM stock_free WHERE code_id = %s", [])
    assert [line.split(":")[0] for line in seen] == ["S10", "S10"]


def test_every_function_of_the_schema_keeps_the_rules() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner "
            "WHERE p.pronamespace = 'public'::regnamespace AND r.rolname = 'tuidan_owner'"
        )
        functions = cursor.fetchall()
    assert functions
    found = {name: query_guard.breaches(source) for name, source in functions}
    assert {name: broken for name, broken in found.items() if broken} == {}
