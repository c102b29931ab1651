"""One order with everything that hangs on it, read for showing: events, snapshot, words, answers of the outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.domain.order import Order
from tuidan.store import connection
from tuidan.store.orders.attempts import read_answers
from tuidan.store.orders.load import load_order

EVENTS = "SELECT n, kind, at, body, hash FROM orders_event WHERE order_id = %s ORDER BY n"
SNAPSHOT = "SELECT body, personal::text FROM orders_snapshot WHERE order_id = %s"
WORDS = "SELECT n, words FROM orders_note WHERE order_id = %s"


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event as stored, with the kind of its actor and its hash in hex."""

    n: int
    kind: str
    at: datetime
    actor: str
    data: dict[str, object]
    hash: str


@dataclass(slots=True)
class Story:
    """The order's state beside its rows; the indexes point into `rows`."""

    order: Order
    snapshot: dict[str, object]
    personal: dict[str, str]
    rows: list[EventRecord]
    words: dict[int, str]
    answers: dict[int, dict[str, object]]
    tails: dict[int, str] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    opened: dict[int, EventRecord] = field(default_factory=dict)
    verdicts: dict[int, dict[str, object]] = field(default_factory=dict)
    refund_steps: dict[int, dict[str, EventRecord]] = field(default_factory=dict)


def load_snapshot(order_id: UUID) -> tuple[dict[str, object], dict[str, str]]:
    """The listing as confirmed at placing, and the erasable personal part (account and its salt)."""
    row = connection.fetch_one(SNAPSHOT, (order_id,))
    assert row is not None, "an order has its snapshot from the first append on"
    return orjson.loads(bytes(row[0])), orjson.loads(row[1])


def load_snapshot_body(order_id: UUID) -> bytes:
    """The listing as confirmed at placing, byte for byte; the placing event holds its hash."""
    row = connection.fetch_one("SELECT body FROM orders_snapshot WHERE order_id = %s", (order_id,))
    assert row is not None, "an order has its snapshot from the first append on"
    return bytes(row[0])


def read_words(order_id: UUID, n: int) -> str:
    """The words beside event n; "" when there are none, or none any more."""
    row = connection.fetch_one("SELECT words FROM orders_note WHERE order_id = %s AND n = %s", (order_id, n))
    return str(row[0]) if row else ""


def load_events(order_id: UUID) -> list[EventRecord]:
    """All events of one order, oldest first."""
    found = []
    for n, kind, at, body, digest in connection.fetch_all(EVENTS, (order_id,)):
        told = orjson.loads(bytes(body))
        found.append(EventRecord(n, kind, at, told["actor"]["kind"], told["data"], bytes(digest).hex()))
    return found


def load_story(order_id: UUID) -> Story:
    """Raises NoSuchOrder."""
    order, _ = load_order(order_id)
    snapshot, personal = load_snapshot(order_id)
    words = dict(connection.fetch_all(WORDS, (order_id,)))
    story = Story(order, snapshot, personal, load_events(order_id), words, read_answers(order_id))
    for row in story.rows:
        _index(story, row)
    return story


def _index(story: Story, row: EventRecord) -> None:
    data = row.data
    if row.kind == "unit_delivered" and "tail" in data:
        story.tails[int(str(data["unit"]))] = str(data["tail"])
        story.codes[int(str(data["unit"]))] = str(data.get("code_id", ""))
    elif row.kind == "refund_requested":
        story.opened[int(str(data["case"]))] = row
    if row.kind in ("case_opened", "request_rejected", "refund_decided") and data.get("case"):
        verdict = data.get("verdict", {})
        assert isinstance(verdict, dict)
        if verdict or row.kind != "case_opened":  # a stage that a person opened says nothing of its own
            story.verdicts[int(str(data["case"]))] = verdict
    if row.kind in ("refund_decided", "refund_attempted", "refund_succeeded"):
        story.refund_steps.setdefault(int(str(data["refund"])), {})[row.kind] = row
