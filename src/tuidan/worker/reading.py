"""Reads what was uploaded: each checked picture once, a video by its key frames; finds the same picture elsewhere.

One picture at a time, beside the rounds, because a picture takes seconds. What it finds is a reading for people; only
a picture that surely was filed in another order at another time is flagged, which brings a person in (R11).
"""

from __future__ import annotations

import threading
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import structlog

from tuidan.commands.outside import Outside
from tuidan.commands.reading import record_reading
from tuidan.commands.runner import TooBusy
from tuidan.connectors.contract.reader import Reader, Seen
from tuidan.domain import commands as c
from tuidan.domain.order import Order
from tuidan.domain.reading.line import Line, line_from
from tuidan.domain.reading.reuse import bands, grade, is_another_time
from tuidan.domain.upload.kinds import KINDS
from tuidan.domain.upload.objects import StoreTrouble
from tuidan.reads.expected import expected_of
from tuidan.reads.reading import best_page
from tuidan.reads.upload import open_file, open_small
from tuidan.store import connection
from tuidan.store.connection import OutcomeUnknown
from tuidan.store.files import rows as files
from tuidan.store.files.rows import FileRecord
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_story
from tuidan.store.readings import rows
from tuidan.store.readings.rows import ReadingRecord
from tuidan.worker.job import Clock

log = structlog.get_logger()
READ_TYPES = tuple(kind.media_type for kind in KINDS.values() if kind.sort in ("picture", "video"))
BATCH = 8
FRAMES_MAX = 3
ALIKE_MAX = 6  # pictures that are compared closely, those that share most first
FRAME_STEP = 2
IDLE_SECONDS = 0.5
BROKEN_SECONDS = 5.0


