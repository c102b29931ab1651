"""Draws the tables of docs/reference/api.md from the OpenAPI description and the problem codes.

`python tests/api/api_reference.py` draws them again. What stands above the line `<!-- drawn -->` is written by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "api.md"
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import throwaway  # noqa: E402

# isort: split
from tuidan.site import boot  # noqa: E402

# isort: split
from tuidan.api.openapi import document  # noqa: E402
from tuidan.api.problems import STATUS  # noqa: E402
from tuidan.api.words import sentence  # noqa: E402

__all__ = ["boot", "drawn", "throwaway"]
LINE = "<!-- drawn -->\n"


def _operations() -> Iterator[str]:
    yield "\n## 操作 Operations\n\n| | address | what for | who |\n|---|---|---|---|\n"
    for path, methods in document()["paths"].items():
        for method, told in methods.items():
            who = (
                "a key" if "security" in told else ("a signature" if "notices" in told["tags"] else "anyone")
            )
            what = f"{told['summary']}. {told['description']}".replace("\n", " ").replace("|", "/")
            yield f"| {method.upper()} | `{path}` | {what} | {who} |\n"


def _problems() -> Iterator[str]:
    yield "\n## 错误 Problems\n\n| status | code | 说明 | meaning |\n|---|---|---|---|\n"
    for code, status in sorted(STATUS.items(), key=lambda told: (told[1], told[0])):
        yield f"| {status} | `{code}` | {sentence(code, 'zh')[1]} | {sentence(code, 'en')[1]} |\n"


def drawn(page: str) -> str:
    """The page as it should be: its hand-written head, and the drawn tables."""
    return page.partition(LINE)[0] + LINE + "".join((*_operations(), *_problems()))


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
