"""The body of `add-checkpoint` (c2sp.org/tlog-witness): the old size, a consistency proof, and the checkpoint."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.tlog.checkpoint import read_hash, read_number

PROOF_LINES_MAX = 63
OLD = "old "


class BadRequest(ValueError):
    """A body that is not of this form."""


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """From which size the log says it went on, the proof of it, and the signed checkpoint as it came."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes


def read_request(body: bytes) -> AddCheckpoint:
    """The request in a body. Raises BadRequest."""
    head, found, note = body.partition(b"\n\n")
    if not found:
        raise BadRequest("no blank line stands before the checkpoint")
    try:
        first, *lines = head.decode("ascii").split("\n")
        if not first.startswith(OLD):
            raise BadRequest("the first line must be: old, a space, a size")
        if len(lines) > PROOF_LINES_MAX:
            raise BadRequest(f"at most {PROOF_LINES_MAX} lines of proof")
        return AddCheckpoint(read_number(first.removeprefix(OLD)), tuple(map(read_hash, lines)), note)
    except BadRequest:
        raise
    except ValueError as error:
        raise BadRequest(str(error)) from None
