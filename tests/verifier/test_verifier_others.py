"""The files of a bundle checked with tools that are not ours: Go's sumdb, OpenSSL, sha256sum, unzip."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import go_checklog
from bundle_kit import sound
from tuidan.verifier.notes import read_key, read_note


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle unpacked by unzip."""
    found = tmp_path_factory.mktemp("unpacked")
    (found / "bundle.zip").write_bytes(sound().packed())
    run(found, "unzip", "-q", "bundle.zip")
    return found


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_unzip_finds_every_file_as_it_was_put_in(folder: Path) -> None:
    files = sound().files
    assert {name: (folder / name).read_bytes() for name in files} == files


def test_go_opens_the_checkpoint_and_proves_the_head_and_refuses_changed_ones(folder: Path) -> None:
    vkey = (folder / "log.vkey").read_text().strip()
    entry, proof = (folder / "head.entry").read_bytes(), (folder / "head.tlog-proof").read_bytes()
    checkpoint = (folder / "checkpoint").read_bytes()
    asked = [
        {"kind": "note", "vkey": vkey, "note": checkpoint},
        {"kind": "record", "vkey": vkey, "entry": entry, "proof": proof},
        {"kind": "note", "vkey": vkey, "note": checkpoint.replace(b"\n65\n", b"\n66\n")},
        {"kind": "record", "vkey": vkey, "entry": entry.replace(b'"n":15', b'"n":14'), "proof": proof},
        {"kind": "record", "vkey": vkey, "entry": entry, "proof": proof.replace(b"index 41", b"index 40")},
    ]
    assert [answer.split()[0] for answer in go_checklog.ask(asked)] == ["ok", "ok", *["refused"] * 3]


def test_openssl_verifies_the_logs_signature(folder: Path) -> None:
    key = read_key((folder / "log.vkey").read_text())
    note = read_note((folder / "checkpoint").read_bytes())
    pem = Ed25519PublicKey.from_public_bytes(key.public).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    (folder / "log.pem").write_bytes(pem)
    signature = next(raw for name, key_id, raw in note.signatures if (name, key_id) == (key.name, key.key_id))
    (folder / "signature").write_bytes(signature)
    words = (
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "log.pem",
        "-rawin",
        "-sigfile",
        "signature",
    )
    for text, status in ((note.text, 0), (note.text.replace(b"65", b"66"), 1)):
        (folder / "body").write_bytes(text)
        assert run(folder, *words, "-in", "body").returncode == status


def test_openssl_verifies_the_time_token(folder: Path) -> None:
    words = ("openssl", "ts", "-verify", "-in", "checkpoint.tsr", "-CAfile", "tsa-ca.pem")
    assert run(folder, *words, "-data", "checkpoint").returncode == 0
    assert run(folder, *words, "-data", "head.entry").returncode == 1


def test_sha256sum_finds_the_hashes_that_the_events_hold(folder: Path) -> None:
    told = run(folder, "sha256sum", "words/0005.txt", "listing.json").stdout.split()
    assert told[0] in (folder / "events/0005.json").read_text()
    assert told[2] in (folder / "events/0001.json").read_text()


def test_the_chain_follows_with_a_hash_function_alone(folder: Path) -> None:
    before = bytes(32)
    for path in sorted((folder / "events").glob("*.json")):
        before = hashlib.sha256(before + path.read_bytes()).digest()
    assert before.hex() in (folder / "head.entry").read_text()
