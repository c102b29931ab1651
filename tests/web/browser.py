"""A real browser on the real site: Debian's Chromium, one small world of processes, helpers that look like a person."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from storefront import HAN, without_peoples_words

from tuidan.sandbox.goods import PASSWORD, Cast
from tuidan.sandbox.world import World

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
LOOK_MS = 500
WAIT_MS = 20_000
# What a browser says about our own 422 answers; anything else on the console is a fault.
EXPECTED = re.compile(r"status of 422|favicon")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless. Fails with the sentence that helps where it is not installed."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.fail("the browser tests need Chromium: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(slots=True)
class Visitor:
    """One person with a browser window. `faults` collects what the console complains about."""

    page: Page
    url: str
    language: str
    faults: list[str] = field(default_factory=list)

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.check()

    def press(self, selector: str) -> None:
        self.page.click(selector)
        self.page.wait_for_load_state()

    def check(self) -> None:
        """The page fits the window, complains of nothing, and speaks one language."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
        assert self.faults == [], self.faults
        if self.language == "en" and self.page.url.startswith(self.url):
            assert_english(self.page)

    def sign_in(self, email: str) -> None:
        self.go("/sign-in/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.press("main form button")

    def see(self, words: str) -> None:
        """Wait until the words are on the page; the page brings them by itself."""
        self.page.get_by_text(words).first.wait_for(timeout=WAIT_MS)


def assert_english(page: Page) -> None:
    """No Chinese but what people wrote."""
    shown = without_peoples_words(page.inner_text("body"))
    left = [line for line in shown.splitlines() if HAN.search(line)]
    assert left == [], left


@contextmanager
def visit(browser: Browser, url: str, language: str, width: int, scripts: bool = True) -> Iterator[Visitor]:
    """A new window of this width, with the language chosen."""
    context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
    context.add_cookies([{"name": "lang", "value": language, "url": url}])
    page = context.new_page()
    visitor = Visitor(page, url, language)
    page.on("console", lambda said: _note(visitor, said.type, said.text))
    page.on("pageerror", lambda error: visitor.faults.append(str(error)))
    try:
        yield visitor
    finally:
        context.close()


def _note(visitor: Visitor, kind: str, text: str) -> None:
    at_home = visitor.page.url.startswith(visitor.url)
    if kind in ("error", "warning") and at_home and not EXPECTED.search(text):
        visitor.faults.append(text)


@dataclass(slots=True)
class Town:
    """The running world with the browser: what a test of the buyer's way stands on."""

    world: World
    cast: Cast
    browser: Browser

    def visitor(self, language: str = "zh", width: int = 390, scripts: bool = True):
        return visit(self.browser, self.world.url, language, width, scripts)

    def pay(self, buyer: Visitor) -> None:
        """From the pay page through the channel's own cashier and back to the order."""
        buyer.press("main form button.button-main")
        if buyer.page.url.startswith(buyer.url):
            buyer.page.wait_for_url(lambda url: not url.startswith(buyer.url), timeout=WAIT_MS)
        buyer.press("button")
        buyer.page.wait_for_url(f"{buyer.url}/orders/**", timeout=WAIT_MS)
        buyer.page.wait_for_load_state()
        self.await_capture(buyer)

    @staticmethod
    def await_capture(buyer: Visitor) -> None:
        """Look again until the channel's notice was taken in."""
        for _ in range(WAIT_MS // LOOK_MS):
            if not buyer.page.get_by_text(buyer.say("待付款", "Awaiting payment")).count():
                return
            buyer.page.wait_for_timeout(LOOK_MS)
            buyer.page.reload()
        raise AssertionError("the payment was not taken in")

    def buy(self, buyer: Visitor, listing: str, fill: Callable[[Page], None] | None = None) -> str:
        """Order one and pay for it; gives the order's path."""
        buyer.go(f"/listings/{self.cast.listings[listing]}/checkout/")
        if fill:
            fill(buyer.page)
        buyer.page.check("[name=no_reason]")
        buyer.press("main form button.button-main")
        buyer.page.wait_for_url("**/pay/")
        self.pay(buyer)
        return buyer.page.url.removeprefix(buyer.url).split("?")[0]
