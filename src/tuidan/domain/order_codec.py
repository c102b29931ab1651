"""The order's state as compact JSON for its row: ten refunded units stay under 1.5 kB (a big row halves the speed).

One or two records of a kind are stored as they are, which is quickest; more are stored by column, where a field
left at its default is not written and one value stands for all rows that share it. Stored forms only grow: a new
field goes to the end of its record with a default, and old rows still read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar

import orjson

from tuidan.domain.channel_dispute import ChannelDispute
from tuidan.domain.coupon import Coupon
from tuidan.domain.delivery import Unit
from tuidan.domain.dispute import Case, Exhibit, Hearing, Offer
from tuidan.domain.funds import Hold
from tuidan.domain.history import History
from tuidan.domain.ledger import Totals
from tuidan.domain.membership import Plan
from tuidan.domain.minor import Minor
from tuidan.domain.order import Order
from tuidan.domain.payment import Payment
from tuidan.domain.payout import Payout
from tuidan.domain.recall import Recall
from tuidan.domain.refund import Refund
from tuidan.domain.renewal import Renewal
from tuidan.domain.retention_state import Erasure, LegalHold
from tuidan.domain.service import Milestone, Work
from tuidan.domain.talk import Contact

# The lists of an order by the letter of their stored form, and the record that each holds.
LISTS: dict[str, tuple[str, type]] = {
    "u": ("units", Unit),
    "p": ("payments", Payment),
    "r": ("refunds", Refund),
    "c": ("cases", Case),
    "k": ("contacts", Contact),
    "g": ("channel_disputes", ChannelDispute),
    "d": ("hearings", Hearing),
    "o": ("offers", Offer),
    "x": ("exhibits", Exhibit),
    "m": ("milestones", Milestone),
    "w": ("works", Work),
    "l": ("plans", Plan),
    "n": ("renewals", Renewal),
    "f": ("holds", Hold),
    "q": ("payouts", Payout),
    "b": ("recalls", Recall),
    "y": ("minors", Minor),
    "j": ("histories", History),
    "e": ("coupons", Coupon),
    "z": ("legal_holds", LegalHold),
    "s": ("erasures", Erasure),
}
# These stand in columns of the row, or in the lists above.
APART = frozenset({"version", "head", "totals", *(name for name, _ in LISTS.values())})
HEAD_FIELDS = tuple(f.name for f in fields(Order) if f.name not in APART)
# They lead the order's fields, so a stored row's values are its first arguments; what does not lead goes by name.
LEADING = next(n for n, f in enumerate(fields(Order)) if f.name in APART)
_HEAD = attrgetter(*HEAD_FIELDS)
_ROWS = attrgetter(*(name for name, _ in LISTS.values()))
_TOTALS = attrgetter(*(f.name for f in fields(Totals)))
SECONDS_FIELDS = frozenset(
    {
        "decided_at",
        "opened_at",
        "done_at",
        "revealed_at",
        "masked_at",
        "issuer_checked_at",
        "activated_at",
        "captured_at",
        "asked_at",
        "responded_at",
        "reported_at",
        "started_at",
        "accepted_at",
        "work_due_at",
        "clock_at",
    }
)
TEXT_TIME_FIELDS = frozenset({"due_at"})
MICROSECOND = timedelta(microseconds=1)
PLAIN_ROWS_MAX = 2
R = TypeVar("R")


def _pack_seconds(moment: int, placed_at: int) -> int:
    """Seconds since placing; 0 stays "not yet", so what lies at or after the placing is moved by one."""
    if not moment:
        return 0
    since = moment - placed_at
    return since + 1 if since >= 0 else since


def _unpack_seconds(since: int, placed_at: int) -> int:
    if not since:
        return 0
    return placed_at + since - 1 if since > 0 else placed_at + since


def _pack_text_time(text: str, placed_at: int) -> int | str:
    """Microseconds since placing, where that gives the very same text back; else the text."""
    if not text:
        return text
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return text
    since = (moment - datetime.fromtimestamp(placed_at, tz=UTC)) // MICROSECOND
    return since if _unpack_text_time(since, placed_at) == text else text


def _unpack_text_time(since: int | str, placed_at: int) -> str:
    if isinstance(since, str):
        return since
    return (datetime.fromtimestamp(placed_at, tz=UTC) + since * MICROSECOND).isoformat()


@dataclass(frozen=True, slots=True)
class _Column:
    """One field of a record: its key in the stored form, and how its values are packed."""

    key: str
    name: str
    default: object
    pack: Callable[[Any, int], object] | None
    unpack: Callable[[Any, int], object] | None


def _columns(record: type) -> tuple[_Column, ...]:
    found = []
    for key, field in enumerate(fields(record)):
        if field.name == "n":
            continue  # the place in the list says it
        pack: Callable[[Any, int], object] | None = None
        unpack: Callable[[Any, int], object] | None = None
        if field.name in SECONDS_FIELDS:
            pack, unpack = _pack_seconds, _unpack_seconds
        elif field.name in TEXT_TIME_FIELDS:
            pack, unpack = _pack_text_time, _unpack_text_time
        found.append(_Column(str(key), field.name, field.default, pack, unpack))
    return tuple(found)


COLUMNS: dict[type, tuple[_Column, ...]] = {record: _columns(record) for _, record in LISTS.values()}
# Their field n is the place in the list.
NUMBERED = frozenset(record for record in COLUMNS if any(f.name == "n" for f in fields(record)))
_PLAIN = {record: attrgetter(*(f.name for f in fields(record))) for record in COLUMNS}
_LETTERS = tuple((letter, record) for letter, (_, record) in LISTS.items())


def _write(record: type[R], rows: Sequence[R], placed_at: int) -> object:
    if len(rows) <= PLAIN_ROWS_MAX:
        return [*map(_PLAIN[record], rows)]
    found: dict[str, object] = {"": len(rows)}
    for column in COLUMNS[record]:
        values = [getattr(row, column.name) for row in rows]
        shared = values.count(values[0]) == len(values)
        if shared and values[0] == column.default:
            continue
        if column.pack is not None:
            values = [column.pack(value, placed_at) for value in (values[:1] if shared else values)]
        found[column.key] = values[0] if shared else values
    return found


def _read(record: type[R], told: Any, placed_at: int) -> list[R]:
    if isinstance(told, list):
        return [record(*row) for row in told]
    count = told[""]
    named: dict[str, list[Any]] = {}
    for column in COLUMNS[record]:
        value = told.get(column.key, MISSING)
        if value is MISSING:
            continue
        values = value if isinstance(value, list) else [value] * count
        if column.unpack is not None:
            values = [column.unpack(each, placed_at) for each in values]
        named[column.name] = values
    if record in NUMBERED:
        named["n"] = list(range(1, count + 1))
    names = tuple(named)
    return [record(**dict(zip(names, row, strict=True))) for row in zip(*named.values(), strict=True)]


def write_order(order: Order) -> bytes:
    """The state as stored; version and head hash stand in columns of their own."""
    told: dict[str, object] = {"h": _HEAD(order), "t": _TOTALS(order.totals)}
    for (letter, record), rows in zip(_LETTERS, _ROWS(order)):  # noqa: B905 - both are LISTS; strict costs a µs
        if rows:
            told[letter] = _write(record, rows, order.placed_at)
    return orjson.dumps(told)


def read_order(state: bytes | str, version: int, head: bytes) -> Order:
    """The state from its stored form."""
    told = orjson.loads(state)
    head_fields = told["h"]
    if len(head_fields) > LEADING:
        named = dict(zip(HEAD_FIELDS[LEADING:], head_fields[LEADING:], strict=False))
        order = Order(*head_fields[:LEADING], **named)
    else:
        order = Order(*head_fields)
    at = order.placed_at
    order.totals = Totals(*told["t"])
    for letter, rows in told.items():
        if letter in LISTS:
            name, record = LISTS[letter]
            setattr(order, name, _read(record, rows, at))
    order.version, order.head = version, head
    return order
