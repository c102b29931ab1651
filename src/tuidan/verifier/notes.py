"""Signed notes, checkpoints and proofs in C2SP's texts: read strictly, checked with Ed25519.

https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint, https://c2sp.org/tlog-cosignature,
https://c2sp.org/tlog-proof
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tuidan.verifier.finding import Refused

ED25519, COSIGNATURE = 1, 4
PROOF_HEAD = "c2sp.org/tlog-proof@v1"
SIGNATURES_MAX = 64
PATH_MAX = 64
DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Key:
    """A verifier key: its name, its kind (1 signature, 4 cosignature), its id and its 32 bytes."""

    name: str
    kind: int
    key_id: bytes
    public: bytes

    def fingerprint(self) -> str:
        """What people compare: SHA-256 of the public key, in groups of eight hex digits."""
        told = hashlib.sha256(self.public).hexdigest()
        return " ".join(told[at : at + 8] for at in range(0, 64, 8))


@dataclass(frozen=True)
class Note:
    """A signed note: the text that was signed, with its last newline, and (name, key id, signature) of each line."""

    text: bytes
    signatures: tuple[tuple[str, bytes, bytes], ...]


@dataclass(frozen=True)
class Checkpoint:
    """The head of the log: whose, how many leaves, the root."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Proof:
    """A tlog-proof: the place of the leaf, the path, and the checkpoint's note byte for byte."""

    index: int
    path: tuple[bytes, ...]
    note: bytes


def decoded(told: str) -> bytes:
    """Base64, and only in its one canonical form. Raises ValueError."""
    raw = base64.b64decode(told.encode("ascii"), validate=True)
    if base64.b64encode(raw).decode() != told:
        raise ValueError(told)
    return raw


def read_key(vkey: str) -> Key:
    """A vkey: name+id+base64(kind || key). Raises Refused `bad_key`."""
    parts = vkey.strip().split("+", 2)
    try:
        name, key_id, told = parts[0], bytes.fromhex(parts[1]), decoded(parts[2])
        derived = hashlib.sha256(name.encode() + b"\n" + told).digest()[:4]
    except (IndexError, ValueError, binascii.Error):
        raise Refused("bad_key") from None
    if len(told) != 33 or told[0] not in (ED25519, COSIGNATURE) or derived != key_id or not name:
        raise Refused("bad_key")
    return Key(name, told[0], key_id, told[1:])


def read_note(data: bytes) -> Note:
    """A note with its signature lines, none checked yet. Raises Refused `bad_checkpoint`."""
    text, mark, lines = data.rpartition(b"\n\n")
    if not mark or not lines.endswith(b"\n"):
        raise Refused("bad_checkpoint")
    found = []
    try:
        for line in lines.decode("utf-8")[:-1].split("\n"):
            dash, name, told = line.split(" ")
            raw = decoded(told)
            if dash != "—" or len(raw) < 5 or not name:
                raise ValueError(line)
            found.append((name, raw[:4], raw[4:]))
    except (ValueError, binascii.Error):
        raise Refused("bad_checkpoint") from None
    if len(found) > SIGNATURES_MAX:
        raise Refused("bad_checkpoint")
    return Note(text + b"\n", tuple(found))


def read_checkpoint(text: bytes) -> Checkpoint:
    """Origin, size and root of a checkpoint's text. Raises Refused `bad_checkpoint`."""
    try:
        origin, size, root, *_ = text.decode("utf-8").split("\n")
        if not DECIMAL.fullmatch(size) or len(decoded(root)) != 32:
            raise ValueError(size)
        return Checkpoint(origin, int(size), decoded(root))
    except (ValueError, binascii.Error):
        raise Refused("bad_checkpoint") from None


def signed_by(note: Note, key: Key) -> int | None:
    """None where the key has not signed; else when it did (seconds since 1970; 0 for a signature without a time).

    Raises Refused `bad_signature` where a line claims this key and does not hold.
    """
    for name, key_id, raw in note.signatures:
        if (name, key_id) != (key.name, key.key_id):
            continue
        told, signature, at = note.text, raw, 0
        if key.kind == COSIGNATURE:
            at, signature = int.from_bytes(raw[:8], "big"), raw[8:]
            told = b"cosignature/v1\ntime %d\n" % at + note.text
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, told)
        except InvalidSignature:
            raise Refused("bad_signature", name=key.name) from None
        return at
    return None


def read_proof(data: bytes) -> Proof:
    """A tlog-proof as bundles hold it, without extra data. Raises Refused `bad_proof`."""
    head, mark, note = data.partition(b"\n\n")
    try:
        first, index, *path = head.decode("ascii").split("\n")
        told = index.removeprefix("index ")
        hashes = tuple(decoded(line) for line in path)
    except (ValueError, binascii.Error):
        raise Refused("bad_proof") from None
    right = first == PROOF_HEAD and index == f"index {told}" and DECIMAL.fullmatch(told)
    if not mark or not right or len(path) > PATH_MAX or any(len(one) != 32 for one in hashes):
        raise Refused("bad_proof")
    return Proof(int(told), hashes, note)
