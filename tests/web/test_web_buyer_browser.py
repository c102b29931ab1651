"""The buyer's way in a real browser, against the real site, worker, payment sandbox and issuer sandbox.

No test here touches the database: the browser's event loop and Django's do not share a thread.
"""

import os
import re
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
TAG = f"-browser-{os.getpid()}"


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


def left_seconds(visitor: Visitor) -> int:
    """The seconds that the countdown of the standing answer shows."""
    shown = visitor.page.inner_text(".answer .deadline .left")
    numbers = [int(number) for number in re.findall(r"\d+", shown)]
    return numbers[0] * 60 + numbers[1] if len(numbers) == 2 else numbers[0]


@BOTH
@WIDTHS
def test_a_sealed_code_is_bought_and_refunded_in_one_tap(town: Town, language: str, width: int) -> None:
    with town.visitor(language, width) as buyer:
        buyer.sign_in(email("buyer"))
        buyer.go("/")
        buyer.press(f"a[href='/listings/{town.cast.listings['card']}/']")
        buyer.check()
        buyer.press("a[href$='/checkout/']")
        buyer.press("main form button.button-main")
        buyer.see(
            buyer.say("请确认不适用七天无理由退货", "Please confirm that seven-day return does not apply")
        )
        buyer.check()
        buyer.page.check("[name=no_reason]")
        buyer.press("main form button.button-main")
        buyer.page.wait_for_url("**/pay/")
        buyer.check()
        town.pay(buyer)
        buyer.see(buyer.say("未查看", "Sealed"))
        buyer.check()
        first = left_seconds(buyer)
        assert 200 < first <= 300
        buyer.page.wait_for_timeout(2_100)
        assert left_seconds(buyer) < first
        buyer.press(".answer button.button-main")
        buyer.see(buyer.say("已退回", "Returned"))
        buyer.see(buyer.say("支付宝已确认", "Alipay confirmed"))
        buyer.check()
        assert town.world.ask(town.world.alipay)["trades"]


@BOTH
def test_a_dead_code_is_shown_then_refunded_with_the_reasons(town: Town, language: str) -> None:
    with town.visitor(language, 390) as buyer:
        buyer.sign_in(email("buyer"))
        order = town.buy(buyer, "card")
        buyer.see(buyer.say("未查看", "Sealed"))
        buyer.press("details.reveal summary")
        buyer.see(buyer.say("显示后不能再无理由退款", "can no longer be returned for a change of mind"))
        buyer.press("details.reveal button")
        code = buyer.page.inner_text("#secret")
        assert code in town.cast.codes["card"]
        buyer.check()
        town.world.tell(town.world.issuer, "code", {"code": code, "status": "invalid"})
        buyer.go(f"{order}units/1/refund/")
        buyer.page.check("[name=reason][value=item_invalid]")
        buyer.page.fill("[name=text]", "20:16")
        buyer.press("main form button.button-main")
        buyer.see(buyer.say("已退回", "Returned"))
        buyer.see(buyer.say("同意退款", "Granted"))
        buyer.check()
        assert code not in buyer.page.content()


@BOTH
def test_a_code_the_buyer_used_is_refused_and_the_page_says_why(town: Town, language: str) -> None:
    with town.visitor(language, 1280) as buyer:
        buyer.sign_in(email("buyer"))
        order = town.buy(buyer, "coupon", lambda page: page.fill("[name=account]", "lin-player-7"))
        buyer.see(buyer.say("未查看", "Sealed"))
        buyer.press("details.reveal summary")
        buyer.press("details.reveal button")
        code = buyer.page.inner_text("#secret")
        at = int((datetime.now(UTC).timestamp() + 30) * 1000)
        used = {"code": code, "status": "activated", "activated_at": at, "activated_by": "lin-player-7"}
        town.world.tell(town.world.issuer, "code", used)
        buyer.go(f"{order}units/1/refund/")
        buyer.page.check("[name=reason][value=item_invalid]")
        buyer.press("main form button.button-main")
        buyer.see(buyer.say("申请没有通过", "The request was refused"))
        buyer.check()
        assert "R5" in buyer.page.inner_text("main")
        assert buyer.page.locator("#case-1 .reasons li").count() >= 1


