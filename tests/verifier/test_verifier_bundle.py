"""A whole bundle passes; a changed one is refused, and the sentence names what was changed."""

import hashlib
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bundle_kit import (
    DESK_VKEY,
    ORIGIN,
    PICTURE,
    VKEY,
    WITNESS_VKEY,
    Made,
    contents_of,
    disputed_order,
    files_of,
    links_of,
    seal_of,
    sound,
)
from tuidan.domain.evidence import canonical_bytes
from tuidan.domain.tlog.note import COSIGNATURE, key_of
from tuidan.verifier.checks import check_bundle
from tuidan.verifier.finding import Report
from tuidan.verifier.main import report_lines
from tuidan.verifier.sealing import Trust
from tuidan.verifier.single import single_file

TRUST = Trust((VKEY, DESK_VKEY), (WITNESS_VKEY,))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def checked(packed: bytes, folder: Path, trust: Trust = TRUST) -> Report:
    path = folder / "bundle.zip"
    path.write_bytes(packed)
    return check_bundle(path, trust)


def said(made: Made, folder: Path, trust: Trust = TRUST) -> str:
    """What is wrong with a bundle, in English, one sentence a line."""
    report = checked(made.packed(), folder, trust)
    return "\n".join(line for line in report_lines(report, 1) if line.startswith("WRONG"))


def test_a_sound_bundle_holds(tmp_path: Path) -> None:
    report = checked(sound().packed(), tmp_path)
    assert report.holds(), report_lines(report, 1)
    found = [line.code for line in report.lines if line.kind == "ok"]
    assert found == [
        "files_hold",
        "list_signed",
        "chain_holds",
        "proof_holds",
        "listing_holds",
        "policy_holds",
        "ledger_holds",
        "decisions_hold",
        "words_hold",
        "evidence_holds",
        "signature_holds",
        "witness_holds",
        "token_holds",
    ]


def test_the_single_file_alone_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes(single_file())
    (tmp_path / "b.zip").write_bytes(sound().packed())
    words = [
        sys.executable,
        "-I",
        "verify.py",
        "b.zip",
        "--vkey",
        VKEY,
        "--vkey",
        DESK_VKEY,
        "--witness",
        WITNESS_VKEY,
        "--lang",
        "en",
    ]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == report_lines(check_bundle(tmp_path / "b.zip", TRUST), 1)


def test_the_single_file_imports_nothing_of_ours() -> None:
    text = single_file().decode()
    assert "import tuidan" not in text and "from tuidan" not in text
    compile(text, "verify.py", "exec")


