"""The only path of a change to a book: key seen? → load with version → decide → one append → done, or again.

The seller's and the fund's own commands are in `seller_account.py`, `fund.py` and `advance.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
import psycopg

from tuidan.commands.busy import TooBusy
from tuidan.domain.books.book import Book
from tuidan.domain.books.commands import BookCommand, item_keys
from tuidan.domain.books.decide import decide_book
from tuidan.domain.books.events import BookCommandRefused, BookEvent, read_book_event
from tuidan.domain.commands import Actor
from tuidan.domain.refusals import Refusal
from tuidan.store.books.append import append_book
from tuidan.store.books.load import load_book
from tuidan.store.connection import OutcomeUnknown

# One row is written by all that happens to a seller, or to the fund: lost races are usual, and short.
TRIES_MAX = 60


@dataclass(frozen=True, slots=True)
class BookOutcome:
    """What a command on a book did: its events, or the refusal; `book` is the state afterwards with its items."""

    events: list[BookEvent]
    refusal: Refusal | None
    book: Book
    again: bool = False

    @property
    def ok(self) -> bool:
        return self.refusal is None


def run_on_book(
    owner_id: UUID, command: BookCommand, actor: Actor, now: datetime, key: str = ""
) -> BookOutcome:
    """Carry out one command on one book, once. Without a key the command must find itself done by its item.

    Raises TooBusy after TRIES_MAX lost races, OutcomeUnknown when the database cannot be reached to find out.
    """
    told = [str(owner_id), type(command).__name__, command, actor]
    digest = hashlib.sha256(orjson.dumps(told)).digest()
    who = {"kind": actor.kind, "id": actor.id}
    broken: OutcomeUnknown | None = None
    for _ in range(TRIES_MAX):
        try:
            book, seen = load_book(owner_id, item_keys(command), key)
            if seen is not None:
                if seen.input_sha256 != digest:
                    return BookOutcome([], Refusal("key_used_for_other_input"), book)
                first = read_book_event(seen.kind, seen.data)
                return BookOutcome([first], _refusal_of([first]), book, again=True)
            expected = book.version
            draft = decide_book(book, command)
            refusal = _refusal_of(draft.events)
            if not draft.events or (refusal is not None and not key):
                return BookOutcome(draft.events, refusal, book)
            if append_book(owner_id, expected, draft, who, key, digest, now):
                return BookOutcome(draft.events, refusal, book)
            broken = None
        except (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected):
            continue  # the key was taken meanwhile: look again before deciding again
        except OutcomeUnknown as error:
            broken = error
    if broken is not None:
        raise broken
    raise TooBusy(str(owner_id))


def _refusal_of(events: list[BookEvent]) -> Refusal | None:
    first = events[0] if events else None
    return Refusal(first.code, first.data) if isinstance(first, BookCommandRefused) else None
