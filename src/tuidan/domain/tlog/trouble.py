"""When a log must not sign: somebody has seen a head that this tree does not continue.

A restored backup, or rows changed behind our back, must not become a second history under one name. Whoever holds
an earlier checkpoint would find it; better that nothing is signed, and that a person hears of it.
"""

from __future__ import annotations

from collections.abc import Callable

from tuidan.domain.tlog.checkpoint import Checkpoint

TROUBLES: dict[str, str] = {
    "published_ahead": "a published checkpoint covers more leaves than the database has",
    "published_differs": "the database does not begin with the tree of a published checkpoint",
    "witness_ahead": "a witness has seen more leaves than the database has",
    "witness_differs": "the database does not begin with the tree that a witness has seen",
    "rows_missing": "rows of the tree are missing or too short",
    "unreadable": "the published checkpoint, or a key of the log, cannot be read",
    "folder": "the folder of the log's keys cannot be used",
    "busy": "others changed the log under every attempt",
    "key_missing": "the private key that must sign is not in the folder of the log's keys",
}


class NotSigned(RuntimeError):
    """Nothing was signed; `code` is one of TROUBLES, `seen_size` the size that somebody else has seen."""

    def __init__(self, code: str, size: int, seen_size: int = 0) -> None:
        super().__init__(f"{TROUBLES[code]} ({size} leaves here, {seen_size} seen)")
        self.code, self.size, self.seen_size = code, size, seen_size


def check_continues(seen: Checkpoint, size: int, root_at: Callable[[int], bytes], who: str) -> None:
    """Raise NotSigned unless the tree of `size` leaves continues the one that `seen` names.

    `who` has seen it: "published" or "witness". `root_at` gives the root that this tree had at a size.
    """
    if seen.size > size:
        raise NotSigned(f"{who}_ahead", size, seen.size)
    if root_at(seen.size) != seen.root:
        raise NotSigned(f"{who}_differs", size, seen.size)
