"""The append functions are the only way to write an order: what the application's role may not do, and may."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from shopfloor import NOW, kinds, paid, rows, state, tamper
from tuidan.commands import dispute
from tuidan.store.manifest import TABLES

ORDER_TABLES = sorted(table for table in TABLES if table.startswith("orders_"))
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
ATTEMPTS = {
    "INSERT": "INSERT INTO orders_posting (order_id, n, event_n, debit, credit, amount_fen, currency) "
    "VALUES (%s, 1, 1, 'escrow', 'mine', 1, 'CNY')",
    "UPDATE": "UPDATE orders_order SET escrow_fen = 0 WHERE order_id = %s",
    "DELETE": "DELETE FROM orders_event WHERE order_id = %s",
    "TRUNCATE": "TRUNCATE orders_event",
    "LOCK": "SELECT 1 FROM orders_order WHERE order_id = %s FOR UPDATE",
    "DROP": "DROP FUNCTION orders_claim_trade_v1",
}


@pytest.mark.parametrize("table", ORDER_TABLES)
def test_the_application_may_only_read_a_table_of_orders(table: str) -> None:
    told = {what: rows("SELECT has_table_privilege(%s, %s)", table, what)[0][0] for what in WRITES}
    assert told == dict.fromkeys(WRITES, False)
    assert rows("SELECT has_any_column_privilege(%s, 'UPDATE')", table) == [(False,)]


@pytest.mark.parametrize("what", sorted(ATTEMPTS))
def test_an_attempt_to_write_around_the_append_is_refused(what: str) -> None:
    bought = paid()
    statement = ATTEMPTS[what]
    values = [bought.id] if "%s" in statement else []
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)


def test_the_same_statement_works_for_the_owner_so_it_is_the_role_that_protects() -> None:
    bought = paid()
    with transaction.atomic("owner"):
        assert tamper("DELETE FROM orders_event WHERE order_id = %s", bought.id) == 3
        transaction.set_rollback(True, "owner")
    assert len(kinds(bought)) == 3


def test_the_role_that_writes_is_no_superuser() -> None:
    found = rows(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'tuidan%%' ORDER BY 1"
    )
    assert found == [("tuidan_app", False, False), ("tuidan_owner", False, False)]
    assert rows("SELECT current_user::text") == [("tuidan_app",)]


def test_nobody_else_may_call_the_functions_that_write() -> None:
    found = rows(
        "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'orders%%' "
        "AND (NOT p.prosecdef OR p.proacl IS NULL OR p.proacl::text ~ '(\\{|,)=X')"
    )
    assert found == []


def test_a_temporary_table_of_the_same_name_deceives_no_append() -> None:
    bought = paid(goods_kind="service", delivery_mode="manual", stock_kind="", issuer="")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE orders_event (LIKE public.orders_event)")
    try:
        dispute.request_refund(bought.id, bought.buyer, 1, "no_reason", "r", NOW)
        assert rows("SELECT count(*) FROM pg_temp.orders_event") == [(0,)]
    finally:
        connection.close()
    assert "refund_requested" in kinds(bought)


def test_money_that_does_not_add_up_is_refused_by_the_row_itself() -> None:
    """The last line: even the owner cannot store totals that break an invariant which one row can see."""
    bought = paid()
    for wrong in (
        "escrow_fen = -1",
        "escrow_fen = escrow_fen + 1",
        "refunded_fen = 2 * received_fen",
        "status = 'released'",
    ):
        with pytest.raises(Exception, match="violates check constraint"), transaction.atomic("owner"):
            tamper(f"UPDATE orders_order SET {wrong} WHERE order_id = %s", bought.id)
    assert state(bought).totals.escrow == state(bought).price_fen()


def test_a_child_without_its_order_cannot_be_written() -> None:
    with pytest.raises(Exception, match="violates foreign key"), transaction.atomic("owner"):
        tamper("INSERT INTO orders_note (order_id, n, words) VALUES (%s, 1, 'x')", uuid4())
    assert rows("SELECT count(*) FROM orders_note WHERE n = 1 AND words = 'x'") == [(0,)]


def test_no_index_stands_on_a_column_that_a_command_changes() -> None:
    """Otherwise no update of the order's row is a heap-only one (ADR append-with-version)."""
    columns = rows(
        "SELECT DISTINCT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
        "AND a.attnum = ANY(i.indkey) WHERE i.indrelid = 'orders_order'::regclass"
    )
    assert columns == [("order_id",)]
