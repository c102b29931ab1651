"""r4: what PostgreSQL itself can do. The rows of one refund command, written by plain statements in one transaction.

pgbench of the same PostgreSQL runs it: prepared statements, 8 clients, as the tables' owner, nothing read and
nothing decided. Rows and bytes are those that the product's own command wrote a moment before.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from tuidan.commands.dispute import request_refund
from tuidan.sandbox.bench.ground import Ground, OrderSet
from tuidan.sandbox.bench.race import CLIENTS

TPS = re.compile(r"^tps = ([0-9.]+) ", re.MULTILINE)
ORDER_ID = "(:prefix || lpad(to_hex(:o::bigint), 12, '0'))::uuid"
SIZE = "row_bytes"
TABLES = ("orders_event", "orders_posting", "orders_outbox")

CHANGED = (
    "version", "head_hash", "status", "received_fen", "escrow_fen", "overpaid_fen", "released_fen", "advance_fen",
    "refunding_fen", "refunded_fen", "suspense_fen", "chargeback_fen", "fees_fen",
    "receivable_fen", "charged_fen", "compensating_fen", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script:
    """A pgbench script with its values; `rows` and `bytes` say what one transaction writes."""

    text: str
    values: dict[str, str]
    rows: dict[str, int]
    row_bytes: dict[str, int]


def write_script(ground: Ground, orders: OrderSet) -> Script:
    """Refund one order by the product's own command and write down, as plain statements, what that wrote."""
    order_id = orders.order_id(0)
    with psycopg.connect(ground.access.owner, autocommit=True) as line:
        before = _rows(line, "orders_order", order_id)[0]
        known = {table: {row["n"] for row in _rows(line, table, order_id)} for table in TABLES}
        outcome = request_refund(order_id, ground.buyer, 1, "no_reason", "bench", datetime.now(UTC))
        if not outcome.ok or len(outcome.events) != 2:
            raise RuntimeError(f"the template's refund was not decided at once: {outcome}")
        after = _rows(line, "orders_order", order_id)
        added = {t: [row for row in _rows(line, t, order_id) if row["n"] not in known[t]] for t in TABLES}
    values: dict[str, str] = {}
    sets = ", ".join(f"{name} = {_put(values, after[0][name])}" for name in CHANGED)
    statements = [
        rf"\set i :i + {CLIENTS}",
        r"\set o :i + :client_id",
        "BEGIN;",
        f"UPDATE orders_order SET {sets} "  # noqa: S608 - our own names, the values are parameters
        f"WHERE order_id = {ORDER_ID} AND version = {_put(values, before['version'])};",
        *(_insert(table, added[table], values) for table in TABLES),
        "COMMIT;",
    ]
    written = {"orders_order": after, **added}
    return Script(
        "\n".join([*statements, ""]),
        values,
        {table: len(rows) for table, rows in written.items()},
        {table: sum(row[SIZE] for row in rows) for table, rows in written.items()},
    )


def _rows(line: psycopg.Connection, table: str, order_id: object) -> list[dict[str, Any]]:
    """The order's rows of a table, each with its size in bytes."""
    cursor = line.execute(
        f"SELECT t.*, pg_column_size(t.*) AS {SIZE} FROM {table} t WHERE order_id = %s",  # noqa: S608
        [order_id],
    )
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _put(values: dict[str, str], value: object) -> str:
    """Give a value a name; pgbench sends it as a parameter of the prepared statement."""
    kind, text = "text", str(value)
    if isinstance(value, bool) or value is None:
        return "NULL"
    if isinstance(value, int):
        kind = "bigint"
    elif isinstance(value, bytes | memoryview):
        kind, text = "bytea", "\\x" + bytes(value).hex()
    elif isinstance(value, datetime):
        kind, text = "timestamptz", value.isoformat()
    name = f"v{len(values)}"
    values[name] = text
    return f":{name}::{kind}"


def _insert(table: str, rows: list[dict[str, Any]], values: dict[str, str]) -> str:
    names = [name for name in rows[0] if name != SIZE]
    lines = [
        "(" + ", ".join(ORDER_ID if name == "order_id" else _put(values, row[name]) for name in names) + ")"
        for row in rows
    ]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join(lines)};"  # noqa: S608


def run_script(ground: Ground, script: Script, orders: OrderSet) -> float:
    """Transactions a second over the whole set; each order is written once."""
    values = {"i": str(-CLIENTS), "prefix": orders.prefix, **script.values}
    with tempfile.TemporaryDirectory(prefix="tuidan-bench-") as folder:
        path = Path(folder) / "r4.sql"
        path.write_text(script.text, encoding="utf-8")
        command = [str(ground.access.pgbench), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "1"]
        command += ["-t", str(orders.count // CLIENTS), "-f", str(path)]
        for name, value in values.items():
            command += ["-D", f"{name}={value}"]
        done = subprocess.run(
            [*command, ground.access.owner], capture_output=True, text=True, encoding="utf-8", check=False
        )
    found = TPS.search(done.stdout)
    if done.returncode or not found:
        raise RuntimeError(f"pgbench ended with {done.returncode}: {done.stderr[-800:]}")
    return float(found[1])
