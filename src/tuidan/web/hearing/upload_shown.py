"""Uploaded files made ready to show: what each is, how its check stands, its metadata, what was read on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tuidan.reads.upload import FileView
from tuidan.web.shared.language import current_language
from tuidan.web.shared.words import say

MIB = 1024 * 1024
SHORT_MS = 30_000
PENDING = ("uploading", "received")


def put_files(
    shown: dict[str, Any],
    files: Sequence[FileView],
    order_id: UUID,
    n: int,
    readings: Mapping[int, object] | None = None,
) -> None:
    """Put the files of case n into its page: each with its exhibit, mine that are in none yet, and the two sides."""
    language = current_language()
    ready = show_files([file for file in files if file.case == n], order_id, language, readings)
    for exhibit in shown["exhibits"]:
        exhibit["files"] = [file for file in ready if file["f"].exhibit == exhibit["e"].n]
    shown["sides"] = [
        {
            "title": say(f"upload.{side}s", language),
            "exhibits": [exhibit for exhibit in shown["exhibits"] if exhibit["e"].by == side],
        }
        for side in ("buyer", "seller")
    ]
    shown.update(drafts_of(ready))


def drafts_of(ready: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """My files that no exhibit names, and whether one of them is still being checked."""
    drafts = [file for file in ready if not file["f"].exhibit and file["f"].state != "erased"]
    return {"drafts": drafts, "drafts_pending": any(file["f"].state == "received" for file in drafts)}


def show_files(
    files: Sequence[FileView],
    order_id: UUID,
    language: str,
    readings: Mapping[int, object] | None = None,
) -> list[dict[str, Any]]:
    """One record a file for `hearing/_file.html`. `readings` has what was read on a file, by its number."""
    return [_show(file, order_id, language, (readings or {}).get(file.n)) for file in files]


def _show(file: FileView, order_id: UUID, language: str, reading: object) -> dict[str, Any]:
    path = f"/files/{order_id}/{file.n}/"
    return {
        "f": file,
        "path": path,
        "name": file.name or say(f"file.sort.{file.sort or 'file'}", language),
        "what": _what(file, language),
        "state_word": say(f"file.state.{file.state}", language),
        "is_pending": file.state in PENDING,
        "percent": 100 * file.received // max(1, file.size),
        "refusal": say(f"file.refused.{file.refusal}", language) if file.refusal else "",
        "is_picture": file.sort == "picture" and file.state == "checked",
        "is_video": file.sort == "video" and file.state == "checked",
        "is_pdf": file.sort == "pdf" and file.state == "checked",
        "frames": [
            {"path": f"{path}frames/{i}/", "at": _clock(ms, file.duration_ms < SHORT_MS)}
            for i, ms in enumerate(file.frames, 1)
        ],
        "facts": _facts(file, language),
        "reading": reading,
    }


def _what(file: FileView, language: str) -> str:
    """`图片 · 1080 × 2340 · 0.8 MB`."""
    parts = [say(f"file.sort.{file.sort or 'file'}", language)]
    if file.width:
        parts.append(f"{file.width} × {file.height}")
    if file.duration_ms:
        parts.append(_clock(file.duration_ms))
    if file.pages:
        parts.append(say("file.pages", language, n=file.pages))
    size = file.size / MIB
    parts.append(f"{size:.1f} MB" if size >= 0.1 else f"{max(1, file.size // 1024)} KB")
    return " · ".join(parts)


def _clock(ms: int, tenths: bool = False) -> str:
    told = f"{ms // 60_000}:{ms // 1000 % 60:02}"
    return f"{told}.{ms // 100 % 10}" if tenths else told


def _facts(file: FileView, language: str) -> list[str]:
    """What the metadata says, for the uploader and for reviewers; which place it was is never kept."""
    told = file.facts
    if not (file.mine or file.may_original):
        return []
    said = [
        say(f"file.fact.{name}", language, value=told[name])
        for name in ("taken_at", "changed_at", "device", "software")
        if told.get(name)
    ]
    said += [
        say(f"file.fact.{name}", language)
        for name in ("has_place", "is_signed", "not_decoded")
        if told.get(name)
    ]
    if told.get("left_out"):
        said.append(say("file.fact.left_out", language))
    if not said and file.state == "checked":
        said.append(say("file.fact.none", language))
    return said
