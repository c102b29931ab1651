"""Time tokens: which ones count, and that no changed byte of one passes."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from bundle_kit import authority
from stamp_authority import Authority, make_authority
from tuidan.verifier.finding import Refused
from tuidan.verifier.timestamp import check_stamp

DATA = b"tuidan.example/log\n65\nroot\n"
RSA = ("-newkey", "rsa:2048", "-nodes")


def roots_of(made: Authority) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(made.root())


def code_of(token: bytes, data: bytes = DATA, made: Authority | None = None) -> str:
    """The code with which a token is refused; "" where it counts."""
    try:
        check_stamp(token, data, roots_of(made or authority()))
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_a_token_counts_for_its_own_bytes_alone(digest: str) -> None:
    token = authority().stamp(DATA, digest)
    assert (code_of(token), code_of(token, DATA + b"x")) == ("", "token_of_other_bytes")


def test_a_token_signed_with_rsa_counts(tmp_path: Path) -> None:
    made = make_authority(tmp_path, key=RSA)
    assert code_of(made.stamp(DATA), made=made) == ""


def test_a_token_of_another_authority_is_refused(tmp_path: Path) -> None:
    assert code_of(authority().stamp(DATA), made=make_authority(tmp_path)) == "token_signer_unknown"


def test_every_single_changed_byte_that_is_read_is_refused() -> None:
    token = authority().stamp(DATA)
    copy = roots_of(authority())[0].public_bytes(Encoding.DER)
    begin = token.index(copy)  # a copy of the root comes along; the root that counts is the reader's own
    unread = range(begin, begin + len(copy))
    passed = []
    for place in set(range(len(token))) - set(unread):
        changed = bytearray(token)
        changed[place] ^= 1
        if not code_of(bytes(changed)):
            passed.append(place)
    assert passed == [8]  # "granted" becomes "granted with changes", which counts as well


def test_garbage_and_cut_tokens_are_refused_in_one_way() -> None:
    token = authority().stamp(DATA)
    for place in range(0, len(token), 7):
        assert code_of(token[:place]) in ("bad_token", "token_not_granted")
    for told in (b"", b"\x30\x80\0\0", b"\x30\x84\xff\xff\xff\xff", b"\x30\x03\x02\x01\x02", b"x" * 5_000):
        assert code_of(told) != ""
