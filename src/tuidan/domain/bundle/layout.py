"""What stands in a bundle and in which order. Everything is given; nothing here asks, waits or looks at a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tuidan.domain.bundle.archive import File, small_file
from tuidan.domain.bundle.contents import (
    SIGNED,
    decision_files,
    event_files,
    ledger_file,
    manifest_file,
    signed_text,
)
from tuidan.domain.bundle.ruling import Ruling
from tuidan.domain.evidence import ChainLink
from tuidan.domain.policy import CompiledPolicy
from tuidan.domain.replay_order import Told


@dataclass(frozen=True, slots=True)
class Seal:
    """What ties the events to the log: keys, checkpoint, the order's entry with its proof, and a time token.

    `covered` is the number of the event that the entry is about; `policy` says which witnesses the platform asks.
    """

    vkey: str
    policy: str
    checkpoint: bytes
    entry: bytes
    proof: bytes
    covered: int
    token: bytes = b""
    authorities: bytes = b""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose name stands under a bundle's list: the public key as one line, and what makes a signed note of a text."""

    vkey: str
    sign: Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that one bundle holds. `words` are salted words by event, `account` the confirmed account with its salt;
    `evidence` are files named by their SHA-256, `absent` says why others are left out; `case` 0 is the whole order.
    """

    order_id: str
    case: int
    currency: str
    links: Sequence[ChainLink]
    events: Sequence[Told]
    snapshot: bytes
    policy: CompiledPolicy
    rulings: Sequence[Ruling]
    seal: Seal | None
    words: Mapping[int, str] = field(default_factory=dict)
    account: str = ""
    evidence: Sequence[File] = ()
    absent: Mapping[str, str] = field(default_factory=dict)


def lay_out(contents: Contents, pages: Sequence[File], desk: Desk) -> list[File]:
    """The files of the bundle: what a person reads (`pages`) first, then the list, then what is checked."""
    held = [
        small_file("desk.vkey", desk.vkey.encode() + b"\n"),
        *_seal_files(contents.seal),
        small_file("listing.json", contents.snapshot),
        small_file(f"policy/{contents.policy.sha256}.json", contents.policy.canonical),
        ledger_file(contents.order_id, contents.currency, contents.events),
        *decision_files(contents.order_id, contents.rulings),
        *event_files(contents.links),
        *(small_file(f"words/{n:04d}.txt", kept.encode()) for n, kept in sorted(contents.words.items())),
        *([small_file("words/account.txt", contents.account.encode())] if contents.account else []),
        *sorted(contents.evidence, key=lambda file: file.name),
    ]
    covered = contents.seal.covered if contents.seal else 0
    listed = [*pages, *held]
    count = len(contents.links)
    manifest = manifest_file(contents.order_id, contents.case, count, covered, listed, contents.absent)
    signed = small_file(SIGNED, desk.sign(signed_text(contents.order_id, contents.case, manifest)))
    return [*pages, manifest, signed, *held]


def _seal_files(seal: Seal | None) -> list[File]:
    if seal is None:
        return []
    files = [
        small_file("log.vkey", seal.vkey.encode() + b"\n"),
        small_file("policy.txt", seal.policy.encode()),
        small_file("checkpoint", seal.checkpoint),
        small_file("head.entry", seal.entry),
        small_file("head.tlog-proof", seal.proof),
    ]
    if seal.token:
        files += [
            small_file("checkpoint.tsr", seal.token),
            small_file("tsa-ca.pem", seal.authorities),
        ]
    return files
