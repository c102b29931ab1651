"""Who runs the server: one owner, any number of guests.

The first process that needs the database takes the owner's lock and starts the server; processes that come while
it runs are guests and only connect. An owner that is done waits for its guests; one that was interrupted does not.
"""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tuidan.site.environment import Environment
from tuidan.site.postgres import binaries, cluster, roles
from tuidan.site.postgres.place import Place, lay_out, place_of

OWNER_WAIT_SECONDS = 15.0
GUEST_WAIT_SECONDS = 600.0
POLL_SECONDS = 0.05


class OwnedElsewhere(RuntimeError):
    """Another process runs this database and the caller wanted to be its owner."""


@contextmanager
def running(environment: Environment, *, must_own: bool = False) -> Iterator[Place | None]:
    """Have a database for the length of the block: our own server, somebody's running one, or DATABASE_URL's.

    Yields its place, or None when DATABASE_URL names an ordinary server. `must_own` is for a process that others
    rely on for long (the demo): it waits for the lock and raises OwnedElsewhere instead of being a guest.
    Raises ServerFailed or NoPostgres when there can be no server.
    """
    if environment.text("DATABASE_URL"):
        yield None
        return
    place = place_of(environment.folder())
    lay_out(place)
    programs = binaries.programs(place)
    owner = _open(place.owner_lock)
    guest = _open(place.guest_lock)
    try:
        if _own_or_visit(place, programs, owner, must_own):
            with _served(environment, place, programs, guest):
                yield place
        else:
            fcntl.flock(guest, fcntl.LOCK_SH)
            yield place
    finally:
        os.close(guest)
        os.close(owner)


@contextmanager
def _served(environment: Environment, place: Place, programs: Path, guest: int) -> Iterator[None]:
    durable = environment.switch("TUIDAN_DATABASE_DURABLE")
    lay_out(place)  # again: the owner before us may have taken its socket folder away when it left
    cluster.initialise(place, programs, durable)
    server = cluster.start(place, programs, durable)
    try:
        roles.prepare_own_server(
            str(place.sockets), cluster.SUPERUSER, environment.text("TUIDAN_DATABASE_NAME")
        )
        yield
        _wait_for_guests(guest)
    finally:
        cluster.stop(server)
        with suppress(OSError):
            place.sockets.rmdir()


def _own_or_visit(place: Place, programs: Path, owner: int, must_own: bool) -> bool:
    """True with the owner's lock held, False when somebody else's server answers."""
    end = time.monotonic() + OWNER_WAIT_SECONDS
    while True:
        if _locked(owner, fcntl.LOCK_EX):
            return True
        if not must_own and cluster.answers(place, programs):
            return False
        if time.monotonic() > end:
            raise OwnedElsewhere(f"Another process runs the database in {place.base}; stop it first")
        time.sleep(POLL_SECONDS)


def _wait_for_guests(guest: int) -> None:
    end = time.monotonic() + GUEST_WAIT_SECONDS
    while not _locked(guest, fcntl.LOCK_EX) and time.monotonic() < end:
        time.sleep(POLL_SECONDS)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def leave_on_sigterm() -> None:
    """Turn SIGTERM into an orderly way out, so that `finally` blocks stop what was started. Main thread only."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not cut the way out short
    sys.exit(128 + number)
