"""The sandbox's books in SQLite: goods, orders, rules of behaviour and things to do. Survives a restart."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from tuidan.connectors.sandboxing.books import SandboxBooks

from .behaviour import Behaviour

SCHEMA = """
CREATE TABLE IF NOT EXISTS goods (goods_no TEXT PRIMARY KEY, goods_type INT, goods_name TEXT, price INT,
  stock INT, status INT, update_time INT, face_fen INT);
CREATE TABLE IF NOT EXISTS cards (goods_no TEXT, n INT, card_no TEXT, card_pwd TEXT, order_no TEXT,
  PRIMARY KEY (goods_no, n));
CREATE TABLE IF NOT EXISTS orders (order_no TEXT PRIMARY KEY, out_order_no TEXT UNIQUE, order_type INT,
  goods_no TEXT, goods_name TEXT, buy_quantity INT, order_amount INT, face_fen INT, account TEXT, request TEXT,
  notify_url TEXT, order_status INT, order_time INT, end_time INT, remark TEXT, behaviour TEXT, queued INT,
  refund TEXT, requests INT DEFAULT 1);
CREATE TABLE IF NOT EXISTS executions (id INTEGER PRIMARY KEY, order_no TEXT, at REAL);
CREATE TABLE IF NOT EXISTS rules (id INTEGER PRIMARY KEY, account TEXT, goods_no TEXT, remaining INT, fields TEXT);
CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY, kind TEXT, order_no TEXT, due_at REAL, payload TEXT,
  tries INT DEFAULT 0, done INT DEFAULT 0, result TEXT);
CREATE INDEX IF NOT EXISTS tasks_due ON tasks (due_at) WHERE done = 0;
CREATE INDEX IF NOT EXISTS executions_order ON executions (order_no);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INT);
INSERT OR IGNORE INTO meta VALUES ('balance', 100000000);
"""
SEED = (
    ("HF-050", 1, "手机话费 50 元", 4950, 5000),
    ("HF-100", 1, "手机话费 100 元", 9880, 10000),
    ("GAME-060", 1, "游戏点券 60", 570, 600),
)


class Books(SandboxBooks):
    """Goods, orders, rules and tasks of one supplier; `wake` is told when a task was added."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA)
        self.wake = threading.Condition()
        self.run_many(
            "INSERT OR IGNORE INTO goods VALUES (?,?,?,?,?,1,0,?)",
            ((number, kind, title, price, 100_000, face) for number, kind, title, price, face in SEED),
        )

    def order(self, order_no: str) -> dict[str, Any] | None:
        """One order with its cards, by the supplier's number; None when there is none."""
        found = self.row("SELECT * FROM orders WHERE order_no = ?", (order_no,))
        if found:
            found["behaviour"] = Behaviour(**json.loads(found["behaviour"]))
            found["request"] = json.loads(found["request"])
            found["refund"] = json.loads(found["refund"]) if found["refund"] else None
            found["card_items"] = self.rows(
                "SELECT card_no, card_pwd FROM cards WHERE order_no = ? ORDER BY n", (order_no,)
            )
        return found

    def behaviour_for(self, call: str, account: str, goods_no: str) -> Behaviour:
        """The newest fitting rule; a rule for the next N orders counts down."""
        with self.change():
            for rule in self.rows(
                "SELECT * FROM rules WHERE (account IS NULL OR account = ?) AND (goods_no IS NULL OR goods_no = ?)"
                " AND (remaining IS NULL OR remaining > 0) ORDER BY id DESC",
                (account, goods_no),
            ):
                wanted = Behaviour(**json.loads(rule["fields"]))
                if wanted.on == call:
                    self.run("UPDATE rules SET remaining = remaining - 1 WHERE id = ?", (rule["id"],))
                    return wanted
        return Behaviour(on=call)

    def add_task(
        self, kind: str, order_no: str, due_at: float, payload: dict[str, Any] | None = None
    ) -> None:
        """Note something to be done at `due_at` (Unix seconds)."""
        self.run(
            "INSERT INTO tasks (kind, order_no, due_at, payload) VALUES (?,?,?,?)",
            (kind, order_no, due_at, json.dumps(payload or {})),
        )

    def wake_up(self) -> None:
        """Let the errands look for tasks now."""
        with self.wake:
            self.wake.notify_all()
