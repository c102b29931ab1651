"""The ground that is measured on: one listing, one buyer with a key, and one paid order made by real commands.

Its rows are then copied under fresh ids as often as a measurement needs orders, and all of them removed again
before the next round, so that every round finds the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from tuidan.commands import order, payment
from tuidan.commands.people import give_api_key
from tuidan.domain import commands as c
from tuidan.store import catalog, people, policies

PRICE_FEN, FACE_FEN = 4880, 5000
ACCOUNT = "13800000000"
COPIED = (
    "orders_order", "orders_snapshot", "orders_event", "orders_posting", "orders_attempt", "orders_outbox",
    "orders_timer",
)  # fmt: skip
EMPTIED = (*COPIED, "orders_note", "orders_notice", "orders_placing_key", "orders_trade_number")
SELLERS = 500


@dataclass(frozen=True, slots=True)
class Access:
    """How the bench reaches the server: as the tables' owner, as its administrator; and where pgbench lies."""

    owner: str
    admin: str
    pgbench: Path


@dataclass(frozen=True, slots=True)
class Ground:
    """What every measure is given."""

    access: Access
    buyer: UUID
    api_key: str
    seller: UUID
    listing: UUID
    template: UUID


@dataclass(frozen=True, slots=True)
class OrderSet:
    """Copies of the template: their ids are a prefix of their own and a running number from 0."""

    prefix: str
    count: int
    listing: UUID

    def order_id(self, i: int) -> UUID:
        return UUID(f"{self.prefix}{i:012x}")


def make_ground(access: Access) -> Ground:
    """Publish the policy, open a shop, and bring one order to "paid, waiting for its top-up" by real commands."""
    now = datetime.now(UTC)
    policies.publish_standard(now)
    buyer = people.create_person("bench@tuidan.example", None, "压测买家", now).id
    shop = catalog.create_shop("压测小店", "third_party", [], now)
    listing = catalog.create_listing(
        shop, now, title="话费 50 元", goods_kind="top_up", price_fen=PRICE_FEN, face_fen=FACE_FEN
    )
    template = order.place_order(buyer, order.Basket(listing, 1, ACCOUNT), "bench-place", now).order_id
    payment.start_payment(template, buyer, "alipay", "bench-pay", now)
    captured = c.RecordPayment(1, "alipay", str(uuid4()), PRICE_FEN, now, "", "ab" * 32)
    payment.record_payment(template, captured, now, {"payer": "bench"})
    return Ground(access, buyer, give_api_key(buyer, "bench", now), shop, listing, template)


def keep_template(ground: Ground) -> None:
    """Put the template's rows aside in tables of the owner's own, where emptying does not reach them."""
    with psycopg.connect(ground.access.owner, autocommit=True) as line:
        for table in COPIED:
            line.execute(
                sql.SQL("CREATE TABLE {} AS SELECT * FROM {} WHERE order_id = {}").format(
                    _aside(table), sql.Identifier(table), sql.Literal(ground.template)
                )
            )


def empty(ground: Ground) -> None:
    """Remove every order."""
    with psycopg.connect(ground.access.owner, autocommit=True) as line:
        line.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, EMPTIED))))


def copy_orders(
    ground: Ground, count: int, *, one_seller: bool = False, own_listing: bool = False
) -> OrderSet:
    """Write `count` copies of the template, of one seller or spread over SELLERS, ready to be refunded."""
    made = OrderSet(str(uuid4())[:24], count, uuid4() if own_listing else ground.listing)
    number = sql.SQL("(({prefix} || lpad(to_hex(i), 12, '0'))::uuid)").format(prefix=sql.Literal(made.prefix))
    seller = sql.SQL("{}").format(sql.Literal(str(ground.seller)))
    if not one_seller:
        seller = sql.SQL("({} || lpad(to_hex(i % {}), 12, '0'))").format(
            sql.Literal(str(uuid4())[:24]), sql.Literal(SELLERS)
        )
    state = sql.SQL("replace(replace(state, {}, {}), {}, {})").format(
        sql.Literal(str(ground.seller)),
        seller,
        sql.Literal(str(ground.listing)),
        sql.Literal(str(made.listing)),
    )
    told = {
        "order_id": number,
        "seller_id": sql.SQL("{}::uuid").format(seller),
        "listing_id": sql.Literal(made.listing),
        "state": state,
    }
    with psycopg.connect(ground.access.owner, autocommit=True) as line:
        for table in COPIED:
            names = [str(row[0]) for row in line.execute(_COLUMNS, [table]).fetchall()]
            chosen = [told.get(name, sql.Identifier(name)) for name in names]
            line.execute(
                sql.SQL(
                    "INSERT INTO {} ({}) SELECT {} FROM {}, generate_series(0, {}) AS i ORDER BY i"
                ).format(
                    sql.Identifier(table),
                    sql.SQL(", ").join(map(sql.Identifier, names)),
                    sql.SQL(", ").join(chosen),
                    _aside(table),
                    sql.Literal(count - 1),
                )
            )
    return made


def settle(ground: Ground) -> None:
    """Let the copies rest on disk, so that no measure pays for what came before it."""
    with psycopg.connect(ground.access.owner, autocommit=True) as line:
        for table in COPIED:
            line.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))
    with psycopg.connect(ground.access.admin, autocommit=True) as line:
        line.execute("CHECKPOINT")


def server_settings(ground: Ground) -> dict[str, str]:
    """The server's settings that a reader of the figures must know."""
    names = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
    with psycopg.connect(ground.access.owner, autocommit=True) as line:
        found = {name: line.execute("SELECT current_setting(%s)", [name]).fetchone() for name in names}
    return {name: str(row[0]) for name, row in found.items() if row}


def _aside(table: str) -> sql.Identifier:
    return sql.Identifier(table.replace("orders_", "bench_"))


_COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
