"""Yuan, China time and answers are read exactly or not at all."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuidan.connectors.payments.alipay.wire import Unreadable, china_text, fen, split_answer, utc_time, yuan

KEY = "alipay_trade_refund_response"
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.integers(min_value=0, max_value=10**12))
@settings(deadline=None)
def test_fen_survive_the_way_through_yuan(amount_fen: int) -> None:
    assert fen(yuan(amount_fen)) == amount_fen


@pytest.mark.parametrize(
    ("text", "amount_fen"), [("12.34", 1234), ("12.3", 1230), ("12", 1200), ("0.01", 1), ("0.00", 0)]
)
def test_yuan_text_is_whole_fen(text: str, amount_fen: int) -> None:
    assert fen(text) == amount_fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12.345",
        "-1.00",
        "+1.00",
        "1e2",
        "1,000.00",
        " 1.00",
        "1.00 ",
        "01.00",
        ".50",
        "1.",
        "NaN",
        "１２",
    ],
)
def test_an_amount_that_is_not_exact_fen_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable, match="amount_not_exact_fen"):
        fen(text)


def test_china_time_is_eight_hours_ahead_of_utc() -> None:
    at = datetime(2026, 12, 31, 16, 0, 1, tzinfo=UTC)
    assert china_text(at) == "2027-01-01 00:00:01"
    assert utc_time("2027-01-01 00:00:01") == at


@pytest.mark.parametrize("text", ["", "2026-13-01 00:00:00", "2026-01-01", "2026-01-01T00:00:00", "x"])
def test_a_time_in_another_shape_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable, match="time_unreadable"):
        utc_time(text)


@given(
    st.dictionaries(st.text(max_size=8), plain, max_size=5), st.booleans(), st.sampled_from(["", " ", "\n\t"])
)
def test_the_text_that_is_verified_is_the_exact_substring_sent(
    fields: dict[str, Any], ascii_only: bool, space: str
) -> None:
    inner = json.dumps(fields, ensure_ascii=ascii_only).encode("utf-8", "replace").decode()
    body = f'{space}{{"{KEY}":{space}{inner}{space},"sign":"abc"}}{space}'.encode()
    answer = split_answer(body, KEY)
    assert answer.text == inner
    assert answer.signature == "abc"


def test_escaped_slashes_stay_in_the_text_and_leave_the_value() -> None:
    answer = split_answer(rb'{"a_response":{"qr_code":"https:\/\/x\/y"},"sign":"s"}', "a_response")
    assert answer.text == r'{"qr_code":"https:\/\/x\/y"}'
    assert answer.fields["qr_code"] == "https://x/y"


def test_a_number_keeps_the_digits_that_were_signed() -> None:
    answer = split_answer(b'{"a_response":{"refund_fee":88.80,"n":1E2},"sign":"s"}', "a_response")
    assert dict(answer.fields) == {"refund_fee": "88.80", "n": "1E2"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"a_response":{"x":"1"},"sign":"s","a_response":{"x":"2"}}',
        b'{"a_response":{"x":"1","x":"2"},"sign":"s"}',
        b'{"a_response":{"y":[{"x":"1","x":"2"}]},"sign":"s"}',
        b'{"a_response":{"x":"1"},"sign":"s","sign":"t"}',
        rb'{"a_response":{"x":"1"},"sign":"s","\u0061_response":{"x":"2"}}',
    ],
)
def test_a_name_that_stands_twice_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable, match="name_twice"):
        split_answer(body, "a_response")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"a_response":{"x":"1"},"sign":"s"',
        b'{"a_response":{"x":NaN},"sign":"s"}',
        b'{"a_response":{"x":"1"},"sign":"s"}{}',
        b'{"a_response":{"x":"1"},"sign":"s"}x',
        b'{"a_response":{"x":"1"},"error_response":{},"sign":"s"}',
        b'{"a_response":{"x":"1"},"b_response":{},"sign":"s"}',
        b'{"a_response":"text","sign":"s"}',
        b'{"a_response":{"x":"1"},"sign":{}}',
        b'{"b_response":{"x":"1"},"sign":"s"}',
        b'\xff{"a_response":{},"sign":"s"}',
        b'{"a_response":' + b'{"x":' * 3000 + b"1" + b"}" * 3000 + b',"sign":"s"}',
        b"<html>",
    ],
)
def test_an_answer_in_another_shape_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        split_answer(body, "a_response")


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_without_our_answer_are_unreadable_and_raise_nothing_else(body: bytes) -> None:
    with pytest.raises(Unreadable):
        split_answer(body, KEY)
