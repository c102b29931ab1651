"""Seal and open card codes: AES-256-GCM under a key per listing, with the card's identity as associated data.

A listing's key is derived (HKDF-SHA-256) from a master key that lives outside the database. There may be several
master keys: the newest, last in the list, seals; the older ones still open what they sealed. The first one is also
the root of the fingerprint key and must stay in the list for good, or duplicates would no longer be recognised.
Pure: no Django, no database, no clock. Source: complaint D10 (stock in plain text).
"""

import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tuidan.domain.card_code import PlainCode

KEY_BYTES = 32
NONCE_BYTES = 12
LISTING_KEYS_CACHED_MAX = 1024
SEAL_LABEL = b"tuidan.stock.seal.v1"
FINGERPRINT_LABEL = b"tuidan.stock.fingerprint.v1"
KEY_ID_LABEL = b"tuidan.stock.key-id.v1"


class VaultError(Exception):
    """The vault cannot do it. `code` is one of: bad_key, unknown_key, broken_seal. Trying again does not help."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the database keeps of a code: which master key, and nonce with ciphertext and tag in one piece."""

    key_id: str
    ciphertext: bytes


class Vault:
    """Holds the master keys of one process. Raises VaultError (`bad_key`) for a key that is not 32 bytes."""

    def __init__(self, master_keys: Sequence[bytes]) -> None:
        if not master_keys:
            raise VaultError("bad_key", "the card vault has no master key")
        if any(len(key) != KEY_BYTES for key in master_keys):
            raise VaultError("bad_key", f"a master key of the card vault must be {KEY_BYTES} bytes")
        self._masters = {key_id(master): master for master in master_keys}
        self.newest_key_id = key_id(master_keys[-1])
        self._fingerprint_key = _derived(master_keys[0], FINGERPRINT_LABEL, b"")
        self._cipher = lru_cache(LISTING_KEYS_CACHED_MAX)(self._listing_cipher)

    @property
    def key_ids(self) -> list[str]:
        """The ids of all master keys, oldest first."""
        return list(self._masters)

    def seal(self, listing_id: UUID, code_id: UUID, code: PlainCode) -> Sealed:
        """Encrypt with the newest key. The result opens only as this card of this listing."""
        sealing_key = self.newest_key_id
        nonce = os.urandom(NONCE_BYTES)
        text = orjson.dumps([code.number, code.secret])
        card = _card(listing_id, code_id, sealing_key)
        return Sealed(sealing_key, nonce + self._cipher(sealing_key, listing_id).encrypt(nonce, text, card))

    def open(self, listing_id: UUID, code_id: UUID, sealed: Sealed) -> PlainCode:
        """Decrypt. Raises VaultError: `unknown_key` (its master key is not here), `broken_seal` (altered or moved)."""
        if sealed.key_id not in self._masters:
            raise VaultError(
                "unknown_key", f"card {code_id} was sealed with master key {sealed.key_id}, not here"
            )
        nonce, body = sealed.ciphertext[:NONCE_BYTES], sealed.ciphertext[NONCE_BYTES:]
        card = _card(listing_id, code_id, sealed.key_id)
        try:
            text = self._cipher(sealed.key_id, listing_id).decrypt(nonce, body, card)
        except (InvalidTag, ValueError) as error:
            raise VaultError(
                "broken_seal", f"card {code_id} of listing {listing_id} was altered or moved"
            ) from error
        number, secret = orjson.loads(text)
        return PlainCode(number, secret)

    def fingerprint(self, seller_id: UUID, code: PlainCode) -> bytes:
        """32 bytes that are equal for the same code of the same seller and tell nothing without the key.

        Number and secret are length-prefixed, so `ab|c` and `a|bc` differ.
        """
        mark = hmac.new(self._fingerprint_key, seller_id.bytes, hashlib.sha256)
        for part in (code.number.encode(), code.secret.encode()):
            mark.update(len(part).to_bytes(4, "big"))
            mark.update(part)
        return mark.digest()

    def _listing_cipher(self, sealing_key: str, listing_id: UUID) -> AESGCM:
        return AESGCM(_derived(self._masters[sealing_key], SEAL_LABEL, listing_id.bytes))


def key_id(master_key: bytes) -> str:
    """The public name of a master key: 16 hex digits of a hash. It is stored beside what the key sealed."""
    return hashlib.sha256(KEY_ID_LABEL + master_key).hexdigest()[:16]


def _derived(master_key: bytes, label: bytes, subject: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label + b"|" + subject).derive(
        master_key
    )


def _card(listing_id: UUID, code_id: UUID, sealing_key: str) -> bytes:
    return b"|".join((SEAL_LABEL, listing_id.bytes, code_id.bytes, sealing_key.encode()))
