"""What looking into a file gives: a refusal, or what was found, with the pictures made of it."""

from __future__ import annotations

from dataclasses import dataclass, field


class Refuse(Exception):
    """The file is not taken; `code` is a key of `domain/upload/verdict.py:FILE_REFUSALS`."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(f"{code}: {why}" if why else code)
        self.code = code


@dataclass(slots=True)
class Finding:
    """A file that is taken. Times are milliseconds; `facts` are what its metadata says, for people to judge.

    `small` is a small picture of it (JPEG, empty where there is none), `frames` are (time, JPEG) of a video.
    """

    media_type: str
    cleaned_type: str = ""
    width: int = 0
    height: int = 0
    duration_ms: int = 0
    pages: int = 0
    facts: dict[str, object] = field(default_factory=dict)
    small: bytes = b""
    frames: list[tuple[int, bytes]] = field(default_factory=list)