class ReadingWatch:
    """A thread of the worker that reads pictures as they are checked."""

    def __init__(self, outside: Outside, clock: Clock) -> None:
        self._outside, self._clock = outside, clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reading", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def read_now(self) -> int:
        """For scenes and tests, where no thread runs: read what waits; gives how much was done."""
        return 0 if self._thread.is_alive() else read_files(self._outside, self._clock)

    def stop(self) -> None:
        """Begin no other picture."""
        self._stopping.set()

    def close(self) -> None:
        """End after the picture at hand; the reading process goes too."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join()
        if self._outside.reader is not None:
            self._outside.reader.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                done = read_files(self._outside, self._clock)
            except Exception:  # the thread must outlive a database or a store that restarts
                log.exception("reading_failed")
                connection.close()
                self._stopping.wait(BROKEN_SECONDS)
                continue
            if not done:
                self._stopping.wait(IDLE_SECONDS)
        connection.close()


def read_files(outside: Outside, clock: Clock) -> int:
    """Read what waits, a few at a time, and tell exhibits; gives how much was done."""
    done = 0
    reader = outside.reader
    if reader is not None:
        for order_id, n in rows.unread(READ_TYPES, clock(), BATCH):
            done += _read_one(reader, order_id, n, clock)
    for order_id, _, exhibit, case in dict.fromkeys(rows.untold(BATCH)):
        done += tell_exhibit(order_id, case, exhibit, clock())
    return done


def _read_one(reader: Reader, order_id: UUID, n: int, clock: Clock) -> bool:
    file = files.find(order_id, n)
    if file is None or not rows.take(order_id, n, file.sha256, clock()):
        return False
    try:
        pictures = _pictures(file)
    except StoreTrouble as trouble:
        log.warning("reading_put_off", order=str(order_id), file=n, why=trouble.code)
        return False
    seen = [(frame, picture, reader.look(picture)) for frame, picture in pictures]
    failed = [told.trouble for _, _, told in seen if told.trouble]
    looked = [(frame, told) for frame, _, told in seen if not told.trouble]
    keys = {key for _, told in looked for key in told.keys}
    lines = [line for _, told in looked for line in told.lines or ()]
    own_bands = bands(keys, lines, file.sha256)
    counted, rare = rows.alike(order_id, own_bands)
    picture = next((picture for frame, picture, _ in seen if frame == 0), b"")
    found = _elsewhere(reader, file, picture, lines, counted)
    kept = rows.keep(
        order_id,
        n,
        clock(),
        trouble=failed[0] if failed and not looked else "",
        pages=[_page(frame, told) for frame, told in looked],
        signs=[asdict(sign) for _, told in looked for sign in told.signs],
        found=found,
    )
    if kept:
        rows.keep_bands(order_id, n, rare)
    return kept


def _pictures(file: FileRecord) -> list[tuple[int, bytes]]:
    """The picture as it came, or the key frames of a video, the last ones first: there the prompt stands."""
    if file.media_type.startswith("image/"):
        return [(0, open_file(file.order_id, file.n, cleaned=False).all())]
    frames = list(range(len(file.frames), 0, -FRAME_STEP))[:FRAMES_MAX]
    return [(frame, open_small(file.order_id, file.n, frame).all()) for frame in sorted(frames)]


def _page(frame: int, seen: Seen) -> dict[str, object]:
    lines = None if seen.lines is None else [asdict(line) for line in seen.lines]
    return {"frame": frame, "width": seen.width, "height": seen.height, "lines": lines}


def _elsewhere(
    reader: Reader,
    file: FileRecord,
    picture: bytes,
    lines: list[Line],
    counted: dict[tuple[UUID, int], int],
) -> list[dict[str, object]]:
    """Where the same picture was filed before: looked at closely, most shared bands first."""
    found: list[dict[str, object]] = []
    for (other, n), _ in sorted(counted.items(), key=lambda told: -told[1])[:ALIKE_MAX]:
        there = files.find(other, n)
        record = rows.find(other, n)
        if there is None or record is None:
            continue
        if there.sha256 == file.sha256:
            found.append({"order_id": str(other), "n": n, "grade": "exact", "differing": []})
            continue
        if not picture or not there.media_type.startswith("image/"):
            continue
        try:
            theirs = open_file(other, n, cleaned=False).all()
        except StoreTrouble:
            continue
        like = reader.compare(picture, theirs)
        told = grade(like.compared, like.same, like.share, lines or None, _lines_of(record))
        if told:
            differing = [asdict(box) for box in like.other]
            found.append({"order_id": str(other), "n": n, "grade": told, "differing": differing})
    return found


def _lines_of(record: ReadingRecord) -> list[Line] | None:
    lines = [line_from(line) for page in record.pages for line in page["lines"] or ()]
    return lines or None


def tell_exhibit(order_id: UUID, case: int, exhibit: int, now: datetime) -> bool:
    """Put what was read beside what the party claims, once all files of the exhibit are read."""
    story = load_story(order_id)
    filed = next((shown for shown in story.order.exhibits if shown.n == exhibit), None)
    named = [
        file for file in files.of_order(order_id) if file.exhibit == exhibit and file.media_type in READ_TYPES
    ]
    records = [record for record in (rows.find(order_id, file.n) for file in named) if record is not None]
    if filed is None or len(records) < len(named) or any(record.state == "reading" for record in records):
        return False
    read = [
        best_page(record, expected_of(order_id, story, record.read_at or now), filed.type)[3]
        for record in records
        if any(page["lines"] is not None for page in record.pages)
    ]
    elements = [max((r.elements()[k] for r in read), key=_weight, default=None) for k in range(3)]
    states = [element.state if element else "unread" for element in elements]
    why = tuple(sorted({e.why for e in elements if e is not None and e.state == "contradicts"}))
    reused = _reused_from(order_id, story.order, records)
    command = c.RecordReading(case, exhibit, states[0], states[1], states[2], why, reused)
    try:
        record_reading(order_id, command, now)
    except (TooBusy, OutcomeUnknown):
        return False
    rows.mark_told(order_id, [record.n for record in records])
    return True


def _weight(element: object) -> int:
    return ("missing", "unsure", "found", "contradicts").index(element.state)  # type: ignore[attr-defined]


def _reused_from(order_id: UUID, order: Order, records: list[ReadingRecord]) -> str:
    """The other order in which a picture was surely filed before, at another time; "" where there is none."""
    for record in records:
        for place in record.found:
            there = files.find(UUID(str(place["order_id"])), int(str(place["n"])))
            if place["grade"] not in ("exact", "same") or there is None or not there.exhibit:
                continue
            other, _ = load_order(there.order_id)
            same_buyer = order.buyer == other.buyer
            if is_another_time(order.placed_at, other.placed_at, same_buyer=same_buyer):
                return str(place["order_id"])
    return ""
