"""A dispute at the channel as buyer, shop and operator see it in a real browser, in both languages and widths.

No test here touches the database: the browser's event loop and Django's do not share a thread.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from browser import Town, chromium

from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.sandbox.client import Client
from tuidan.sandbox.demo import furnish
from tuidan.sandbox.goods import stage_goods
from tuidan.sandbox.world import outside_world

BOTH = pytest.mark.parametrize("language", ["zh", "en"])
WIDTHS = pytest.mark.parametrize("width", [390, 1280])
TAG = f"-channel-{os.getpid()}"


@pytest.fixture(scope="module")
def town(database: str) -> Iterator[Town]:
    folder = Path(os.environ["TUIDAN_DATA_DIR"])
    with outside_world(folder, {"TUIDAN_LOG_LEVEL": "WARNING"}) as world:
        cast = stage_goods(datetime.now(UTC), TAG)
        furnish(world, cast)
        world.start_web()
        world.start_worker()
        with chromium() as browser:
            yield Town(world, cast, browser)


@pytest.fixture(scope="module")
def disputed(town: Town) -> str:
    return complained(town)


def complained(town: Town) -> str:
    """A delivered order about which its buyer complained at the channel."""
    buyer = Client(town.world.url, town.cast.keys["buyer"])
    order_id = buyer.place(town.cast.listings["card"])
    town.world.tell(town.world.alipay, "pay", {"url": buyer.cashier(order_id), "account": "2088102100000011"})
    buyer.wait_delivered(order_id)
    reference = write_reference(UUID(order_id), PAYMENT, 1)
    town.world.tell(town.world.alipay, "trade", {"reference": reference, "settled": False})
    town.world.tell(town.world.alipay, "complain", {"reference": reference})
    buyer.wait(
        order_id,
        lambda o: (o["channel_settlement"] or {}).get("can_stop") == "yes",
        "the dispute was not heard",
    )
    buyer.http.close()
    return order_id


def email(role: str) -> str:
    return f"{role}{TAG}@tuidan.example"


@BOTH
@WIDTHS
def test_the_buyer_reads_what_waits_and_where_the_dispute_is(
    town: Town, disputed: str, language: str, width: int
) -> None:
    with town.visitor(language, width) as buyer:
        buyer.sign_in(email("buyer"))
        buyer.go(f"/orders/{disputed}/")
        buyer.see(buyer.say("期间这里不退款、不放款", "nothing is refunded or released here"))
        buyer.see(buyer.say("支付宝还没有结算这笔钱", "Alipay has not settled this money yet"))
        buyer.press("#channel form button")
        buyer.check()


@BOTH
@WIDTHS
def test_an_operator_sends_our_side_to_the_channel(town: Town, language: str, width: int) -> None:
    disputed = complained(town)
    with town.visitor(language, width) as operator:
        operator.sign_in(email("operator"))
        operator.go("/operator/")
        operator.press(f"a[href='/operator/orders/{disputed}/']")
        operator.check()
        operator.press("form[action$='/answer/'] button")
        operator.see(operator.say("说明已提交", "Written down and on its way"))
        operator.check()


@BOTH
@WIDTHS
def test_the_shop_reads_why_its_money_waits(town: Town, disputed: str, language: str, width: int) -> None:
    with town.visitor(language, width) as seller:
        seller.sign_in(email("clerk"))
        seller.go(f"/seller/orders/{disputed}/")
        seller.see(seller.say("期间这里不退款、不放款", "nothing is refunded or released here"))
        assert "¥" in seller.page.inner_text("main")
