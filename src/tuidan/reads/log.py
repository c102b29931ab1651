"""The log for everybody: its newest checkpoint, its keys, its tiles, and the proof of one order.

Nothing here asks who reads: the log says no name, no amount and no word of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.domain.tlog.checkpoint import Checkpoint, read_checkpoint
from tuidan.domain.tlog.proof import consistency_ranges, inclusion_ranges
from tuidan.domain.tlog.proof_text import ProofText
from tuidan.domain.tlog.tiles import TileAt
from tuidan.store.log import checkpoints, keys, leaves
from tuidan.store.log.edge import load_proof, load_tile, tree_size


@dataclass(frozen=True, slots=True)
class OrderProof:
    """That event `n` of an order stood at the head of its chain when it was logged as leaf `index`.

    `entry` are the leaf's bytes, `checkpoint` the signed note over `size` leaves, `proof` the whole tlog-proof file.
    """

    order_id: UUID
    n: int
    index: int
    size: int
    entry: bytes
    path: tuple[bytes, ...]
    checkpoint: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class KeyView:
    """Key `n` signs from one size on until another (None: in use); `statement` is the note that handed over to it.

    `mark` is how the base64 of its signatures begins.
    """

    n: int
    vkey: str
    pem: str
    mark: str
    from_size: int
    until_size: int | None
    at: datetime
    statement: bytes


@dataclass(frozen=True, slots=True)
class LogHealth:
    """How the log stands: leaves, leaves under a signature, when that was, and what keeps it from signing ("")."""

    size: int
    signed_size: int
    signed_at: datetime | None
    trouble: str
    seen_size: int
    trouble_since: datetime | None

    @property
    def unsigned(self) -> int:
        """Leaves that wait for a signature."""
        return self.size - self.signed_size


def proof_of(order_id: UUID, size: int | None = None) -> OrderProof | None:
    """The newest logged head of the order that a signed checkpoint covers, with its proof.

    `size` asks for the checkpoint over so many leaves instead of the newest; None when nothing fits.
    """
    note = checkpoints.newest_note() if size is None else checkpoints.note_at(size)
    if note is None:
        return None
    covered = read_checkpoint(note).size
    found = leaves.newest_leaf(order_id, covered)
    if found is None:
        return None
    index, head = found
    path = tuple(load_proof(inclusion_ranges(index, covered)))
    proof = ProofText(index, path, note).bytes()
    return OrderProof(order_id, head.n, index, covered, head.entry(), path, note, proof)


def newest_checkpoint() -> bytes | None:
    """The newest signed checkpoint, with all its signatures; None before the first."""
    return checkpoints.newest_note()


def checkpoint_at(size: int) -> bytes | None:
    """The signed checkpoint over the first `size` leaves; None when none was signed there."""
    return checkpoints.note_at(size)


def log_keys() -> list[str]:
    """The verifier keys of the log, newest first."""
    return [each.key.vkey() for each in keys.load_keys()]


def read_keys() -> list[KeyView]:
    """The keys of the log with the sizes they sign for, newest first."""
    return [
        KeyView(
            each.n,
            each.key.vkey(),
            each.key.pem(),
            each.key.mark(),
            each.from_size,
            each.until_size,
            each.at,
            each.statement,
        )
        for each in keys.load_keys()
    ]


def consistency(first: int, second: int) -> list[bytes]:
    """The proof that the tree of `first` leaves begins the one of `second`, for a witness.

    Raises ValueError unless 0 ≤ first ≤ second ≤ the log's size.
    """
    if second > tree_size():
        raise ValueError(f"the log has fewer than {second} leaves")
    return load_proof(consistency_ranges(first, second))


def read_tile(at: TileAt, width: int) -> bytes | None:
    """The first `width` hashes of a tile, side by side; None where no signed checkpoint covers so many."""
    return load_tile(at, width, _signed_size())


def read_bundle(n: int, width: int) -> bytes | None:
    """The first `width` entries of bundle `n`; None where no signed checkpoint covers so many."""
    return leaves.load_bundle(n, width, _signed_size())


def log_health() -> LogHealth:
    """How the log stands, for operators."""
    trouble = checkpoints.load_trouble()
    signed = checkpoints.newest_signed()
    return LogHealth(
        tree_size(),
        signed[0] if signed else 0,
        signed[1] if signed else None,
        trouble.code if trouble else "",
        trouble.seen_size if trouble else 0,
        checkpoints.trouble_since() if trouble else None,
    )


def newest_head() -> Checkpoint | None:
    """What the newest signed checkpoint says; None before the first."""
    note = checkpoints.newest_note()
    return read_checkpoint(note) if note is not None else None


def _signed_size() -> int:
    signed = checkpoints.newest_signed()
    return signed[0] if signed else 0
