"""Signed notes: published examples open, what was changed does not, and the form is strict."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuidan.domain.tlog.note import (
    COSIGNATURE,
    BadNote,
    Key,
    Note,
    Signature,
    cosigned_bytes,
    key_of,
    open_note,
    read_note,
    read_vkey,
    sign,
)

# The example of c2sp.org/signed-note, and the one of Go's sumdb/note with two signatures.
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
PETER_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
TEXT = "tuidan.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = key_of("tuidan.example/log", PRIVATE)
SIGNED = Note(TEXT, (sign(TEXT, KEY.name, PRIVATE),)).bytes()


def refused(data: bytes, *keys: Key) -> str:
    with pytest.raises(BadNote) as caught:
        open_note(data, keys or (KEY,))
    return caught.value.code


def test_the_example_of_the_specification_opens() -> None:
    opened = open_note(SPEC_NOTE, [read_vkey(SPEC_KEY)])
    assert opened.note.text == "This is an example message.\n"
    assert opened.note.bytes() == SPEC_NOTE


def test_a_note_with_two_signatures_opens_for_either_key_and_for_both() -> None:
    data = (PETER_TEXT + "\n" + PETER_LINE + ENOCH_LINE).encode()
    peter, enoch = read_vkey(PETER_KEY), read_vkey(ENOCH_KEY)
    assert [open_note(data, keys).by for keys in ([peter], [enoch], [enoch, peter])] == [
        (peter,),
        (enoch,),
        (peter, enoch),
    ]


@pytest.mark.parametrize("vkey", [SPEC_KEY, PETER_KEY, ENOCH_KEY])
def test_a_key_is_written_as_it_was_read(vkey: str) -> None:
    assert read_vkey(vkey).vkey() == vkey


def test_a_signature_made_here_opens_and_is_the_same_every_time() -> None:
    assert open_note(SIGNED, [KEY]).by == (KEY,)
    assert Note(TEXT, (sign(TEXT, KEY.name, PRIVATE),)).bytes() == SIGNED


def test_no_changed_byte_of_a_note_opens() -> None:
    """Every byte, three ways; the name, the key's number, the signature and the text alike."""
    held = []
    for at in range(len(SIGNED)):
        for bit in (1, 2, 128):
            changed = bytearray(SIGNED)
            changed[at] ^= bit
            try:
                open_note(bytes(changed), [KEY])
            except BadNote:
                continue
            held.append((at, bit))
    assert held == []


def test_a_note_that_is_cut_short_does_not_open() -> None:
    assert {refused(SIGNED[:end]) for end in range(len(SIGNED))} == {"not_a_note"}


def test_the_name_of_another_log_is_no_signature_of_it() -> None:
    stranger = Ed25519PrivateKey.generate()
    forged = Note(TEXT, (sign(TEXT, KEY.name, stranger),)).bytes()
    assert refused(forged) == "unknown_keys"


def test_the_number_of_a_trusted_key_over_a_foreign_signature_is_refused() -> None:
    forged = Signature(KEY.name, KEY.id, Ed25519PrivateKey.generate().sign(TEXT.encode()))
    good = sign(TEXT, KEY.name, PRIVATE)
    assert refused(Note(TEXT, (forged,)).bytes()) == "signature_fails"
    assert refused(Note(TEXT, (good, forged)).bytes()) == "signature_fails"


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    stranger = sign(TEXT, "somebody.example", Ed25519PrivateKey.generate())
    note = Note(TEXT, (stranger, sign(TEXT, KEY.name, PRIVATE))).bytes()
    assert open_note(note, [KEY]).by == (KEY,)


def test_a_witness_signs_its_time_with_the_text() -> None:
    private = Ed25519PrivateKey.generate()
    witness = key_of("witness.example", private, COSIGNATURE)
    seconds = 1_764_000_000
    blob = seconds.to_bytes(8, "big") + private.sign(cosigned_bytes(TEXT, seconds))
    later = (seconds + 1).to_bytes(8, "big") + blob[8:]
    assert open_note(Note(TEXT, (Signature(witness.name, witness.id, blob),)).bytes(), [witness]).by == (
        witness,
    )
    assert (
        refused(Note(TEXT, (Signature(witness.name, witness.id, later),)).bytes(), witness)
        == "signature_fails"
    )


def test_a_text_may_hold_blank_lines_and_the_last_one_parts_it() -> None:
    text = "one\n\ntwo\n"
    note = Note(text, (sign(text, KEY.name, PRIVATE),)).bytes()
    assert open_note(note, [KEY]).note.text == text


@pytest.mark.parametrize("text", ["", "no line feed", "tab\t\n", "return\r\n", "zero\0\n"])
def test_a_text_that_a_note_may_not_have_is_not_signed(text: str) -> None:
    with pytest.raises(BadNote):
        sign(text, KEY.name, PRIVATE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"text\n\n",
        b"text\n\nno dash\n",
        "text\n\n— name\n".encode(),
        "text\n\n— name AAAA\n".encode(),
        "text\n\n— name AAAAAAA\n".encode(),
        "text\n\n— na+me AAAAAAAA\n".encode(),
        "text\n\n—  AAAAAAAA\n".encode(),
        "text\n\n— name AAAAAAB=\n".encode(),
        "text\n\n— name AAAAAAAA".encode(),
        b"\xff\n\n\xe2\x80\x94 name AAAAAAAA\n",
        b"a" * 1_000_001,
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(BadNote, match="not_a_note"):
        read_note(data)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+530d903a",
        SPEC_KEY.replace("530d903a", "530d903b"),
        SPEC_KEY.replace("530d903a", "530D903A"),
        SPEC_KEY.replace("example", "exbmple"),
        SPEC_KEY[:-1],
        SPEC_KEY + "=",
        "two words+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(BadNote, match="not_a_key"):
        read_vkey(vkey)
