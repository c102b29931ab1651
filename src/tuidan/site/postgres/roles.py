"""The two roles of the database, and what each may do.

`tuidan_owner` owns the tables and the functions that write them; only migrations use it. `tuidan_app` is what the
product runs as: it reads everything, writes people, stock and boards, but an order's tables only through
functions of the owner. Neither is a superuser: to one, REVOKE means nothing.
"""

import psycopg
from psycopg import sql

OWNER_ROLE = "tuidan_owner"
APP_ROLE = "tuidan_app"
WRITTEN_BY_FUNCTIONS = ("orders_", "books_", "log_")
READ_ONLY_TABLES = frozenset({"django_migrations"})
# What is written once: rows may be added, and only these columns may change afterwards.
WRITTEN_ONCE = {"shared_policy_version": ("withdrawn_at", "withdrawn_by")}


class NotPermitted(RuntimeError):
    """The configured user may not create the roles. The message carries the SQL for an administrator."""


def prepare_own_server(sockets: str, superuser: str, database: str) -> None:
    """Make roles and database in the server that we run, if they are missing."""
    with psycopg.connect(host=sockets, user=superuser, dbname="postgres", autocommit=True) as connection:
        for role in (OWNER_ROLE, APP_ROLE):
            if not _has_role(connection, role):
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(
                        sql.Identifier(role)
                    )
                )
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if known is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(OWNER_ROLE)
                )
            )


def prepare_ordinary_server(url: str) -> None:
    """Make the roles in the server of `url` and let its user take them on. Raises NotPermitted with the SQL."""
    with psycopg.connect(url, autocommit=True) as connection:
        user = connection.execute("SELECT current_user").fetchone()
        assert user is not None
        statements = _missing_statements(connection, str(user[0]))
        try:
            for statement in statements:
                connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege as error:
            wanted = "; ".join(statement.as_string(connection) for statement in statements)
            raise NotPermitted(
                f"The database user may not create the roles; let an administrator run: {wanted}"
            ) from error


def _missing_statements(connection: psycopg.Connection, user: str) -> list[sql.Composed]:
    """What is still to be done in an ordinary server; nothing, when an administrator has done it."""
    database = connection.info.dbname
    owner = sql.Identifier(OWNER_ROLE)
    statements: list[sql.Composed] = []
    for role in (OWNER_ROLE, APP_ROLE):
        name = sql.Identifier(role)
        if not _has_role(connection, role):
            statements.append(sql.SQL("CREATE ROLE {} NOLOGIN NOSUPERUSER").format(name))
        if not _can_become(connection, role):
            statements.append(sql.SQL("GRANT {} TO {}").format(name, sql.Identifier(user)))
    if not _has_role(connection, OWNER_ROLE) or not _may_create(connection, database):
        statements.append(
            sql.SQL("GRANT CREATE, TEMPORARY ON DATABASE {} TO {}").format(sql.Identifier(database), owner)
        )
        statements.append(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(owner))
    return statements


def grant(connection: psycopg.Connection) -> None:
    """After every migration, as the owner: give the application's role exactly what it may do."""
    app = sql.Identifier(APP_ROLE)
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
    tables = connection.execute(
        "SELECT c.relname, c.relkind FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
        "WHERE c.relnamespace = 'public'::regnamespace AND r.rolname = current_user "
        "AND c.relkind IN ('r', 'p', 'v', 'm', 'S') ORDER BY c.relname"
    ).fetchall()
    for name, kind in tables:
        what = sql.SQL("SEQUENCE" if kind == "S" else "TABLE") + sql.SQL(" ") + sql.Identifier(name)
        connection.execute(sql.SQL("REVOKE ALL ON {} FROM PUBLIC, {}").format(what, app))
        connection.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(privileges(name, kind)), what, app))
    functions = connection.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner "
        "WHERE p.pronamespace = 'public'::regnamespace AND r.rolname = current_user"
    ).fetchall()
    for (signature,) in functions:
        routine = sql.SQL(signature)
        connection.execute(sql.SQL("REVOKE ALL ON ROUTINE {} FROM PUBLIC").format(routine))
        connection.execute(sql.SQL("GRANT EXECUTE ON ROUTINE {} TO {}").format(routine, app))


def privileges(table: str, kind: str) -> str:
    """What the application's role may do with a table, view or sequence (`kind` as in pg_class.relkind)."""
    if kind == "S":
        return "USAGE"
    if kind in {"v", "m"} or table.startswith(WRITTEN_BY_FUNCTIONS) or table in READ_ONLY_TABLES:
        return "SELECT"
    if table in WRITTEN_ONCE:
        return f"SELECT, INSERT, UPDATE ({', '.join(WRITTEN_ONCE[table])})"
    return "SELECT, INSERT, UPDATE, DELETE"


def _has_role(connection: psycopg.Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _can_become(connection: psycopg.Connection, role: str) -> bool:
    """Whether this user may SET ROLE. Asked by doing it: membership alone does not say so since PostgreSQL 16."""
    try:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue):
        return False
    connection.execute("RESET ROLE")
    return True


def _may_create(connection: psycopg.Connection, database: str) -> bool:
    row = connection.execute(
        "SELECT has_database_privilege(%(role)s, %(database)s, 'CREATE') AND "
        "has_schema_privilege(%(role)s, 'public', 'CREATE')",
        {"role": OWNER_ROLE, "database": database},
    ).fetchone()
    return row is not None and bool(row[0])