@BOTH
def test_a_failed_top_up_comes_back_without_a_click(town: Town, language: str) -> None:
    def fill(page) -> None:
        page.fill("[name=account]", "13800138000")
        page.fill("[name=account_again]", "13800138000")
        page.check("[name=own_account][value=yes]")

    told = {"name": "fail_later", "account": "13800138000", "after_seconds": 1}
    town.world.tell(town.world.supplier, "behave", told)
    with town.visitor(language, 390) as buyer:
        buyer.sign_in(email("buyer"))
        town.buy(buyer, "phone", fill)
        buyer.see(buyer.say("已退回", "Returned"))
        buyer.check()
        assert "49.50" in buyer.page.inner_text(".answer")


@WIDTHS
def test_the_whole_way_works_without_scripts(town: Town, width: int) -> None:
    with town.visitor("zh", width, scripts=False) as buyer:
        buyer.sign_in(email("friend"))
        order = town.buy(buyer, "card")
        for _ in range(40):
            buyer.page.goto(buyer.url + order)
            if "未查看" in buyer.page.inner_text("main"):
                break
            buyer.page.wait_for_timeout(250)
        assert buyer.page.locator("button:visible", has_text="复制").count() == 0
        buyer.press(".answer button.button-main")
        for _ in range(80):
            buyer.page.goto(buyer.url + order)
            if "已退回" in buyer.page.inner_text("main"):
                break
            buyer.page.wait_for_timeout(250)
        assert "已退回" in buyer.page.inner_text(".answer")


def test_a_double_click_places_one_order(town: Town) -> None:
    with town.visitor() as buyer:
        buyer.sign_in(email("friend"))
        buyer.go(f"/listings/{town.cast.listings['card']}/checkout/")
        buyer.page.check("[name=no_reason]")
        buyer.page.dblclick("main form button.button-main")
        buyer.page.wait_for_url("**/pay/")
        order = buyer.page.url.split("/")[-3]
        buyer.see("去支付宝付款")
        buyer.page.wait_for_timeout(1_000)
        buyer.go("/orders/")
        waiting = (
            buyer.page.locator("tr", has_text="待付款")
            .locator("a")
            .evaluate_all("all => all.map(a => a.href)")
        )
        assert [href for href in waiting if order in href] == waiting
        assert len(waiting) == 1


def test_the_total_follows_the_quantity(town: Town) -> None:
    with town.visitor() as buyer:
        buyer.sign_in(email("friend"))
        buyer.go(f"/listings/{town.cast.listings['card']}/checkout/")
        buyer.page.fill("[name=quantity]", "10")
        assert "294.00" in buyer.page.inner_text(".total-line")


def test_a_keyboard_finds_the_content_first(town: Town) -> None:
    with town.visitor(width=1280) as buyer:
        buyer.go("/")
        buyer.page.keyboard.press("Tab")
        assert buyer.page.evaluate("document.activeElement.className") == "skip"
        buyer.page.keyboard.press("Enter")
        buyer.page.keyboard.press("Tab")
        assert buyer.page.evaluate("document.activeElement.closest('main') !== null")


def test_twice_the_zoom_still_fits(town: Town) -> None:
    with town.visitor(width=320) as buyer:
        for path in (
            "/",
            f"/listings/{town.cast.listings['coupon']}/",
            "/rules/",
            "/terms/",
            "/log/",
            "/sign-in/",
            "/register/",
        ):
            buyer.go(path)
            assert buyer.page.locator("h1").count() == 1, path


@BOTH
@WIDTHS
def test_a_text_is_checked_without_scripts(town: Town, language: str, width: int) -> None:
    with town.visitor(language, width, scripts=False) as visitor:
        visitor.page.goto(visitor.url + "/terms/")
        visitor.page.fill("#text", "no refunds, all sales are final")
        visitor.press("main form button.button-main")
        visitor.see(visitor.say("无效", "Void"))
        assert visitor.page.locator("s.term-void").count() == 2
        box = visitor.page.locator("main").bounding_box()
        assert box is not None
        assert box["width"] <= width
