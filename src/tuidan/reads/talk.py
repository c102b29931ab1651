"""The talk about an order for whoever may see the order: its messages, its answers, and a copy to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tuidan.domain.order import Order
from tuidan.domain.talk import Contact
from tuidan.domain.talk_copy import write_copy
from tuidan.reads.viewer import Viewer, visible_order
from tuidan.store.orders.load import load_order
from tuidan.store.orders.talk import TalkLine, load_talk
from tuidan.store.orders.words import without_salt


@dataclass(frozen=True, slots=True)
class MessageView:
    """One line of the talk: a message, or what the seller answered, or that nobody did.

    `n` is the event's number and `proof` its hash. `words` is None for a message whose words were erased. Amounts fen.
    """

    n: int
    kind: str
    at: datetime
    by: str
    words: str | None
    template: str
    flags: tuple[str, ...]
    asks: bool
    unit: int
    case: int
    response: str
    offered_fen: int
    proof: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """How the question about one unit stands. `response` as in `domain/talk.py`, empty while the clock runs."""

    unit: int
    status: str
    asked_at: datetime | None
    due_at: datetime | None
    response: str
    offered_fen: int
    responded_at: datetime | None


@dataclass(frozen=True, slots=True)
class TalkView:
    """The talk of one order; `last_n` is the number of the last event shown."""

    order_id: UUID
    messages: tuple[MessageView, ...]
    contacts: tuple[ContactView, ...]
    last_n: int


def read_talk(order_id: UUID, viewer: Viewer, after_n: int = 0) -> TalkView | None:
    """The lines after event `after_n`; None when there is no such order or it is none of theirs."""
    order = visible_order(order_id, viewer)
    if order is None:
        return None
    lines = load_talk(order_id, after_n)
    last_n = lines[-1].link.n if lines else after_n
    contacts = tuple(_contact(contact) for contact in order.contacts)
    return TalkView(order_id, tuple(_message(line) for line in lines), contacts, last_n)


def _message(line: TalkLine) -> MessageView:
    data = line.data
    flags = data.get("flags", [])
    assert isinstance(flags, list)
    return MessageView(
        n=line.link.n,
        kind=line.kind,
        at=line.at,
        by=line.actor,
        words=without_salt(line.kept) if line.kept is not None else None,
        template=str(data.get("template", "")),
        flags=tuple(flags),
        asks=bool(data.get("asks", False)),
        unit=int(str(data.get("unit", 0))),
        case=int(str(data.get("case", 0))),
        response=str(data.get("response", "")),
        offered_fen=int(str(data.get("offered_fen", 0))),
        proof=line.link.hash.hex(),
    )


def _contact(contact: Contact) -> ContactView:
    return ContactView(
        unit=contact.unit,
        status=contact.status,
        asked_at=_moment(contact.asked_at),
        due_at=datetime.fromisoformat(contact.due_at) if contact.due_at else None,
        response=contact.response,
        offered_fen=contact.offered_fen,
        responded_at=_moment(contact.responded_at),
    )


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=UTC) if seconds else None


def read_copy(order_id: UUID, viewer: Viewer, now: datetime) -> bytes | None:
    """The talk as lines of JSON that verify against the order's chain (S-049); None when it is none of theirs."""
    order = visible_order(order_id, viewer)
    if order is None:
        return None
    return copy_of(order_id, order, now)


def copy_of_order(order_id: UUID, now: datetime) -> bytes:
    """The copy for an operator at the machine's own command line. Raises NoSuchOrder."""
    return copy_of(order_id, load_order(order_id)[0], now)


def copy_of(order_id: UUID, order: Order, now: datetime) -> bytes:
    """The copy of an order that was just read."""
    links = [(line.link, line.kept) for line in load_talk(order_id)]
    return write_copy(str(order_id), order.version, order.head, now.isoformat(), links)
