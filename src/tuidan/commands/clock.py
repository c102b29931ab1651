"""The product's one clock: every edge takes the time here, once. A story moves it by a file, so that nobody waits.

What is signed for the outside (a supplier's five minutes) keeps the machine's own time: `wall_now`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

_followed: Path | None = None
_seen: tuple[tuple[int, int], timedelta] = ((0, 0), timedelta(0))


def wall_now() -> datetime:
    """The machine's own time, aware UTC."""
    return datetime.now(UTC)


def utc_now() -> datetime:
    """The product's time, aware UTC: the machine's, moved by what the followed file says."""
    return wall_now() + _shift() if _followed else wall_now()


def for_outside(moment: datetime) -> datetime:
    """A moment of the product as the outside's clocks have it."""
    return moment - _shift() if _followed else moment


def follow(file: Path | None) -> None:
    """Move this process's clock by the whole seconds that the file holds, whenever it changes; None ends it."""
    global _followed, _seen
    _followed, _seen = file, ((0, 0), timedelta(0))


def _shift() -> timedelta:
    global _seen
    assert _followed is not None
    try:
        told = _followed.stat()
    except FileNotFoundError:
        return timedelta(0)
    # Two writes may fall into one tick of the file system's clock; a replaced file has another number too.
    changed = (told.st_mtime_ns, told.st_ino)
    if changed != _seen[0]:
        text = _followed.read_text(encoding="ascii").strip()
        _seen = (changed, timedelta(seconds=int(text or 0)))
    return _seen[1]


def write_shift(file: Path, shift: timedelta) -> None:
    """Move the clock of all who follow the file."""
    beside = file.with_suffix(".new")
    beside.write_text(f"{int(shift.total_seconds())}\n", encoding="ascii")
    beside.replace(file)
