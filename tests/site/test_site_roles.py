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
