"""The file that carries one proof (c2sp.org/tlog-proof): index, path and the signed checkpoint, as text."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from tuidan.domain.tlog.checkpoint import read_hash, read_number

HEAD = "c2sp.org/tlog-proof@v1"
PATH_MAX = 63


class BadProofText(ValueError):
    """A file that is no tlog-proof."""


@dataclass(frozen=True, slots=True)
class ProofText:
    """Where the leaf stands, the hashes from its sibling up, and the checkpoint with all its signatures."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def bytes(self) -> bytes:
        """The file."""
        extra = [f"extra {_written(self.extra)}"] if self.extra else []
        lines = [HEAD, *extra, f"index {self.index}", *map(_written, self.path), "", ""]
        return "\n".join(lines).encode("ascii") + self.checkpoint


def read_proof_text(data: bytes) -> ProofText:
    """The proof in a file; nothing is verified here. Raises BadProofText."""
    head, found, checkpoint = data.partition(b"\n\n")
    if not found:
        raise BadProofText("no blank line stands before the checkpoint")
    try:
        lines = head.decode("ascii").split("\n")
        if lines.pop(0) != HEAD:
            raise BadProofText(f"the first line is not {HEAD}")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = base64.b64decode(lines.pop(0).removeprefix("extra "), validate=True)
        if not lines or not lines[0].startswith("index "):
            raise BadProofText("the index is missing")
        index = read_number(lines.pop(0).removeprefix("index "))
        path = tuple(map(read_hash, lines))
    except BadProofText:
        raise
    except (ValueError, binascii.Error) as error:
        raise BadProofText(str(error)) from None
    if len(path) > PATH_MAX:
        raise BadProofText("the proof has too many hashes")
    return ProofText(index, path, checkpoint, extra)


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
