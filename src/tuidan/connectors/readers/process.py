"""Keeps one reader process: starts it when a picture comes, one picture at a time, ends it when it takes too long.

A new process begins after a number of pictures, a crash or a timeout, so that nothing a picture does stays.
"""

from __future__ import annotations

import selectors
import subprocess
import sys
import threading
import time

from tuidan.connectors.contract.reader import Likeness, Seen
from tuidan.connectors.readers import rapidocr, wire
from tuidan.connectors.readers.wire import NUMBER_BYTES

PICTURES_MAX = 100
START_SECONDS = 60.0
PICTURE_SECONDS = 60.0
PROCESSOR_SECONDS = 1_800
CHUNK = 65_536
WITH_WORDS, WITHOUT = "tuidan.connectors.readers.rapidocr", "tuidan.connectors.readers.child"


class TooSlow(Exception):
    """No answer came in time."""


class Ended(Exception):
    """The process ended before it answered."""


class ReaderProcess:
    """A reader in a process of its own. `words` False: keys and signs alone, nobody reads."""

    def __init__(self, *, words: bool = True, picture_seconds: float = PICTURE_SECONDS) -> None:
        self.reads_words = words and rapidocr.INSTALLED
        self.picture_seconds = picture_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._looked = 0

    def look(self, picture: bytes) -> Seen:
        """See `Reader.look`."""
        answer = self._ask(picture, b"")
        return wire.read_seen(answer) if isinstance(answer, bytes) else Seen(trouble=answer)

    def compare(self, one: bytes, other: bytes) -> Likeness:
        """See `Reader.compare`."""
        answer = self._ask(one, other)
        return wire.read_likeness(answer) if isinstance(answer, bytes) else Likeness(trouble=answer)

    def close(self) -> None:
        """End the process; the next picture starts a new one."""
        with self._lock:
            self._end()

    def _ask(self, one: bytes, other: bytes) -> bytes | str:
        """The answer, or the word for the trouble."""
        if not one:
            return "no_picture"
        with self._lock:
            try:
                process = self._running()
                return self._exchange(process, one, other)
            except TooSlow:
                self._end()
                return "too_slow"
            except (Ended, OSError):
                self._end()
                return "ended"

    def _running(self) -> subprocess.Popen[bytes]:
        if self._looked >= PICTURES_MAX or (self._process is not None and self._process.poll() is not None):
            self._end()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", WITH_WORDS if self.reads_words else WITHOUT, str(PROCESSOR_SECONDS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._looked = 0
            _line(self._process, time.monotonic() + START_SECONDS)
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], one: bytes, other: bytes) -> bytes:
        self._looked += 1
        assert process.stdin is not None
        process.stdin.write(len(one).to_bytes(NUMBER_BYTES) + len(other).to_bytes(NUMBER_BYTES))
        process.stdin.write(one)
        process.stdin.write(other)
        process.stdin.flush()
        return _line(process, time.monotonic() + self.picture_seconds)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    pass
        process.wait()


def _line(process: subprocess.Popen[bytes], until: float) -> bytes:
    """The next line that the process writes. Raises TooSlow, Ended."""
    assert process.stdout is not None
    line = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while not line.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not waiting.select(left):
                raise TooSlow
            more = process.stdout.read1(CHUNK)  # type: ignore[attr-defined]
            if not more or len(line) > wire.ANSWER_BYTES_MAX:
                raise Ended
            line += more
    return line
