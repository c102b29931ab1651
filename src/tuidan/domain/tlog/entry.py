"""What a leaf of the log says: the head of one order's chain of events, and nothing about a person.

The hash of event n covers every event before it (evidence.chain_hash), so one leaf stands for the order up to there.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import orjson

from tuidan.domain.evidence import NotCanonical, canonical_bytes
from tuidan.domain.tlog.tree import HASH_BYTES


class BadEntry(ValueError):
    """Bytes that are no entry of this log."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an order's chain: the order, the number of its last event, and that event's hash (32 bytes)."""

    order_id: UUID
    n: int
    hash: bytes

    def entry(self) -> bytes:
        """The leaf's bytes: canonical JSON of hash, n, order and v, written without the detour over a dictionary."""
        told = self.order_id.hex
        order_id = f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"
        return f'{{"hash":"{self.hash.hex()}","n":{self.n},"order":"{order_id}","v":1}}'.encode("ascii")


def read_entry(data: bytes) -> Head:
    """The head that a leaf names. Raises BadEntry unless these are exactly the bytes that we would write."""
    try:
        told = orjson.loads(data)
        if canonical_bytes(told) != data or set(told) != {"hash", "n", "order", "v"} or told["v"] != 1:
            raise BadEntry("not an entry of this log")
        head = Head(UUID(told["order"]), told["n"], bytes.fromhex(told["hash"]))
    except (orjson.JSONDecodeError, NotCanonical, ValueError, TypeError, AttributeError) as error:
        raise BadEntry(str(error)) from None
    if head.entry() != data or len(head.hash) != HASH_BYTES or head.n < 1:
        raise BadEntry("not an entry of this log")
    return head
