"""Events that say they happened before a witness saw the log, and were not in it then.

Who may write the database may also add an event at the end of an order and have it logged today: no hash speaks against
it. But it cannot be put into the past: what a witness has seen holds every event up to then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tuidan.domain.tlog.checkpoint import BadCheckpoint, read_checkpoint
from tuidan.domain.tlog.note import COSIGNATURE, TIME_BYTES, BadNote, Key, open_note
from tuidan.store import connection
from tuidan.store.audit.difference import Difference
from tuidan.store.audit.read import OrderRows

# An event is in the log within seconds; only a worker that stood still for so long makes it later.
LATE = timedelta(hours=1)
COVERED = "SELECT order_id, max(n) FROM log_leaf WHERE order_id = ANY(%s) AND index < %s GROUP BY order_id"


@dataclass(frozen=True, slots=True)
class Seen:
    """A trusted witness had seen so many leaves at this time."""

    size: int
    at: datetime


def seen_by(notes: Sequence[bytes], trusted: Sequence[Key]) -> list[Seen]:
    """What trusted witnesses say in these notes about when they saw them; a note without such a line says nothing."""
    found = []
    for note in notes:
        try:
            size = read_checkpoint(note).size
            opened = open_note(note, [key for key in trusted if key.kind == COSIGNATURE])
        except (BadNote, BadCheckpoint):
            continue
        known = {(key.name, key.id) for key in opened.by}
        lines = [each for each in opened.note.signatures if (each.name, each.key_id) in known]
        seconds = min(int.from_bytes(each.blob[:TIME_BYTES], "big") for each in lines)
        found.append(Seen(size, datetime.fromtimestamp(seconds, UTC)))
    return found


def find_backdated(read: Sequence[OrderRows], seen: Sequence[Seen]) -> Iterator[Difference]:
    """Events of these orders that a witness should have seen, and that were not there."""
    ids = [rows.order_id for rows in read]
    for each in seen:
        covered = {order_id: int(n) for order_id, n in connection.fetch_all(COVERED, (ids, each.size))}
        for rows in read:
            for event in rows.events:
                if event.n > covered.get(rows.order_id, 0) and event.at < each.at - LATE:
                    data: dict[str, object] = {"at": event.at.isoformat(), "seen_at": each.at.isoformat()}
                    yield Difference(rows.order_id, "event_backdated", event.n, data)
