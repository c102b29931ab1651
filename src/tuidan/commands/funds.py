"""Record on the order what the seller's book and the fund answered. All of it bears repeats."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.advance import settle
from tuidan.commands.books import run_on_book
from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.books import commands as q
from tuidan.domain.books.book import Item
from tuidan.domain.books.decide import COMPENSATION_SOURCES, RECOVERY_SOURCES
from tuidan.domain.decide.funds import wanted_hold_fen
from tuidan.domain.order import Order
from tuidan.store.orders.load import load_order
from tuidan.store.orders.settled import settled_by, settled_to_sellers

WORKER = c.Actor("worker")


def take_in(works: list[tuple[UUID, int]], now: datetime) -> None:
    """Bring what these orders' events paid to sellers into the sellers' books; what is there is passed by."""
    for seller, arrivals in settled_to_sellers(works).items():
        run_on_book(seller, q.TakeIn(arrivals), WORKER, now)


def _arrive(order: Order, order_id: UUID, now: datetime) -> None:
    """What this order released is in the seller's book before anything is asked of it."""
    arrivals = settled_by(order_id)
    if arrivals:
        run_on_book(UUID(order.seller), q.TakeIn(arrivals), WORKER, now)


def hold(order_id: UUID, case: int, effect_n: int, now: datetime) -> None:
    """Let the seller's book hold what the case needs now, and record what it could hold (S-087)."""
    order, _ = load_order(order_id)
    _arrive(order, order_id, now)
    text = str(order_id)
    wanted = q.SetHold(text, case, wanted_hold_fen(order, case), order.version)
    book = run_on_book(UUID(order.seller), wanted, WORKER, now).book
    item = book.items.get(("hold", text, case), Item())
    _record(
        order_id, c.RecordHold(case, item.given_fen, item.open_fen), f"hold:{case}:{effect_n}", now, effect_n
    )


def recover(order_id: UUID, n: int, now: datetime) -> int:
    """Take what the platform laid out for refund n back from the seller, as far as there is something. Gives what is
    still owed, fen; the effect stays for the next try then.
    """
    order, _ = load_order(order_id)
    refund = order.refunds[n - 1]
    if refund.owed_fen():
        recovered, borne, why = _claim(order, order_id, n, now)
        command = c.RecordRecovery(n, recovered, borne, why)
        told = _record(order_id, command, f"recover:{n}:{recovered}:{borne}", now)
        assert told.order is not None, "only an order that cannot be read has none, and that raises"
        order = told.order
    settle(order, "advance", n, order_id, now)
    return order.refunds[n - 1].owed_fen()


def _claim(order: Order, order_id: UUID, n: int, now: datetime) -> tuple[int, int, str]:
    """What the seller's book gave in all, what the platform bears, and why."""
    refund, seller, text = order.refunds[n - 1], UUID(order.seller), str(order_id)
    if refund.at_platform and order.seller_type != "self_operated":
        return 0, refund.laid_fen, "liable"
    _arrive(order, order_id, now)
    claim = q.Claim(text, "advance", n, refund.laid_fen, RECOVERY_SOURCES, refund.case, order.version)
    book = run_on_book(seller, claim, WORKER, now).book
    item = book.items["advance", text, n]
    if item.open_fen and not book.named:
        book = run_on_book(seller, q.WriteOff(text, "advance", n, "seller_unnamed"), WORKER, now).book
        item = book.items["advance", text, n]
    recovered = item.given_fen - item.open_fen - item.borne_fen
    return recovered, item.borne_fen, "seller_unnamed" if item.borne_fen else ""


def charge(order_id: UUID, n: int, now: datetime) -> int:
    """Charge the compensation of payout n to the seller's deposit. Gives what is still missing, fen."""
    order, _ = load_order(order_id)
    payout, text = order.payouts[n - 1], str(order_id)
    if payout.status != "charging":
        return 0
    claim = q.Claim(text, "compensation", n, payout.amount_fen, COMPENSATION_SOURCES)
    item = run_on_book(UUID(order.seller), claim, WORKER, now).book.items["compensation", text, n]
    charged = item.given_fen - item.open_fen - item.borne_fen
    _record(order_id, c.RecordCharge(n, charged), f"charge:{n}:{charged}", now)
    return item.open_fen


def settle_recall(order_id: UUID, n: int, now: datetime) -> None:
    """Bring the fund's line for a recall up to what the buyer repaid."""
    settle(load_order(order_id)[0], "recall", n, order_id, now)


def _record(order_id: UUID, command: c.Command, key: str, now: datetime, effect_n: int = 0) -> Outcome:
    done = (effect_n,) if effect_n else ()
    return run(order_id, envelop(order_id, command, WORKER, key, now, done))
