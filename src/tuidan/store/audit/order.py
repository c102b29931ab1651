"""Hold one order's rows against each other: chain, columns, postings, totals, state, snapshot, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from tuidan.domain.evidence import ChainLink, find_chain_fault, sha256_hex
from tuidan.domain.ledger import Totals, fold
from tuidan.domain.order import Order
from tuidan.domain.order_codec import APART, HEAD_FIELDS, read_order, write_order
from tuidan.domain.retention import is_account_erased, is_erased
from tuidan.store.audit.difference import Difference
from tuidan.store.audit.read import OrderRows
from tuidan.store.audit.replay import Replay, Unfit, replay

CHAIN_WHATS = {
    "changed": "event_changed",
    "missing": "event_missing",
    "reordered": "event_reordered",
    "added": "event_added",
    "head": "head_differs",
}
POSTING_COLUMNS = ("event_n", "debit", "credit", "amount_fen", "currency")
CLOSED = frozenset({"refunded", "released", "expired"})
TOTALS = tuple(f.name for f in fields(Totals))
PARTS = tuple(sorted(APART - {"version", "head", "totals"}))


def find_differences(rows: OrderRows) -> Iterator[Difference]:
    """Everything about one order that is not as it must be; what a broken chain would give is not compared."""
    yield from _sums(rows)
    links = (ChainLink(event.n, event.prev, event.body, event.hash) for event in rows.events)
    fault = find_chain_fault(links, rows.head, rows.version)
    if fault is not None:
        yield Difference(rows.order_id, CHAIN_WHATS[fault.what], fault.n)
        return
    try:
        told = replay(rows.events)
    except Unfit as unfit:
        yield Difference(rows.order_id, "event_unfit", unfit.n, {"why": str(unfit)})
        return
    yield from _event_columns(rows, told)
    yield from _postings(rows, told)
    yield from _state(rows, told.order)
    yield from _columns(rows, told.order)
    yield from _texts(rows, told)


def _sums(rows: OrderRows) -> Iterator[Difference]:
    """The row's totals are the fold of the stored postings (I9), and these keep the money invariants (I5 to I8)."""
    summed = fold(posting.posting() for posting in rows.postings)
    for name in TOTALS:
        kept, wanted = getattr(rows.totals, name), getattr(summed, name)
        if kept != wanted:
            yield Difference(
                rows.order_id, "total_differs", 0, {"total": name, "kept": kept, "wanted": wanted}
            )
    fault = summed.fault()
    if fault is None and rows.status in CLOSED and summed.escrow:
        fault = "a closed order holds no escrow"
    if fault:
        yield Difference(rows.order_id, "invariant_broken", 0, {"invariant": fault})


def _event_columns(rows: OrderRows, told: Replay) -> Iterator[Difference]:
    for event in rows.events:
        kept = {
            "order_id": str(rows.order_id),
            "kind": event.kind,
            "at": event.at,
            "command_key": event.key,
            "command_input": event.input,
            "command_events": event.events,
        }
        for name, wanted in told.columns[event.n].items():
            if kept[name] != wanted:
                yield Difference(rows.order_id, "event_column", event.n, {"column": name})


def _postings(rows: OrderRows, told: Replay) -> Iterator[Difference]:
    stored = {posting.n: posting for posting in rows.postings}
    for n in sorted(told.postings.keys() - stored.keys()):
        wanted = told.postings[n]
        yield Difference(
            rows.order_id, "posting_missing", n, {"event": wanted.event_n, "amount_fen": wanted.amount_fen}
        )
    for n in sorted(stored.keys() - told.postings.keys()):
        yield Difference(rows.order_id, "posting_added", n, {"amount_fen": stored[n].amount_fen})
    for n in sorted(stored.keys() & told.postings.keys()):
        for name in POSTING_COLUMNS:
            kept, wanted_value = getattr(stored[n], name), getattr(told.postings[n], name)
            if kept != wanted_value:
                data = {"column": name, "kept": kept, "wanted": wanted_value}
                yield Difference(rows.order_id, "posting_changed", n, data)


def _state(rows: OrderRows, wanted: Order) -> Iterator[Difference]:
    if rows.state.encode() == write_order(wanted):
        return
    try:
        kept = read_order(rows.state, rows.version, rows.head)
    except (ValueError, TypeError, LookupError):
        yield Difference(
            rows.order_id, "state_differs", 0, {"field": "all", "kept": "unreadable", "wanted": ""}
        )
        return
    for path, have, want in _compare(kept, wanted):
        yield Difference(rows.order_id, "state_differs", 0, {"field": path, "kept": have, "wanted": want})


def _compare(kept: Order, wanted: Order) -> Iterator[tuple[str, object, object]]:
    """The fields of two states that differ, as paths such as units[2].refund_fen."""
    for name in HEAD_FIELDS:
        if getattr(kept, name) != getattr(wanted, name):
            yield name, getattr(kept, name), getattr(wanted, name)
    for name in TOTALS:
        if getattr(kept.totals, name) != getattr(wanted.totals, name):
            yield f"totals.{name}", getattr(kept.totals, name), getattr(wanted.totals, name)
    for part in PARTS:
        have, want = getattr(kept, part), getattr(wanted, part)
        if len(have) != len(want):
            yield f"{part}.count", len(have), len(want)
            continue
        for place, (one, other) in enumerate(zip(have, want, strict=True), start=1):
            for field in fields(one):
                if getattr(one, field.name) != getattr(other, field.name):
                    yield (
                        f"{part}[{place}].{field.name}",
                        getattr(one, field.name),
                        getattr(other, field.name),
                    )


def _columns(rows: OrderRows, wanted: Order) -> Iterator[Difference]:
    pairs = (
        ("status", rows.status, wanted.status),
        ("buyer_id", rows.buyer, wanted.buyer),
        ("seller_id", rows.seller, wanted.seller),
        ("listing_id", rows.listing, wanted.listing),
        ("currency", rows.currency, wanted.currency),
        ("placed_at", int(rows.placed_at.timestamp()), wanted.placed_at),
    )
    for name, have, want in pairs:
        if have != want:
            yield Difference(
                rows.order_id, "column_differs", 0, {"column": name, "kept": have, "wanted": want}
            )


def _texts(rows: OrderRows, told: Replay) -> Iterator[Difference]:
    """What the events prove by hash. Words may be gone where an event erased them; they may not be others."""
    if told.placed and (rows.snapshot is None or sha256_hex(rows.snapshot) != told.placed.snapshot_sha256):
        yield Difference(rows.order_id, "snapshot_changed")
    for n, words in sorted(rows.words.items()):
        if sha256_hex(words.encode()) != told.proofs.get(n):
            yield Difference(rows.order_id, "words_changed", n)
    for n in sorted(told.proofs.keys() - rows.words.keys()):
        if not is_erased(*told.authors[n], n, told.erasures):
            yield Difference(rows.order_id, "words_missing", n)
    yield from _account(rows, told)


def _account(rows: OrderRows, told: Replay) -> Iterator[Difference]:
    """The account that the buyer gave at placing is proven by the first event."""
    if not told.placed or not told.placed.account_proof:
        return
    account = rows.personal.get("account", "")
    if account:
        proof = sha256_hex(f"{rows.personal.get('salt', '')}:{account}".encode())
        if proof != told.placed.account_proof:
            yield Difference(rows.order_id, "account_changed")
    elif not is_account_erased(event for _, event in told.erasures):
        yield Difference(rows.order_id, "account_missing")
