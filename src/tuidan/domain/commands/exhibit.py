"""Commands about exhibits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileExhibit:
    """File something that shows a fact; the three elements say what can be read on it (S-073).

    `files` are the SHA-256 of the uploaded files as they came, `cleaned` of the copies that others see, in one order.
    """

    case: int
    type: str
    has_order_no: bool
    has_timestamp: bool
    has_key_info: bool
    text_sha256: str = ""
    file_sha256: str = ""
    code_tail: str = ""
    files: tuple[str, ...] = ()
    cleaned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerExhibit:
    """Accept, dispute or explain what the other side filed (S-039)."""

    case: int
    exhibit: int
    answer: str
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class FlagExhibit:
    """The platform found it `tampered` or `reused`."""

    case: int
    exhibit: int
    flag: str
    other_order: str = ""


@dataclass(frozen=True, slots=True)
class RecordReading:
    """What the platform read on an exhibit's pictures, beside what its party claims: the state of each element.

    `why` are the codes of what contradicts. `reused_from` is the order in which the very same picture was filed before.
    """

    case: int
    exhibit: int
    order_no: str
    time: str
    key_info: str
    why: tuple[str, ...] = ()
    reused_from: str = ""
