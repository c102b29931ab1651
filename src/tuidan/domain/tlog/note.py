"""Signed notes (c2sp.org/signed-note): a text, a blank line, and a line for each signature; and keys to verify them.

Kinds of keys: 1 signs the text itself (Ed25519), 4 signs it with a time as a witness does (c2sp.org/tlog-cosignature).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
KEY_BYTES, ID_BYTES, SIGNATURE_BYTES, TIME_BYTES = 32, 4, 64, 8
SPKI_HEAD = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: an Ed25519 public key follows
NOTE_BYTES_MAX = 1_000_000
SIGNATURES_MAX = 64
DASH = "\u2014 "
NOTE_FAULTS: dict[str, str] = {
    "not_a_note": "the file does not have the form of a signed note",
    "not_a_key": "the text is no verifier key of a kind that is known here",
    "unknown_keys": "none of the signatures was made by a key that is trusted",
    "signature_fails": "a trusted key is named, and its signature does not fit the text",
}


class BadNote(ValueError):
    """A note or a key that does not hold; `code` is one of NOTE_FAULTS."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code}: {NOTE_FAULTS[code]}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Key:
    """A verifier key: who signs (`name`), which kind of signature, and the public key's 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        told = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(told).digest()[:ID_BYTES]

    def mark(self) -> str:
        """How the base64 of its signatures begins: by this a line of a note is found."""
        return _written(self.id + bytes(2))[:5]

    def pem(self) -> str:
        """The public key as a PEM file, which openssl reads."""
        return f"-----BEGIN PUBLIC KEY-----\n{_written(SPKI_HEAD + self.public)}\n-----END PUBLIC KEY-----\n"

    def vkey(self) -> str:
        """The key as one line of text: name+id+key."""
        return f"{self.name}+{self.id.hex()}+{_written(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line. `blob` is 64 bytes; of a witness, eight bytes of time before them."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        return f"{DASH}{self.name} {_written(self.key_id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text (ends in a line feed) with its signatures, not verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def bytes(self) -> bytes:
        """The note as it is stored and sent."""
        return (self.text + "\n" + "".join(each.line() for each in self.signatures)).encode()


@dataclass(frozen=True, slots=True)
class Opened:
    """A note that holds, and the trusted keys that signed it."""

    note: Note
    by: tuple[Key, ...]


def is_name(name: str) -> bool:
    """Whether this may name a key: no white space, no plus, not empty."""
    return bool(name) and "+" not in name and not any(each.isspace() for each in name) and name.isprintable()


def read_vkey(text: str) -> Key:
    """A verifier key from its line. Raises BadNote."""
    name, _, rest = text.partition("+")
    told_id, _, told = rest.partition("+")
    try:
        data = _read(told)
    except ValueError:
        raise BadNote("not_a_key") from None
    if not is_name(name) or len(data) != 1 + KEY_BYTES or data[0] not in (ED25519, COSIGNATURE):
        raise BadNote("not_a_key")
    key = Key(name, data[0], data[1:])
    if key.id.hex() != told_id:
        raise BadNote("not_a_key")
    return key


def key_of(name: str, private: Ed25519PrivateKey, kind: int = ED25519) -> Key:
    """The verifier key that belongs to a private key. Raises BadNote for a name that cannot be one."""
    if not is_name(name):
        raise BadNote("not_a_key")
    return Key(name, kind, private.public_key().public_bytes_raw())


def sign(text: str, name: str, private: Ed25519PrivateKey) -> Signature:
    """The signature of a log over a text. Raises BadNote."""
    check_text(text)
    return Signature(name, key_of(name, private).id, private.sign(text.encode()))


def check_text(text: str) -> None:
    """Raise BadNote unless this may be the text of a note."""
    if not text.endswith("\n") or any(each < " " and each != "\n" for each in text):
        raise BadNote("not_a_note")


def read_note(data: bytes) -> Note:
    """A note from its bytes; the last blank line parts text and signatures. Raises BadNote."""
    try:
        told = data.decode() if len(data) <= NOTE_BYTES_MAX else ""
    except UnicodeDecodeError:
        raise BadNote("not_a_note") from None
    cut = told.rfind("\n\n")
    lines = told[cut + 2 :]
    if cut < 0 or not lines.endswith("\n"):
        raise BadNote("not_a_note")
    check_text(told)
    signatures = tuple(_read_signature(line) for line in lines[:-1].split("\n"))
    if len(signatures) > SIGNATURES_MAX:
        raise BadNote("not_a_note")
    return Note(told[: cut + 1], signatures)


def open_note(data: bytes, keys: Sequence[Key]) -> Opened:
    """A note whose signatures by these keys all hold; others are not looked at. Raises BadNote."""
    note = read_note(data)
    known = {(key.name, key.id): key for key in keys}
    by: list[Key] = []
    for each in note.signatures:
        key = known.get((each.name, each.key_id))
        if key is None:
            continue
        if not holds(key, note.text, each):
            raise BadNote("signature_fails")
        if key not in by:
            by.append(key)
    if not by:
        raise BadNote("unknown_keys")
    return Opened(note, tuple(by))


def holds(key: Key, text: str, signature: Signature) -> bool:
    """Whether a signature of this key fits the text."""
    blob, message = signature.blob, text.encode()
    if key.kind == COSIGNATURE:
        seconds = int.from_bytes(blob[:TIME_BYTES], "big")
        blob, message = blob[TIME_BYTES:], cosigned_bytes(text, seconds)
    if len(blob) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(blob, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def cosigned_bytes(text: str, unix_seconds: int) -> bytes:
    """What a witness signs: its time and the checkpoint's text."""
    return f"cosignature/v1\ntime {unix_seconds}\n{text}".encode()


def _read_signature(line: str) -> Signature:
    parts = line.removeprefix(DASH).split(" ")
    if not line.startswith(DASH) or len(parts) != 2 or not is_name(parts[0]):
        raise BadNote("not_a_note")
    try:
        data = _read(parts[1])
    except ValueError:
        raise BadNote("not_a_note") from None
    if len(data) <= ID_BYTES:
        raise BadNote("not_a_note")
    return Signature(parts[0], data[:ID_BYTES], data[ID_BYTES:])


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _read(text: str) -> bytes:
    """Strict base64: one text for each value. Raises ValueError."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError(str(error)) from None
    if _written(data) != text:
        raise ValueError("not canonical base64")
    return data
