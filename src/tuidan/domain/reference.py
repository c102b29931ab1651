"""The references we send to channels and suppliers; each carries its order, so a notice finds the order by itself.

Form: 26 characters of lower-case base32 (RFC 4648, no padding) for the 16 bytes of the order's id, one letter
for what it is, and the attempt's number: at most 32 characters, letters and digits only.
"""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple
from uuid import UUID

PAYMENT = "p"
REFUND = "r"
TOP_UP = "t"
KINDS = frozenset({PAYMENT, REFUND, TOP_UP})
NUMBER_MAX = 99_999
ID_CHARS = 26


class Reference(NamedTuple):
    """A reference taken apart: whose, what for (`p`, `r` or `t`), which attempt."""

    order_id: UUID
    kind: str
    n: int


class BadReference(ValueError):
    """The text is not a reference of ours."""


def write_reference(order_id: UUID, kind: str, n: int) -> str:
    """Write the reference of attempt n; raises ValueError for an unknown kind or a number out of 1..99,999."""
    if kind not in KINDS or not 1 <= n <= NUMBER_MAX:
        raise ValueError(f"no reference for {kind!r} {n}")
    return base64.b32encode(order_id.bytes).decode("ascii").rstrip("=").lower() + kind + str(n)


def read_reference(text: str) -> Reference:
    """Read a reference; raises BadReference unless writing it again gives the very same text."""
    head, kind, number = text[:ID_CHARS], text[ID_CHARS : ID_CHARS + 1], text[ID_CHARS + 1 :]
    if kind not in KINDS or not (number.isascii() and number.isdigit()):
        raise BadReference(text[:40])
    try:
        order_id = UUID(bytes=base64.b32decode(head.upper() + "======"))
        found = Reference(order_id, kind, int(number))
        same = write_reference(*found) == text
    except (binascii.Error, ValueError):
        raise BadReference(text[:40]) from None
    if not same:
        raise BadReference(text[:40])
    return found
