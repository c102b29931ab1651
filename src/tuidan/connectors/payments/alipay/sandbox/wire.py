"""How the gateway writes and reads: yuan, China time, signed JSON, forms. From Alipay's documents."""

from __future__ import annotations

import calendar
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

from tuidan.connectors.payments.alipay.sandbox.keys import Keys

CHINA_SECONDS = 8 * 3600


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def fen(text: Any) -> int:
    """Yuan text to fen. Raises ValueError for anything that is not plain yuan with at most two decimals."""
    whole, _, part = str(text).partition(".")
    if not whole.isdecimal() or not whole.isascii() or len(part) > 2 or (part and not part.isdecimal()):
        raise ValueError(f"not an amount: {text!r}")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def clock(at: float) -> str:
    """Seconds since 1970 as China time."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at + CHINA_SECONDS))


def unclock(text: str) -> float:
    """China time as seconds since 1970. Raises ValueError."""
    parsed = time.strptime(text if len(text) > 16 else text + ":00", "%Y-%m-%d %H:%M:%S")
    return float(calendar.timegm(parsed) - CHINA_SECONDS)


def to_sign(fields: Mapping[str, str], without: tuple[str, ...], keep_empty: bool) -> bytes:
    """Sorted `name=value` joined by &."""
    kept = [(name, value) for name, value in sorted(fields.items()) if name not in without]
    return "&".join(f"{name}={value}" for name, value in kept if value != "" or keep_empty).encode()


def answer_text(fields: Mapping[str, Any]) -> str:
    """The answer object as the gateway writes it: slashes escaped, Chinese as it is."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")


def signed_answer(keys: Keys, method: str, fields: Mapping[str, Any], wrong_key: bool = False) -> bytes:
    """The whole body: the object and the signature over its exact text."""
    text = answer_text(fields)
    signature = keys.sign(text.encode(), wrong=wrong_key)
    return f'{{"{method.replace(".", "_")}_response":{text},"sign":"{signature}"}}'.encode()


def signed_form(keys: Keys, fields: Mapping[str, str], wrong_key: bool = False) -> bytes:
    """A notice: signed without sign and sign_type, posted as a form."""
    signature = keys.sign(to_sign(fields, ("sign", "sign_type"), keep_empty=True), wrong=wrong_key)
    whole = {**fields, "sign": signature, "sign_type": "RSA2"}
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in whole.items()).encode()
