"""A small world with something of everything in it, logged, signed and witnessed; its rows are put aside."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from django.db import connections
from log_world import Watching, log_everything
from psycopg import sql

import throwaway
from money_steps import arrive, second_steps
from shopfloor import NOW, Bought, later, pay, placed, reveal, sealed, short_of_stock, state
from tuidan.commands import dispute, payment, refund, seller_account, upload
from tuidan.commands.hearing import act
from tuidan.commands.order import confirm_receipt
from tuidan.commands.talk import Message, send_message
from tuidan.domain import commands as c
from tuidan.domain.books import commands as q
from tuidan.domain.upload.state import FileMove
from tuidan.site.postgres.cluster import SUPERUSER
from tuidan.site.postgres.place import place_of
from tuidan.store.files import rows as file_rows
from tuidan.store.log import folder as log_folder
from tuidan.store.log.books import append_books
from tuidan.store.log.checkpoints import newest_note

ASIDE = "pristine"
REVIEWER = UUID(int=7)
# What an attacker may edit in this world, and what follows from it.
TABLES = (
    "orders_order", "orders_event", "orders_posting", "orders_snapshot", "orders_note", "orders_notice",
    "orders_outbox", "books_book", "books_event", "books_posting", "books_item", "boards_order", "boards_case",
    "boards_question", "files_file", "log_tree", "log_leaf", "log_tile", "log_checkpoint", "log_key",
)  # fmt: skip

CHECKS = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
WHERE contype = 'c' AND connamespace = 'public'::regnamespace
"""


@dataclass
class AttackWorld:
    """`line` is the attacker's: a superuser's. `witnessed` is the checkpoint that the witness has kept."""

    orders: list[Bought]
    line: psycopg.Connection
    watching: Watching
    witnessed: bytes
    published: bytes
    touched: set[str] = field(default_factory=lambda: set(TABLES))

    def restore(self) -> None:
        """Put back every table that was touched, and the published checkpoint."""
        with self.line.transaction():
            self.line.execute("SET LOCAL session_replication_role = replica")
            for table in sorted(self.touched):
                name = sql.Identifier(table)
                self.line.execute(sql.SQL("DELETE FROM {}").format(name))
                self.line.execute(
                    sql.SQL("INSERT INTO {} SELECT * FROM {}").format(name, sql.Identifier(ASIDE, table))
                )
        self.touched.clear()
        (log_folder.folder() / log_folder.PUBLISHED).write_bytes(self.published)


def disputed() -> Bought:
    """Shown, asked for with words, argued with a file, judged, partly refunded; with a talk beside it."""
    bought = sealed(2, issuer="")
    buyer = c.Actor("buyer", str(bought.buyer))
    reveal(bought, 1, later(5))
    send_message(bought.id, buyer, Message("打不开,充不进去"), "m", later(7))
    dispute.request_refund(bought.id, bought.buyer, 1, "item_invalid", "r", later(9), words="充不进去")
    n = _checked_file(bought, buyer)
    shown = c.FileExhibit(1, "error_screenshot", has_order_no=True, has_timestamp=True, has_key_info=True)
    filed = upload.file_with_uploads(bought.id, buyer, shown, (n,), "x", later(20), words="截图")
    assert filed.ok, filed.refusal
    if state(bought).cases[0].status != "review":
        assert act(bought.id, c.Actor("reviewer", str(REVIEWER)), c.CallPlatform(1), "t", later(30)).ok
    judgement = c.DecideCase(1, True, 1_000, ("goodwill",), state(bought).version)
    assert dispute.decide_case(bought.id, REVIEWER, judgement, "d", later(60)).ok
    told, _ = refund.mark_refund_sent(bought.id, 1, 1, later(61))
    refund.record_refund(bought.id, c.RecordRefund(1, told.refunds[0].attempt, "succeeded", 1_000), later(62))
    return bought


def _checked_file(bought: Bought, buyer: c.Actor) -> int:
    made = upload.upload_whole(
        bought.id, 1, buyer, bought.buyer, "截图.png", b"a picture " * 50, "f", later(10)
    )
    cleaned = hashlib.sha256(b"cleaned").hexdigest()
    assert file_rows.move(
        bought.id,
        made.n,
        made.state,
        FileMove.PASS,
        later(11),
        cleaned_sha256=cleaned,
        media_type="image/png",
    )
    return made.n


def sold() -> Bought:
    """Confirmed by the buyer: the money went to the seller's book, where a deposit lies too."""
    bought = sealed(1, issuer="")
    confirm_receipt(bought.id, bought.buyer, "confirm", NOW)
    arrive(bought)
    second_steps(bought, 11)
    deposit = q.PayDeposit(5_000, "bank 1")
    assert seller_account.act_on_seller(bought.shop, deposit, REVIEWER, "in", NOW).ok
    return bought


def noticed() -> Bought:
    """Paid by a notice that is kept as it came."""
    bought = placed(account="13800000000", goods_kind="top_up", stock_kind="", supplier="goofish")
    body = b"trade_status=TRADE_SUCCESS&total_amount=48.80&sign=abc"
    payment.keep_notice(bought.id, "payment:alipay", "ref", body, NOW)
    pay(bought, state(bought).price_fen())
    return bought


def attack_world(watching: Watching) -> AttackWorld:
    """Live the orders, log and sign, have it witnessed, and put the rows aside."""
    orders = [disputed(), sold(), noticed(), short_of_stock(2)]
    append_books()
    log_everything()
    assert watching.ask()
    witnessed = watching.witness.memory.all()[0]
    line = _superuser()
    line.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(ASIDE)))
    for table in TABLES:
        line.execute(
            sql.SQL("CREATE TABLE {} AS TABLE {}").format(sql.Identifier(ASIDE, table), sql.Identifier(table))
        )
    for table, name in line.execute(CHECKS).fetchall():  # who may do anything may do that too
        line.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.SQL(table), sql.Identifier(name))
        )
    published = log_folder.load_published()
    assert published is not None and newest_note() is not None
    return AttackWorld(orders, line, watching, witnessed, published)


def _superuser() -> psycopg.Connection:
    name = str(connections["default"].settings_dict["NAME"])
    if throwaway.ADMIN_URL:
        return psycopg.connect(throwaway.ADMIN_URL, dbname=name, autocommit=True)
    sockets = str(place_of(throwaway.FOLDER).sockets)
    return psycopg.connect(host=sockets, user=SUPERUSER, dbname=name, autocommit=True)
