"""Fold an order's events again from the first: the state, the postings and the command columns they must have made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import orjson

from tuidan.domain.events import Event, OrderPlaced, WordsErased, read_event
from tuidan.domain.evidence import sha256_hex
from tuidan.domain.ledger import Posting
from tuidan.domain.order import Order, evolve
from tuidan.store.audit.read import EventRow, PostingRow
from tuidan.store.orders.append import ROWS_PER_EVENT

# The fields by which an event proves the words beside it; at most one of them is set.
NO_WORDS = sha256_hex(b"")
PROOFS = ("text_sha256", "note_sha256", "answer_sha256", "from_sha256")


class Unfit(ValueError):
    """Event n cannot be read, or cannot follow on those before it."""

    def __init__(self, n: int, why: str) -> None:
        super().__init__(why)
        self.n = n


@dataclass(slots=True)
class Replay:
    """What the events give: the order, its postings by number, the columns that stand beside each event."""

    order: Order = field(default_factory=Order)
    postings: dict[int, PostingRow] = field(default_factory=dict)
    columns: dict[int, dict[str, object]] = field(default_factory=dict)
    placed: OrderPlaced | None = None
    proofs: dict[int, str] = field(default_factory=dict)
    authors: dict[int, tuple[str, str]] = field(default_factory=dict)
    erasures: list[tuple[int, WordsErased]] = field(default_factory=list)
    _open: list[tuple[int, Posting]] = field(default_factory=list)
    _first: int = 0

    def end_command(self) -> None:
        """A command's postings are numbered from its last event on."""
        start = self.order.version * ROWS_PER_EVENT
        for n, (event_n, posting) in enumerate(self._open, start=start):
            self.postings[n] = PostingRow(
                n, event_n, posting.debit, posting.credit, posting.amount_fen, self.order.currency
            )
        self._open = []
        if self._first:
            self.columns[self._first]["command_events"] = self.order.version - self._first + 1


def replay(events: list[EventRow]) -> Replay:
    """Fold events whose chain is whole. Raises Unfit."""
    found = Replay()
    for row in events:
        try:
            _follow(found, row, orjson.loads(row.body))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise Unfit(row.n, f"{type(error).__name__}: {error}") from error
    found.end_command()
    return found


def _follow(found: Replay, row: EventRow, told: dict[str, object]) -> None:
    event: Event = read_event(str(told["kind"]), told["data"])  # type: ignore[arg-type]
    at = datetime.fromisoformat(str(told["at"]))
    starts = "key" in told
    if starts:
        found.end_command()
        found._first = row.n
    found.columns[row.n] = {
        "order_id": told["order"],
        "kind": told["kind"],
        "at": at,
        "command_key": told.get("key"),
        "command_input": bytes.fromhex(str(told["input"])) if starts else None,
        "command_events": None,
    }
    found._open += [(row.n, posting) for posting in evolve(found.order, event, row.n, at)]
    found.order.head = row.hash
    if isinstance(event, OrderPlaced):
        found.placed = event
    proof = next((proof for name in PROOFS if (proof := getattr(event, name, ""))), "")
    if proof and proof != NO_WORDS and starts:  # words lie beside the first event of a command
        found.proofs[row.n] = proof
        found.authors[row.n] = (str(told["kind"]), str(told["actor"]["kind"]))  # type: ignore[index]
    if isinstance(event, WordsErased):
        found.erasures.append((row.n, event))
