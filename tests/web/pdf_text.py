"""The text of a PDF as a reader of files would copy it: glyph codes through each font's own map to Unicode."""

from __future__ import annotations

import io
import re

import pikepdf

HEX = re.compile(rb"<([0-9a-fA-F]+)>")


def text_of(body: bytes) -> str:
    """All pages' text, one line for each run of glyphs that is set at one place."""
    with pikepdf.open(io.BytesIO(body)) as pdf:
        return "\n".join(_page_text(page) for page in pdf.pages)


def pages_of(body: bytes) -> int:
    """How many pages."""
    with pikepdf.open(io.BytesIO(body)) as pdf:
        return len(pdf.pages)


def _page_text(page: pikepdf.Page) -> str:
    maps = {name: _map(font) for name, font in page.resources.get("/Font", {}).items()}
    current: dict[bytes, str] = {}
    found: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            current = maps[str(operands[0])]
        elif name in ("Tj", "TJ"):
            pieces = operands[0] if name == "TJ" else [operands[0]]
            found += [
                _decoded(bytes(piece), current) for piece in pieces if isinstance(piece, pikepdf.String)
            ]
        elif name == "ET":
            found.append("\n")
    return "".join(found)


def _decoded(codes: bytes, characters: dict[bytes, str]) -> str:
    return "".join(characters.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _map(font: pikepdf.Object) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    told = font["/ToUnicode"].read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", told, re.DOTALL):
        for line in block.strip().splitlines():
            code, text = HEX.findall(line)
            found[bytes.fromhex(code.decode())] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", told, re.DOTALL):
        for line in block.strip().splitlines():
            first, last, text = HEX.findall(line)
            start = int(text, 16)
            for n in range(int(first, 16), int(last, 16) + 1):
                found[n.to_bytes(2, "big")] = chr(start + n - int(first, 16))
    return found
