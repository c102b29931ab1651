"""The outside eyes on the log: every witness is asked to cosign each new checkpoint, and authorities to stamp some.

What a witness contradicts stops all signing until it agrees again or an operator takes it off the list: a restored
backup, or rows changed behind our back, must not become a second history under one name.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import structlog

from tuidan.commands.clock import for_outside
from tuidan.commands.outside import Outside
from tuidan.connectors.contract.http import OutsideError
from tuidan.connectors.contract.timestamp import TimestampAuthority, TimestampRefused
from tuidan.connectors.contract.witness import LogWitness, WitnessAnswer
from tuidan.domain.tlog.checkpoint import Checkpoint, read_checkpoint
from tuidan.domain.tlog.note import read_note, read_vkey
from tuidan.domain.tlog.proof import consistency_ranges
from tuidan.store.log import tokens
from tuidan.store.log.checkpoints import (
    add_signatures,
    load_trouble,
    newest_note,
    newest_signed,
    note_at,
    tell_trouble,
)
from tuidan.store.log.edge import MissingTile, load_proof
from tuidan.store.log.witnesses import claim_turn, end_turn, load_witnesses
from tuidan.worker.job import BACKOFF_SECONDS, Clock

log = structlog.get_logger()
LOOK_SECONDS = 0.5
ASKS_MAX = 3
CONTRADICTED_SECONDS = 30
AHEAD, DIFFERS = "witness_ahead", "witness_differs"


class Witnessing:
    """When this worker asks. Witnesses keep their turns in the database, so that two workers do not ask at once."""

    def __init__(self) -> None:
        self.due = 0.0
        self.stamp_due: dict[str, float] = {}
        self.met: set[str] = set()

    def is_due(self) -> bool:
        """Whether it is time to look; the next time is in a while."""
        if time.monotonic() < self.due:
            return False
        self.due = time.monotonic() + LOOK_SECONDS
        return True

    def look(self, outside: Outside, clock: Clock) -> int:
        """Ask every witness and authority whose turn it is; gives how many signatures and tokens came.

        The first time every witness is asked: what the database says about it may come from an old backup.
        """
        done = 0
        for name, witness in outside.witnesses.items():
            done += ask_witness(witness, clock, first=name not in self.met)
            self.met.add(name)
        done += sum(self._stamp(authority, clock) for authority in outside.timestamps.values())
        settle_trouble(outside, for_outside(clock()))
        return done

    def _stamp(self, authority: TimestampAuthority, clock: Clock) -> bool:
        if time.monotonic() < self.stamp_due.get(authority.name, 0.0):
            return False
        try:
            return stamp_newest(authority, clock)
        except (OutsideError, TimestampRefused) as error:
            log.warning("timestamp_failed", authority=authority.name, why=str(error))
            self.stamp_due[authority.name] = time.monotonic() + BACKOFF_SECONDS[-3]
            return False


def ask_witness(witness: LogWitness, clock: Clock, *, first: bool = False) -> bool:
    """Ask one witness to cosign our newest checkpoint, where it has not (the first time always); whether it did."""
    signed = newest_signed()
    known = {state.name: state for state in load_witnesses()}.get(witness.name)
    is_done = known and (known.vkey, known.seen_size, known.said) == (witness.vkey, signed and signed[0], "")
    if signed is None or (is_done and not first):
        return False
    now = for_outside(clock())
    lease = timedelta(seconds=ASKS_MAX * witness.call_deadline_seconds)
    turn = claim_turn(witness.name, witness.vkey, now, now + lease)
    if turn is None:
        return False
    seen, tries = turn
    try:
        told, answer = _ask(witness, seen)
    except (OutsideError, MissingTile) as error:
        pause = BACKOFF_SECONDS[min(tries, len(BACKOFF_SECONDS) - 1)]
        end_turn(witness.name, seen, f"{error}"[:200], for_outside(clock()) + timedelta(seconds=pause))
        log.warning("witness_not_asked", witness=witness.name, why=str(error))
        return False
    return _take(witness, seen, told, answer, for_outside(clock()))


def _ask(witness: LogWitness, seen: int) -> tuple[Checkpoint, WitnessAnswer]:
    """Its answer about our newest checkpoint. When it has cosigned another size than we thought, go on from there."""
    for _ in range(ASKS_MAX):
        note = newest_note()
        assert note is not None, "asked only when a checkpoint is signed"
        told = read_checkpoint(note)
        if seen > told.size:
            return told, WitnessAnswer("other_size", size=seen)
        answer = witness.add_checkpoint(seen, load_proof(consistency_ranges(seen, told.size)), note)
        if answer.said != "other_size":
            return told, answer
        seen = answer.size
    return told, answer


def _take(witness: LogWitness, seen: int, told: Checkpoint, answer: WitnessAnswer, now: datetime) -> bool:
    """Keep what it said: cosignatures, or the reason for which nothing is signed any more."""
    if answer.said == "cosigned":
        if not _has_line_of(witness, told.size):
            add_signatures(told.size, answer.lines)
        end_turn(witness.name, told.size, "", now, now)
        return True
    said, pause = answer.why, timedelta(seconds=BACKOFF_SECONDS[-3])
    if answer.said == "other_size" and answer.size <= told.size:
        said, seen = "its size kept changing while it was asked", answer.size
    elif answer.said in ("other_size", "inconsistent"):
        code = AHEAD if answer.said == "other_size" else DIFFERS
        seen = max(seen, answer.size)
        log.error("log_history_forked", witness=witness.name, code=code, here=told.size, seen=seen)
        tell_trouble(code, told.size, seen, now)
        said, pause = f"{code} {answer.why}".strip(), timedelta(seconds=CONTRADICTED_SECONDS)
    end_turn(witness.name, seen, said, now + pause)
    return False


def _has_line_of(witness: LogWitness, size: int) -> bool:
    """Whether the checkpoint carries a cosignature of this witness; one of each is enough."""
    key, note = read_vkey(witness.vkey), note_at(size)
    return note is not None and any(
        (each.name, each.key_id) == (key.name, key.id) for each in read_note(note).signatures
    )


def settle_trouble(outside: Outside, now: datetime) -> None:
    """Let signing go on when no witness on the list contradicts us any more."""
    trouble = load_trouble()
    if trouble is None or trouble.code not in (AHEAD, DIFFERS):
        return
    if not any(state.name in outside.witnesses and state.contradicts() for state in load_witnesses()):
        tell_trouble("", 0, 0, now)


def stamp_newest(authority: TimestampAuthority, clock: Clock) -> bool:
    """Have the newest checkpoint stamped where it is time; whether it was. Raises OutsideError, TimestampRefused."""
    signed, last = newest_signed(), tokens.last_stamped(authority.name)
    if signed is None or (last is not None and last[0] >= signed[0]):
        return False
    if last is not None and for_outside(clock()) < last[1] + timedelta(minutes=authority.every_minutes):
        return False
    note = newest_note()
    assert note is not None
    token = authority.stamp(note)
    size = read_checkpoint(note).size
    return tokens.keep_token(tokens.Token(size, authority.name, note, token.der, authority.ca_pem, token.at))
