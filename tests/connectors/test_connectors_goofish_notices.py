"""Callbacks of a 闲管家 supplier: which are read, and which change nothing."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuidan.connectors.contract.supplier import (
    ForeignNotice,
    ForgedNotice,
    MalformedNotice,
    NoticeRefused,
    StaleNotice,
)
from tuidan.connectors.suppliers import goofish
from tuidan.connectors.suppliers.goofish.config import GoofishConfig
from tuidan.connectors.suppliers.goofish.notices import read_notice
from tuidan.connectors.suppliers.goofish.sandbox.signing import signature

BODY = (Path(goofish.__file__).parent / "samples" / "notice_success.json").read_bytes()
KEYS = {"app_id": "677859093659717", "app_secret": "app-secret", "mch_id": "1001", "mch_secret": "mch-secret"}
CONFIG = GoofishConfig("https://supplier.example", **KEYS)
NOW = datetime(2026, 11, 23, 8, 1, 2, tzinfo=UTC)


def signed(body: bytes, at: datetime = NOW, keys: dict[str, str] = KEYS) -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    return {
        "mch_id": keys["mch_id"],
        "timestamp": timestamp,
        "sign": signature(keys, body, timestamp),
    }


def altered(**fields: Any) -> bytes:
    return json.dumps({**json.loads(BODY), **fields}).encode()


def test_an_honest_notice_is_read() -> None:
    notice = read_notice(CONFIG, signed(BODY), BODY, NOW)
    assert (notice.reference, notice.supplier_no) == ("aebagbafaydqqcikbmga2dqpca3t1", "GF20261123000017")
    assert (notice.outcome, notice.ended_at) == ("succeeded", datetime(2026, 11, 23, 8, 1, tzinfo=UTC))


def test_the_same_body_has_the_same_digest_under_another_time() -> None:
    first = read_notice(CONFIG, signed(BODY), BODY, NOW)
    again = read_notice(CONFIG, signed(BODY, NOW + timedelta(seconds=9)), BODY, NOW)
    assert first.digest == again.digest


def test_a_notice_signed_with_guessed_keys_is_forged() -> None:
    guessed = {**KEYS, "mch_secret": "guessed"}
    with pytest.raises(ForgedNotice):
        read_notice(CONFIG, signed(BODY, keys=guessed), BODY, NOW)


@pytest.mark.parametrize("missing", ["sign", "timestamp", "mch_id"])
def test_a_notice_without_a_signed_part_is_forged(missing: str) -> None:
    query = {name: value for name, value in signed(BODY).items() if name != missing}
    with pytest.raises(ForgedNotice):
        read_notice(CONFIG, query, BODY, NOW)


@pytest.mark.parametrize("name", ["timestamp", "mch_id"])
@pytest.mark.parametrize("value", ["", "1,2", "-1", "1e9", "１００１", " 1", "1\n", "9" * 21])
def test_what_is_not_plain_digits_is_forged(name: str, value: str) -> None:
    keys = {**KEYS, "mch_id": value} if name == "mch_id" else KEYS
    query = {**signed(BODY, keys=keys), name: value}
    query["sign"] = signature(keys, BODY, query["timestamp"])
    with pytest.raises(ForgedNotice):
        read_notice(CONFIG, query, BODY, NOW)


def test_a_notice_for_another_merchant_is_foreign() -> None:
    with pytest.raises(ForeignNotice):
        read_notice(CONFIG, signed(BODY, keys={**KEYS, "mch_id": "1002"}), BODY, NOW)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_either_way_are_let_through(seconds: int) -> None:
    notice = read_notice(CONFIG, signed(BODY, NOW + timedelta(seconds=seconds)), BODY, NOW)
    assert notice.outcome == "succeeded"


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
def test_more_than_five_minutes_are_stale(seconds: int) -> None:
    with pytest.raises(StaleNotice):
        read_notice(CONFIG, signed(BODY, NOW + timedelta(seconds=seconds)), BODY, NOW)


def test_a_stale_forgery_is_a_forgery() -> None:
    query = {**signed(BODY, NOW - timedelta(days=1)), "sign": "0" * 32}
    with pytest.raises(ForgedNotice):
        read_notice(CONFIG, query, BODY, NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"order_status": "20"},
        {"order_status": None},
        {"order_no": ""},
        {"order_no": "x" * 33},
        {"order_no": 5},
        {"out_order_no": None},
        {"order_type": 3},
        {"order_type": "1"},
        {"end_time": "soon"},
        {"remark": 7},
    ],
)
def test_a_signed_notice_with_a_wrong_field_is_malformed(fields: dict[str, Any]) -> None:
    body = altered(**fields)
    with pytest.raises(MalformedNotice):
        read_notice(CONFIG, signed(body), body, NOW)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"order_no":"a","order_no":"b"}', b"\xff", b"[" * 60_000, b" " * 65_537],
)
def test_a_signed_body_that_needs_guessing_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedNotice):
        read_notice(CONFIG, signed(body), body, NOW)


def test_a_status_without_a_name_is_unknown() -> None:
    body = altered(order_status=25)
    assert read_notice(CONFIG, signed(body), body, NOW).outcome == "unknown"


def test_codes_in_a_notice_are_not_kept() -> None:
    body = altered(order_type=2, card_items=[{"card_pwd": "SECRET-CODE"}])
    notice = read_notice(CONFIG, signed(body), body, NOW)
    assert "SECRET-CODE" not in notice.raw
    assert "SECRET-CODE" not in repr(notice)


@given(st.binary(max_size=300), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_stranger_gets_anything_through(body: bytes, mch_id: str, timestamp: str, sign: str) -> None:
    query = {"mch_id": mch_id, "timestamp": timestamp, "sign": sign}
    with pytest.raises(NoticeRefused):
        read_notice(CONFIG, query, body, NOW)


@given(st.binary(max_size=300))
def test_a_signed_notice_is_read_or_malformed_and_nothing_else(body: bytes) -> None:
    with pytest.raises(MalformedNotice):
        read_notice(CONFIG, signed(body), body, NOW)


def test_reading_notices_in_many_threads_gives_each_its_own() -> None:
    found: list[str] = []

    def read(number: int) -> None:
        body = altered(out_order_no=f"GF{number}")
        found.append(read_notice(CONFIG, signed(body), body, NOW).supplier_no)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(f"GF{number}" for number in range(16))


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": "http://supplier.example"},
        {"base_url": "ftp://127.0.0.1"},
        {"base_url": "https://supplier.example/?a=1"},
        {"app_id": "12a"},
        {"mch_id": "1,2"},
        {"mch_id": ""},
        {"app_secret": "a,b"},
        {"mch_secret": ""},
        {"total_seconds": 0},
    ],
)
def test_settings_that_are_unsafe_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        GoofishConfig(**{"base_url": "https://supplier.example", **KEYS, **wrong})


def test_secrets_are_not_printed() -> None:
    assert "secret" not in repr(CONFIG).replace("app_secret", "").replace("mch_secret", "")


def test_settings_that_are_missing_are_named() -> None:
    with pytest.raises(ValueError, match="mch_secret"):
        goofish.connect({"base_url": "https://supplier.example", **KEYS, "mch_secret": ""})
