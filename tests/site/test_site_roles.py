"""The two database roles: what the application may do, and what only the owner may."""

import psycopg
import pytest
from django.db import connection, connections


def test_the_application_runs_as_its_own_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("tuidan_app", False)


def test_the_owner_of_the_tables_is_no_superuser() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("tuidan_owner", False)


def test_the_application_can_create_no_table() -> None:
    with connection.cursor() as cursor, pytest.raises(Exception) as caught:
        cursor.execute("CREATE TABLE mine (id int)")
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_statements_are_prepared_after_a_few_executions() -> None:
    connection.close()
    with connection.cursor() as cursor:
        for _ in range(7):
            cursor.execute("SELECT %s::int + 41", [1])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%+ 41%%'")
        assert cursor.fetchone() == (1,)


def test_a_fresh_database_is_another_one_and_is_migrated(fresh_database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), count(*) FROM django_migrations")
        name, migrations = cursor.fetchone()
    assert name == fresh_database
    assert migrations > 10


def test_the_application_writes_no_table_of_an_order_itself() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, has_table_privilege(oid, 'SELECT'), "
            "has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') "
            "OR has_any_column_privilege(oid, 'INSERT, UPDATE') FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname LIKE 'orders\\_%%'"
        )
        tables = cursor.fetchall()
    assert tables
    assert [row for row in tables if row[1:] != (True, False)] == []


def test_every_function_that_acts_as_the_owner_fixes_its_search_path() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, coalesce(array_to_string(proconfig, ' '), '') FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        )
        functions = cursor.fetchall()
    assert functions
    assert [name for name, settings in functions if "search_path=" not in settings] == []


def test_only_the_application_may_execute_the_functions_of_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, has_function_privilege('tuidan_app', p.oid, 'EXECUTE'), "
            "EXISTS (SELECT FROM aclexplode(p.proacl) WHERE grantee = 0) OR p.proacl IS NULL FROM pg_proc p "
            "JOIN pg_roles r ON r.oid = p.proowner AND r.rolname = 'tuidan_owner' "
            "WHERE p.pronamespace = 'public'::regnamespace"
        )
        functions = cursor.fetchall()
    assert functions
    assert [row for row in functions if row[1:] != (True, False)] == []
