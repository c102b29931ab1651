"""The copy of a talk: whole it verifies, and every kind of change is found and named."""

from __future__ import annotations

import hashlib

import orjson
import pytest

from tuidan.domain.evidence import GENESIS, ChainLink, canonical_bytes, chain_hash
from tuidan.domain.talk_copy import find_copy_fault, write_copy

ORDER = "01993f7e-2c8a-7b1d-9c3e-4f5a6b7c8d9e"
SALT = "ab" * 16


def links(order: str = ORDER) -> list[tuple[ChainLink, str | None]]:
    """Two messages, the second of them without its words, and an answer."""
    found: list[tuple[ChainLink, str | None]] = []
    prev = GENESIS
    for n, words in enumerate((f"{SALT}卡密打不开", f"{SALT}稍等", None), start=1):
        data: dict[str, object] = {"response": "refuse", "unit": 1}
        if words:
            data = {"n": n, "by": "buyer", "text_sha256": hashlib.sha256(words.encode()).hexdigest()}
        body = canonical_bytes({"n": n, "order": order, "data": data})
        found.append((ChainLink(n, prev, body, chain_hash(prev, body)), words if n == 1 else None))
        prev = found[-1][0].hash
    return found


def copy(order: str = ORDER) -> bytes:
    told = links(order)
    return write_copy(ORDER, len(told), told[-1][0].hash, "2026-11-23T10:00:00+00:00", told)


CHAIN = {link.n: link.hash.hex() for link, _ in links()}


def changed(line: int, **fields: object) -> bytes:
    """The copy with fields of one line changed, lines counted from 1."""
    told = [orjson.loads(each) for each in copy().splitlines()]
    told[line - 1] |= fields
    return b"".join(orjson.dumps(each) + b"\n" for each in told)


def fault(told: bytes) -> tuple[int, str] | None:
    found = find_copy_fault(told, CHAIN)
    return (found.line, found.what) if found else None


def test_a_copy_as_it_was_written_has_no_fault() -> None:
    assert fault(copy()) is None


def test_erased_words_are_no_fault() -> None:
    assert fault(changed(2, words=None)) is None


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (changed(2, words=f"{SALT}卡密打得开"), (2, "words_changed")),
        (changed(2, words="卡密打不开"), (2, "words_changed")),
        (changed(4, words="多出来的话"), (4, "words_changed")),
        (changed(3, body='{"n":2}'), (3, "changed")),
        (changed(3, hash="00" * 32), (3, "changed")),
        (changed(3, n=1), (3, "reordered")),
        (changed(1, format="other"), (1, "not_a_copy")),
        (changed(1, head="00" * 32), (1, "not_in_chain")),
        (changed(1, events=2), (1, "not_in_chain")),
        (copy("01993f7e-0000-7b1d-9c3e-4f5a6b7c8d9e"), (2, "other_order")),
        (b"", (1, "unreadable")),
        (b"[]\n", (1, "not_a_copy")),
        (copy() + b'{"n": 4}\n', (5, "unreadable")),
        (copy() + b"[]\n", (5, "unreadable")),
    ],
)
def test_what_was_changed_is_found_and_named(told: bytes, expected: tuple[int, str]) -> None:
    assert fault(told) == expected


def test_lines_in_another_order_are_found() -> None:
    lines = copy().splitlines(keepends=True)
    assert fault(b"".join([lines[0], lines[2], lines[1], lines[3]])) == (3, "reordered")


def test_an_event_that_the_chain_does_not_have_is_found() -> None:
    found = find_copy_fault(copy(), CHAIN | {2: "11" * 32})
    assert found is not None
    assert (found.line, found.what) == (3, "not_in_chain")


def test_without_a_chain_the_lines_are_checked_by_themselves() -> None:
    assert find_copy_fault(copy()) is None
