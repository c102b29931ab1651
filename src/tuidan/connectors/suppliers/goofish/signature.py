"""The signature of the 闲管家 virtual-supply protocol (§1.2): MD5 over joined values, on raw body bytes.

MD5 here is what the protocol demands; the secrets at both ends of the text are what protects it, and TLS.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from urllib.parse import urlencode

__all__ = ["sign", "sign_fits", "signed_query"]

SIGN = re.compile(r"[0-9a-f]{32}")


def sign(app_id: str, app_secret: str, body: bytes, timestamp: str, mch_id: str, mch_secret: str) -> str:
    """Lower-case hex. `body` is what goes over the wire, never a second serialisation of it."""
    body_md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    joined = ",".join((app_id, app_secret, body_md5, timestamp, mch_id, mch_secret))
    return hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest()


def sign_fits(given: str, wanted: str) -> bool:
    """Compare in constant time; anything that is not 32 lower-case hex digits does not fit."""
    return bool(SIGN.fullmatch(given)) and hmac.compare_digest(given, wanted)


def signed_query(
    app_id: str, app_secret: str, body: bytes, timestamp: str, mch_id: str, mch_secret: str
) -> str:
    """The query string of a call: mch_id, timestamp (Unix seconds), sign."""
    signature = sign(app_id, app_secret, body, timestamp, mch_id, mch_secret)
    return urlencode({"mch_id": mch_id, "timestamp": timestamp, "sign": signature})
