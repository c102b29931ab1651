"""The schema rules S1-S7 as questions to the catalog of a migrated database. Each answers with its breaches."""

from collections.abc import Callable, Mapping

from psycopg import Connection

from tuidan.store.manifest import NEVER_REFERENCED_BY_ORDERS, Table

Rule = Callable[[Connection, Mapping[str, Table], str], list[str]]


def _distributed(tables: Mapping[str, Table]) -> dict[str, str]:
    return {name: table.column for name, table in tables.items() if table.column}


def every_table_is_in_the_manifest(
    connection: Connection, tables: Mapping[str, Table], schema: str
) -> list[str]:
    """S1, in both directions."""
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p')",
        [schema],
    )
    present = {name for (name,) in rows}
    missing = [f"{name} is not in the manifest" for name in sorted(present - set(tables))]
    return missing + [f"{name} is in the manifest only" for name in sorted(set(tables) - present)]


def distribution_columns_are_given_by_the_application(
    connection: Connection, tables: Mapping[str, Table], schema: str
) -> list[str]:
    """S2: NOT NULL, no default, one type everywhere; order_id is a uuid."""
    breaches: list[str] = []
    types: dict[str, str] = {"order_id": "uuid"}
    for name, column in sorted(_distributed(tables).items()):
        row = connection.execute(
            "SELECT format_type(atttypid, atttypmod), attnotnull, atthasdef FROM pg_attribute a "
            "JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE c.relnamespace = %s::regnamespace AND c.relname = %s AND a.attname = %s AND NOT attisdropped",
            [schema, name, column],
        ).fetchone()
        if row is None:
            breaches.append(f"{name} has no column {column}")
            continue
        if types.setdefault(column, row[0]) != row[0]:
            breaches.append(f"{name}.{column} is {row[0]}, elsewhere {types[column]}")
        if not row[1] or row[2]:
            breaches.append(f"{name}.{column} must be NOT NULL without a default")
    return breaches


def unique_indexes_contain_the_distribution_column(
    connection: Connection, tables: Mapping[str, Table], schema: str
) -> list[str]:
    """S3: primary, unique and exclusion, partial ones too; and every distributed table has a primary key."""
    rows = connection.execute(
        "SELECT c.relname, i.relname, x.indisprimary, "
        "ARRAY(SELECT a.attname::text FROM unnest(x.indkey[0:x.indnkeyatts - 1]) k "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k) "
        "FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid "
        "WHERE c.relnamespace = %s::regnamespace AND (x.indisunique OR x.indisexclusion) ORDER BY 1, 2",
        [schema],
    ).fetchall()
    columns = _distributed(tables)
    with_key = {table for table, _, primary, _ in rows if primary}
    lost = [f"{table} has no primary key" for table in sorted(set(columns) - with_key)]
    return lost + [
        f"{index} on {table} lacks {columns[table]}"
        for table, index, _, keys in rows
        if table in columns and columns[table] not in keys
    ]


def foreign_keys_stay_inside_one_order(
    connection: Connection, tables: Mapping[str, Table], schema: str
) -> list[str]:
    """S4 and S5: child to its order with the column in place, or to a reference table that is not a person or shop."""
    rows = connection.execute(
        "SELECT k.conname, c.relname, t.relname, k.confdeltype, "
        "ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (n, i) "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.n ORDER BY u.i), "
        "ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u (n, i) "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.n ORDER BY u.i) "
        "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid "
        "WHERE k.contype = 'f' AND k.connamespace = %s::regnamespace ORDER BY 1",
        [schema],
    ).fetchall()
    breaches: list[str] = []
    for name, child, parent, on_delete, columns, targets in rows:
        source, target = tables.get(child), tables.get(parent)
        if source is None or target is None:
            breaches.append(f"{name} joins a table that is not in the manifest")
        elif source.spread == "distributed" and target.spread == "distributed":
            if (source.column, target.column) not in zip(columns, targets, strict=True):
                breaches.append(f"{name} leaves the shard")
        elif source.spread == "distributed" and parent in NEVER_REFERENCED_BY_ORDERS:
            breaches.append(f"{name} points at {parent}: a plain uuid column is meant")
        elif source.spread != target.spread and (source.spread, target.spread) != (
            "distributed",
            "reference",
        ):
            breaches.append(f"{name} goes from {source.spread} to {target.spread}")
        if on_delete in {"n", "d"}:
            breaches.append(f"{name} sets columns on delete")
    return breaches


def distributed_tables_have_no_sequence(
    connection: Connection, tables: Mapping[str, Table], schema: str
) -> list[str]:
    """S6: neither identity nor nextval."""
    rows = connection.execute(
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
        "WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p') AND NOT a.attisdropped "
        "AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE '%%nextval(%%') ORDER BY 1, 2",
        [schema],
    )
    return [
        f"{table}.{column} is counted by the database"
        for table, column in rows
        if table in _distributed(tables)
    ]


def there_are_no_triggers_and_no_rules(
    connection: Connection, tables: Mapping[str, Table], schema: str
) -> list[str]:
    """S7."""
    triggers = connection.execute(
        "SELECT tgname, relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = %s::regnamespace AND NOT tgisinternal ORDER BY 1",
        [schema],
    ).fetchall()
    rules = connection.execute(
        "SELECT rulename, tablename FROM pg_rules WHERE schemaname = %s AND rulename <> '_RETURN' ORDER BY 1",
        [schema],
    ).fetchall()
    return [f"{name} on {table}" for name, table in triggers + rules]


RULES: tuple[Rule, ...] = (
    every_table_is_in_the_manifest,
    distribution_columns_are_given_by_the_application,
    unique_indexes_contain_the_distribution_column,
    foreign_keys_stay_inside_one_order,
    distributed_tables_have_no_sequence,
    there_are_no_triggers_and_no_rules,
)
