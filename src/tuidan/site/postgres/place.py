"""Where the product's own PostgreSQL keeps its things, and as which user it runs.

PostgreSQL refuses to run as root, so root starts it as `nobody`; then everything it touches must lie where
`nobody` can go. Folders of the user are never chmod-ed: what is out of reach gets a place under /var/tmp.
"""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from tuidan.site.folder import make

SOCKET_NAME = ".s.PGSQL.5432"
# sockaddr_un holds 107 bytes and a zero on Linux, 103 on macOS; the smaller one is safe everywhere.
SOCKET_PATH_MAX_BYTES = 103
SPARE_FOLDER = Path("/var/tmp")
SPARE_SOCKET_FOLDER = Path("/tmp")
UNPRIVILEGED_USER = "nobody"


@dataclass(frozen=True, slots=True)
class Runner:
    """The user that PostgreSQL runs as when we are root."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Place:
    """The paths of one server. Computed from the data folder alone, so that every process finds the same."""

    base: Path
    sockets: Path
    runner: Runner | None

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.base / "data"

    @property
    def owner_lock(self) -> Path:
        """Locked by the one process that runs the server."""
        return self.base / "owner.lock"

    @property
    def guest_lock(self) -> Path:
        """Locked, shared, by every process that uses the server."""
        return self.base / "guest.lock"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.base / "postgres.log"


def place_of(folder: Path) -> Place:
    """The place of the server whose data folder is `folder` (absolute). Touches nothing."""
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    runner = unprivileged() if os.geteuid() == 0 else None
    base = folder / "postgres"
    if runner is not None and not others_can_enter(folder):
        base = SPARE_FOLDER / f"tuidan-{name}"
    sockets = base / "sockets"
    if len(os.fsencode(sockets / SOCKET_NAME)) > SOCKET_PATH_MAX_BYTES:
        sockets = SPARE_SOCKET_FOLDER / f"tuidan-{os.geteuid()}-{name}"
    return Place(base=base, sockets=sockets, runner=runner)


def unprivileged() -> Runner:
    """Who PostgreSQL runs as when root starts it."""
    entry = pwd.getpwnam(UNPRIVILEGED_USER)
    return Runner(uid=entry.pw_uid, gid=entry.pw_gid)


def others_can_enter(path: Path) -> bool:
    """Whether a user with no rights of their own can walk to `path`. What does not exist yet is ours to make."""
    for folder in (path, *path.parents):
        try:
            mode = folder.stat().st_mode
        except FileNotFoundError:
            continue
        if not mode & stat.S_IXOTH:
            return False
    return True


def lay_out(place: Place) -> None:
    """Make the folders of `place`. Raises PermissionError when somebody else already has one of them."""
    make(place.base)
    _must_be_ours(place.base, {os.geteuid()})
    place.sockets.mkdir(mode=0o700, exist_ok=True)
    if place.runner is not None and place.sockets.lstat().st_uid == 0:
        os.chown(place.sockets, place.runner.uid, place.runner.gid)
    _must_be_ours(place.sockets, {os.geteuid() if place.runner is None else place.runner.uid})
    place.sockets.chmod(0o700)


def _must_be_ours(folder: Path, owners: set[int]) -> None:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in owners:
        raise PermissionError(f"{folder} belongs to somebody else; the database will not be put there")
