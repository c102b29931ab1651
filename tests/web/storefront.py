"""Orders for the page tests, made by the real commands: placed, paid, delivered with real codes from stock."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from tuidan.commands import delivery, payment
from tuidan.commands.order import Basket, place_order
from tuidan.commands.stock import claim_for_order
from tuidan.domain import commands as c
from tuidan.reads.lists import OrderLine
from tuidan.reads.order import read_order
from tuidan.reads.records import OrderView
from tuidan.reads.viewer import viewer_of
from tuidan.sandbox.goods import Cast
from tuidan.store.shared.models import Listing, Person, Shop
from tuidan.store.stock.reveal import seals_of
from tuidan.worker.boards import project_feed

HAN = re.compile(r"[一-鿿]")
ACCOUNTS = {"phone": "13800138000", "member": "yunting-1", "season": "yunting-1"}
__all__ = ["HAN", "OrderLine", "Shelf", "client_of", "page_of", "without_peoples_words", "words_on"]


def now() -> datetime:
    return datetime.now(UTC)


def client_of(cast: Cast, role: str, language: str = "zh") -> Client:
    """A browser without scripts, signed in as someone of the cast."""
    client = Client()
    client.force_login(get_user_model().objects.get(id=cast.people[role].id))
    client.cookies["lang"] = language
    return client


def page_of(client: Client, path: str, status: int = 200) -> str:
    """The page as text; fails on any other status."""
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def words_on(page: str) -> str:
    """What a reader sees, without tags and in one line."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def without_peoples_words(text: str) -> str:
    """The text without what people wrote into this database, and without the switch to Chinese."""
    with ThreadPoolExecutor(
        1
    ) as apart:  # a browser's test has an event loop, in which Django refuses to query
        words = apart.submit(_peoples_words).result()
    for word in sorted(words | {"中文"}, key=len, reverse=True):
        text = text.replace(word, "")
    return text


def _peoples_words() -> set[str]:
    fields = ("title", "spec", "description", "terms", "account_label")
    words = {str(word) for row in Listing.objects.values_list(*fields) for word in row}
    words |= set(Shop.objects.values_list("name", flat=True)) | set(
        Person.objects.values_list("name", flat=True)
    )
    connection.close()
    return words - {""}


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return found[1]


@dataclass(slots=True)
class Shelf:
    """Buys things of the cast's shops for one of its people."""

    cast: Cast
    buyer: str = "buyer"

    def placed(self, what: str, quantity: int = 1, auto_renew: bool = False) -> UUID:
        """An order that waits for payment."""
        basket = Basket(
            self.cast.listings[what],
            quantity,
            ACCOUNTS.get(what, ""),
            no_reason_excluded_confirmed=True,
            auto_renew=auto_renew,
        )
        outcome = place_order(self.cast.people[self.buyer].id, basket, uuid4().hex, now())
        assert outcome.ok, outcome.refusal
        return outcome.order_id

    def paid(self, what: str, quantity: int = 1, auto_renew: bool = False) -> UUID:
        """An order that is paid and not delivered."""
        order_id = self.placed(what, quantity, auto_renew)
        person = self.cast.people[self.buyer].id
        outcome, n = payment.start_payment(order_id, person, "alipay", uuid4().hex, now())
        assert outcome.ok, outcome.refusal
        told = c.RecordPayment(n, "alipay", uuid4().hex, self.view(order_id).price_fen, now(), "", "ab" * 32)
        payment.record_payment(order_id, told, now(), {"payer": "zha***@example.com"})
        return order_id

    def sealed(self, what: str = "card", quantity: int = 1) -> UUID:
        """A paid order of codes that are delivered and not shown."""
        order_id = self.paid(what, quantity)
        units = range(1, quantity + 1)
        codes = claim_for_order(self.cast.listings[what], order_id, units, "unique", now())
        assert len(codes) == quantity, "the shop of the tests is sold out"
        tails = {n: code.tail for n, code in codes.items()}
        seals = seals_of(self.cast.listings[what], [code.code_id for code in codes.values()], shared=False)
        kept = {n: (str(code.code_id), seals[code.code_id]) for n, code in codes.items()}
        delivery.record_codes(order_id, tails, [], now(), 0, kept)
        return order_id

    def view(self, order_id: UUID, role: str = "") -> OrderView:
        """The order as it stands, seen by its buyer or another of the cast."""
        viewer = viewer_of(self.cast.people[role or self.buyer].id)
        assert viewer is not None
        found = read_order(order_id, viewer, now())
        assert found is not None
        return found


def project_boards() -> None:
    """Bring the lists up to date, as the worker does."""
    while project_feed(now):
        pass
