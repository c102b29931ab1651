"""Start and stop one PostgreSQL: initialise, run, wait until it answers, shut down cleanly.

The server dies with us, never before us: it has its own session so that Ctrl-C reaches us first, and on Linux
the kernel sends it SIGINT (a fast, clean shutdown) when we are gone, even by SIGKILL.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tuidan.site.postgres.place import Place

SUPERUSER = "postgres"
START_SECONDS = 60.0
STOP_SECONDS = 60.0
POLL_SECONDS = 0.02
LOG_TAIL_CHARACTERS = 2000
PR_SET_PDEATHSIG = 1
PROC = Path("/proc/self")

# With --no-locale pg_trgm does not see Chinese at all; the builtin provider needs no locale of the machine.
INITDB_OPTIONS = (
    "-A trust -E UTF8 --locale=C.UTF-8 --locale-provider=builtin --builtin-locale=C.UTF-8 --no-instructions"
)


class ServerFailed(RuntimeError):
    """PostgreSQL did not start, or did not initialise. The message carries the end of what it said."""


def initialise(place: Place, programs: Path, durable: bool) -> None:
    """Make the data folder if there is none: under another name first, then renamed, so it is whole or absent."""
    if place.data.exists():
        return
    for half_made in place.base.glob("data.*.new"):  # its maker was killed; we hold the owner's lock
        shutil.rmtree(half_made)
    aside = place.base / f"data.{os.getpid()}.new"
    aside.mkdir(mode=0o700)
    if place.runner is not None:
        os.chown(aside, place.runner.uid, place.runner.gid)
    command = [str(programs / "initdb"), *INITDB_OPTIONS.split(), "-U", SUPERUSER, "-D", str(aside)]
    if not durable:
        command.append("--no-sync")
    with place.log.open("ab") as log:
        code = _spawn(command, place, log.fileno()).wait()
    if code != 0:
        shutil.rmtree(aside, ignore_errors=True)
        raise ServerFailed(f"initdb ended with {code}: {tail(place.log)}")
    aside.rename(place.data)


def start(place: Place, programs: Path, durable: bool) -> subprocess.Popen[bytes]:
    """Run the server and return once it answers. Call it from a thread that lives as long as the server should.

    Raises ServerFailed when it ends or does not answer in time.
    """
    _end_orphan(place)
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "timezone": "UTC",
        "jit": "off",
    }
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    command = [str(programs / "postgres"), "-D", str(place.data)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with place.log.open("ab") as log:
        server = _spawn(command, place, log.fileno())
    try:
        _wait_until_ready(place, programs, server)
    except BaseException:
        stop(server)
        raise
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """Shut down fast and cleanly (SIGINT); when that hangs, at once (SIGQUIT: the next start replays the log)."""
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def tail(log: Path) -> str:
    """The last words of the server."""
    try:
        return log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL_CHARACTERS:].strip()
    except FileNotFoundError:
        return ""


def answers(place: Place, programs: Path) -> bool:
    """Whether a server accepts connections at the socket of `place`."""
    command = [
        str(programs / "pg_isready"),
        "-q",
        "-h",
        str(place.sockets),
        "-U",
        SUPERUSER,
        "-d",
        "postgres",
    ]
    return (
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        == 0
    )


def _wait_until_ready(place: Place, programs: Path, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise ServerFailed(f"PostgreSQL ended with {server.returncode}: {tail(place.log)}")
        if answers(place, programs):
            return
        time.sleep(POLL_SECONDS)
    raise ServerFailed(f"PostgreSQL did not answer within {START_SECONDS:.0f} s: {tail(place.log)}")


def _spawn(command: Sequence[str], place: Place, log: int) -> subprocess.Popen[bytes]:
    runner = place.runner
    return subprocess.Popen(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        user=runner.uid if runner else None,
        group=runner.gid if runner else None,
        extra_groups=[] if runner else None,
        # Runs after the change of user, which would have cleared the death signal.
        preexec_fn=_die_with_parent(),
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
    )


def _die_with_parent() -> Callable[[], None]:
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask


def _end_orphan(place: Place) -> None:
    """Wait for a server whose owner is gone. We hold the owner's lock, so nobody else answers for it."""
    try:
        pid = int((place.data / "postmaster.pid").read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    end = time.monotonic() + STOP_SECONDS
    asked = False
    while time.monotonic() < end and _is_server_of(place, pid):
        if not asked:
            os.kill(pid, signal.SIGINT)
            asked = True
        time.sleep(POLL_SECONDS)


def _is_server_of(place: Place, pid: int) -> bool:
    """Whether process `pid` is the PostgreSQL of this data folder, not a stranger that got its number."""
    command = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it is gone, or there is no /proc here
        words = b"" if PROC.is_dir() else subprocess.run(command, check=False, capture_output=True).stdout
    return os.fsencode(place.data) in words
