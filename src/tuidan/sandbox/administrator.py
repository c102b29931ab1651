"""An administrator who edits behind our back: may write every table, and holds the log's signing key.

For stories and tests only. `rewrite` makes an order's history anew with all hashes, postings, totals, state and lists;
`sign_again` makes the tree and its checkpoints anew. What somebody else has kept is all that is out of reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import psycopg

from tuidan.domain.evidence import GENESIS, canonical_bytes, chain_hash
from tuidan.domain.order_codec import write_order
from tuidan.domain.tlog.checkpoint import Checkpoint
from tuidan.domain.tlog.entry import Head
from tuidan.domain.tlog.tiles import Edge, grow
from tuidan.domain.tlog.tree import leaf_hash
from tuidan.store.audit.read import EventRow
from tuidan.store.audit.replay import Replay, Unfit, replay
from tuidan.store.boards.project import project
from tuidan.store.log import folder
from tuidan.store.log.checkpoints import signed_note
from tuidan.store.log.keys import load_keys
from tuidan.store.orders.append import totals_of

TOTALS = (
    "received", "escrow", "overpaid", "released", "advance", "refunding", "refunded", "suspense", "chargeback",
    "fees", "receivable", "charged", "compensating",
)  # fmt: skip
BOARDS = ("boards_order", "boards_case", "boards_question")
TREE = ("log_leaf", "log_tile", "log_checkpoint")
COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = 'orders_order'::regclass AND attnum > 0 AND NOT attisdropped
"""
Told = dict[str, Any]


@dataclass
class Administrator:
    """Works on one connection to the database that may write all of it."""

    line: psycopg.Connection

    def run(self, statement: str, *values: object) -> int:
        """Change rows; gives how many."""
        return self.line.execute(statement, list(values)).rowcount  # type: ignore[arg-type]

    def rows(self, statement: str, *values: object) -> list[tuple]:
        """Look at rows."""
        return self.line.execute(statement, list(values)).fetchall()  # type: ignore[arg-type]

    def events(self, order_id: UUID) -> list[Told]:
        """An order's events as they are told, in their order."""
        found = self.rows("SELECT body FROM orders_event WHERE order_id = %s ORDER BY n", order_id)
        return [orjson.loads(bytes(body)) for (body,) in found]

    def rewrite(self, order_id: UUID, events: list[Told]) -> bool:
        """Put this history in the place of the old one; False, and nothing done, where no order can have it."""
        rows = chained(events)
        try:
            told = replay(rows)
        except Unfit:
            return False
        for table in ("orders_event", "orders_posting"):
            self.run(f"DELETE FROM {table} WHERE order_id = %s", order_id)  # noqa: S608 - our own names
        self._write_rows(order_id, rows, told)
        order = told.order
        order.version, order.head = rows[-1].n, rows[-1].hash
        sums = ", ".join(f"{name}_fen = %s" for name in TOTALS)
        self.run(
            f"UPDATE orders_order SET version = %s, head_hash = %s, status = %s, state = %s, {sums} "  # noqa: S608
            "WHERE order_id = %s",
            order.version, order.head, order.status, write_order(order).decode(), *totals_of(order), order_id,
        )  # fmt: skip
        self.run("DELETE FROM orders_note WHERE order_id = %s AND n > %s", order_id, order.version)
        for board in BOARDS:
            self.run(f"DELETE FROM {board} WHERE order_id = %s", order_id)  # noqa: S608
        with suppress(
            psycopg.Error, LookupError, ValueError, TypeError
        ):  # a strange history has no line on a board
            project([order_id])
        return True

    def _write_rows(self, order_id: UUID, rows: list[EventRow], told: Replay) -> None:
        for row in rows:
            columns = told.columns[row.n]
            self.run(
                "INSERT INTO orders_event (order_id, n, kind, at, body, prev, hash, command_key, command_input, "
                "command_events) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                order_id, row.n, row.kind, row.at, row.body, row.prev, row.hash, columns["command_key"],
                columns["command_input"], columns["command_events"],
            )  # fmt: skip
        for line in told.postings.values():
            self.run(
                "INSERT INTO orders_posting (order_id, n, event_n, debit, credit, amount_fen, currency) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s)",
                order_id, line.n, line.event_n, line.debit, line.credit, line.amount_fen, line.currency,
            )  # fmt: skip

    def sign_again(self) -> None:
        """Make the tree anew so that every leaf fits the orders as they are now, and sign all its checkpoints again."""
        heads = {
            (order_id, n): bytes(digest)
            for order_id, n, digest in self.rows(
                "SELECT order_id, n, hash FROM orders_event UNION ALL SELECT owner_id, n, hash FROM books_event"
            )
        }
        leaves = [
            Head(order_id, n, heads[order_id, n])
            for order_id, n in self.rows("SELECT order_id, n FROM log_leaf ORDER BY index")
            if (order_id, n) in heads
        ]
        logged = {(leaf.order_id, leaf.n) for leaf in leaves}
        for order_id, n, head in self.rows(
            "SELECT order_id, version, head_hash FROM orders_order ORDER BY order_id"
        ):
            if (order_id, n) not in logged:
                leaves.append(Head(order_id, n, bytes(head)))
        self._replace_tree(leaves)

    def _replace_tree(self, leaves: list[Head]) -> None:
        edge, tiles = grow(Edge(), [leaf_hash(leaf.entry()) for leaf in leaves])
        sizes = [size for (size,) in self.rows("SELECT size FROM log_checkpoint ORDER BY size")]
        for table in TREE:
            self.run(f"DELETE FROM {table}")  # noqa: S608
        self.run("UPDATE log_tree SET size = %s", edge.size)
        for index, leaf in enumerate(leaves):
            self.run("INSERT INTO log_leaf VALUES (%s, %s, %s, %s)", index, leaf.order_id, leaf.n, leaf.hash)
        for at, data in tiles.items():
            self.run("INSERT INTO log_tile VALUES (%s, %s, %s)", at.level, at.n, data)
        note, part = b"", Edge()
        for size in sorted({size for size in sizes if size < edge.size} | {edge.size}):
            part, _ = grow(part, [leaf_hash(leaf.entry()) for leaf in leaves[part.size : size]])
            note = self._sign(part)
        (folder.folder() / folder.PUBLISHED).write_bytes(note)

    def _sign(self, edge: Edge) -> bytes:
        keys = load_keys()
        checkpoint = Checkpoint(keys[0].key.name, edge.size, edge.root())
        note = signed_note(checkpoint, keys[:1])
        self.run(
            "INSERT INTO log_checkpoint (size, root, note, at) VALUES (%s, %s, %s, now())",
            edge.size,
            checkpoint.root,
            note,
        )
        return note


