"""Exhibits: what a party filed, what the other said of it, what the platform found."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class ExhibitFiled(Event):
    """A party filed something that shows a fact; order number, time and key information can be seen on it or not.

    `files` are the SHA-256 of the uploaded files as they came, `cleaned` of the copies that others see, in one order.
    """

    case: int
    exhibit: int
    by: str
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
class ExhibitAnswered(Event):
    """The other side accepts, disputes or explains it (S-039)."""

    case: int
    exhibit: int
    answer: str
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ExhibitFlagged(Event):
    """The platform found it altered, or filed under another order before."""

    case: int
    exhibit: int
    flag: str
    other_order: str = ""


@dataclass(frozen=True, slots=True)
class ExhibitRead(Event):
    """What the platform read on its pictures: found, unsure, missing or contradicts, for each element (S-073)."""

    case: int
    exhibit: int
    order_no: str
    time: str
    key_info: str
    why: list[str] = field(default_factory=list)
