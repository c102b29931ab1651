"""Files in a real browser: pieces that go on after the line breaks and after a reload; both sides see what they may."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from browser import Town, Visitor, chromium
from django.db import connection
from playwright.sync_api import FilePayload, Route
from storefront import Shelf
from test_web_hearing import disputed

from evidence_files import jpeg_with_place, video
from tuidan.sandbox.demo import furnish
from tuidan.sandbox.goods import stage_goods
from tuidan.sandbox.world import outside_world

TAG = f"-files-{os.getpid()}"
PICTURES = os.environ.get("TUIDAN_PICTURES", "")
WAIT_MS = 20_000
VIEWS = [("zh", 390), ("en", 1280)][: 2 if os.environ.get("TUIDAN_LONG") or PICTURES else 1]


@pytest.fixture(scope="module")
def town(database: str) -> Iterator[Town]:
    """One world for all tests of this file: sandboxes, site, worker, browser."""
    folder = Path(os.environ["TUIDAN_DATA_DIR"])
    with outside_world(folder, {"TUIDAN_LOG_LEVEL": "WARNING"}) as world:
        cast = stage_goods(datetime.now(UTC), TAG)
        furnish(world, cast)
        world.start_web()
        world.start_worker()
        with chromium() as browser:
            yield Town(world, cast, browser)


def case_of(town: Town) -> UUID:
    """A case that waits for its buyer's evidence."""

    def staged() -> UUID:
        try:
            return disputed(Shelf(town.cast))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as apart:  # a browser has an event loop, in which Django refuses to query
        return apart.submit(staged).result()


def sent(name: str, kind: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": data}


def choose(visitor: Visitor, *files: FilePayload) -> None:
    visitor.page.set_input_files("#upload-files", list(files))
    visitor.page.click("#upload-form button")


def keep(visitor: Visitor, name: str) -> None:
    """A picture of the whole page, where the run keeps pictures."""
    if PICTURES:
        width = visitor.page.viewport_size["width"]  # type: ignore[index]
        visitor.page.screenshot(path=f"{PICTURES}/{name}-{visitor.language}-{width}.png", full_page=True)


@pytest.mark.parametrize(("language", "width"), VIEWS)
def test_files_are_brought_checked_filed_and_seen_by_the_other_side(
    town: Town, language: str, width: int
) -> None:
    path = f"/cases/{case_of(town)}/1/"
    with town.visitor(language, width) as buyer, town.visitor(language, width) as seller:
        buyer.sign_in(f"buyer{TAG}@tuidan.example")
        buyer.go(path)
        keep(buyer, "upload-empty")
        choose(
            buyer,
            sent("photo.jpg", "image/jpeg", jpeg_with_place()),
            sent("record.mp4", "video/mp4", video(frames=90)),
            sent("page.png", "image/png", b"<svg onload=alert(1)></svg>"),
        )
        buyer.page.locator(".file-checked").nth(1).wait_for(timeout=WAIT_MS)
        buyer.page.locator(".file-refused").wait_for(timeout=WAIT_MS)
        keep(buyer, "upload-drafts")
        buyer.check()
        buyer.page.select_option("#exhibit-type", "progress_screenshot")
        buyer.page.fill("#exhibit-words", "40 min")
        buyer.press("form[action$='file_exhibit/'] button:not([name])")
        buyer.check()
        keep(buyer, "upload-filed")
        seller.sign_in(f"seller{TAG}@tuidan.example")
        seller.go(path)
        keep(seller, "upload-seller")
        assert seller.page.locator("#exhibit-1 .file").count() == 2
        assert seller.page.locator("#exhibit-1 img[src$='small/']").first.evaluate("i => i.naturalWidth") > 0
        assert "original" not in seller.page.inner_html("#exhibit-1")


def test_an_upload_goes_on_after_the_line_broke_and_after_a_reload(town: Town) -> None:
    path, data = f"/cases/{case_of(town)}/1/", video(frames=10) + b"\0" * 9_000_000
    with town.visitor() as buyer:
        buyer.sign_in(f"buyer{TAG}@tuidan.example")
        buyer.go(path)
        pieces: list[str] = []

        def break_the_second(route: Route) -> None:
            pieces.append(route.request.headers["upload-offset"])
            if len(pieces) == 2:
                route.abort()
            else:
                route.continue_()

        buyer.page.route("**/pieces/", break_the_second)
        choose(buyer, sent("record.mp4", "video/mp4", data))
        buyer.page.locator(".upload-row progress[value='46']").wait_for(timeout=WAIT_MS)
        buyer.faults.clear()  # the browser says that the line broke
        buyer.page.reload()
        buyer.page.unroute("**/pieces/")
        assert buyer.page.locator("#upload-progress li").count() == 1
        buyer.page.on("request", lambda asked: pieces.append(asked.headers.get("upload-offset", "")))
        choose(buyer, sent("record.mp4", "video/mp4", data))
        buyer.page.locator("#drafts .file").wait_for(timeout=WAIT_MS)
        assert [offset for offset in pieces if offset][:2] == ["0", "4194304"]
        assert "0" not in [offset for offset in pieces if offset][1:]
