"""Witnesses in the connectors' file: an address and a key that cosigns; anything else is refused by name."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuidan.connectors.witnesses import connect_all
from tuidan.connectors.witnesses.client import write_request
from tuidan.domain.tlog.note import COSIGNATURE, ED25519, key_of
from tuidan.witness.request import read_request

PRIVATE = Ed25519PrivateKey.generate()
GOOD = {"url": "https://witness.example/", "vkey": key_of("witness.example", PRIVATE, COSIGNATURE).vkey()}


def test_all_witnesses_of_the_file_are_connected_by_name() -> None:
    found = connect_all({"b": GOOD, "a": GOOD})
    assert [(name, each.url) for name, each in found.items()] == [
        ("a", "https://witness.example"),
        ("b", "https://witness.example"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"url": "witness.example"},
        {"vkey": ""},
        {"vkey": "witness.example+00000000+AA=="},
        {"vkey": key_of("witness.example", PRIVATE, ED25519).vkey()},
        {"total_seconds": "0"},
    ],
)
def test_wrong_settings_are_refused_with_the_witnesss_name(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        connect_all({"a": GOOD | wrong})


def test_what_we_ask_is_what_a_witness_reads() -> None:
    asked = read_request(write_request(7, [b"a" * 32, b"b" * 32], b"note\n"))
    assert (asked.old, asked.proof, asked.note) == (7, (b"a" * 32, b"b" * 32), b"note\n")
