"""Write what one command decided on a book, in one statement, where the version still holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.domain.books.accounts import TOTAL_NAMES
from tuidan.domain.books.book import Item
from tuidan.domain.books.decide import BookDraft
from tuidan.domain.books.events import book_event_data, book_kind_of
from tuidan.domain.evidence import canonical_bytes, chain_hash
from tuidan.domain.ledger import Posting
from tuidan.store import connection

APPEND = """
SELECT books_append_v1(%s, %s, %s, %s, %s, %s, %s::bigint[], %s, %s, %s::text[], %s::bytea[], %s::bytea[],
    %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::uuid[],
    %s::text[], %s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
"""
POSTINGS_PER_EVENT = 16


def append_book(
    owner_id: UUID,
    expected: int,
    draft: BookDraft,
    actor: dict[str, str],
    key: str,
    digest: bytes,
    now: datetime,
) -> bool:
    """Write one book's rows. False: somebody was first, nothing was written.

    Raises OutcomeUnknown when the line broke, psycopg's IntegrityError when the key was used meanwhile.
    """
    book = draft.book
    bodies, hashes = _chain(owner_id, expected, draft, actor, key, now)
    lines = _numbered(draft)
    items = [(name, item) for name, item in sorted(book.items.items()) if item != Item()]
    row = connection.fetch_one(
        APPEND,
        (
            owner_id,
            book.kind,
            expected,
            now,
            key or None,
            digest if key else None,
            [getattr(book.totals, name) for name in TOTAL_NAMES],
            book.named,
            book.order_fen_max,
            [book_kind_of(event) for event in draft.events],
            bodies,
            hashes,
            [n for n, _, _, _ in lines],
            [event_n for _, event_n, _, _ in lines],
            [posting.debit for _, _, _, posting in lines],
            [posting.credit for _, _, _, posting in lines],
            [posting.amount_fen for _, _, _, posting in lines],
            [UUID(order) if order else None for _, _, order, _ in lines],
            [what for (what, _, _), _ in items],
            [UUID(order) for (_, order, _), _ in items],
            [n for (_, _, n), _ in items],
            [item.given_fen for _, item in items],
            [item.open_fen for _, item in items],
            [item.borne_fen for _, item in items],
            [item.seen for _, item in items],
        ),
    )
    return row is not None and row[0] == book.version


def _chain(
    owner_id: UUID, expected: int, draft: BookDraft, actor: dict[str, str], key: str, now: datetime
) -> tuple[list[bytes], list[bytes]]:
    """The events' bodies, and the hashes with the head before them in front."""
    bodies, hashes = [], [draft.book.head]
    for n, event in enumerate(draft.events, start=expected + 1):
        told: dict[str, object] = {
            "actor": actor,
            "at": now.isoformat(),
            "data": book_event_data(event),
            "kind": book_kind_of(event),
            "n": n,
            "owner": str(owner_id),
        }
        if key and n == expected + 1:
            told["key"] = key
        bodies.append(canonical_bytes(told))
        hashes.append(chain_hash(hashes[-1], bodies[-1]))
    draft.book.head = hashes[-1]
    return bodies, hashes


def _numbered(draft: BookDraft) -> list[tuple[int, int, str, Posting]]:
    """Postings with their numbers: those of event n lie from n × POSTINGS_PER_EVENT on."""
    found, place, last = [], 0, 0
    for event_n, order, posting in draft.postings:
        place = place + 1 if event_n == last else 0
        last = event_n
        found.append((event_n * POSTINGS_PER_EVENT + place, event_n, order, posting))
    return found
