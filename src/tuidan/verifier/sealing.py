"""What ties the order's events to the outside: the log's proof and signature, witnesses, the time token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes as certificate_hashes

from tuidan.verifier.chain import Event
from tuidan.verifier.container import Container
from tuidan.verifier.finding import Refused, Report
from tuidan.verifier.manifest import NAME, SIGNED, SIGNED_FORM, Manifest
from tuidan.verifier.merkle import is_included
from tuidan.verifier.notes import (
    COSIGNATURE,
    ED25519,
    Key,
    Note,
    read_checkpoint,
    read_key,
    read_note,
    read_proof,
    signed_by,
)
from tuidan.verifier.strict_json import number, read_json, text
from tuidan.verifier.timestamp import check_stamp

DESK = "/receipts"  # how the name of the key ends that signs receipts and lists of bundles


@dataclass(frozen=True)
class Trust:
    """What the reader brings along: keys of the platform (`logs`: its log, its receipts) and of witnesses, and
    certificates (PEM) of time-stamp authorities.
    """

    logs: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    authorities: bytes = b""


def check_proof(bundle: Container, manifest: Manifest, events: list[Event], report: Report) -> None:
    """The last event of the order stands in the tree whose head the checkpoint is. Raises Refused."""
    entry = bundle.read("head.entry")
    told = read_json("head.entry", entry)
    covered, last = number(told, "n"), events[-1]
    if (told.get("v"), text(told, "order")) != (1, manifest.order) or set(told) != {
        "v",
        "order",
        "n",
        "hash",
    }:
        raise Refused("head_foreign")
    if covered > last.n:
        raise Refused("event_missing", n=last.n + 1)
    if not 1 <= covered == manifest.covered or text(told, "hash") != events[covered - 1].hash:
        raise Refused("head_differs", n=covered)
    proof = read_proof(bundle.read("head.tlog-proof"))
    signed = read_note(bundle.read("checkpoint"))
    if read_note(proof.note).text != signed.text:
        raise Refused("proof_of_other_checkpoint")
    head = read_checkpoint(signed.text)
    if not is_included(entry, proof.index, head.size, proof.path, head.root):
        raise Refused("proof_fails", index=proof.index, size=head.size)
    report.ok("proof_holds", index=proof.index, size=head.size, n=covered)
    if covered < last.n:
        report.fault("not_covered_yet", first=covered + 1, last=last.n)


def check_list_signed(bundle: Container, manifest: Manifest, trust: Trust, report: Report) -> None:
    """The platform has signed the list: what nothing else proves is then at least its word. Raises Refused."""
    note, own = read_note(bundle.read(SIGNED)), read_key(bundle.read("desk.vkey").decode("utf-8", "replace"))
    text = f"{SIGNED_FORM}\n{manifest.order}\n{manifest.case}\n{bundle.sha256(NAME)[0]}\n"
    told = [key for key in map(read_key, trust.logs) if key.name == own.name]
    signer = next((key for key in told or [own] if signed_by(note, key) is not None), None)
    if signer is None or signer.kind != ED25519 or note.text != text.encode():
        raise Refused("list_not_signed", name=own.name)
    report.ok("list_signed", name=signer.name)
    if not told:
        report.note("desk_as_told", name=signer.name, fingerprint=signer.fingerprint())


def _notes(bundle: Container) -> tuple[Note, Note]:
    """The checkpoint as it was stamped, and the same as the proof carries it, perhaps with later signatures."""
    return read_note(bundle.read("checkpoint")), read_note(read_proof(bundle.read("head.tlog-proof")).note)


def check_log_key(bundle: Container, trust: Trust, report: Report) -> None:
    """The checkpoint is signed by the log. Raises Refused."""
    note, newer = _notes(bundle)
    told = read_key(bundle.read("log.vkey").decode("utf-8", "replace"))
    given = [key for key in map(read_key, trust.logs) if not key.name.endswith(DESK)]
    keys = given or [told]
    origin = read_checkpoint(note.text).origin
    signed = next((key for key in keys if key.kind == ED25519 and signed_by(note, key) is not None), None)
    if signed is None or signed.name != origin or signed_by(newer, signed) is None:
        raise Refused("not_signed_by_log", name=keys[0].name)
    report.ok("signature_holds", name=signed.name)
    if not given:
        report.note("key_as_told", fingerprint=signed.fingerprint(), name=signed.name)


def check_witnesses(bundle: Container, trust: Trust, report: Report) -> None:
    """Each witness that the reader names has signed; those that only the bundle names are told. Raises Refused."""
    note = _notes(bundle)[1]
    for vkey in trust.witnesses:
        key = read_key(vkey)
        at = signed_by(note, key)
        if at is None or key.kind != COSIGNATURE:
            report.fault("witness_missing", name=key.name)
        else:
            report.ok("witness_holds", name=key.name, at=_moment(at))
    if not trust.witnesses and "policy.txt" in bundle.entries:
        _tell_witnesses(bundle.read("policy.txt"), note, report)


def _tell_witnesses(policy: bytes, note: Note, report: Report) -> None:
    """What the bundle itself says about witnesses: worth a note, since nobody else vouches for these keys."""
    for line in policy.decode("utf-8", "replace").split("\n"):
        words = line.split()
        if len(words) < 3 or words[0] != "witness":
            continue
        key: Key = read_key(words[2])
        at = signed_by(note, key)
        if at is not None:
            report.note("witness_as_told", name=key.name, at=_moment(at), fingerprint=key.fingerprint())


def check_token(bundle: Container, trust: Trust, report: Report) -> None:
    """The time token over the checkpoint, where there is one. Raises Refused."""
    if "checkpoint.tsr" not in bundle.entries:
        report.note("no_token")
        return
    told = trust.authorities or bundle.read("tsa-ca.pem")
    try:
        roots = x509.load_pem_x509_certificates(told)
    except ValueError:
        raise Refused("bad_authority") from None
    stamp = check_stamp(bundle.read("checkpoint.tsr"), bundle.read("checkpoint"), roots)
    report.ok("token_holds", at=stamp.at.isoformat(timespec="seconds"), signer=stamp.signer)
    if not trust.authorities:
        digest = roots[0].fingerprint(certificate_hashes.SHA256()).hex()
        report.note("authority_as_told", fingerprint=digest, name=roots[0].subject.rfc4514_string())


def _moment(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return str(seconds)
