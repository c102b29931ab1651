"""The master keys of files: they wrap the key of each content, and are never in the database.

Oldest first; the last one wraps, the others still open what they wrapped. A content's name in the store is a keyed
digest of its SHA-256 under its own key: who sees the store's names cannot ask whether a known picture is there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from tuidan.domain.upload.objects import BROKEN, StoreTrouble
from tuidan.store.files.sealed import KEY_BYTES

NONCE_BYTES = 12
ID_BYTES = 8
WRAP_LABEL = b"tuidan.files.wrap.v1"
NAME_LABEL = b"tuidan.files.name.v1"


def wrap(key: bytes, subject: str) -> bytes:
    """The key of one content, sealed with the newest master key; opens for this subject only."""
    master = _masters()[-1]
    nonce = os.urandom(NONCE_BYTES)
    return _id(master) + nonce + _cipher(master).encrypt(nonce, key, subject.encode())


def unwrap(sealed: bytes, subject: str) -> bytes:
    """The key again. Raises StoreTrouble `broken`: another subject's, altered, or its master key is not here."""
    known = {_id(master): master for master in _masters()}
    master = known.get(sealed[:ID_BYTES])
    if master is None:
        raise StoreTrouble(BROKEN, f"the master key {sealed[:ID_BYTES].hex()} of files is not here")
    nonce, body = sealed[ID_BYTES : ID_BYTES + NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
    try:
        return _cipher(master).decrypt(nonce, body, subject.encode())
    except (InvalidTag, ValueError) as error:
        raise StoreTrouble(BROKEN, f"the key of {subject} was altered or moved") from error


def name_of(key: bytes, subject: str) -> str:
    """The name of an object in the store: 64 hex digits that tell nothing without the key."""
    return hmac.new(key, NAME_LABEL + subject.encode(), hashlib.sha256).hexdigest()


def _masters() -> tuple[bytes, ...]:
    keys: tuple[bytes, ...] = settings.FILE_KEYS
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise StoreTrouble(BROKEN, f"a master key of files must be {KEY_BYTES} bytes")
    return keys


@lru_cache(maxsize=16)
def _id(master: bytes) -> bytes:
    return hashlib.sha256(WRAP_LABEL + master).digest()[:ID_BYTES]


@lru_cache(maxsize=16)
def _cipher(master: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=WRAP_LABEL).derive(master)
    return AESGCM(derived)
