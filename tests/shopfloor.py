"""Orders for tests, made by the real commands on the real database: a shop, a listing, a buyer, a paid order."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, connections

from tuidan.commands import delivery, fund, order, payment
from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.books.book import FUND_ID
from tuidan.domain.order import Order
from tuidan.store import catalog, policies
from tuidan.store.books.load import load_headroom
from tuidan.store.orders.claim import Work, due_outbox
from tuidan.store.orders.load import load_order

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PRICE_FEN = 4_880
SOURCE = "ab" * 32
DEFAULTS: dict[str, object] = {
    "title": "点卡 50 元",
    "goods_kind": "card_code",
    "price_fen": PRICE_FEN,
    "face_fen": 5_000,
    "stock_kind": "unique",
    "issuer": "cardbook",
}
TOP_UP: dict[str, object] = {
    "title": "话费 50 元",
    "goods_kind": "top_up",
    "stock_kind": "",
    "supplier": "goofish",
    "issuer": "cardbook",
}


@dataclass(frozen=True, slots=True)
class Bought:
    """A placed order and who it belongs to."""

    id: UUID
    buyer: UUID
    shop: UUID
    listing: UUID


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def policy_since(moment: datetime) -> None:
    """The product's policy, in force since this moment or before, whoever published it first and when."""
    policies.publish_standard(moment)
    tamper("UPDATE shared_policy_version SET effective_at = %s WHERE effective_at > %s", moment, moment)


def fund_of(limit_fen: int = 10**9, order_fen_max: int = 50_000) -> None:
    """The advance fund has a limit, as an operator sets it once; asking again finds it set."""
    if load_headroom(FUND_ID) == (0, 0):
        fund.set_limit(limit_fen, order_fen_max, "tests", uuid4(), "the first limit", NOW)


def listed(**fields: object) -> tuple[UUID, UUID]:
    """A new shop with one listing: their ids."""
    policy_since(NOW - timedelta(days=1))
    fund_of()
    shop = catalog.create_shop("小店", "third_party", [uuid4()], NOW)
    return shop, catalog.create_listing(shop, NOW, **(DEFAULTS | fields))


def basket(listing: UUID, quantity: int = 1, **fields: object) -> order.Basket:
    return order.Basket(listing, quantity, no_reason_excluded_confirmed=True, **fields)  # type: ignore[arg-type]


def placed(quantity: int = 1, account: str = "", **fields: object) -> Bought:
    shop, listing = listed(**fields)
    buyer = uuid4()
    outcome = order.place_order(buyer, basket(listing, quantity, account=account), "place", NOW)
    assert outcome.ok, outcome.refusal
    return Bought(outcome.order_id, buyer, shop, listing)


def pay(bought: Bought, amount_fen: int, now: datetime = NOW, trade_no: str = "") -> Outcome:
    """Start a payment and let the channel say that money came."""
    outcome, n = payment.start_payment(bought.id, bought.buyer, "alipay", f"pay {uuid4()}", now)
    assert outcome.ok, outcome.refusal
    return tell_paid(bought, n, amount_fen, now, trade_no)


def tell_paid(bought: Bought, n: int, amount_fen: int, now: datetime = NOW, trade_no: str = "") -> Outcome:
    told = c.RecordPayment(n, "alipay", trade_no or str(uuid4()), amount_fen, now, "", SOURCE)
    return payment.record_payment(bought.id, told, now, {"payer": "138****0000"})


def paid(quantity: int = 1, account: str = "", **fields: object) -> Bought:
    bought = placed(quantity, account, **fields)
    pay(bought, state(bought).price_fen())
    return bought


def sealed(quantity: int = 1, **fields: object) -> Bought:
    """A paid order of codes, all delivered and none shown."""
    bought = paid(quantity, **fields)
    tails = {n: f"{n:04d}" for n in range(1, quantity + 1)}
    delivery.record_codes(bought.id, tails, [], NOW, 0)
    return bought


def short_of_stock(quantity: int = 1) -> Bought:
    """A paid order whose codes are not there: every unit's refund is decided by rule."""
    bought = paid(quantity)
    delivery.record_codes(bought.id, {}, list(range(1, quantity + 1)), NOW, 0)
    return bought


def reveal(bought: Bought, unit: int, now: datetime) -> Outcome:
    """The order's part of showing a code; there is no code behind it."""
    actor = c.Actor("buyer", str(bought.buyer))
    return run(bought.id, envelop(bought.id, c.RevealCode(unit, "5e" * 32), actor, f"reveal {uuid4()}", now))


def due_of(bought: Bought, kind: str, now: datetime) -> list[Work]:
    """The order's own effects of a kind that are due at a moment, whatever else waits in this database."""
    return [work for work in due_outbox(now, [kind], 100_000) if work.order_id == bought.id]


def state(bought: Bought) -> Order:
    return load_order(bought.id)[0]


def rows(statement: str, *values: object) -> list[tuple]:
    """Look into the tables directly, as the application."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall()


def kinds(bought: Bought) -> list[str]:
    """What happened to the order, in order."""
    return kinds_of(bought.id)


def kinds_of(order_id: UUID) -> list[str]:
    """The same by the order's id."""
    found = rows("SELECT kind FROM orders_event WHERE order_id = %s ORDER BY n", order_id)
    return [kind for (kind,) in found]


def tamper(statement: str, *values: object) -> int:
    """Change rows as the owner of the tables, as nobody in the product can; gives how many."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.rowcount