def test_one_changed_byte_of_any_file_is_refused_by_its_name(tmp_path: Path) -> None:
    missed = []
    for name, data in sound().files.items():
        for place in {0, len(data) // 3, len(data) // 2, len(data) - 1}:
            changed = bytearray(data)
            changed[place] ^= 0x01
            told = said(sound().changed(name, bytes(changed)), tmp_path)
            if not name.startswith("manifest.") and f"({name})" not in told:
                missed.append((name, place, told))
            if not told:
                missed.append((name, place, "passed"))
    assert missed == []


def test_one_changed_byte_anywhere_in_the_zip_is_refused(tmp_path: Path) -> None:
    packed = sound().packed()
    step = max(1, len(packed) // 120)  # every part of it, and every byte of the last headers
    places = [*range(0, len(packed), step), *range(len(packed) - 120, len(packed))]
    passed = []
    for place in places:
        changed = bytearray(packed)
        changed[place] ^= 0x20
        if checked(bytes(changed), tmp_path).holds():
            passed.append(place)
    assert passed == []


def test_a_changed_event_is_named(tmp_path: Path) -> None:
    made = sound().edited("events/0014.json", b'"n":14', b'"n":14 ')
    assert "event 14 was changed" in said(made.listed(), tmp_path)


def test_swapped_events_are_named(tmp_path: Path) -> None:
    first, second = sound().files["events/0003.json"], sound().files["events/0004.json"]
    made = sound().changed("events/0003.json", second).changed("events/0004.json", first).listed()
    assert "events 3 and 4 were swapped" in said(made, tmp_path)


def test_a_removed_event_is_named(tmp_path: Path) -> None:
    assert "event 5 is missing" in said(sound().without("events/0005.json").listed(), tmp_path)


def test_an_added_event_is_named(tmp_path: Path) -> None:
    last = sound().files["events/0015.json"].replace(b'"n":15', b'"n":16')
    assert "event 16 was added" in said(sound().changed("events/0016.json", last).listed(), tmp_path)


def rechained(made: Made) -> Made:
    """The hashes made anew over the events as they are now."""
    previous, lines = bytes(32), []
    names = sorted(name for name in made.files if name.startswith("events/") and name.endswith(".json"))
    for n, name in enumerate(names, start=1):
        previous = hashlib.sha256(previous + made.files[name]).digest()
        lines.append(f"{n} {previous.hex()}\n")
    return made.changed("events/chain.txt", "".join(lines).encode()).listed()


def test_a_rewritten_chain_does_not_fit_the_log(tmp_path: Path) -> None:
    made = rechained(sound().edited("events/0003.json", b"4880", b"9880"))
    assert "at least one of events 1 to 15 was changed" in said(made, tmp_path)


def test_a_rewritten_entry_of_the_log_has_no_proof(tmp_path: Path) -> None:
    made = rechained(sound().edited("events/0003.json", b"4880", b"9880"))
    head = made.files["events/chain.txt"].split()[-1]
    entry = orjson.loads(made.files["head.entry"]) | {"hash": head.decode()}
    assert "leaf 41 is not in this log of 65" in said(
        made.changed("head.entry", canonical_bytes(entry)).listed(), tmp_path
    )


def test_the_last_events_cut_off_are_missed(tmp_path: Path) -> None:
    assert "event 15 is missing" in said(rechained(sound().without("events/0015.json")), tmp_path)


def test_events_that_the_log_does_not_cover_yet_are_named(tmp_path: Path) -> None:
    made = files_of(contents_of(disputed_order(), covered=13))
    assert "events 14 to 15 are not in the log yet" in said(made, tmp_path)


def test_a_bundle_without_a_proof_says_so(tmp_path: Path) -> None:
    contents = contents_of(disputed_order())
    bare = files_of(
        type(contents)(**{name: getattr(contents, name) for name in contents.__slots__} | {"seal": None})
    )
    assert "there is no proof of the log" in said(bare, tmp_path)


def test_another_amount_in_the_ledger_is_named(tmp_path: Path) -> None:
    made = sound().edited("ledger.json", b'"amount_fen":2000', b'"amount_fen":3000').listed()
    assert "posting 2 of ledger.json differs: it says 3000 fen, event 13 says 2000 fen" in said(
        made, tmp_path
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b'"currency":"CNY"', b'"currency":"USD"', "order, currency or fields of ledger.json are wrong"),
        (b'"escrow":-2880', b'"escrow":-2881', "the balances of ledger.json do not follow"),
        (
            b'"debit":"channel:alipay:clearing"',
            b'"debit":"channel:wechat:clearing"',
            "posting 1 of ledger.json differs",
        ),
    ],
)
def test_other_changes_of_the_ledger_are_named(tmp_path: Path, old: bytes, new: bytes, sentence: str) -> None:
    assert sentence in said(sound().edited("ledger.json", old, new).listed(), tmp_path)


def test_a_verdict_that_is_not_the_one_in_its_event_is_named(tmp_path: Path) -> None:
    made = sound().edited("decision-1.json", b'"amount_fen":2000', b'"amount_fen":4000').listed()
    assert "the decision of event 13 in decision-1.json is not the one" in said(made, tmp_path)


def test_facts_of_another_moment_are_named(tmp_path: Path) -> None:
    made = sound().edited("decision-1.facts.jsonl", b'"now":"2026-11-23T15', b'"now":"2026-11-23T16').listed()
    assert "the facts of event 13" in said(made, tmp_path)


def test_changed_words_are_named(tmp_path: Path) -> None:
    made = sound().edited("words/0005.txt", "没有".encode(), "早就".encode()).listed()
    assert "the words of event 5 (words/0005.txt) were changed" in said(made, tmp_path)


def test_words_left_out_are_a_note_and_no_fault(tmp_path: Path) -> None:
    report = checked(sound().without("words/0005.txt").listed().packed(), tmp_path)
    assert report.holds() and [line.data for line in report.lines if line.code == "words_absent"] == [
        {"n": 5}
    ]


