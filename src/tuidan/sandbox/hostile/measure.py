"""Hostile files handed to the checking process one after the other: how many it refuses, how long, how much memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from tuidan.sandbox.hostile.kind import HostileFile
from tuidan.store.files.sealed import SealedReader, SealedWriter, new_key
from tuidan.worker.checker import Answer, Checker

BYTES_A_MIB = 1024 * 1024


@dataclass(slots=True)
class HostileFigures:
    """`taken` names those that were not refused; `restarts` counts how often the checking process had to begin anew."""

    files: int = 0
    taken: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    memory_mib: list[float] = field(default_factory=list)
    restarts: int = 0


def measure(files: Iterable[HostileFile], checker: Checker) -> HostileFigures:
    """Hand each to the checker. Raises CheckerGone where that process dies."""
    told = HostileFigures()
    for file in files:
        answer = answer_for(checker, file.data)
        told.files += 1
        told.seconds.append(answer.seconds)
        told.memory_mib.append(answer.memory / BYTES_A_MIB)
        told.codes[file.what] = answer.refusal
        if not answer.refusal:
            told.taken.append(file.what)
    told.restarts = checker.started - 1
    return told


def answer_for(checker: Checker, data: bytes) -> Answer:
    """What the checker says of this content, sealed as the worker would hand it over."""
    return _look(checker, data)[0]


def copy_for(checker: Checker, data: bytes) -> bytes:
    """The copy that others would see; empty for a file that is refused."""
    return _look(checker, data)[1]


def _look(checker: Checker, data: bytes) -> tuple[Answer, bytes]:
    key, out_key = new_key(), new_key()
    with (
        tempfile.TemporaryFile() as sealed,
        tempfile.TemporaryFile() as clean,
        tempfile.TemporaryFile() as said,
    ):
        sealing = SealedWriter(sealed, key)
        sealing.write(data)
        sealing.close()
        sealed.flush()
        answer = checker.check(sealed, key, len(data), clean, said, out_key)
        if answer.refusal:
            return answer, b""

        def fetch(start: int, length: int) -> bytes:
            clean.seek(start)
            return clean.read(length)

        return answer, b"".join(SealedReader(fetch, clean.seek(0, 2), out_key).chunks())
