"""What a listing says its codes look like, and whether a code is whole by that: lengths and signs, never a pattern.

A half code counts as not shown (S-107), so the question is asked before anybody sees it. Lengths and three kinds of
signs are enough for that, and no text of a seller is ever run as a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tuidan.domain.card_code import LINE_CHARACTERS_MAX, PlainCode

SPAN = re.compile(r"([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2}))?")
SIGNS: Mapping[str, re.Pattern[str]] = {
    "digits": re.compile(r"[0-9]+"),
    "letters_digits": re.compile(r"[0-9A-Za-z-]+"),
    "any": re.compile(r".+"),
}
FIELDS = ("number", "secret", "signs")


class BadFormat(ValueError):
    """The format of a listing's codes cannot be read; the message says what may stand there."""


@dataclass(frozen=True, slots=True)
class CodeFormat:
    """How many characters number and secret have, both ends included (0, 0: nothing is said), and of which signs."""

    number: tuple[int, int] = (0, 0)
    secret: tuple[int, int] = (0, 0)
    signs: str = "any"


def read_format(told: object) -> CodeFormat | None:
    """The format from its form in the listing: `{"number": "16-19", "secret": "18", "signs": "digits"}`.

    None where the listing says nothing. Raises BadFormat.
    """
    if told is None:
        return None
    if not isinstance(told, Mapping) or not told or not set(told) <= set(FIELDS):
        raise BadFormat(f"code_format is an object of {', '.join(FIELDS)}")
    signs = told.get("signs", "any")
    if signs not in SIGNS:
        raise BadFormat(f"code_format.signs must be one of {', '.join(SIGNS)}")
    if "secret" not in told:
        raise BadFormat("code_format.secret is needed: a length such as 18 or 16-20")
    return CodeFormat(_span(told.get("number")), _span(told["secret"]), str(signs))


def _span(told: object) -> tuple[int, int]:
    if told is None:
        return (0, 0)
    found = SPAN.fullmatch(told) if isinstance(told, str) else None
    if found is None:
        raise BadFormat("a length is written like 18 or 16-20")
    low, high = int(found[1]), int(found[2] or found[1])
    if not low <= high <= LINE_CHARACTERS_MAX:
        raise BadFormat(f"a length lies between 1 and {LINE_CHARACTERS_MAX}, the smaller first")
    return (low, high)


def parts_of(code: PlainCode) -> str:
    """Which parts a code has: `number secret`, or `secret` where it stands alone."""
    return "number secret" if code.number else "secret"


def fault_of(code: PlainCode, wanted: CodeFormat | None) -> str:
    """Why a code is not whole: number_missing, number_malformed, secret_malformed; "" for a whole one.

    Where the listing says nothing, a code with a secret is whole.
    """
    if not code.secret:
        return "secret_malformed"
    if wanted is None:
        return ""
    if wanted.number != (0, 0):
        if not code.number:
            return "number_missing"
        if not _fits(code.number, wanted.number, wanted.signs):
            return "number_malformed"
    return "" if _fits(code.secret, wanted.secret, wanted.signs) else "secret_malformed"


def _fits(part: str, span: tuple[int, int], signs: str) -> bool:
    return span[0] <= len(part) <= span[1] and SIGNS[signs].fullmatch(part) is not None
