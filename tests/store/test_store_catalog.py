"""The migrated schema against the manifest and the rules S1-S7 and S15; and each rule against a planted breach."""

from collections.abc import Iterator

import pytest
from catalog_rules import (
    RULES,
    Rule,
    distributed_tables_have_no_sequence,
    distribution_columns_are_given_by_the_application,
    every_table_is_in_the_manifest,
    foreign_keys_stay_inside_one_order,
    there_are_no_triggers_and_no_rules,
    unique_indexes_contain_the_distribution_column,
)
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField
from psycopg import Connection

from tuidan.store.manifest import BY_ORDER, LOCAL, REFERENCE, TABLES

OUR_APPS = frozenset({"shared", "orders", "books", "stock", "boards"})


@pytest.fixture
def owner(database: str) -> Iterator[Connection]:
    """The owner's own connection, in a transaction that is thrown away."""
    connections["owner"].ensure_connection()
    connection: Connection = connections["owner"].connection
    with connection.transaction(force_rollback=True):
        yield connection


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_migrated_schema_keeps_the_rule(owner: Connection, rule: Rule) -> None:
    assert rule(owner, TABLES, "public") == []


BREACHES = [
    (every_table_is_in_the_manifest, "CREATE TABLE bad.extra (id int)", "extra is not in the manifest"),
    (every_table_is_in_the_manifest, "DROP TABLE bad.child", "child is in the manifest only"),
    (
        distribution_columns_are_given_by_the_application,
        "ALTER TABLE bad.child ALTER order_id SET DEFAULT gen_random_uuid()",
        "child.order_id must be NOT NULL without a default",
    ),
    (
        distribution_columns_are_given_by_the_application,
        "ALTER TABLE bad.child ALTER order_id TYPE text",
        "child.order_id is text, elsewhere uuid",
    ),
    (
        unique_indexes_contain_the_distribution_column,
        "CREATE UNIQUE INDEX planted ON bad.child (n) WHERE n > 5",
        "planted on child lacks order_id",
    ),
    (
        unique_indexes_contain_the_distribution_column,
        "ALTER TABLE bad.child DROP CONSTRAINT child_pkey",
        "child has no primary key",
    ),
    (
        foreign_keys_stay_inside_one_order,
        "ALTER TABLE bad.child ADD CONSTRAINT planted FOREIGN KEY (parent_id) REFERENCES bad.root",
        "planted leaves the shard",
    ),
    (
        foreign_keys_stay_inside_one_order,
        "ALTER TABLE bad.child ADD CONSTRAINT planted FOREIGN KEY (place) REFERENCES bad.node",
        "planted goes from distributed to local",
    ),
    (
        foreign_keys_stay_inside_one_order,
        "ALTER TABLE bad.child ADD CONSTRAINT planted FOREIGN KEY (place) REFERENCES bad.shared_shop",
        "planted points at shared_shop: a plain uuid column is meant",
    ),
    (
        foreign_keys_stay_inside_one_order,
        "ALTER TABLE bad.shared_shop ADD CONSTRAINT planted FOREIGN KEY (order_id) REFERENCES bad.root",
        "planted goes from reference to distributed",
    ),
    (
        foreign_keys_stay_inside_one_order,
        "ALTER TABLE bad.child ADD CONSTRAINT planted FOREIGN KEY (order_id) REFERENCES bad.root ON DELETE SET NULL",
        "planted sets columns on delete",
    ),
    (
        distributed_tables_have_no_sequence,
        "ALTER TABLE bad.child ALTER n ADD GENERATED ALWAYS AS IDENTITY",
        "child.n is counted by the database",
    ),
    (
        there_are_no_triggers_and_no_rules,
        "CREATE TRIGGER planted BEFORE UPDATE ON bad.child FOR EACH ROW "
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "planted on child",
    ),
    (
        there_are_no_triggers_and_no_rules,
        "CREATE RULE planted AS ON DELETE TO bad.child DO INSTEAD NOTHING",
        "planted on child",
    ),
]


@pytest.mark.parametrize(
    ("rule", "breach", "said"), BREACHES, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_planted_breach_is_named(owner: Connection, rule: Rule, breach: str, said: str) -> None:
    tables = {"root": BY_ORDER, "child": BY_ORDER, "node": LOCAL, "shared_shop": REFERENCE}
    owner.execute("CREATE SCHEMA bad")
    owner.execute("CREATE TABLE bad.root (order_id uuid PRIMARY KEY)")
    owner.execute(
        "CREATE TABLE bad.child (order_id uuid NOT NULL, n int NOT NULL, parent_id uuid, place int, "
        "PRIMARY KEY (order_id, n))"
    )
    owner.execute("CREATE TABLE bad.node (id int PRIMARY KEY)")
    owner.execute("CREATE TABLE bad.shared_shop (id int PRIMARY KEY, order_id uuid)")
    assert rule(owner, tables, "bad") == []
    owner.execute(breach)
    assert rule(owner, tables, "bad") == [said]


def test_migrations_give_up_a_lock_they_do_not_get() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("10s",)


def test_a_migration_adds_the_column_first_and_its_constraint_later() -> None:
    loader = MigrationLoader(None)
    breaches = [
        f"{app}.{name}: {operation.model_name}.{operation.name}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in OUR_APPS
        for operation in migration.operations
        if isinstance(operation, AddField)
        and (operation.field.unique or operation.field.is_relation or not _can_be_absent(operation))
    ]
    assert breaches == []


def _can_be_absent(operation: AddField) -> bool:
    """Old code, which does not know the column, must still be able to insert a row."""
    return operation.field.null or operation.field.has_db_default()
