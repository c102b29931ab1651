"""A book over a span of time: opening, lines, closing, by account. The closing is the sum of all lines so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.store import connection

LINES_MAX = 1_000
OPENING = """
SELECT account, sum(fen)::bigint FROM (
    SELECT p.debit AS account, -p.amount_fen AS fen FROM books_posting p
    JOIN books_event e ON e.owner_id = p.owner_id AND e.n = p.event_n WHERE p.owner_id = %s AND e.at < %s
    UNION ALL
    SELECT p.credit, p.amount_fen FROM books_posting p
    JOIN books_event e ON e.owner_id = p.owner_id AND e.n = p.event_n WHERE p.owner_id = %s AND e.at < %s
) AS legs GROUP BY account
"""
LINES = """
SELECT p.n, e.at, e.kind, p.debit, p.credit, p.amount_fen, p.order_id FROM books_posting p
JOIN books_event e ON e.owner_id = p.owner_id AND e.n = p.event_n
WHERE p.owner_id = %s AND e.at >= %s AND e.at < %s ORDER BY p.n LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a book: what happened, from which account to which, fen, for which order."""

    n: int
    at: datetime
    kind: str
    debit: str
    credit: str
    amount_fen: int
    order_id: UUID | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Balances by account at the start and the end (credits minus debits, fen), and the lines between.

    `cut` says that there are more lines than were read; the closing then ends with the last one shown.
    """

    opening: dict[str, int]
    lines: tuple[StatementLine, ...]
    closing: dict[str, int]
    cut: bool


def read_statement(owner_id: UUID, since: datetime, until: datetime) -> Statement:
    """The statement of one book from `since` on, up to but without `until`."""
    opening = dict(connection.fetch_all(OPENING, (owner_id, since, owner_id, since)))
    found = connection.fetch_all(LINES, (owner_id, since, until, LINES_MAX + 1))
    lines = tuple(StatementLine(*row) for row in found[:LINES_MAX])
    closing = dict(opening)
    for line in lines:
        closing[line.debit] = closing.get(line.debit, 0) - line.amount_fen
        closing[line.credit] = closing.get(line.credit, 0) + line.amount_fen
    return Statement(opening, lines, closing, len(found) > LINES_MAX)
