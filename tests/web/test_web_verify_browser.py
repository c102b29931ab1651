"""A bundle is dropped on the public page and checked in a real browser: nothing is sent, a changed one is named."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import Visitor, chromium, visit
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, Page

from bundle_kit import DESK_VKEY, VKEY, WITNESS_VKEY, Made, sound
from tuidan.site.wsgi import application
from tuidan.store.connection import fetch_one
from tuidan.verifier.single import single_sha256

WIDTHS = pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@dataclass
class Place:
    url: str
    browser: Browser
    folder: Path

    def file(self, made: Made, name: str = "bundle.zip") -> Path:
        path = self.folder / name
        path.write_bytes(made.packed())
        return path


@pytest.fixture(scope="module")
def place(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    fetch_one("SELECT 1", ())  # while the browser's event loop runs, no connection can be opened
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        with chromium() as browser:
            address = f"http://127.0.0.1:{server.server_address[1]}"
            yield Place(address, browser, tmp_path_factory.mktemp("bundles"))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def choose(visitor: Visitor, path: Path) -> list[str]:
    """Choose the file and wait for the end; gives the report's lines."""
    visitor.page.set_input_files("[data-verify] input[type=file]", str(path))
    visitor.page.wait_for_selector("[data-result][data-outcome]:not([aria-busy])")
    return visitor.page.locator("[data-result] li").all_inner_texts()


def open_page(visitor: Visitor) -> Page:
    """The page, with the keys of the tests' own log instead of the platform's."""
    visitor.go("/verify/")
    visitor.page.click("[data-verify] summary")
    visitor.page.fill("[name=logs]", f"{VKEY}\n{DESK_VKEY}")
    return visitor.page


@WIDTHS
def test_a_sound_bundle_is_checked_and_nothing_leaves_the_machine(
    place: Place, language: str, width: int
) -> None:
    with visit(place.browser, place.url, language, width) as visitor:
        page = open_page(visitor)
        page.fill("[name=witnesses]", WITNESS_VKEY)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        lines = choose(visitor, place.file(sound()))
        ending = visitor.say("全部通过", "All of it holds")
        assert page.inner_text("[data-verdict]").startswith(ending), lines
        assert sent == []
        mark = visitor.say("通过", "ok")
        assert sum(line.startswith(mark) for line in lines) == 12, lines
        assert any(visitor.say("时间戳请用", "check the time token with") in line for line in lines)
        visitor.check()


def changes() -> dict[str, tuple[Made, str]]:
    """What is done to a bundle, and what the browser must say of it."""
    whole, listed = sound(), sound().listed()
    swapped = whole.changed("events/0003.json", whole.files["events/0004.json"])
    swapped = swapped.changed("events/0004.json", whole.files["events/0003.json"])
    evidence = next(name for name in whole.files if name.startswith("evidence/"))
    policy = next(name for name in whole.files if name.startswith("policy/"))
    return {
        "byte": (whole.edited("events/0007.json", b"not_as", b"not_at"), "event 7 (events/0007.json)"),
        "event": (whole.edited("events/0007.json", b"not_as", b"not_at").listed(), "event 7 was changed"),
        "swap": (swapped.listed(), "events 3 and 4 were swapped"),
        "gone": (whole.without("events/0005.json").listed(), "event 5 is missing"),
        "money": (
            whole.edited("ledger.json", b'fen":2000', b'fen":2001').listed(),
            "posting 2 of ledger.json differs",
        ),
        "words": (
            whole.edited("words/0005.txt", "没有".encode(), "早就".encode()).listed(),
            "the words of event 5",
        ),
        "file": (whole.changed(evidence, b"x").listed(), "the file of evidence"),
        "policy": (whole.changed(policy, b"{}").listed(), "the policy"),
        "listing": (whole.changed("listing.json", b"{}").listed(), "listing.json is not the listing"),
        "verdict": (whole.edited("decision-1.json", b"2000", b"2001").listed(), "the decision of event 13"),
        "root": (
            whole.edited("checkpoint", b"\n65\n", b"\n64\n").listed(),
            "the proof belongs to another checkpoint",
        ),
        "extra": (Made({**listed.files, "extra.txt": b"x"}), "unknown extra file extra.txt"),
    }


def test_what_was_changed_is_named_in_the_browser(place: Place) -> None:
    with visit(place.browser, place.url, "en", 1280) as visitor:
        open_page(visitor)
        unnamed = {}
        for name, (made, sentence) in changes().items():
            visitor.page.evaluate("document.querySelector('[data-result]').removeAttribute('data-outcome')")
            lines = choose(visitor, place.file(made, f"{name}.zip"))
            wrong = [line for line in lines if line.startswith("WRONG")]
            if not any(sentence in line for line in wrong):
                unnamed[name] = lines
        assert unnamed == {}


def test_a_checkpoint_of_another_log_is_refused_in_the_browser(place: Place) -> None:
    with visit(place.browser, place.url, "en", 1280) as visitor:
        visitor.go("/verify/")
        visitor.page.click("[data-verify] summary")
        visitor.page.fill("[name=logs]", VKEY.replace("tuidan.example/log", "other.example/log"))
        lines = choose(visitor, place.file(sound()))
        assert any("a key (vkey) cannot be read" in line for line in lines), lines


def test_without_scripts_the_page_leads_to_the_file_that_checks_offline(place: Place) -> None:
    with visit(place.browser, place.url, "zh", 390, scripts=False) as visitor:
        visitor.go("/verify/")
        visitor.see("在网页里核对需要 JavaScript")
        assert single_sha256() in visitor.page.inner_text("main")
        assert visitor.page.locator("a[href='/verify/verify.py']").count() == 1
        visitor.check()


def test_a_file_that_is_dropped_on_the_page_is_checked(place: Place) -> None:
    with visit(place.browser, place.url, "en", 1280) as visitor:
        page = open_page(visitor)
        dropped = page.evaluate_handle(
            """bytes => {
                const carried = new DataTransfer();
                carried.items.add(new File([new Uint8Array(bytes)], "bundle.zip"));
                return carried;
            }""",
            list(b"this is no bundle at all, but it is long enough"),
        )
        page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
        visitor.see("this is no ZIP file")
        visitor.check()
