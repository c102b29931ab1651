"""A receipt: what was paid, or what came back, in bytes that are the same whenever they are asked for (S-111).

The text is one line of form and one of canonical JSON; signed as a note (c2sp.org/signed-note) it is a file that
anybody checks with the platform's receipt key and nothing else. Amounts are fen, times ISO 8601 UTC. It names no
person: the order's number and the channel's own number are enough to find the payment at the bank.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from tuidan.domain.evidence import canonical_bytes

FORM = "tuidan.receipt/1"


class BadReceipt(ValueError):
    """The text is no receipt of this form."""


def write_receipt(told: Mapping[str, object]) -> str:
    """The receipt's text; ends in a line feed. Raises NotCanonical for what canonical bytes do not hold."""
    return f"{FORM}\n{canonical_bytes(dict(told)).decode()}\n"


def read_receipt(text: str) -> dict[str, object]:
    """What a receipt says, read strictly: the same fields must give the very same text again. Raises BadReceipt."""
    form, _, rest = text.partition("\n")
    try:
        told = orjson.loads(rest)
        same = form == FORM and isinstance(told, dict) and write_receipt(told) == text
    except ValueError:
        raise BadReceipt("not a receipt") from None
    if not same:
        raise BadReceipt("not a receipt")
    found: dict[str, object] = told
    return found
