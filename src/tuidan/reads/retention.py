"""What is kept until when and why, for a person and for operators; what was erased when and by whom; one's own copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID

from tuidan.domain import events as e
from tuidan.domain.order import Order
from tuidan.domain.retention import LAWS, erased_classes, kept_until, open_holds, open_why, was_traded
from tuidan.domain.retention_state import PAYMENT, TRADE
from tuidan.reads.order import read_order
from tuidan.reads.talk import read_talk
from tuidan.reads.upload import files_of
from tuidan.reads.viewer import Viewer, visible_order
from tuidan.store.boards.lists import orders_of_buyer
from tuidan.store.due_orders import DueOrder, due_orders
from tuidan.store.erasure_request import RequestRecord, personal_fields, requests_of
from tuidan.store.facts import years_kept
from tuidan.store.orders.load import load_order
from tuidan.store.orders.retention import RetentionRecord, ended_at, newest_records, retention_records
from tuidan.store.orders.story import load_story, read_words
from tuidan.store.orders.words import without_salt, words_of

RECORDS_MAX = 500
DUE_SHOWN_MAX = 100
EXPORT_ORDERS_MAX = 5_000


@dataclass(frozen=True, slots=True)
class KeptClass:
    """One class of one order: kept until when (None: no end is running), why, or erased.

    `why` is erased, held, open, law or free (nothing asks for it); `law` names the source where the law asks.
    """

    kept: str
    why: str
    until: datetime | None
    law: str


@dataclass(frozen=True, slots=True)
class KeptOrder:
    """What is kept of one order, class by class."""

    order_id: UUID
    title: str
    status: str
    placed_at: datetime
    classes: tuple[KeptClass, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """A legal hold placed or lifted, or an erasure: who, when, of whom, which classes, and the reason in words."""

    order_id: UUID
    n: int
    kind: str
    at: datetime
    actor: str
    actor_id: str
    number: int
    of: str
    why: str
    classes: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What operators see: the holds that stand, what was erased and lifted, people's wishes, for how long is kept."""

    trade_years: int
    payment_years: int
    holds: tuple[Act, ...]
    acts: tuple[Act, ...]
    requests: tuple[RequestRecord, ...]


def kept_of(order_id: UUID, order: Order, of: str) -> tuple[KeptClass, ...]:
    """What is kept of one side of an order."""
    years, gone, held, running = years_kept(), erased_classes(order, of), open_holds(order), open_why(order)
    ended = ended_at(order_id)
    found = []
    for kept in (TRADE, PAYMENT):
        until = None if running else kept_until(order, ended, kept, years)
        if kept in gone:
            found.append(KeptClass(kept, "erased", None, ""))
        elif held:
            found.append(KeptClass(kept, "held", None, ""))
        elif running:
            found.append(KeptClass(kept, "open", None, ""))
        elif was_traded(order):
            found.append(KeptClass(kept, "law", until, LAWS[kept]))
        else:
            found.append(KeptClass(kept, "free", None, ""))
    return tuple(found)


def kept_orders(person_id: UUID, page: int = 0) -> list[KeptOrder]:
    """A page of a buyer's orders with what is kept of each, the newest first."""
    found = []
    for line in orders_of_buyer(person_id, page):
        order, _ = load_order(line.order_id)
        classes = kept_of(line.order_id, order, "buyer")
        found.append(KeptOrder(line.order_id, line.title, order.status, line.placed_at, classes))
    return found


def wishes_of(person_id: UUID) -> list[RequestRecord]:
    """A person's own wishes to be erased, the newest first."""
    return requests_of(person_id)


def report() -> Report:
    """The holds that stand and the newest acts, of all orders."""
    acts = [_act(record) for record in newest_records(RECORDS_MAX)]
    lifted = {(act.order_id, act.number) for act in acts if act.kind == "legal_hold_lifted"}
    holds = [
        act for act in acts if act.kind == "legal_hold_placed" and (act.order_id, act.number) not in lifted
    ]
    acts.sort(key=lambda act: act.at, reverse=True)
    years = years_kept()
    return Report(years.trade, years.payment, tuple(holds), tuple(acts), tuple(requests_of()))


def acts_of(order_id: UUID, viewer: Viewer) -> list[Act] | None:
    """The holds and erasures of one order, for operators; None for everybody else and for no such order."""
    if not viewer.is_operator or visible_order(order_id, viewer) is None:
        return None
    return [_act(record) for record in retention_records(order_id)]


def due(now: datetime, orders_max: int = DUE_SHOWN_MAX) -> list[DueOrder]:
    """The oldest orders of which something may go now."""
    return list(islice(due_orders(now), orders_max))


def _act(record: RetentionRecord) -> Act:
    number, of, why = 0, "", ""
    classes: tuple[str, ...] = ()
    if isinstance(record.event, e.WordsErased):
        told = record.event
        number, of, why, classes = told.erasure, told.of, told.why, tuple(told.classes)
    elif isinstance(record.event, e.LegalHoldPlaced | e.LegalHoldLifted):
        number = record.event.hold
    return Act(
        record.order_id,
        record.n,
        record.kind,
        record.at,
        record.actor,
        record.actor_id,
        number,
        of,
        why,
        classes,
        without_salt(read_words(record.order_id, record.n)),
    )


def own_copy(viewer: Viewer, now: datetime) -> dict[str, object]:
    """Everything that the site keeps of a person, as JSON-ready values: fields, orders with their words, wishes."""
    orders: list[dict[str, object]] = []
    page = 0
    while len(orders) < EXPORT_ORDERS_MAX and (lines := orders_of_buyer(viewer.person_id, page)):
        orders += [_own_order(line.order_id, viewer, now) for line in lines]
        page += 1
    return {
        "made_at": now.astimezone(UTC).isoformat(),
        "person": personal_fields(viewer.person_id),
        "orders": orders,
        "erasures_asked": [
            {"at": wish.asked_at, "done_at": wish.done_at, "erased": wish.erased, "kept": wish.kept}
            for wish in requests_of(viewer.person_id)
        ],
    }


def _own_order(order_id: UUID, viewer: Viewer, now: datetime) -> dict[str, object]:
    """One order of the buyer's own: what was bought and paid, and every word and file that is the buyer's."""
    view = read_order(order_id, viewer, now)
    assert view is not None, "the board names orders of this buyer"
    story = load_story(order_id)
    mine = [row for row in story.rows if row.actor == "buyer"]
    talk = read_talk(order_id, viewer)
    return {
        "order_id": str(order_id),
        "title": view.title,
        "status": view.status,
        "placed_at": view.placed_at,
        "paid_at": view.paid_at,
        "price_fen": view.price_fen,
        "refunded_fen": view.refunded_fen,
        "account": view.account,
        "payer": view.payer,
        "my_words": [
            {"event": row.n, "kind": row.kind, "at": row.at, "words": words_of(row.kind, story.words[row.n])}
            for row in mine
            if row.n in story.words
        ],
        "messages": len(talk.messages) if talk else 0,
        "my_files": [
            {"n": file.n, "name": file.name, "sha256": file.sha256, "size": file.size}
            for file in files_of(order_id, viewer)
            if file.mine
        ],
    }
