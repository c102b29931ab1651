"""The talk in a real browser: two windows, one order; words come without a reload, on a phone and on a desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browser import Town, chromium

from tuidan.sandbox.demo import furnish
from tuidan.sandbox.goods import stage_goods
from tuidan.sandbox.world import outside_world

WIDTHS = pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
TAG = f"-talk-{os.getpid()}"


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


def email(role: str) -> str:
    return f"{role}{TAG}@tuidan.example"


@WIDTHS
def test_two_people_talk_and_the_seller_answers_by_one_tap(town: Town, language: str, width: int) -> None:
    with town.visitor(language, width) as buyer, town.visitor(language, width) as seller:
        buyer.sign_in(email("buyer"))
        order = town.buy(buyer, "coupon", lambda page: page.fill("[name=account]", "lin-player-7"))
        seller.sign_in(email("seller"))
        seller.go(f"/seller{order}")
        buyer.go(order)
        buyer.page.fill("#talk-words", "20:16 code?")
        buyer.page.check(".talk-form [name=asks]")
        buyer.press(".talk-form button")
        buyer.see(buyer.say("等卖家答复", "Waiting for the seller"))
        buyer.check()
        assert buyer.page.input_value("#talk-words") == ""
        seller.see("20:16 code?")
        seller.see(seller.say("买家在等您的答复", "The buyer waits for your answer"))
        seller.check()
        seller.press("#talk-contact button[value=refuse]")
        seller.check()
        buyer.see(buyer.say("卖家不同意退款", "The seller refuses"))
        buyer.check()


def test_what_is_being_written_outlives_a_reload(town: Town) -> None:
    with town.visitor() as buyer:
        buyer.sign_in(email("buyer"))
        order = town.buy(buyer, "coupon", lambda page: page.fill("[name=account]", "lin-player-7"))
        buyer.go(order)
        buyer.page.fill("#talk-words", "写了一半")
        buyer.page.reload()
        assert buyer.page.input_value("#talk-words") == "写了一半"


def test_without_scripts_one_still_writes_and_reads(town: Town) -> None:
    with town.visitor(scripts=False) as buyer, town.visitor(scripts=False) as seller:
        buyer.sign_in(email("buyer"))
        order = town.buy(buyer, "coupon", lambda page: page.fill("[name=account]", "lin-player-7"))
        seller.sign_in(email("seller"))
        seller.go(f"/seller{order}")
        seller.page.fill("#talk-words", "已经发出")
        seller.press(".talk-form button")
        buyer.page.goto(buyer.url + order)
        assert "已经发出" in buyer.page.inner_text("#talk-lines")


@WIDTHS
def test_a_question_with_facts_fits_the_window(town: Town, language: str, width: int) -> None:
    with town.visitor(language, width) as buyer:
        buyer.sign_in(email("buyer"))
        order = town.buy(buyer, "coupon", lambda page: page.fill("[name=account]", "lin-player-7"))
        buyer.go(f"{order}units/1/question/code_invalid/")
        buyer.page.fill("[name=prompt]", "E-1022")
        buyer.press("main form button.button-main")
        buyer.see("E-1022")
        buyer.check()
