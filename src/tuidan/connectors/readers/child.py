"""The reader's own process: takes pictures from stdin, answers on stdout, until its stdin closes.

A question is a head of two numbers of four bytes (lengths of one or two pictures), then the bytes. The process has
limits on memory and processor time and writes no files. `python -m tuidan.connectors.readers.child SECONDS` reads no
words; `python -m tuidan.connectors.readers.rapidocr SECONDS` does.
"""

from __future__ import annotations

import os
import resource
import sys
from typing import BinaryIO

from tuidan.connectors.contract.reader import Likeness, Seen
from tuidan.connectors.readers import looking, wire
from tuidan.connectors.readers.rapidocr import Engine
from tuidan.connectors.readers.wire import NUMBER_BYTES, READY

# Addresses, not memory in use: the models map about 1.4 GB and use 0.6.
MEMORY_BYTES_MAX = 2_560 * 1024 * 1024


def limit(processor_seconds: int) -> None:
    """From now on this process can neither grow nor go on beyond this, nor write a file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(4)


def serve(questions: BinaryIO, answers: BinaryIO, reader: Engine | None) -> None:
    """Answer one question after the other until there are no more."""
    answers.write(READY)
    answers.flush()
    while True:
        head = questions.read(2 * NUMBER_BYTES)
        if len(head) < 2 * NUMBER_BYTES:
            return
        one, other = (
            questions.read(int.from_bytes(part)) for part in (head[:NUMBER_BYTES], head[NUMBER_BYTES:])
        )
        answers.write(_compared(one, other) if other else _seen(one, reader))
        answers.flush()


def _seen(one: bytes, reader: Engine | None) -> bytes:
    try:
        return wire.write_seen(looking.look_at(one, reader))
    except MemoryError:
        return wire.write_seen(Seen(trouble="no_picture"))


def _compared(one: bytes, other: bytes) -> bytes:
    try:
        return wire.write_likeness(looking.compare(one, other))
    except MemoryError:
        return wire.write_likeness(Likeness(trouble="no_picture"))


if __name__ == "__main__":
    limit(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer, None)
