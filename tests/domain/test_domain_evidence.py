"""Canonical bytes and the chain: what was written cannot be changed, left out or moved unnoticed, and we say where."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tuidan.domain.calendar import CHINA
from tuidan.domain.evidence import (
    GENESIS,
    INTEGER_MAX,
    ChainFault,
    ChainLink,
    NotCanonical,
    ReadyDict,
    ReadyList,
    canonical_bytes,
    chain_hash,
    event_bytes,
    find_chain_fault,
    frame_of,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
SCALARS = TEXT | st.booleans() | st.integers(-INTEGER_MAX, INTEGER_MAX)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)
COUNT = 6


def chain(count: int = COUNT) -> list[ChainLink]:
    links, prev = [], GENESIS
    for n in range(1, count + 1):
        body = canonical_bytes({"n": n, "kind": "thing", "data": {"fen": n * 100}})
        links.append(ChainLink(n, prev, body, chain_hash(prev, body)))
        prev = links[-1].hash
    return links


def fault(links: list[ChainLink], count: int = COUNT) -> ChainFault | None:
    return find_chain_fault(links, chain()[-1].hash, count)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_our_bytes_are_those_of_rfc_8785(value: dict[str, object]) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_the_order_of_keys_makes_no_other_bytes(value: dict[str, object]) -> None:
    assert canonical_bytes(dict(reversed(value.items()))) == canonical_bytes(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.0,
        2**53,
        -(2**53),
        {"é": 1},
        {1: 2},
        [None],
        {"a": {"b": 0.5}},
        b"x",
        "\ud800",
        {"a": ["\udfff"]},
    ],
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes({"value": value})


def test_a_whole_chain_has_no_fault() -> None:
    assert fault(chain()) is None
    assert find_chain_fault([], GENESIS, 0) is None


@pytest.mark.parametrize("n", range(1, COUNT + 1))
def test_a_changed_body_is_named(n: int) -> None:
    links = chain()
    links[n - 1] = replace(links[n - 1], body=links[n - 1].body.replace(b"00}", b"01}"))
    assert fault(links) == ChainFault(n, "changed")


@pytest.mark.parametrize("n", range(1, COUNT))
def test_a_changed_body_with_a_new_hash_is_named(n: int) -> None:
    links = chain()
    body = links[n - 1].body.replace(b"00}", b"01}")
    links[n - 1] = replace(links[n - 1], body=body, hash=chain_hash(links[n - 1].prev, body))
    assert fault(links) == ChainFault(n, "changed")


def test_a_tail_that_was_chained_anew_does_not_meet_the_head() -> None:
    links = chain()
    for i in range(2, COUNT):
        body = links[i].body.replace(b"00}", b"01}")
        links[i] = ChainLink(i + 1, links[i - 1].hash, body, chain_hash(links[i - 1].hash, body))
    assert fault(links) == ChainFault(COUNT, "head")


@pytest.mark.parametrize("n", range(1, COUNT + 1))
def test_a_missing_event_is_named(n: int) -> None:
    links = chain()
    del links[n - 1]
    assert fault(links) == ChainFault(n, "missing")


@pytest.mark.parametrize("n", range(1, COUNT))
def test_two_swapped_events_are_named(n: int) -> None:
    links = chain()
    first, second = links[n - 1], links[n]
    links[n - 1], links[n] = replace(second, n=first.n), replace(first, n=second.n)
    assert fault(links) == ChainFault(n, "reordered")


@pytest.mark.parametrize("n", range(1, COUNT + 1))
def test_a_changed_hash_is_named(n: int) -> None:
    links = chain()
    links[n - 1] = replace(links[n - 1], hash=bytes(32))
    assert fault(links) == ChainFault(n, "changed")


def test_a_changed_link_back_is_named() -> None:
    links = chain()
    links[3] = replace(links[3], prev=bytes(32))
    assert fault(links) == ChainFault(4, "changed")


def test_an_event_beyond_the_version_is_named() -> None:
    assert fault(chain(), COUNT - 1) == ChainFault(COUNT, "added")


def test_bytes_that_are_no_json_are_a_change() -> None:
    links = chain()
    links[1] = replace(links[1], body=b"\xff")
    assert fault(links) == ChainFault(2, "changed")


@given(st.dictionaries(KEYS, VALUES, max_size=5), TEXT, TEXT, st.integers(1, 9999), st.booleans())
def test_an_event_in_its_frame_has_the_bytes_of_the_whole(
    data: dict[str, object], who: str, key: str, n: int, first: bool
) -> None:
    order, now, asked = UUID(int=n), datetime(2026, 11, 3, 12, 14, 12, n, UTC), "5e" * 32
    whole = {
        "actor": {"kind": "buyer", "id": who},
        "at": now.isoformat(),
        "kind": "thing_done",
        "n": n,
        "order": str(order),
        "data": data,
        **({"input": asked, "key": key} if first else {}),
    }
    frame = frame_of(order, "buyer", who, now, key, asked)
    assert event_bytes(frame, "thing_done", n, data, first=first) == rfc8785.dumps(whole)


def test_a_frame_tells_its_moment_in_its_own_zone() -> None:
    at = datetime(2026, 11, 3, 12, 14, 12, tzinfo=UTC)
    here = frame_of(UUID(int=1), "buyer", "b", at, "k", "5e" * 32).opening
    there = frame_of(UUID(int=1), "buyer", "b", at.astimezone(CHINA), "k", "5e" * 32).opening
    assert b"T12:14:12+00:00" in here
    assert b"T20:14:12+08:00" in there


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.lists(VALUES, max_size=5))
def test_what_was_written_once_stands_in_other_bytes_as_if_it_were_written_there(
    shared: dict[str, object], listed: list[object]
) -> None:
    ready = {"data": {"shared": ReadyDict(shared), "listed": ReadyList(listed)}, "n": 1}
    assert canonical_bytes(ready) == canonical_bytes({"data": {"shared": shared, "listed": listed}, "n": 1})


@pytest.mark.parametrize("value", [{"a": None}, {"a": 1.5}, {"é": 1}, {"a": [{"b": None}]}, {"a": 2**53}])
def test_nothing_is_written_once_that_could_not_be_written_there(value: dict[str, object]) -> None:
    with pytest.raises(NotCanonical):
        ReadyDict(value)
    with pytest.raises(NotCanonical):
        ReadyList([value])
