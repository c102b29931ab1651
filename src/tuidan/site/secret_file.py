"""A secret that nobody configured: made once, kept in the data folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path

from tuidan.site.folder import make


def kept(folder: Path, name: str) -> str:
    """The secret `name` under `folder`/keys as 64 hex digits; made on the first call.

    Two processes that start together get the same one: the file is written aside and linked into place,
    and whoever comes second reads what the first has written.
    """
    path = folder / "keys" / name
    if not path.exists():
        make(folder)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        aside = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_text(encoding="ascii").strip()
