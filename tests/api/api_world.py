"""The people, keys and orders of the API tests, made by the real commands; and a client that speaks HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx

from tuidan.commands import delivery, order, payment
from tuidan.commands.dispute import request_refund
from tuidan.commands.people import give_api_key, revoke_api_key
from tuidan.commands.stock import claim_for_order, import_stock
from tuidan.domain import commands as c
from tuidan.store import catalog, policies
from tuidan.store.orders.load import load_order
from tuidan.store.people import create_person

PRICE_FEN = 4_880
SECRET = "SECRET"
GOODS: dict[str, dict[str, object]] = {
    "code": {"title": "点卡 50 元", "goods_kind": "card_code", "stock_kind": "unique", "face_fen": 5_000},
    "service": {"title": "代练", "goods_kind": "service", "stock_kind": "none", "delivery_mode": "manual"},
    "member": {
        "title": "会员 30 天",
        "goods_kind": "membership",
        "stock_kind": "none",
        "delivery_mode": "manual",
        "duration_days": 30,
    },
}
ROLES = ("owner", "other_buyer", "seller", "other_seller", "reviewer", "operator", "stranger", "revoked")


def now() -> datetime:
    return datetime.now(UTC)


def new_key() -> str:
    """An idempotency key that nobody used."""
    return uuid4().hex


@dataclass
class Shopfront:
    """One third-party shop, a buyer, and everybody who might look over their shoulders; one API key each."""

    people: dict[str, UUID] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    shop: UUID = field(default_factory=uuid4)
    other_shop: UUID = field(default_factory=uuid4)
    listings: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    def open(cls) -> Shopfront:
        """Make everything anew."""
        front = cls()
        at = now()
        policies.publish_standard(at - timedelta(days=1))
        for role in ("owner", "other_buyer", "seller", "other_seller", "reviewer", "operator"):
            roles = {"is_reviewer": role == "reviewer", "is_operator": role == "operator"}
            person = create_person(f"{role}-{uuid4()}@example.cn", None, role, at, **roles)
            front.people[role] = person.id
            front.keys[role] = give_api_key(person.id, role, at)
        front.keys["revoked"] = give_api_key(front.people["owner"], "revoked", at)
        revoke_api_key(front.keys["revoked"], at)
        front.shop = catalog.create_shop("小店", "third_party", [front.people["seller"]], at)
        front.other_shop = catalog.create_shop("别家", "third_party", [front.people["other_seller"]], at)
        for name, goods in GOODS.items():
            front.listings[name] = catalog.create_listing(front.shop, at, **{"price_fen": PRICE_FEN} | goods)
        return front

    def place(self, goods: str = "code", quantity: int = 1, buyer: str = "owner") -> UUID:
        """An order that waits for payment."""
        account = "player-1" if goods == "member" else ""
        basket = order.Basket(
            self.listings[goods], quantity, account=account, no_reason_excluded_confirmed=True
        )
        outcome = order.place_order(self.people[buyer], basket, new_key(), now())
        assert outcome.ok, outcome.refusal
        return outcome.order_id

    def pay(self, goods: str = "service", quantity: int = 1, buyer: str = "owner") -> UUID:
        """An order that is paid and not delivered."""
        order_id = self.place(goods, quantity, buyer)
        outcome, n = payment.start_payment(order_id, self.people[buyer], "alipay", new_key(), now())
        assert outcome.ok, outcome.refusal
        told = c.RecordPayment(n, "alipay", uuid4().hex, PRICE_FEN * quantity, now(), "", "ab" * 32)
        payment.record_payment(order_id, told, now(), {"payer": "138****0000"})
        return order_id

    def codes(self, quantity: int = 1) -> UUID:
        """A paid order of card codes, all delivered from stock and none shown."""
        order_id = self.pay("code", quantity)
        listing = self.listings["code"]
        import_stock(listing, "\n".join(SECRET + new_key() for _ in range(quantity)), None, now())
        units = list(range(1, quantity + 1))
        claimed = claim_for_order(listing, order_id, units, "unique", now())
        delivery.record_codes(order_id, {n: code.tail for n, code in claimed.items()}, [], now(), 0)
        return order_id

    def in_review(self) -> UUID:
        """An order with one case that waits for a person: a service that went wrong half way."""
        order_id = self.pay("service")
        delivery.deliver_by_seller(order_id, self.shop, 1, "做了一半", 50, new_key(), now())
        outcome = request_refund(order_id, self.people["owner"], 1, "not_as_described", new_key(), now())
        assert outcome.ok, outcome.refusal
        assert load_order(order_id)[0].cases[0].status == "open"
        return order_id


@dataclass
class Caller:
    """Speaks to the API over HTTP as one of the roles."""

    client: httpx.Client
    keys: Mapping[str, str]

    def send(
        self, role: str, method: str, path: str, body: object = None, key: str | None = None, **headers: str
    ) -> httpx.Response:
        """One request; a POST gets an idempotency key of its own unless one is given ("" for none)."""
        told = dict(headers)
        if role in self.keys:
            told["Authorization"] = f"Bearer {self.keys[role]}"
        if method == "POST" and key != "":
            told["Idempotency-Key"] = key or new_key()
        return self.client.request(method, f"/api/v1{path}", json=body, headers=told)

    def get(self, path: str, role: str = "owner") -> httpx.Response:
        return self.send(role, "GET", path)

    def post(
        self, path: str, body: object = None, role: str = "owner", key: str | None = None
    ) -> httpx.Response:
        return self.send(role, "POST", path, body, key)


def version(order_id: UUID) -> int:
    """How many events the order has."""
    return load_order(order_id)[0].version
