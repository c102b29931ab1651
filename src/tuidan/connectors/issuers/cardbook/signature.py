"""Cardbook's signatures: HMAC-SHA256 over the question, and over the answer together with the question's nonce.

The nonce binds an answer to its question: an old "unused" cannot be played back for a code that is used by now.
"""

from __future__ import annotations

import hashlib
import hmac

__all__ = ["answer_signature", "fits", "question_signature"]


def question_signature(secret: str, path: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Hex. `timestamp` in Unix seconds, `body` as sent."""
    return _mac(secret, "cardbook1-question", path, timestamp, nonce, hashlib.sha256(body).hexdigest())


def answer_signature(secret: str, status: int, nonce: str, body: bytes) -> str:
    """Hex. `nonce` is the question's, `body` as received."""
    return _mac(secret, "cardbook1-answer", str(status), nonce, hashlib.sha256(body).hexdigest())


def fits(given: str, wanted: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def _mac(secret: str, *lines: str) -> str:
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()
