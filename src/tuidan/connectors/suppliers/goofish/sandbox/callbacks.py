"""Posts order callbacks to the caller's notify_url (§1.7): honest ones, and on request all the wrong kinds."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

from .outgoing import post
from .signing import signature

DONE, FAILED, PROCESSING = 20, 30, 10


def messages(kind: str, order: dict[str, Any]) -> list[tuple[str, int]]:
    """(how signed, order_status) of each callback to send, in this order."""
    truth = order["order_status"]
    lie = FAILED if truth == DONE else DONE
    return {
        "one": [("honest", truth)],
        "twice": [("honest", truth), ("honest", truth)],
        "out_of_order": [("honest", truth), ("honest", PROCESSING)],
        "forged": [("forged", lie)],
        "changed": [("changed", lie)],
        "foreign": [("foreign", lie)],
        "stale": [("stale", truth)],
    }[kind]


def body_of(order: dict[str, Any], order_status: int) -> bytes:
    names = ("order_type", "order_no", "out_order_no", "end_time")
    values = {name: order[name] for name in names} | {"order_status": order_status}
    if order_status != PROCESSING and not values["end_time"]:
        values["end_time"] = int(time.time())
    if order_status == DONE and order["order_type"] == 2:
        values["card_items"] = [
            {name: value for name, value in item.items() if value} for item in order["card_items"]
        ]
    if order["remark"]:
        values["remark"] = order["remark"]
    return json.dumps(values, ensure_ascii=False).encode()


def signed(keys: dict[str, str], how: str, body: bytes, now: float) -> tuple[str, bytes]:
    """Query string and body as they are sent; `how` says what is wrong with them."""
    timestamp = str(int(now) - (3600 if how == "stale" else 0))
    mch_id = keys["mch_id"] + "7" if how == "foreign" else keys["mch_id"]
    used = {**keys, "mch_secret": "guessed"} if how == "forged" else keys
    sign = signature(used, body, timestamp, mch_id)
    if how == "changed":
        body = body.replace(b'"order_no"', b'"order_nO"', 1)
    return urlencode({"mch_id": mch_id, "timestamp": timestamp, "sign": sign}), body


def deliver(url: str, query: str, body: bytes) -> tuple[bool, str]:
    """(taken, what was answered). Taken means `{"code":0,…}`."""
    status, text = post(url + ("&" if "?" in url else "?") + query, body)
    if status != 200:
        return False, f"status {status} {text}"[:200]
    try:
        return json.loads(text).get("code") == 0, text
    except (ValueError, AttributeError):
        return False, text
