"""The books' heads in the log: a seller's money after the escrow, and the fund's, stand under the same tree.

A leaf names the book's owner where another names an order; their ids never meet. A book may move often: its newest
head is logged now and then, and covers every line before it.
"""

from __future__ import annotations

from tuidan.domain.tlog.entry import Head
from tuidan.store import connection
from tuidan.store.log.append import append

BOOKS_MAX = 5_000
MOVED = """
SELECT b.owner_id, b.version, b.head_hash FROM books_book b
WHERE b.version > coalesce((SELECT max(l.n) FROM log_leaf l WHERE l.order_id = b.owner_id), 0)
ORDER BY b.owner_id LIMIT %s
"""


def append_books() -> int:
    """Log the heads of books that moved on since they were last logged; gives how many leaves were added.

    Raises LogBusy, MissingTile.
    """
    rows = connection.fetch_all(MOVED, (BOOKS_MAX,))
    return append([Head(owner_id, int(n), bytes(digest)) for owner_id, n, digest in rows]) if rows else 0
