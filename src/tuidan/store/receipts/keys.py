"""The key that signs receipts: apart from the log's, so that no receipt could ever pass for a checkpoint.

Its private half lies in the log's folder beside the database; the list of public keys, newest first, lies there too.
A machine that has lost the private half makes a new key, and the old one stays on the list.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tuidan.domain.tlog.note import Key, read_vkey
from tuidan.store.log.folder import folder, load_key, make_key

KEYS = "receipts.vkeys"


def receipt_keys() -> list[Key]:
    """The public keys of receipts, newest first; none before the first receipt was signed."""
    path = folder() / KEYS
    return [read_vkey(line) for line in path.read_text().splitlines()] if path.exists() else []


def signing_key() -> tuple[Key, Ed25519PrivateKey]:
    """The key in use, made when there is none. Of two processes that make one, one wins and both use it."""
    for _ in range(2):
        keys = receipt_keys()
        private = load_key(keys[0]) if keys else None
        if private is not None:
            return keys[0], private
        _make(keys)
    raise RuntimeError(f"no receipt key could be made in {folder()}")


def _make(before: list[Key]) -> None:
    key = make_key(f"{settings.LOG_ORIGIN}/receipts")
    path = folder() / KEYS
    text = "".join(f"{each.vkey()}\n" for each in (key, *before))
    if before:
        path.write_text(text)
        return
    try:
        with path.open("x") as file:
            file.write(text)
    except FileExistsError:
        return
