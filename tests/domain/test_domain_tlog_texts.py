"""The texts around the tree: checkpoints, proof files and entries have one spelling each, and no other is read."""

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuidan.domain.evidence import canonical_bytes
from tuidan.domain.tlog.checkpoint import BadCheckpoint, Checkpoint, read_checkpoint, read_checkpoint_text
from tuidan.domain.tlog.entry import BadEntry, Head, read_entry
from tuidan.domain.tlog.note import Note, sign
from tuidan.domain.tlog.proof_text import BadProofText, ProofText, read_proof_text
from tuidan.domain.tlog.tree import EMPTY_ROOT
from tuidan.domain.tlog.trouble import NotSigned, check_continues

EMPTY = "tuidan.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
HEAD = Head(UUID("01a207d9-2100-771f-9f5e-a5bbd3e0f671"), 7, bytes(range(32)))
SIGNED = Note(EMPTY, (sign(EMPTY, "tuidan.example/log", Ed25519PrivateKey.generate()),)).bytes()
PROOF = ProofText(42, (bytes(32), bytes(range(32))), SIGNED)


def test_the_empty_log_has_the_checkpoint_of_the_specification() -> None:
    assert Checkpoint("tuidan.example/log", 0, EMPTY_ROOT).text() == EMPTY
    assert read_checkpoint_text(EMPTY) == Checkpoint("tuidan.example/log", 0, EMPTY_ROOT)
    assert read_checkpoint(SIGNED).size == 0


def test_extension_lines_are_kept() -> None:
    told = read_checkpoint_text(EMPTY + "more\n")
    assert told.more == ("more",)
    assert told.text() == EMPTY + "more\n"


@pytest.mark.parametrize(
    "text",
    [
        "", "o\n1\n", f"\n1\n{ROOT}\n", f"o\n01\n{ROOT}\n", f"o\n-1\n{ROOT}\n", f"o\n+1\n{ROOT}\n", f"o\n1 \n{ROOT}\n",
        f"o\n１\n{ROOT}\n", f"o\n{2**63}\n{ROOT}\n", f"o\n1\n{ROOT[:-1]}\n", f"o\n1\n{ROOT[:-2]}V=\n", "o\n1\nAAAA\n",
        f"o\n1\n{ROOT}", f"o\n1\n{ROOT}\n\n", f"o\n{'9' * 5000}\n{ROOT}\n",
    ],
)  # fmt: skip
def test_another_spelling_of_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        read_checkpoint_text(text)


def test_a_proof_file_is_read_as_it_was_written() -> None:
    assert read_proof_text(PROOF.bytes()) == PROOF
    with_extra = ProofText(0, (), SIGNED, b"extra")
    assert read_proof_text(with_extra.bytes()) == with_extra


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("index 42", "index 042"),
        ("index 42", "index -42"),
        ("index 42", "number 42"),
        ("index 42\n", ""),
        ("AAAA", "AAA"),
        ("\n\n", "\n"),
    ],
)
def test_another_spelling_of_a_proof_file_is_refused(change: str, to: str) -> None:
    data = PROOF.bytes().decode().replace(change, to).encode()
    with pytest.raises(BadProofText):
        read_proof_text(data)


def test_a_proof_longer_than_any_tree_is_refused() -> None:
    with pytest.raises(BadProofText, match="too many"):
        read_proof_text(ProofText(0, (bytes(32),) * 64, SIGNED).bytes())


def test_an_entry_is_canonical_and_is_read_back() -> None:
    told = {"v": 1, "order": str(HEAD.order_id), "n": 7, "hash": HEAD.hash.hex()}
    assert HEAD.entry() == canonical_bytes(told)
    assert read_entry(HEAD.entry()) == HEAD


@pytest.mark.parametrize(
    ("change", "to"),
    [
        (b'"v":1', b'"v":2'),
        (b'"v":1', b'"v":true'),
        (b'"n":7', b'"n":0'),
        (b'"n":7', b'"n":"7"'),
        (b'"n":7', b'"n": 7'),
        (b"01a207d9-", b"01A207D9-"),
        (b"01a207d9-", b"01a207d9"),
        (b"0001", b"01"),
        (b'"v":1}', b'"v":1,"w":1}'),
        (b"{", b"["),
        (b"{", b""),
    ],
)
def test_another_spelling_of_an_entry_is_refused(change: bytes, to: bytes) -> None:
    with pytest.raises(BadEntry):
        read_entry(HEAD.entry().replace(change, to, 1))


def test_nothing_is_signed_when_a_published_head_is_ahead() -> None:
    with pytest.raises(NotSigned) as caught:
        check_continues(Checkpoint("o", 9, EMPTY_ROOT), 8, lambda size: EMPTY_ROOT, "published")
    assert (caught.value.code, caught.value.size, caught.value.seen_size) == ("published_ahead", 8, 9)


def test_nothing_is_signed_when_the_tree_has_another_beginning() -> None:
    with pytest.raises(NotSigned) as caught:
        check_continues(Checkpoint("o", 8, bytes(32)), 9, lambda size: EMPTY_ROOT, "witness")
    assert caught.value.code == "witness_differs"
