"""The folder beside the database where the log keeps what a restored backup must not take back.

It holds the private keys and the newest checkpoint that was ever published. Back it up apart from the database.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tuidan.domain.tlog.checkpoint import BadCheckpoint, Checkpoint, read_checkpoint
from tuidan.domain.tlog.note import Key, key_of
from tuidan.domain.tlog.trouble import NotSigned

PUBLISHED, LOCK = "checkpoint", "lock"


def folder() -> Path:
    """Where it is; made when it is missing, for its owner alone."""
    path: Path = settings.LOG_KEY_DIR
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def make_key(name: str) -> Key:
    """A new private key, kept in a file that its owner alone may read. Gives the public one."""
    private = Ed25519PrivateKey.generate()
    key = key_of(name, private)
    _write(_key_path(key), private.private_bytes_raw().hex().encode("ascii"))
    return key


def load_key(key: Key) -> Ed25519PrivateKey | None:
    """The private half of a key, or None when this machine does not have it."""
    path = _key_path(key)
    if not path.exists():
        return None
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    return private if key_of(key.name, private) == key else None


def forget_key(key: Key) -> None:
    """Take a private key away that was never used."""
    _key_path(key).unlink(missing_ok=True)


def load_published() -> bytes | None:
    """The newest checkpoint that was published from this folder, as a signed note; None before the first."""
    path = folder() / PUBLISHED
    return path.read_bytes() if path.exists() else None


def keep_published(note: bytes, told: Checkpoint) -> None:
    """Remember a checkpoint before anybody sees it. Raises NotSigned when a later one of this log is here already."""
    with _locked():
        kept = read_published()
        if kept is not None and kept.origin == told.origin and kept.size > told.size:
            raise NotSigned("published_ahead", told.size, kept.size)
        if kept is not None and kept.origin != told.origin:  # another log now: what the old one said stays
            (folder() / PUBLISHED).replace(folder() / f"{PUBLISHED}-until-{kept.size}")
        _write(folder() / PUBLISHED, note)


def read_published() -> Checkpoint | None:
    """What the newest published checkpoint says; None before the first. Raises BadCheckpoint for a broken file."""
    note = load_published()
    if note is None:
        return None
    try:
        return read_checkpoint(note)
    except BadCheckpoint as error:
        raise BadCheckpoint(f"{folder() / PUBLISHED}: {error}") from None


def _key_path(key: Key) -> Path:
    return folder() / f"{key.id.hex()}.key"


@contextmanager
def _locked() -> Iterator[None]:
    """One process at a time."""
    descriptor = os.open(folder() / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    """Put a whole file into place, on the disk before it has its name, for its owner alone."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
