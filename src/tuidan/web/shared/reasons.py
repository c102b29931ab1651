"""The sentences for every reason code of the policy, with the amounts and times of the case filled in.

The codes and their data come from the domain (`Verdict.reasons`); the words are in `words/policy_*.py`. A part in
square brackets is said only when all data in it are known. Used by the pages and by `tuidan decide`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import policy_asked, policy_paid, policy_refused

LANGUAGES = ("zh", "en")
REASONS: dict[str, tuple[str, str]] = {
    **policy_paid.REASONS,
    **policy_refused.REASONS,
    **policy_asked.REASONS,
}
UNITS = {
    "zh": ((86_400, "天"), (3_600, "小时"), (60, "分钟"), (1, "秒")),
    "en": ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")),
}
SHOWN_UNITS_MAX = 2
HOURS_UP_TO_SECONDS = 96 * 3_600
"""Limits of 24, 48 and 72 hours are told in hours, as the rules have them; longer spans in days."""
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_NAME = re.compile(r"\{(\w+)\}")


class Coded(Protocol):
    """A reason of the policy: its code and data."""

    @property
    def code(self) -> str: ...

    @property
    def data(self) -> Mapping[str, str | int | None]: ...


def reasons_text(reasons: Iterable[Coded], language: str) -> str:
    """All reasons of a verdict as one text in `zh` or `en`. Raises KeyError for a code that nobody wrote."""
    joint = "" if language == "zh" else " "
    return joint.join(reason_text(reason.code, reason.data, language) for reason in reasons)


def reason_text(code: str, data: Mapping[str, str | int | None], language: str) -> str:
    """The sentence for one reason code."""
    shown = {name: _shown(name, value, language) for name, value in data.items() if value is not None}
    text = REASONS[code][LANGUAGES.index(language)]
    text = _OPTIONAL.sub(lambda part: part[1] if set(_NAME.findall(part[1])) <= shown.keys() else "", text)
    return text.format(**shown)


def span_text(seconds: int, language: str) -> str:
    """A span in at most two units: 192 → 3 分 12 秒, 86400 → 24 小时."""
    parts: list[tuple[int, str]] = []
    for size, unit in UNITS[language]:
        if size == UNITS[language][0][0] and seconds <= HOURS_UP_TO_SECONDS:
            continue
        count, seconds = divmod(seconds, size)
        if count or (not parts and size == 1):
            parts.append((count, unit))
        if len(parts) == SHOWN_UNITS_MAX:
            break
    if len(parts) > 1:
        parts = [(count, unit.replace("分钟", "分")) for count, unit in parts]
    return " ".join(f"{count} {unit}" for count, unit in parts)


def _shown(name: str, value: str | int, language: str) -> str:
    if isinstance(value, int) and name.endswith("_fen"):
        return yuan(value)
    if isinstance(value, int) and (name.endswith("_seconds") or name.startswith("seconds_")):
        return span_text(value, language)
    if isinstance(value, int) and name.endswith("_basis_points"):
        whole, rest = divmod(value, 100)
        return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return str(value)