def test_a_file_of_evidence_under_a_false_name_is_named(tmp_path: Path) -> None:
    name = f"evidence/{hashlib.sha256(PICTURE).hexdigest()}"
    assert f"the file of evidence {name} was changed" in said(sound().changed(name, b"x").listed(), tmp_path)
    assert f"the file of evidence {name} of event 8 is missing" in said(
        sound().without(name).listed(), tmp_path
    )
    other = f"evidence/{hashlib.sha256(b'other').hexdigest()}"
    assert "belongs to no event" in said(sound().changed(other, b"other").listed(), tmp_path)


def test_another_listing_and_another_policy_are_named(tmp_path: Path) -> None:
    made = sound().edited("listing.json", "可退".encode(), "不退".encode()).listed()
    assert "listing.json is not the listing that the buyer confirmed" in said(made, tmp_path)
    policy = next(name for name in sound().files if name.startswith("policy/"))
    assert f"the policy {policy} was changed" in said(sound().changed(policy, b"{}").listed(), tmp_path)


def test_a_checkpoint_signed_by_another_key_is_refused(tmp_path: Path) -> None:
    trust = Trust((key_of(ORIGIN, STRANGER).vkey(),))
    assert f"the checkpoint is not signed by {ORIGIN}" in said(sound(), tmp_path, trust)


def test_a_changed_checkpoint_and_proof_are_refused(tmp_path: Path) -> None:
    changed = sound().edited("checkpoint", b"\n65\n", b"\n66\n").listed()
    told = said(changed, tmp_path)
    assert "the proof belongs to another checkpoint" in told and "signature of" in told
    both = changed.edited("head.tlog-proof", b"\n65\n", b"\n66\n").listed()
    assert "the signature of tuidan.example/log on the checkpoint does not hold" in said(both, tmp_path)


def test_a_witness_that_has_not_signed_is_missed(tmp_path: Path) -> None:
    stranger = key_of("witness.example/other", STRANGER, COSIGNATURE).vkey()
    told = said(sound(), tmp_path, Trust((VKEY,), (stranger,)))
    assert "not cosigned by the witness witness.example/other" in told


def test_the_bundles_own_key_is_never_taken_silently(tmp_path: Path) -> None:
    report = checked(sound().packed(), tmp_path, Trust())
    notes = {line.code for line in report.lines if line.kind == "note"}
    assert {"key_as_told", "witness_as_told", "authority_as_told"} <= notes


def test_a_seal_of_another_order_is_refused(tmp_path: Path) -> None:
    other = seal_of(links_of(disputed_order())[-1], order_id=UUID(int=7))
    made = sound().changed("head.entry", other.entry).listed()
    assert "head.entry is no log entry of this order" in said(made, tmp_path)


def test_every_wrong_thing_is_said_in_chinese_too(tmp_path: Path) -> None:
    made = sound().edited("ledger.json", b'"amount_fen":2000', b'"amount_fen":3000').listed()
    lines = report_lines(checked(made.packed(), tmp_path), 0)
    assert "不符  ledger.json 第 2 条账目不符：写的是 3000 分，事件 13 是 2000 分或另外的科目" in lines


def test_what_nothing_else_proves_is_under_the_platforms_signature(tmp_path: Path) -> None:
    facts = sound().edited("decision-1.facts.jsonl", b'"deadline_passed":false', b'"deadline_passed":true')
    for made in (facts, sound().changed("README.txt", b"x"), sound().without("words/0005.txt")):
        told = said(made.listed(signed=False), tmp_path)
        assert told == (
            "WRONG  manifest.json is not signed by tuidan.example/log/receipts: the list, or a file on it, was changed"
        )


def test_a_list_signed_by_somebody_else_is_refused(tmp_path: Path) -> None:
    stranger = key_of(f"{ORIGIN}/receipts", STRANGER).vkey()
    trust = Trust((VKEY, stranger), (WITNESS_VKEY,))
    assert "manifest.json is not signed by" in said(sound(), tmp_path, trust)


def test_without_its_signature_a_list_is_not_taken(tmp_path: Path) -> None:
    assert "the file manifest.note is missing" in said(sound().without("manifest.note"), tmp_path)
