"""Threads that do what is due: finish orders, report credits, post callbacks with retries."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from . import callbacks
from .books import Books
from .finish import finish, tell_issuer

CALLBACK_TRIES_MAX = 5
CREDIT_TRIES_MAX = 60
BATCH = 200


class Errands:
    """One thread for finishing and crediting, one for callbacks, so that a slow caller delays no order."""

    def __init__(
        self, books: Books, keys: dict[str, str], issuer_url: str | None, retry_seconds: float
    ) -> None:
        self.books = books
        self.keys = keys
        self.issuer_url = issuer_url
        self.retry_seconds = retry_seconds
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self.loop, args=(kinds,), daemon=True)
            for kinds in (("finish", "credit"), ("notify", "callback"))
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.books.wake_up()
        for thread in self.threads:
            thread.join(timeout=6)

    def loop(self, kinds: tuple[str, str]) -> None:
        while not self.stopping.is_set():
            due = self.books.rows(
                "SELECT * FROM tasks WHERE done = 0 AND due_at <= ? AND kind IN (?, ?) ORDER BY due_at, id LIMIT ?",
                (time.time(), *kinds, BATCH),
            )
            for task in due:
                if self.stopping.is_set():
                    return
                self.do(task, json.loads(task["payload"]))
            if not due:
                self.rest(kinds)

    def rest(self, kinds: tuple[str, str]) -> None:
        with self.books.wake:
            next_one = self.books.row(
                "SELECT min(due_at) AS at FROM tasks WHERE done = 0 AND kind IN (?, ?)", kinds
            )
            at = next_one["at"] if next_one else None
            pause = 1.0 if at is None else min(1.0, max(0.005, at - time.time()))
            if not self.stopping.is_set():
                self.books.wake.wait(pause)

    def do(self, task: dict[str, Any], payload: dict[str, Any]) -> None:
        match task["kind"]:
            case "finish":
                finish(self.books, task["order_no"], self.issuer_url)
                self.end(task, "done")
            case "credit":
                taken = not self.issuer_url or tell_issuer(self.issuer_url, payload)
                self.end_or_retry(task, taken, "credit", CREDIT_TRIES_MAX)
            case "notify":
                self.write_callbacks(task, payload["kind"])
            case _:
                self.call_back(task, payload)

    def write_callbacks(self, task: dict[str, Any], kind: str) -> None:
        order = self.books.order(task["order_no"])
        with self.books.change():
            if order:
                for how, status in callbacks.messages(kind, order):
                    payload = {"how": how, "order_status": status}
                    self.books.add_task("callback", task["order_no"], time.time(), payload)
            self.end(task, kind)

    def call_back(self, task: dict[str, Any], payload: dict[str, Any]) -> None:
        order = self.books.order(task["order_no"])
        if not order:
            return self.end(task, "no order")
        body = callbacks.body_of(order, payload["order_status"])
        query, body = callbacks.signed(self.keys, payload["how"], body, time.time())
        taken, answer = callbacks.deliver(order["notify_url"], query, body)
        honest = payload["how"] == "honest"
        return self.end_or_retry(task, taken or not honest, answer, CALLBACK_TRIES_MAX)

    def end(self, task: dict[str, Any], result: str) -> None:
        self.books.run(
            "UPDATE tasks SET done = 1, tries = tries + 1, result = ? WHERE id = ?", (result, task["id"])
        )

    def end_or_retry(self, task: dict[str, Any], taken: bool, result: str, tries_max: int) -> None:
        if taken or task["tries"] + 1 >= tries_max:
            return self.end(task, result)
        pause = self.retry_seconds * 2 ** min(task["tries"], 6)
        self.books.run(
            "UPDATE tasks SET tries = tries + 1, due_at = ?, result = ? WHERE id = ?",
            (time.time() + pause, result, task["id"]),
        )
        return None
