"""The worker's side of the checking process: starts it, hands it a sealed file, takes what it found."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import BinaryIO

import orjson

from tuidan.domain.upload.kinds import MIB
from tuidan.domain.upload.objects import StoreTrouble
from tuidan.store.files.sealed import SealedReader

CPU_SECONDS, WALL_SECONDS = 4, 4.8
# Only a video may be larger than this; it gets a second more for each so many bytes.
SMALL_BYTES, BYTES_A_SECOND = 24 * MIB, 8 * MIB
# Less of its time than this on the processor: the machine was busy, the file is not to blame.
STARVED = 0.5
ANSWER_LINE_MAX = 65_536
GRACE_SECONDS = 10.0


class CheckerGone(Exception):
    """The checking process could not be started, or does not answer: the file waits for the next try."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file. `refusal` "" for one that is taken; then `told` is what was found.

    `pieces` are small pictures: the file's own, then key frames. `seconds` and `memory` (bytes) are what it took.
    """

    refusal: str
    told: dict[str, object] = field(default_factory=dict)
    pieces: tuple[bytes, ...] = ()
    seconds: float = 0.0
    memory: int = 0
    why: str = ""


class Checker:
    """One checking process, started on first use, one file at a time. Close it, or leave its `with` block.

    `started` counts how often it had to be started.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self.started = 0

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(
        self, sealed: BinaryIO, key: bytes, size: int, cleaned: BinaryIO, answer: BinaryIO, out_key: bytes
    ) -> Answer:
        """Have one sealed file of `size` plain bytes looked into. Raises CheckerGone.

        The clean copy is written to `cleaned`, sealed with `out_key`; `answer` is a scratch file for what was found.
        """
        more = size // BYTES_A_SECOND if size > SMALL_BYTES else 0
        cpu, wall = CPU_SECONDS + more, WALL_SECONDS + more
        told = {"key": key.hex(), "out_key": out_key.hex(), "cpu": cpu, "wall": wall}
        files = [sealed.fileno(), cleaned.fileno(), answer.fileno()]
        with self._lock:
            ended = self._ask(orjson.dumps(told), files, wall + GRACE_SECONDS)
        seconds, memory = float(ended["seconds"]), int(ended["memory"])
        if ended["how"] == "slow" and float(ended["cpu"]) < STARVED * min(cpu, seconds):
            raise CheckerGone("the machine was too busy to look into the file")
        if ended["how"] == "slow":
            return Answer("too_slow", seconds=seconds, memory=memory)
        if ended["how"] != "done":
            return Answer("broken", seconds=seconds, memory=memory, why=f"signal {ended['signal']}")
        found, pieces = _read_answer(answer, out_key)
        why = str(found.pop("why", ""))
        return Answer(str(found.pop("refusal", "")), found, pieces, seconds, memory, why)

    def close(self) -> None:
        """End the process: it goes when its line is closed."""
        process, line = self._process, self._line
        self._process = self._line = None
        if line is not None:
            line.close()
        if process is not None:
            try:
                process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _ask(self, told: bytes, files: list[int], wait_seconds: float) -> dict[str, float | int | str]:
        line = self._started()
        line.settimeout(wait_seconds)
        try:
            socket.send_fds(line, [told], files)
            said = line.recv(ANSWER_LINE_MAX)
        except OSError as error:
            said = b""
            reason: object = error
        else:
            reason = "it ended"
        if not said:
            self.close()
            raise CheckerGone(f"the checking process does not answer: {reason}")
        found: dict[str, float | int | str] = orjson.loads(said)
        return found

    def _started(self) -> socket.socket:
        if self._line is not None and self._process is not None and self._process.poll() is None:
            return self._line
        self.close()
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tuidan.worker.checking", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        except OSError as error:
            ours.close()
            raise CheckerGone(str(error)) from error
        finally:
            theirs.close()
        self._line = ours
        self.started += 1
        return ours


def _read_answer(answer: BinaryIO, key: bytes) -> tuple[dict[str, object], tuple[bytes, ...]]:
    answer.seek(0, 2)
    size = answer.tell()

    def fetch(start: int, length: int) -> bytes:
        answer.seek(start)
        return answer.read(length)

    try:
        whole = b"".join(SealedReader(fetch, size, key).chunks())
    except StoreTrouble as trouble:
        raise CheckerGone(f"the answer does not open: {trouble}") from trouble
    line, _, rest = whole.partition(b"\n")
    told: dict[str, object] = orjson.loads(line)
    pieces, at = [], 0
    lengths = told.pop("pieces")
    assert isinstance(lengths, list)
    for length in lengths:
        pieces.append(rest[at : at + length])
        at += length
    return told, tuple(pieces)
