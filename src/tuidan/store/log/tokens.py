"""Timestamp tokens over checkpoints: kept beside them, with the bytes that they are over and the certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.store import connection

KEEP = "SELECT log_token_v1(%s, %s, %s, %s, %s, %s)"
NEWEST = "SELECT size, authority, note, token, ca, at FROM log_token ORDER BY size DESC, at DESC LIMIT 1"
LAST = "SELECT size, at FROM log_token WHERE authority = %s ORDER BY size DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Token:
    """A token (DER) of an authority over `note`, the checkpoint of `size` leaves; `ca` are its roots in PEM."""

    size: int
    authority: str
    note: bytes
    token: bytes
    ca: bytes
    at: datetime


def keep_token(token: Token) -> bool:
    """Keep a verified token; False when this authority's token over this checkpoint was there already."""
    row = connection.fetch_one(
        KEEP, (token.size, token.authority, token.note, token.token, token.ca, token.at)
    )
    return row is not None and bool(row[0])


def newest_token() -> Token | None:
    """The token over the largest checkpoint; None before the first."""
    row = connection.fetch_one(NEWEST, ())
    return Token(row[0], row[1], bytes(row[2]), bytes(row[3]), bytes(row[4]), row[5]) if row else None


def last_stamped(authority: str) -> tuple[int, datetime] | None:
    """Size and time of this authority's last token."""
    row = connection.fetch_one(LAST, (authority,))
    return (int(row[0]), row[1]) if row else None
