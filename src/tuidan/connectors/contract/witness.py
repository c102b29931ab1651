"""What a witness of our log answers, and the interface of whoever asks it (c2sp.org/tlog-witness).

A witness keeps our last head and cosigns the next only when it goes on from that one. Asking twice does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

__all__ = ["LogWitness", "WitnessAnswer"]

Said = Literal["cosigned", "other_size", "inconsistent", "refused"]


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """`cosigned`: with verified signature `lines`. `other_size`: it has cosigned `size` leaves last, not what we said.

    `inconsistent`: to it, our head does not go on from the one it has seen. `refused`: anything else that is a no.
    """

    said: Said
    lines: tuple[str, ...] = ()
    size: int = 0
    why: str = ""


@runtime_checkable
class LogWitness(Protocol):
    """One witness. Thread-safe; holds a connection pool, `close_connections` lets it go."""

    name: str
    vkey: str
    url: str
    call_deadline_seconds: float

    def add_checkpoint(self, old_size: int, proof: Sequence[bytes], note: bytes) -> WitnessAnswer:
        """Ask it to cosign a checkpoint that goes on from `old_size` leaves by this proof. Raises OutsideError."""
        ...

    def close_connections(self) -> None:
        """Let go of open connections."""
        ...
