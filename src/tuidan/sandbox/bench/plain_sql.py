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
TABLES = ("orders_event", "orders_posting", "orders_outbox")


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
        after = _rows(line, "orders_order", order_id)[0]
        added = {
            table: [row for row in _rows(line, table, order_id) if row["n"] not in known[table]] for table in TABLES
        }
        sizes = {
            table: line.execute(
                f"SELECT coalesce(sum(pg_column_size(t.*)), 0) FROM {table} t "  # noqa: S608
                "WHERE order_id = %s AND n <> ALL(%s)",
                [order_id, list(known[table])],
            ).fetchone()
            for table in TABLES
        }
        state = line.execute("SELECT pg_column_size(t.*) FROM orders_order t WHERE order_id = %s", [order_id]).fetchone()
    values: dict[str, str] = {}
    changed = {name: value for name, value in after.items() if name in CHANGED}
    sets = ", ".join(f"{name} = {_put(values, value)}" for name, value in changed.items())
    expected = _put(values, before["version"])
    statements = [f"UPDATE orders_order SET {sets} WHERE order_id = {ORDER_ID} AND version = {expected};"]
    for table in TABLES:
        statements.append(_insert(table, added[table], values))
    text = "\n".join(
        [rf"\set i :i + {CLIENTS}", r"\set o :i + :client_id", "BEGIN;", *statements, "COMMIT;", ""],
    )
    return Script(
        text,
        values,
        {"orders_order": 1, **{table: len(rows) for table, rows in added.items()}},
        {"orders_order": int(state[0]) if state else 0, **{t: int(row[0]) if row else 0 for t, row in sizes.items()}},
    )


CHANGED = (
    "version", "head_hash", "status", "received_fen", "escrow_fen", "overpaid_fen", "released_fen", "advance_fen",
    "refunding_fen", "refunded_fen", "suspense_fen", "state",
)  # fmt: skip


def _rows(line: psycopg.Connection, table: str, order_id: object) -> list[dict[str, Any]]:
    cursor = line.execute(f"SELECT * FROM {table} WHERE order_id = %s", [order_id])  # noqa: S608
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
    names = list(rows[0])
    lines = [
        "(" + ", ".join(ORDER_ID if name == "order_id" else _put(values, row[name]) for name in names) + ")"
        for row in rows
    ]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join(lines)};"


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
