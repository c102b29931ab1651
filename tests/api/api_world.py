"""The people, keys and orders of the API tests, made by the real commands; and a client that speaks HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx

from shopfloor import rows
from tuidan.commands import delivery, order, payment
from tuidan.commands.alarm import record_outside_refund
from tuidan.commands.channel_dispute import record_channel_dispute
from tuidan.commands.dispute import request_refund
from tuidan.commands.hearing import Act, act
from tuidan.commands.people import give_api_key, revoke_api_key
from tuidan.commands.reveal import show_code
from tuidan.commands.stock import claim_for_order, import_stock
from tuidan.commands.upload import begin_upload
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
ROLES = (
    "owner",
    "other_buyer",
    "seller",
    "other_seller",
    "reviewer",
    "operator",
    "appraiser",
    "stranger",
    "revoked",
)


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
        for role in ROLES[:-2]:
            roles = {f"is_{name}": role == name for name in ("reviewer", "operator", "appraiser")}
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
        self.take_money(order_id, quantity, buyer)
        return order_id

    def take_money(self, order_id: UUID, quantity: int, buyer: str = "owner") -> None:
        """The channel tells that the whole price came in."""
        outcome, n = payment.start_payment(order_id, self.people[buyer], "alipay", new_key(), now())
        assert outcome.ok, outcome.refusal
        told = c.RecordPayment(n, "alipay", uuid4().hex, PRICE_FEN * quantity, now(), "", "ab" * 32)
        payment.record_payment(order_id, told, now(), {"payer": "138****0000"})

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
        self.act(order_id, "owner", c.CallPlatform(1))
        assert load_order(order_id)[0].cases[0].status == "review"
        return order_id

    def disputed(self) -> UUID:
        """A delivered order with a dispute open at its channel."""
        order_id = self.codes()
        told = c.RecordChannelDispute(1, "alipay", uuid4().hex, "open", PRICE_FEN, now())
        assert record_channel_dispute(order_id, told, now()).events
        return order_id

    def alarming(self) -> UUID:
        """A delivered order of which somebody refunded 100 fen in the channel's console."""
        order_id = self.codes()
        assert record_outside_refund(order_id, c.RecordOutsideRefund(1, "alipay", 100), now()).events
        return order_id

    def act(self, order_id: UUID, role: str, command: Act) -> None:
        """One act in a case by the real command."""
        kind = {"owner": "buyer"}.get(role, role)
        who = str(self.shop if role == "seller" else self.people[role])
        outcome = act(order_id, c.Actor(kind, who), command, new_key(), now())
        assert outcome.ok, outcome.refusal

    def in_evidence(self) -> UUID:
        """An order with one case that waits for its buyer's evidence, one exhibit filed."""
        order_id = self.pay("service")
        delivery.deliver_by_seller(order_id, self.shop, 1, "做完了", 100, new_key(), now())
        outcome = request_refund(order_id, self.people["owner"], 1, "not_as_described", new_key(), now())
        assert outcome.ok, outcome.refusal
        self.act(order_id, "owner", c.FileExhibit(1, "progress_screenshot", True, True, True))
        return order_id

    def uploading(self) -> UUID:
        """The same with a file of the buyer that is not all here."""
        order_id, owner = self.in_evidence(), self.people["owner"]
        begin_upload(order_id, 1, c.Actor("buyer", str(owner)), owner, "photo.png", 100, new_key(), now())
        return order_id

    def offered(self) -> UUID:
        """The same with an offer of the seller on the table."""
        order_id = self.in_evidence()
        self.act(order_id, "seller", c.MakeOffer(1, "partial", 1_000))
        return order_id

    def in_appraisal(self) -> UUID:
        """A case that waits for an appraiser to be named."""
        order_id = self.in_review()
        self.act(order_id, "reviewer", c.SendToAppraisal(1))
        return order_id

    def assigned(self) -> UUID:
        """A case whose appraiser has still to declare."""
        order_id = self.in_appraisal()
        self.act(order_id, "reviewer", c.AssignAppraiser(1, str(self.people["appraiser"])))
        return order_id

    def accepted(self) -> UUID:
        """A case whose appraiser has still to report."""
        order_id = self.assigned()
        self.act(order_id, "appraiser", c.AcceptAppraisal(1, False))
        return order_id

    def refused(self) -> UUID:
        """A rejected case with new evidence of its buyer."""
        order_id = self.in_review()
        seen = version(order_id)
        self.act(order_id, "reviewer", c.DecideCase(1, False, 0, ("outside_rules",), seen))
        self.act(order_id, "owner", c.FileExhibit(1, "use_video", True, True, True))
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


def material(order_id: UUID) -> int:
    """The last event of the order on which anything stands; a remembered refusal is none."""
    return load_order(order_id)[0].material


def shown(front: Shopfront) -> UUID:
    """A paid order of one code that its buyer has been shown."""
    order_id = front.codes()
    assert show_code(order_id, front.people["owner"], 1, "session", new_key(), now()).code is not None
    return order_id


def code_of(order_id: UUID) -> str:
    """The place of the order's first code in stock, as its address has it: listing, `codes`, code."""
    found = rows("SELECT listing_id, code_id FROM stock_claim WHERE order_id = %s AND unit = 1", order_id)
    return f"{found[0][0]}/codes/{found[0][1]}" if found else ""
