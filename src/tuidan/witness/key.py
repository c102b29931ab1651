"""The witness's own key: made once, kept in its folder, readable by its owner alone; and the cosignature it makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuidan.domain.tlog.note import (
    COSIGNATURE,
    TIME_BYTES,
    Key,
    Signature,
    check_text,
    cosigned_bytes,
    key_of,
)
from tuidan.witness.memory import write_durably

FILE = "witness.key"


class NoKey(ValueError):
    """The folder holds no key, or a file that is none; the text says which command makes one."""


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """A name and the private key behind it. `public` is what a log's operator is given."""

    name: str
    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> Key:
        """The verifier key; its kind says that it signs with a time."""
        return key_of(self.name, self.private, COSIGNATURE)

    def cosign(self, text: str, unix_seconds: int) -> Signature:
        """A cosignature over a checkpoint's text at this time (c2sp.org/tlog-cosignature). Raises BadNote."""
        check_text(text)
        signed = self.private.sign(cosigned_bytes(text, unix_seconds))
        return Signature(self.name, self.public.id, unix_seconds.to_bytes(TIME_BYTES, "big") + signed)


def make_key(folder: Path, name: str) -> WitnessKey:
    """Make the folder's key under this name. Raises NoKey when there is one already, BadNote for such a name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    if path.exists():
        raise NoKey(f"{path} is there already; a witness keeps its key")
    made = WitnessKey(name, Ed25519PrivateKey.generate())
    told = f"{made.public.vkey()}\n{made.private.private_bytes_raw().hex()}\n"
    write_durably(path, told.encode(), mode=0o600)
    return made


def read_key(folder: Path) -> WitnessKey:
    """The folder's key. Raises NoKey."""
    path = folder / FILE
    try:
        vkey, secret = path.read_text(encoding="utf-8").split()
        found = WitnessKey(
            vkey.partition("+")[0], Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
        )
    except FileNotFoundError:
        raise NoKey(f"{path} is not there; `tuidan witness key` makes it") from None
    except ValueError:
        raise NoKey(f"{path} is not a witness's key") from None
    if found.public.vkey() != vkey:
        raise NoKey(f"{path} names another public key than its own")
    return found
