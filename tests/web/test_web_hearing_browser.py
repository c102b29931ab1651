"""A case in a real browser: the buyer files and submits, the shop offers a part, the buyer accepts; phone and desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from browser import Town, Visitor, chromium
from django.db import connection
from storefront import Shelf, now

from tuidan.commands.delivery import deliver_by_seller
from tuidan.sandbox.demo import furnish
from tuidan.sandbox.goods import stage_goods
from tuidan.sandbox.world import outside_world

WIDTHS = pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
TAG = f"-hearing-{os.getpid()}"
PICTURES = os.environ.get("TUIDAN_PICTURES", "")


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


def disputed(town: Town) -> UUID:
    """A coaching said to be done."""
    with ThreadPoolExecutor(1) as apart:  # a browser has an event loop, in which Django refuses to query
        return apart.submit(_disputed, town).result()


def _disputed(town: Town) -> UUID:
    shelf = Shelf(town.cast)
    order_id = shelf.paid("coaching")
    shop = shelf.view(order_id).seller_id
    assert deliver_by_seller(order_id, shop, 1, "done", 100, uuid4().hex, now()).ok
    connection.close()
    return order_id


def keep(visitor: Visitor, name: str) -> None:
    """A picture of the whole page, where the run keeps pictures."""
    if PICTURES:
        width = visitor.page.viewport_size["width"]  # type: ignore[index]
        visitor.page.screenshot(path=f"{PICTURES}/{name}-{visitor.language}-{width}.png", full_page=True)


@WIDTHS
def test_a_case_is_led_to_a_settlement_on_its_page(town: Town, language: str, width: int) -> None:
    order_id = disputed(town)
    with town.visitor(language, width) as buyer, town.visitor(language, width) as seller:
        buyer.sign_in(f"buyer{TAG}@tuidan.example")
        buyer.go(f"/orders/{order_id}/units/1/refund/")
        keep(buyer, "ask")
        buyer.page.check("[name=reason][value=not_as_described]")
        buyer.press("main form button.button-main")
        buyer.go(f"/cases/{order_id}/1/")
        keep(buyer, "evidence")
        buyer.page.select_option("#exhibit-type", "progress_screenshot")
        for name in ("has_order_no", "has_timestamp", "has_key_info"):
            buyer.page.check(f"[name={name}]")
        buyer.page.fill("#exhibit-words", "40 min")
        buyer.press("form[action$='file_exhibit/'] button")
        buyer.check()
        buyer.press("form[action$='submit_evidence/'] button")
        keep(buyer, "contact-buyer")
        seller.sign_in(f"seller{TAG}@tuidan.example")
        seller.go(f"/cases/{order_id}/1/")
        keep(seller, "contact-seller")
        seller.page.check("[name=kind][value=partial]")
        seller.page.fill("#offer-amount", "60")
        seller.press("form[action$='make_offer/'] button")
        seller.check()
        buyer.go(f"/cases/{order_id}/1/")
        keep(buyer, "offer")
        buyer.press("form[action$='answer_offer/'] button[value=yes]")
        buyer.see(buyer.say("双方已和解", "Settled"))
        keep(buyer, "settled")


@WIDTHS
def test_a_reviewer_and_an_appraiser_find_what_they_need(town: Town, language: str, width: int) -> None:
    order_id = disputed(town)
    with town.visitor(language, width) as buyer, town.visitor(language, width) as reviewer:
        buyer.sign_in(f"buyer{TAG}@tuidan.example")
        buyer.go(f"/orders/{order_id}/units/1/refund/")
        buyer.page.check("[name=reason][value=not_as_described]")
        buyer.press("main form button.button-main")
        buyer.go(f"/cases/{order_id}/1/")
        buyer.press("form[action$='call_platform/'] button")
        reviewer.sign_in(f"reviewer{TAG}@tuidan.example")
        reviewer.go(f"/cases/{order_id}/1/")
        keep(reviewer, "review")
        reviewer.press("form[action$='send_to_appraisal/'] button")
        reviewer.page.select_option("#appraiser", str(town.cast.people["appraiser"].id))
        reviewer.press("form[action$='assign_appraiser/'] button")
        reviewer.check()
    with town.visitor(language, width) as appraiser:
        appraiser.sign_in(f"appraiser{TAG}@tuidan.example")
        appraiser.go("/appraisals/")
        appraiser.go(f"/cases/{order_id}/1/")
        appraiser.press("form[action$='accept_appraisal/'] button[value=no]")
        keep(appraiser, "appraisal")
        appraiser.page.check("[name=finding][value=not_as_described]")
        appraiser.page.fill("#report-words", "40 of 120 min")
        appraiser.press("form[action$='report_appraisal/'] button")
        appraiser.check()
        keep(appraiser, "reported")
