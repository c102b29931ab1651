"""Who watches the log from outside: the witnesses and what they said, the policy for verifiers, the timestamp token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.store.log import keys, tokens, witnesses


@dataclass(frozen=True, slots=True)
class WitnessView:
    """A witness: the size that it cosigned last and when; `said` is why it did not the last time ("": all is well)."""

    name: str
    vkey: str
    seen_size: int
    cosigned_at: datetime | None
    said: str
    contradicts: bool


@dataclass(frozen=True, slots=True)
class TokenView:
    """A timestamp token (RFC 3161 response, DER) over the bytes of `checkpoint`, and the roots it leads to (PEM)."""

    checkpoint: bytes
    token: bytes
    ca_pem: bytes
    at: datetime
    size: int


def read_witnesses() -> list[WitnessView]:
    """All witnesses that were ever asked, by name."""
    return [
        WitnessView(each.name, each.vkey, each.seen_size, each.cosigned_at, each.said, each.contradicts())
        for each in witnesses.load_witnesses()
    ]


def newest_token() -> tuple[bytes, bytes, bytes] | None:
    """The checkpoint that was stamped last, its token, and the roots in PEM; None without an authority."""
    found = tokens.newest_token()
    return (found.note, found.token, found.ca) if found else None


def read_token() -> TokenView | None:
    """The newest token with its time, for showing."""
    found = tokens.newest_token()
    return TokenView(found.note, found.token, found.ca, found.at, found.size) if found else None


def policy_text(log_url: str = "") -> str:
    """Whom a verifier may trust, as a tlog-policy file: our keys, the witnesses that have cosigned, one of them."""
    lines = [f"log {each.key.vkey()} {log_url}".rstrip() for each in keys.load_keys()]
    named = [each for each in witnesses.load_witnesses() if each.cosigned_at is not None]
    names = [f"witness-{n}" for n, _ in enumerate(named, start=1)]
    lines += [f"witness {name} {each.vkey}" for name, each in zip(names, named, strict=True)]
    lines += [f"group witnesses any {' '.join(names)}", "quorum witnesses"] if names else ["quorum none"]
    return "".join(f"{line}\n" for line in lines)
