"""What the stock tests share: a filled listing, raw counts, and a transaction held open by somebody else."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, connections, transaction

from tuidan.domain.card_code import read_lines
from tuidan.domain.stock import StockKind
from tuidan.store.stock.importing import Batch, ImportReport, import_codes
from tuidan.store.stock.keys import vault

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)
SELLER = UUID(int=7)


def fill(
    listing_id: UUID, secrets: Sequence[str], kind: StockKind = StockKind.UNIQUE, seller: UUID = SELLER
) -> ImportReport:
    """Import these secrets, one a line."""
    batch = Batch(listing_id, seller, kind, vault(), NOW, write=True)
    return import_codes(batch, read_lines("\n".join(secrets), None))


def filled(count: int, kind: StockKind = StockKind.UNIQUE) -> tuple[UUID, list[str]]:
    """A new listing with `count` codes of its own: its id and the secrets in the order of the file."""
    listing_id = uuid4()
    secrets = [f"{listing_id.hex}-{n:06d}" for n in range(count)]
    fill(listing_id, secrets, kind)
    return listing_id, secrets


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Look into the tables directly."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall()


def free_ids(listing_id: UUID) -> set[UUID]:
    """The codes on sale, after checking that the two tables agree about them."""
    free = {row[0] for row in rows("SELECT code_id FROM stock_free WHERE listing_id = %s", listing_id)}
    same = rows("SELECT code_id FROM stock_code WHERE listing_id = %s AND state = 'free'", listing_id)
    assert free == {row[0] for row in same}
    return free


@contextmanager
def open_elsewhere(work: Callable[[], object], *, commit: bool) -> Iterator[Callable[[], None]]:
    """Do `work` in another connection's transaction and keep it open; the yielded function ends it, early if called."""
    done, end = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                work()
                done.set()
                end.wait(20)
                transaction.set_rollback(not commit)
        finally:
            done.set()
            connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()

    def finish() -> None:
        end.set()
        thread.join(20)

    try:
        assert done.wait(20)
        yield finish
    finally:
        finish()


def in_background(work: Callable[[], object]) -> threading.Thread:
    """Start `work` in a thread with a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until_blocked() -> None:
    """Return when some statement of this database waits for another's transaction."""
    for _ in range(2000):
        if rows(
            "SELECT 1 FROM pg_locks waiting JOIN pg_locks held ON held.pid = waiting.pid "
            "JOIN pg_database d ON d.oid = held.database AND d.datname = current_database() WHERE NOT waiting.granted"
        ):
            return
        threading.Event().wait(0.005)
    raise AssertionError("nothing waits")
