"""An administrator who edits behind our back: holds the database as its superuser, and the log's signing key.

`Attacker` knows every trick but one: it cannot change what a witness has kept. `rewritten` makes an order's history
anew with all hashes, postings, totals, state and lists; `sign_again` makes the tree and its checkpoints anew.
"""

import random
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import psycopg
from attack_world import TABLES, AttackWorld

from shopfloor import Bought
from tuidan.domain.evidence import GENESIS, canonical_bytes, chain_hash
from tuidan.domain.order_codec import write_order
from tuidan.domain.tlog.checkpoint import Checkpoint
from tuidan.domain.tlog.entry import Head
from tuidan.domain.tlog.note import read_note
from tuidan.domain.tlog.tiles import Edge, grow
from tuidan.domain.tlog.tree import leaf_hash
from tuidan.store.audit.read import EventRow
from tuidan.store.audit.replay import Unfit, replay
from tuidan.store.boards.project import project
from tuidan.store.log import folder as log_folder
from tuidan.store.log.checkpoints import signed_note
from tuidan.store.log.keys import load_keys
from tuidan.store.orders.append import totals_of

TOTALS = (
    "received", "escrow", "overpaid", "released", "advance", "refunding", "refunded", "suspense", "chargeback",
    "fees", "receivable", "charged", "compensating",
)  # fmt: skip
Told = dict[str, Any]


@dataclass
class Attacker:
    """One attack after another on one world; `chance` is seeded, so that a failure can be played again."""

    world: AttackWorld
    chance: random.Random

    def run(self, statement: str, *values: object) -> int:
        """Change rows as the superuser; gives how many."""
        self.world.touched.update(set(re.findall(r"[a-z]+_[a-z]+", statement)) & set(TABLES))
        return self.world.line.execute(statement, list(values)).rowcount

    def rows(self, statement: str, *values: object) -> list[tuple]:
        return self.world.line.execute(statement, list(values)).fetchall()

    def one(self, statement: str, *values: object) -> tuple:
        """One row of those found, by chance."""
        return self.chance.choice(self.rows(statement, *values))

    def order(self) -> Bought:
        return self.chance.choice(self.world.orders)

    def events(self, order_id: UUID) -> list[Told]:
        found = self.rows("SELECT body FROM orders_event WHERE order_id = %s ORDER BY n", order_id)
        return [orjson.loads(bytes(body)) for (body,) in found]

    def rewritten(self, order_id: UUID, events: list[Told]) -> bool:
        """Put this history in the place of the old one, hashes and sums made anew; False where it makes no sense."""
        rows = chained(events)
        try:
            told = replay(rows)
        except Unfit:
            return False
        for table in ("orders_event", "orders_posting"):
            self.run(f"DELETE FROM {table} WHERE order_id = %s", order_id)
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
        order = told.order
        order.version, order.head = rows[-1].n, rows[-1].hash
        sums = ", ".join(f"{name}_fen = %s" for name in TOTALS)
        self.run(
            f"UPDATE orders_order SET version = %s, head_hash = %s, status = %s, state = %s, {sums} "
            "WHERE order_id = %s",
            order.version, order.head, order.status, write_order(order).decode(), *totals_of(order), order_id,
        )  # fmt: skip
        self.run("DELETE FROM orders_note WHERE order_id = %s AND n > %s", order_id, order.version)
        for board in ("boards_order", "boards_case", "boards_question"):
            self.run(f"DELETE FROM {board} WHERE order_id = %s", order_id)
        with suppress(psycopg.Error):  # two cases of one number have no line on a board
            project([order_id])
        return True

    def sign_again(self) -> None:
        """Make the tree anew so that every leaf fits the orders as they are now, and sign all its checkpoints again."""
        leaves: list[Head] = []
        for order_id, n, _ in self.rows("SELECT order_id, n, hash FROM log_leaf ORDER BY index"):
            now = self.rows("SELECT hash FROM orders_event WHERE order_id = %s AND n = %s", order_id, n)
            if now:
                leaves.append(Head(order_id, n, bytes(now[0][0])))
        logged = {(leaf.order_id, leaf.n) for leaf in leaves}
        for order_id, n, head in self.rows("SELECT order_id, version, head_hash FROM orders_order"):
            if (order_id, n) not in logged:
                leaves.append(Head(order_id, n, bytes(head)))
        self._replace_tree(leaves)

    def _replace_tree(self, leaves: list[Head]) -> None:
        edge, tiles = grow(Edge(), [leaf_hash(leaf.entry()) for leaf in leaves])
        sizes = [size for (size,) in self.rows("SELECT size FROM log_checkpoint ORDER BY size")]
        for table in ("log_leaf", "log_tile", "log_checkpoint"):
            self.run(f"DELETE FROM {table}")
        self.run("UPDATE log_tree SET size = %s", edge.size)
        for index, leaf in enumerate(leaves):
            self.run("INSERT INTO log_leaf VALUES (%s, %s, %s, %s)", index, leaf.order_id, leaf.n, leaf.hash)
        for at, data in tiles.items():
            self.run("INSERT INTO log_tile VALUES (%s, %s, %s)", at.level, at.n, data)
        note = b""
        for size in sorted({size for size in sizes if size < edge.size} | {edge.size}):
            part, _ = grow(Edge(), [leaf_hash(leaf.entry()) for leaf in leaves[:size]])
            note = self._signed(part)
        (log_folder.folder() / log_folder.PUBLISHED).write_bytes(note)

    def _signed(self, edge: Edge) -> bytes:
        keys = load_keys()
        checkpoint = Checkpoint(keys[0].key.name, edge.size, edge.root())
        note = signed_note(checkpoint, keys[:1])
        assert read_note(note)
        self.run(
            "INSERT INTO log_checkpoint (size, root, note, at) VALUES (%s, %s, %s, now())",
            edge.size,
            checkpoint.root,
            note,
        )
        return note


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


def changed(events: list[Told], chance: random.Random) -> list[Told]:
    """The same history with one thing in it told otherwise: an amount, a word, a time."""
    made = orjson.loads(orjson.dumps(events))
    for _ in range(50):
        told = made[chance.randrange(len(made))]
        data = told["data"]
        numbers = [name for name, value in data.items() if type(value) is int and value > 1]
        words = [name for name, value in data.items() if isinstance(value, str) and value]
        what = chance.choice(["number", "word", "time", "actor"])
        if what == "number" and numbers:
            data[chance.choice(numbers)] += chance.choice([1, 100, -1])
        elif what == "word" and words:
            name = chance.choice(words)
            data[name] = data[name][:-1] + chance.choice("0123456789abcdef")
        elif what == "time":
            told["at"] = (
                (datetime.fromisoformat(told["at"]) - timedelta(seconds=1)).astimezone(UTC).isoformat()
            )
        elif what == "actor":
            told["actor"] = told["actor"] | {"id": str(UUID(int=chance.getrandbits(128)))}
        else:
            continue
        if made != events:
            return list(made)
    raise AssertionError("nothing could be changed")
