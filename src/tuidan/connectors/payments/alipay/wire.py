"""The text forms of the Alipay gateway: yuan, China time, JSON without ambiguity. Pure; raises Unreadable.

A money reader must not guess: a field that stands twice, an amount with three decimals or a number that went
through a float are refused, not repaired.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))
_YUAN = re.compile(r"(0|[1-9][0-9]{0,10})(?:\.([0-9]{1,2}))?", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d{1,6})?", re.ASCII)
_SPACE = re.compile(r"[ \t\n\r]*")


class Unreadable(Exception):
    """The text cannot be read without guessing. `code` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def yuan(amount_fen: int) -> str:
    """Fen as yuan text with two decimals: 1234 → "12.34"."""
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def fen(text: str) -> int:
    """Yuan text as whole fen: "12.3" → 1230. Raises Unreadable for signs, exponents, more than two decimals."""
    found = _YUAN.fullmatch(text)
    if found is None:
        raise Unreadable("amount_not_exact_fen")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def china_text(at: datetime) -> str:
    """An aware time as the gateway writes it, in China time, whole seconds."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def utc_time(text: str) -> datetime:
    """A gateway time (China, no zone) as aware UTC. Raises Unreadable."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise Unreadable("time_unreadable")
    try:
        return datetime.fromisoformat(f"{found[1]}+08:00").astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unreadable("time_unreadable") from error


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """The one answer object of a body: its fields, its exact text, its signature ('' when none came)."""

    key: str
    fields: Mapping[str, Any]
    text: str
    signature: str


def split_answer(body: bytes, response_key: str) -> SignedAnswer:
    """Find the answer object and the exact substring that is signed. Raises Unreadable.

    The object is read and the substring cut in the same pass, so what is verified is what is returned; a second
    copy of any name is refused, because another reader might take the other one.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable("not_utf8") from error
    spans = _top_level(text)
    unknown = set(spans) - {response_key, "error_response", "sign", "alipay_cert_sn"}
    keys = [key for key in (response_key, "error_response") if key in spans]
    if unknown or len(keys) != 1:
        raise Unreadable("answer_shape")
    value, start, end = spans[keys[0]]
    signature = spans["sign"][0] if "sign" in spans else ""
    if not isinstance(value, dict) or not isinstance(signature, str):
        raise Unreadable("answer_shape")
    return SignedAnswer(keys[0], value, text[start:end], signature)


def read_object(text: str) -> dict[str, Any]:
    """One JSON object, no name twice, numbers as the text they were. Raises Unreadable."""
    value, end = _value(text, _skip(text, 0))
    if not isinstance(value, dict) or _skip(text, end) != len(text):
        raise Unreadable("not_json")
    return value


def _top_level(text: str) -> dict[str, tuple[Any, int, int]]:
    """Name → (value, start, end) of the outer object."""
    spans: dict[str, tuple[Any, int, int]] = {}
    at = _expect(text, 0, "{")
    while True:
        at = _skip(text, at)
        name, at = _value(text, at)
        if not isinstance(name, str) or name in spans:
            raise Unreadable("name_twice")
        start = _skip(text, _expect(text, at, ":"))
        value, end = _value(text, start)
        spans[name] = (value, start, end)
        at = _skip(text, end)
        if text[at : at + 1] != ",":
            break
        at += 1
    if _skip(text, _expect(text, at, "}")) != len(text):
        raise Unreadable("text_after_answer")
    return spans


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Unreadable("name_twice")
    return fields


def _refuse_constant(name: str) -> Any:
    raise Unreadable("not_json")


# Numbers stay the text they were: 88.80 through a float is no longer what was signed.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_refuse_twice, parse_float=str, parse_int=str, parse_constant=_refuse_constant
)


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json") from error


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, sign: str) -> int:
    at = _skip(text, at)
    if text[at : at + 1] != sign:
        raise Unreadable("not_json")
    return at + 1
