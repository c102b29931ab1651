"""The throwaway place of one test process. Imported before anything of the product, so that settings see it.

Each process (each xdist worker too) gets its own data folder and its own database; both are removed at the end.
With DATABASE_URL set, the database is made in that server, under a name of this process.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

NAME = f"tuidan_test_{os.getpid()}"
# Workers inherit the environment of the process that starts them, so the address from before is remembered.
ADMIN_URL = os.environ.setdefault("TUIDAN_TEST_ADMIN_URL", os.environ.get("DATABASE_URL", ""))
FOLDER = Path(tempfile.mkdtemp(prefix="tuidan-test-"))
FOLDER.chmod(0o711)  # a server started by root runs as nobody and must be able to walk in


def with_name(name: str) -> dict[str, str]:
    """The environment that leads to database `name`, and to the keys of the log that is in it."""
    keys = {"TUIDAN_LOG_KEY_DIR": str(FOLDER / f"log-{name}")}
    if not ADMIN_URL:
        return {"TUIDAN_DATABASE_NAME": name, **keys}
    parts = conninfo_to_dict(ADMIN_URL) | {"dbname": name}
    return {"DATABASE_URL": make_conninfo(**parts), **keys}


def _remove(pid: int = os.getpid()) -> None:
    if os.getpid() == pid:  # not in a forked child
        shutil.rmtree(FOLDER, ignore_errors=True)


atexit.register(_remove)
os.environ.update(
    {
        "TUIDAN_DATA_DIR": str(FOLDER),
        "TUIDAN_DATABASE_DURABLE": "off",
        "TUIDAN_API_REQUESTS_PER_SECOND": "0",
        "TUIDAN_SECRET_KEY": "for-tests-only-" + "0" * 50,
        "TUIDAN_VAULT_KEY": "5a" * 32,
        "TUIDAN_ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    }
    | with_name(NAME)
)
