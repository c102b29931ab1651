"""The process that sets one document: JSON on its standard input, a PDF on its standard output, within hard limits.

It has no network, no database and no settings; what it may use of time and memory the kernel holds.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from tuidan.connectors.typesetters.glyphs import characters_of, fitted

CPU_SECONDS_MAX = 60
MEMORY_BYTES_MAX = 3 * 1024**3
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
FONT = "NotoSansSC-Regular.otf"
TEMPLATE = Path(__file__).with_name("dossier.typ")


def fit(value: Any, characters: frozenset[int]) -> Any:
    """All strings of a document made to fit the font."""
    if isinstance(value, str):
        return fitted(value, characters)
    if isinstance(value, list):
        return [fit(each, characters) for each in value]
    if isinstance(value, dict):
        return {name: fit(each, characters) for name, each in value.items()}
    return value


def set_in_type(document: dict[str, Any]) -> bytes:
    """The document as PDF/A-2b; the same document gives the same bytes, for its day is the document's own."""
    told = fit(document, characters_of(FONTS / FONT))
    year, month, day = document["day"]
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=datetime(year, month, day, tzinfo=UTC),
    )


def main() -> None:
    """Bound this process, then do its one piece of work."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_MAX, CPU_SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    sys.stdout.buffer.write(set_in_type(json.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
