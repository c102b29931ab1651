"""The audit of all orders, or of one, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from tuidan.domain.order_codec import read_order
from tuidan.domain.tlog.note import Key
from tuidan.store.audit.backdated import Seen, find_backdated, seen_by
from tuidan.store.audit.boards import find_board_differences, find_strays
from tuidan.store.audit.book_orders import find_book_order_differences
from tuidan.store.audit.books import audit_books
from tuidan.store.audit.difference import Difference
from tuidan.store.audit.files import find_content_differences, find_file_differences
from tuidan.store.audit.log import find_leaf_differences, find_log_differences, published_notes
from tuidan.store.audit.order import CHAIN_WHATS, find_differences
from tuidan.store.audit.read import PAGE_ORDERS_MAX, one_moment, pages, read_rows

# A chain that is broken says so itself; what its leaves say would be the same again.
BROKEN_CHAIN = frozenset(CHAIN_WHATS.values())


def audit_page(page: list[UUID], seen: Sequence[Seen] = (), *, contents: bool = False) -> list[Difference]:
    """Everything that is wrong with these orders, as they stood at one moment.

    `seen` is when witnesses saw the log; `contents` reads the orders' files too.
    """
    with one_moment():
        read = read_rows(page)
        found = [difference for rows in read for difference in find_differences(rows)]
        broken = {
            difference.order_id for difference in found
        }  # a board of a broken order has nothing to be held to
        whole = [
            (r.order_id, read_order(r.state, r.version, r.head)) for r in read if r.order_id not in broken
        ]
        found += find_backdated(read, seen)
        found += find_file_differences(read)
        found += find_content_differences(read) if contents else ()
        found += find_book_order_differences(whole)
        unchained = {difference.order_id for difference in found if difference.what in BROKEN_CHAIN}
        found += find_leaf_differences(read, unchained)
        return found + list(find_board_differences([order_id for order_id in page if order_id not in broken]))


def audit(
    progress: Callable[[int], None] = lambda orders: None,
    against: Sequence[bytes] = (),
    trusted: Sequence[Key] = (),
    *,
    contents: bool = False,
) -> Iterator[Difference]:
    """Go through every order and every board line; `progress` gets how many orders each step looked at.

    `against` are checkpoints that others have kept, `trusted` keys that may have signed them (a
    witness's); `contents` reads every file that was filed.
    """
    seen = seen_by(against, trusted)
    for page in pages():
        yield from audit_page(page, seen, contents=contents)
        progress(len(page))
    yield from find_strays(PAGE_ORDERS_MAX)
    yield from find_log_differences([*published_notes(), *against], trusted)
    with one_moment():
        yield from audit_books()
