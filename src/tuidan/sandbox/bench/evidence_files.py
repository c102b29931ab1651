"""Hostile files handed to the checking process one after the other: how many it refuses, how long, how much memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from tuidan.sandbox.hostile.kind import HostileFile
from tuidan.store.files.sealed import SealedWriter, new_key
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
        return checker.check(sealed, key, len(data), clean, said, out_key)
