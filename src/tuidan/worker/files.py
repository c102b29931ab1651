"""Uploaded files: each is looked into once, apart; what was found is kept, what is refused leaves nothing; sweeping.

Runs beside the rounds of the worker, because one video may take a minute while deadlines must not wait.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import structlog

from tuidan.commands.upload import sweep_uploads
from tuidan.commands.upload_check import pass_file, refuse_file
from tuidan.domain.upload.objects import BROKEN, MISSING, StoreTrouble
from tuidan.domain.upload.rules import CHECK_TRIES_MAX
from tuidan.domain.upload.state import FileState
from tuidan.store import connection
from tuidan.store.files import blobs, place, rows
from tuidan.store.files.rows import FileRecord, Found
from tuidan.store.files.sealed import new_key
from tuidan.worker.checker import Answer, Checker, CheckerGone
from tuidan.worker.job import Clock

log = structlog.get_logger()
BATCH = 8
SWEPT_AT_ONCE = 100
SWEEP_EVERY = timedelta(minutes=10)
IDLE_SECONDS = 0.3
BROKEN_SECONDS = 5.0


def check_files(checker: Checker, clock: Clock) -> int:
    """Look into the files that wait, the longest waiting first; gives how many got an answer."""
    return sum(_check(checker, order_id, n, clock) for order_id, n in rows.to_check(clock(), BATCH))


def _check(checker: Checker, order_id: UUID, n: int, clock: Clock) -> bool:
    if not rows.take(order_id, n, FileState.RECEIVED, clock()):
        return False
    file = rows.find(order_id, n)
    assert file is not None, "it was taken just now"
    refusal: str | None
    try:
        refusal = _look(checker, file, clock)
    except CheckerGone as gone:
        log.warning("file_check_failed", order=str(order_id), n=n, why=str(gone), tries=file.tries)
        refusal = "check_failed" if file.tries >= CHECK_TRIES_MAX else None
    except StoreTrouble as trouble:
        log.error("file_unreadable", order=str(order_id), n=n, why=str(trouble), code=trouble.code)
        lost = trouble.code in (BROKEN, MISSING) and file.tries >= CHECK_TRIES_MAX
        refusal = "check_failed" if lost else None
    if refusal is None:
        return False  # its lease runs out, then it is tried again
    if refusal:
        refuse_file(order_id, n, refusal, clock())
    return True


def _look(checker: Checker, file: FileRecord, clock: Clock) -> str:
    """Have it looked into and keep what was found; gives the refusal, "" where it passed."""
    key = new_key()
    with blobs.open_sealed(file.sha256) as sealed, place.scratch() as out, place.scratch() as said:
        answer = checker.check(sealed.file, sealed.key, file.size, out[0], said[0], key)
        log.info(
            "file_checked",
            order=str(file.order_id),
            n=file.n,
            refusal=answer.refusal,
            why=answer.why,
            ms=round(answer.seconds * 1000),
            memory_mb=answer.memory >> 20,
        )
        if answer.refusal:
            return answer.refusal
        told = answer.told
        cleaned, size = str(told["cleaned_sha256"]), int(str(told["cleaned_size"]))
        place.flush(out[0])
        blobs.keep(out[1], cleaned, size, key, file.order_id, file.n, clock())
    pass_file(file.order_id, file.n, _found(file, answer, cleaned, size, clock), clock())
    return ""


def _found(file: FileRecord, answer: Answer, cleaned: str, size: int, clock: Clock) -> Found:
    told = answer.told
    kept = [
        blobs.keep_bytes(piece, file.order_id, file.n, clock()) if piece else "" for piece in answer.pieces
    ]
    times, facts = told["frame_times"], told["facts"]
    assert isinstance(times, list), "frame_times are a list"
    assert isinstance(facts, dict), "facts are a dict"
    return Found(
        media_type=str(told["media_type"]),
        width=int(str(told["width"])),
        height=int(str(told["height"])),
        duration_ms=int(str(told["duration_ms"])),
        pages=int(str(told["pages"])),
        cleaned_sha256=cleaned,
        cleaned_size=size,
        cleaned_type=str(told["cleaned_type"]),
        small_sha256=kept[0] if kept else "",
        frames=tuple(zip(times, kept[1:], strict=True)),
        facts=facts,
    )


class FileWatch:
    """A thread of the worker that checks files as they come and sweeps what was left behind."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stopping = threading.Event()
        self._checker = Checker()
        self._thread = threading.Thread(target=self._run, name="files", daemon=True)
        self._swept_at = clock() - SWEEP_EVERY

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def check_now(self) -> int:
        """For scenes and tests, where no thread runs: look into what waits; gives how many got an answer."""
        return 0 if self._thread.is_alive() else check_files(self._checker, self._clock)

    def stop(self) -> None:
        """Begin no other file."""
        self._stopping.set()

    def close(self) -> None:
        """End after the file at hand; the checking process goes too."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join()
        self._checker.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                done = check_files(self._checker, self._clock)
                if self._clock() >= self._swept_at + SWEEP_EVERY:
                    self._swept_at = self._clock()
                    sweep_uploads(self._clock(), SWEPT_AT_ONCE)
            except Exception:  # the thread must outlive a database or a store that restarts
                log.exception("files_failed")
                connection.close()
                self._stopping.wait(BROKEN_SECONDS)
                continue
            if not done:
                self._stopping.wait(IDLE_SECONDS)
        connection.close()
