"""The messages and answers of one order as stored, with the words beside them that can be erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.domain.evidence import ChainLink
from tuidan.store import connection

KINDS = ("message_sent", "contact_answered", "contact_silent", "contact_blocked", "seller_asked")
OF_KEY = """
SELECT w.words FROM orders_event e JOIN orders_note w ON w.order_id = e.order_id AND w.n = e.n
WHERE e.order_id = %s AND e.command_key = %s
"""
LINES = """
SELECT e.n, e.kind, e.at, e.body, e.prev, e.hash, w.words
FROM orders_event e LEFT JOIN orders_note w ON w.order_id = e.order_id AND w.n = e.n
WHERE e.order_id = %s AND e.kind = ANY(%s) AND e.n > %s ORDER BY e.n
"""


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One event of the talk. `kept` are the words with their salt, None where there are none (any more)."""

    kind: str
    at: datetime
    actor: str
    data: dict[str, object]
    link: ChainLink
    kept: str | None


def words_of_key(order_id: UUID, key: str) -> str:
    """The words stored with the command of this key, salt in front; empty where there are none (any more)."""
    row = connection.fetch_one(OF_KEY, (order_id, key))
    return str(row[0]) if row else ""


def load_talk(order_id: UUID, after_n: int = 0) -> list[TalkLine]:
    """The talk's events after event `after_n`, oldest first."""
    found = []
    for n, kind, at, body, prev, digest, kept in connection.fetch_all(
        LINES, (order_id, list(KINDS), after_n)
    ):
        told = orjson.loads(bytes(body))
        link = ChainLink(n, bytes(prev), bytes(body), bytes(digest))
        found.append(TalkLine(kind, at, told["actor"]["kind"], told["data"], link, kept))
    return found
