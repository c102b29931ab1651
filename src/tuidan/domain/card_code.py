"""What a card code is: an optional number and a secret, how a line of a seller's file is read, what may be seen of it.

Pure text work. Files come from Windows tables, chat windows and other shops, so the reading is strict about what ends
a line (a line feed and nothing else: a literal %0A or a U+2028 stays inside its code, complaint B10) and forgiving
about what surrounds a code (byte order mark, carriage return, spaces).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tuidan.domain.stock import StockNo, StockRefused

FILE_BYTES_MAX = 64 * 1024 * 1024
FILE_LINES_MAX = 500_000
LINE_CHARACTERS_MAX = 512
TAIL_CHARACTERS_MAX = 4
# Trimmed at both ends only. The full-width space is typed by Chinese input methods; inside a code everything is kept.
EDGE_SPACES = " \t\u00a0\u3000\ufeff"
CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f]")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class LineFault(StrEnum):
    """Why a line is not a code."""

    TOO_LONG = "too_long"
    NO_SEPARATOR = "no_separator"
    NOTHING_BEFORE = "nothing_before_separator"
    NOTHING_AFTER = "nothing_after_separator"
    CONTROL_CHARACTER = "control_character"
    NOT_OF_THE_FORMAT = "not_of_the_format"


@dataclass(frozen=True, slots=True, repr=False)
class PlainCode:
    """A code in the clear; `number` is empty where the code is a secret alone. Its repr is masked, for logs' sake."""

    number: str
    secret: str

    def __repr__(self) -> str:
        return f"PlainCode({masked(tail(self.secret))})"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line that was read: its number in the file (from 1) and either a code or a fault."""

    line: int
    code: PlainCode | None
    fault: LineFault | None = None


def tail(secret: str) -> str:
    """The end of a secret that may be shown masked: at most 4 characters and never more than a quarter of it."""
    shown = min(TAIL_CHARACTERS_MAX, len(secret) // 4)
    return secret[-shown:] if shown else ""


def masked(shown_tail: str) -> str:
    """The masked form for lists and pages; its length says nothing about the secret's."""
    return "••••" + shown_tail


def read_text(raw: bytes, encoding: str = "utf-8") -> str:
    """The bytes of a file as text; a byte order mark is dropped, and one of UTF-16 decides the encoding.

    Raises StockRefused: `file_too_large`, `too_many_lines`, `not_text` (with the line where reading stopped).
    """
    if len(raw) > FILE_BYTES_MAX:
        raise StockRefused(StockNo.FILE_TOO_LARGE, bytes=len(raw), bytes_max=FILE_BYTES_MAX)
    if raw.startswith(UTF16_MARKS):
        encoding = "utf-16"
    try:
        text = raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise StockRefused(StockNo.NOT_TEXT, line=line, encoding=encoding) from error
    lines = text.count("\n") + 1
    if lines > FILE_LINES_MAX:
        raise StockRefused(StockNo.TOO_MANY_LINES, lines=lines, lines_max=FILE_LINES_MAX)
    return text


def read_line(text: str, separator: str | None) -> PlainCode | LineFault | None:
    """One line without its line feed → a code, a fault, or None for a blank line.

    Without a separator the whole line is the secret; with one, the first occurrence splits number and secret.
    """
    text = text.removesuffix("\r").strip(EDGE_SPACES)
    if not text:
        return None
    if len(text) > LINE_CHARACTERS_MAX:
        return LineFault.TOO_LONG
    number, secret = "", text
    if separator is not None:
        number, found, secret = text.partition(separator)
        number, secret = number.strip(EDGE_SPACES), secret.strip(EDGE_SPACES)
        if not found:
            return LineFault.NO_SEPARATOR
        if not number:
            return LineFault.NOTHING_BEFORE
        if not secret:
            return LineFault.NOTHING_AFTER
    if CONTROL_CHARACTER.search(number) or CONTROL_CHARACTER.search(secret):
        return LineFault.CONTROL_CHARACTER
    return PlainCode(number, secret)


def read_lines(text: str, separator: str | None) -> Iterator[CodeLine]:
    """Every line of a file that is not blank. Only a line feed ends a line."""
    for line, raw in enumerate(text.split("\n"), start=1):
        read = read_line(raw, separator)
        if isinstance(read, PlainCode):
            yield CodeLine(line, read)
        elif read is not None:
            yield CodeLine(line, None, read)
