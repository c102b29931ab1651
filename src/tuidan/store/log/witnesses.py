"""How far each witness is: whose turn it is to be asked, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.store import connection

TURN = "SELECT seen, tried FROM log_witness_turn_v1(%s, %s, %s, %s)"
SAID = "SELECT log_witness_said_v1(%s, %s, %s, %s, %s)"
CONTRADICTION = "witness_"  # how the codes of domain/tlog/trouble.py begin that a witness causes
ALL = "SELECT name, vkey, seen_size, said, cosigned_at, due_at FROM log_witness ORDER BY name"


@dataclass(frozen=True, slots=True)
class WitnessState:
    """A witness as we know it: the size that it cosigned last and when, and what it said last ("": all is well)."""

    name: str
    vkey: str
    seen_size: int
    said: str
    cosigned_at: datetime | None
    due_at: datetime

    def contradicts(self) -> bool:
        """Whether it has seen another history than the one that we have."""
        return self.said.startswith(CONTRADICTION)


def claim_turn(name: str, vkey: str, now: datetime, until: datetime) -> tuple[int, int] | None:
    """The size that this witness cosigned last and how often it was asked in vain; None while it is not our turn."""
    row = connection.fetch_one(TURN, (name, vkey, now, until))
    return (int(row[0]), int(row[1])) if row else None


def end_turn(
    name: str, seen_size: int, said: str, next_at: datetime, cosigned_at: datetime | None = None
) -> None:
    """Keep what came of the turn; `said` is empty when all is well."""
    connection.run(SAID, (name, seen_size, said, next_at, cosigned_at))


def load_witnesses() -> list[WitnessState]:
    """All witnesses that were ever asked, by name."""
    return [WitnessState(*row) for row in connection.fetch_all(ALL, ())]
