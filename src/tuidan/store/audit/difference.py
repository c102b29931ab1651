"""One thing that is not as it must be: which order, what, where. The sentences stand with the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

WHATS: dict[str, str] = {
    "event_changed": "the bytes of event n are not those that were hashed",
    "event_missing": "event n is gone",
    "event_reordered": "in the place of event n stands another",
    "event_added": "event n lies beyond the order's version",
    "event_column": "a column beside event n does not say what its bytes say",
    "event_unfit": "event n cannot follow on those before it",
    "event_backdated": "event n says that it happened before a witness saw the log, and was not in it then",
    "head_differs": "the order's row does not end where its events end",
    "posting_missing": "posting n, which an event made, is gone",
    "posting_added": "posting n was made by no event",
    "posting_changed": "posting n is not what its event says",
    "total_differs": "a running total is not the sum of the postings",
    "invariant_broken": "the postings break a money invariant",
    "state_differs": "a field of the state is not what the events give",
    "column_differs": "a column of the order's row is not what the events give",
    "snapshot_changed": "the terms are not those that the buyer confirmed",
    "words_changed": "the words kept for event n are not those that it proves",
    "words_missing": "the words that event n proves are gone, and no event erased them",
    "account_changed": "the account kept is not the one that the buyer gave",
    "account_missing": "the account that the buyer gave is gone, and no event erased it",
    "notice_changed": "a notice of the outside is not the one that came",
    "file_changed": "file n is not the one that an exhibit names",
    "file_missing": "a file that an exhibit names is gone, and nothing erased it",
    "book_event_changed": "event n of a seller's or the fund's book is gone or was changed",
    "book_leaf_differs": "the log has another hash for event n of a book",
    "book_line_differs": "line n of a book is not what its events make",
    "book_total_differs": "a total of a book is not the sum of its lines",
    "book_order_differs": "an order and the books do not say the same of what passed between them",
    "log_leaf_missing": "the order moved on to event n, and the log does not have it",
    "log_leaf_differs": "the log has another hash for event n",
    "log_leaf_added": "the log has a leaf that belongs to nothing: event n of the order, or leaf n of the tree",
    "log_order_missing": "the log has a leaf of an order that is not there",
    "log_gap": "leaf n of the log is gone",
    "log_tile_differs": "tile n of a level is not what the leaves give",
    "log_checkpoint_differs": "the signed checkpoint over n leaves is not the root of the tree",
    "log_signature_fails": "the checkpoint over n leaves is not signed by a key of the log",
    "log_note_unknown": "a checkpoint kept elsewhere is none, or is signed by nobody who is trusted",
    "log_history_differs": "a checkpoint kept elsewhere over n leaves has another root: history was rewritten",
    "log_behind": "a signed checkpoint covers n leaves, and the log has fewer",
    "board_missing": "a board has no line for the order, or for its case n",
    "board_added": "a board has a line for an order or a case that is not there",
    "board_differs": "a board's line is not what a rebuild gives",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """`n` is the event, posting or case it is about (0: the order itself); `data` has what the sentence needs."""

    order_id: UUID
    what: str
    n: int = 0
    data: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.what not in WHATS:
            raise ValueError(f"unknown difference {self.what}")
