"""The look keeps its promises: contrast, no inline style or script, vendored files unchanged, a strict CSP."""

import hashlib
import re
from contextlib import closing
from pathlib import Path

import pytest
from django.test import Client

from tuidan.web import shared

WEB = Path(shared.__file__).parent.parent
STATIC = WEB / "shared" / "static"
TEXT = 4.5
SHAPE = 3.0
PAIRS = [
    ("ink", "ground", TEXT), ("ink", "paper", TEXT), ("ink", "sunk", TEXT), ("quiet", "paper", TEXT),
    ("quiet", "ground", TEXT), ("quiet", "sunk", TEXT), ("accent-ink", "accent", TEXT), ("link", "paper", TEXT),
    ("accent-ink", "accent-over", TEXT), ("link", "accent-wash", TEXT), ("loss", "paper", TEXT),
    ("loss", "loss-wash", TEXT), ("time", "paper", TEXT), ("time", "time-wash", TEXT),
    ("arrived", "arrived-wash", TEXT),
    ("ink", "loss-wash", TEXT), ("ink", "time-wash", TEXT), ("ink", "arrived-wash", TEXT), ("quiet", "loss-wash", TEXT),
    ("edge", "paper", SHAPE), ("edge", "ground", SHAPE), ("focus", "ground", SHAPE), ("accent", "paper", SHAPE),
]  # fmt: skip


def schemes() -> dict[str, dict[str, str]]:
    light, dark = (STATIC / "tuidan" / "tokens.css").read_text().split("@media", 1)
    colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light))
    return {"light": colours, "dark": colours | dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_keep_their_contrast(scheme: str, front: str, back: str, least: float) -> None:
    colours = schemes()[scheme]
    high, low = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= least


def test_no_template_has_inline_style_or_script_or_a_foreign_address() -> None:
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=|(?:src|href)=[\"']https?://")
    found = [str(path.relative_to(WEB)) for path in WEB.rglob("*.html") if inline.search(path.read_text())]
    assert found == []


def test_vendored_files_are_what_the_list_says() -> None:
    listed = dict(
        re.findall(
            r"^\| (\S+\.js) .*\| ([0-9a-f]{64}) \|$", (STATIC / "vendor" / "README.md").read_text(), re.M
        )
    )
    on_disk = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (STATIC / "vendor").glob("*.js")}
    assert listed == on_disk
    assert on_disk


def test_only_tokens_name_colours() -> None:
    raw = re.compile(r"#[0-9a-fA-F]{3,8}\b")
    sheets = [p for p in (STATIC / "tuidan").glob("*.css") if p.name != "tokens.css"]
    found = {p.name: [c for c in raw.findall(p.read_text()) if c != "#fff"] for p in sheets}
    assert {name: colours for name, colours in found.items() if colours} == {}
    assert sheets


def test_pages_carry_a_strict_content_security_policy() -> None:
    policy = Client().get("/sign-in/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["default-src"] in ("'none'", "'self'")
    assert "unsafe" not in policy


def test_every_file_a_page_names_is_served() -> None:
    page = Client().get("/sign-in/").content.decode()
    paths = re.findall(r"(?:src|href)=\"(/static/[^\"]+)\"", page)
    assert len(paths) >= 8
    for path in paths:
        with closing(Client().get(path)) as answer:
            assert answer.status_code == 200, path