@contextmanager
def putting_back(admin: Administrator, order_id: UUID) -> Iterator[None]:
    """Put everything that an edit of this order touches aside, and back at the end, whatever happens."""
    whole = (*TREE, "log_tree")
    part = ("orders_order", "orders_event", "orders_posting", "orders_note", *BOARDS)
    for table in (*whole, *part):
        where = f"WHERE order_id = '{order_id}'" if table in part else ""
        admin.run(f"CREATE TEMPORARY TABLE aside_{table} AS SELECT * FROM {table} {where}")  # noqa: S608
    published = folder.load_published()
    try:
        yield
    finally:
        columns = [name for (name,) in admin.rows(COLUMNS) if name != "order_id"]
        names, given = ", ".join(columns), ", ".join(f"a.{name}" for name in columns)
        admin.run(f"UPDATE orders_order o SET ({names}) = ({given}) FROM aside_orders_order a "  # noqa: S608
                  "WHERE o.order_id = a.order_id")  # fmt: skip
        for table in (*whole, *part[1:]):
            where = f"WHERE order_id = '{order_id}'" if table in part else ""
            admin.run(f"DELETE FROM {table} {where}")  # noqa: S608
            admin.run(f"INSERT INTO {table} SELECT * FROM aside_{table}")  # noqa: S608
        if published is not None:
            (folder.folder() / folder.PUBLISHED).write_bytes(published)
        for table in (*whole, *part):
            admin.run(f"DROP TABLE aside_{table}")


def chained(events: list[Told]) -> list[EventRow]:
    """Events as rows with numbers and hashes that fit together."""
    rows: list[EventRow] = []
    prev = GENESIS
    for n, told in enumerate(events, start=1):
        body = canonical_bytes(told | {"n": n})
        digest = chain_hash(prev, body)
        at = datetime.fromisoformat(told["at"])
        given = bytes.fromhex(told["input"]) if "input" in told else None
        rows.append(EventRow(n, told["kind"], at, body, prev, digest, told.get("key"), given, None))
        prev = digest
    return rows
