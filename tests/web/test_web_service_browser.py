"""A service in a real browser: the shop reports on a milestone with its proof, the buyer agrees to it or does not.

No test here touches the database: the browser's event loop and Django's do not share a thread.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browser import Town, Visitor, chromium

from tuidan.sandbox.demo import furnish
from tuidan.sandbox.goods import stage_goods
from tuidan.sandbox.world import outside_world

BOTH = pytest.mark.parametrize("language", ["zh", "en"])
WIDTHS = pytest.mark.parametrize("width", [390, 1280])
EACH = pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
TAG = f"-service-{os.getpid()}"


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


def bought(town: Town, buyer: Visitor) -> str:
    """An order of the design, paid at the channel's own page; gives its path."""
    buyer.sign_in(email("buyer"))
    path = town.buy(buyer, "design")
    buyer.go(path)
    buyer.see(buyer.say("草图", "Sketch"))
    return path


def report(seller: Visitor, path: str, place: int, note: str) -> None:
    """The shop goes from its order page to the milestone and hands in its proof."""
    seller.go(f"/seller{path}")
    seller.press(f"a[href$='/units/1/milestones/{place}/']")
    seller.check()
    seller.page.fill("[name=note]", note)
    seller.page.fill(
        "[name=link]", "https://example.com/proofs/3f9c0d1e-a-very-long-address-that-must-not-widen-a-phone"
    )
    seller.press("main form button.button-main")
    seller.see(seller.say("已记录，等买家答复", "Recorded; the buyer is asked"))
    seller.check()


@BOTH
@WIDTHS
def test_a_milestone_is_reported_agreed_and_paid_for_when_the_work_ends(
    town: Town, language: str, width: int
) -> None:
    with town.visitor(language, width) as buyer, town.visitor(language, width) as seller:
        path = bought(town, buyer)
        seller.sign_in(email("seller"))
        report(seller, path, 1, buyer.say("草图两稿", "Two sketches"))
        buyer.go(path)
        buyer.see(buyer.say("草图两稿", "Two sketches"))
        buyer.press("#unit-1-milestone-1 form button.button-main")
        buyer.see(buyer.say("双方认可 30%", "30% agreed"))
        buyer.check()
        seller.go(f"/seller{path}")
        seller.see(buyer.say("双方认可 30%", "30% agreed"))
        buyer.press(".answer .actions .button-main")
        buyer.see("210.00")
        buyer.check()


@EACH
def test_a_disputed_report_shows_both_sides_words(town: Town, language: str, width: int) -> None:
    with town.visitor(language, width) as buyer, town.visitor(language, width) as seller:
        path = bought(town, buyer)
        seller.sign_in(email("seller"))
        report(seller, path, 1, buyer.say("草图完成", "Sketch done"))
        buyer.go(path)
        buyer.page.click("#unit-1-milestone-1 details summary")
        buyer.page.fill("#own-1-1", "40")
        buyer.page.fill("#why-1-1", buyer.say("只有轮廓", "Outlines only"))
        buyer.press("#unit-1-milestone-1 details button")
        buyer.see(buyer.say("双方说法不一", "the two sides disagree"))
        buyer.check()
        seller.go(f"/seller{path}")
        seller.see(buyer.say("只有轮廓", "Outlines only"))
        seller.see("40%")
        seller.check()


@EACH
def test_finished_work_is_accepted_and_the_seller_paid(town: Town, language: str, width: int) -> None:
    with town.visitor(language, width) as buyer, town.visitor(language, width) as seller:
        path = bought(town, buyer)
        seller.sign_in(email("seller"))
        seller.go(f"/seller{path}")
        seller.press("form[action$='/units/1/start/'] button")
        seller.see(buyer.say("已记录开工", "Begun"))
        seller.go(f"/seller{path}units/1/deliver/")
        seller.page.fill("[name=note]", buyer.say("成稿见附件", "Final version attached"))
        seller.press("main form button.button-main")
        buyer.go(path)
        buyer.page.get_by_text(buyer.say("验收通过", "Accept the work")).first.click()
        buyer.press("form[action$='/units/1/accept/'] button")
        buyer.see(buyer.say("已验收", "Accepted"))
        buyer.check()


@WIDTHS
def test_the_service_is_explained_before_anything_is_paid(town: Town, width: int) -> None:
    with town.visitor("en", width) as buyer:
        buyer.go(f"/listings/{town.cast.listings['design']}/")
        for words in ("Line drawing", "40% of the price", "Punctuality deposit"):
            buyer.see(words)
        buyer.check()
