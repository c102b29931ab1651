"""The sandbox's own reading of the signature rule: both checks and makes it."""

from __future__ import annotations

from hashlib import md5

VALID_SECONDS = 300


def signature(keys: dict[str, str], raw_body: bytes, timestamp: str, mch_id: str | None = None) -> str:
    """`keys`: app_id, app_secret, mch_id, mch_secret. Lower-case hex."""
    inner = md5(raw_body, usedforsecurity=False).hexdigest()
    merchant = keys["mch_id"] if mch_id is None else mch_id
    parts = [keys["app_id"], keys["app_secret"], inner, timestamp, merchant, keys["mch_secret"]]
    return md5(",".join(parts).encode("utf-8"), usedforsecurity=False).hexdigest()


def refusal_code(keys: dict[str, str], query: dict[str, str], raw_body: bytes, now: int) -> int:
    """0 when the call is signed as it should be, else the error code to answer."""
    if query.get("mch_id") != keys["mch_id"]:
        return 1000
    timestamp = query.get("timestamp", "")
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(now - int(timestamp)) > VALID_SECONDS:
        return 408
    return 0 if query.get("sign") == signature(keys, raw_body, timestamp) else 401
