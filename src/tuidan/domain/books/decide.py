"""(book, command) → events, or a refusal. Pure. A machine's command that was done before finds nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tuidan.domain.books import commands as q
from tuidan.domain.books import events as b
from tuidan.domain.books.book import FUND, SELLER, Book, Item, evolve
from tuidan.domain.draft import Refused
from tuidan.domain.ledger import Posting
from tuidan.domain.money import AMOUNT_FEN_MAX

# What pays the platform back, in this order (R15); a compensation comes out of the deposit that was shown.
RECOVERY_SOURCES = ("payable", "reserve", "deposit")
COMPENSATION_SOURCES = ("deposit", "payable", "reserve")
REFERENCE_CHARS_MAX = 64
WHY_CHARS_MAX = 200


class BrokenBook(AssertionError):
    """A decision would break an invariant of the book; nothing is written."""


@dataclass(slots=True)
class BookDraft:
    """The working copy of one command on a book; `postings` are (event number, order or "", posting)."""

    book: Book
    events: list[b.BookEvent] = field(default_factory=list)
    postings: list[tuple[int, str, Posting]] = field(default_factory=list)

    def add(self, event: b.BookEvent) -> None:
        """Let an event happen."""
        n = self.book.version + 1
        order = str(getattr(event, "order", ""))
        self.postings += [(n, order, posting) for posting in evolve(self.book, event, n)]
        self.events.append(event)


def take_in(draft: BookDraft, command: q.TakeIn) -> None:
    """Each arrival once."""
    for arrival in command.arrivals:
        if not draft.book.item(("arrival", arrival.order, arrival.n)).given_fen:
            draft.add(b.TakenIn(arrival.order, arrival.n, arrival.amount_fen))


def set_hold(draft: BookDraft, command: q.SetHold) -> None:
    """Hold what there is, up to what is asked."""
    item = draft.book.item(("hold", command.order, command.n))
    if command.seen <= item.seen:
        return
    _hold(draft, command.order, command.n, item, command.asked_fen, command.seen)


def _hold(draft: BookDraft, order: str, n: int, item: Item, asked_fen: int, seen: int) -> None:
    held = min(asked_fen, item.open_fen + draft.book.totals.payable)
    draft.add(b.HoldChanged(order, n, asked_fen, held, item.open_fen, seen))


def claim(draft: BookDraft, command: q.Claim) -> None:
    """Let go the hold of the case, then take what the accounts have, in turn; the rest is owed by name."""
    book = draft.book
    item = book.item((command.what, command.order, command.n))
    if item.given_fen and not item.open_fen:
        return
    if command.case and not item.given_fen:
        hold = book.item(("hold", command.order, command.case))
        if hold.open_fen:
            _hold(draft, command.order, command.case, hold, 0, max(command.seen, hold.seen))
    wanted = item.open_fen or command.amount_fen
    taken: dict[str, int] = {}
    for source in command.sources:
        taken[f"from_{source}_fen"] = fen = min(getattr(book.totals, source), wanted)
        wanted -= fen
    if not item.given_fen:
        draft.add(
            b.Claimed(command.order, command.what, command.n, command.amount_fen, **taken, owed_fen=wanted)
        )
    elif any(taken.values()):
        draft.add(b.Collected(command.order, command.what, command.n, **taken))


def write_off(draft: BookDraft, command: q.WriteOff) -> None:
    """What is owed on the claim is asked for no more."""
    item = draft.book.item((command.what, command.order, command.n))
    if item.open_fen:
        draft.add(b.WrittenOff(command.order, command.what, command.n, item.open_fen, command.why))


def pay_deposit(draft: BookDraft, command: q.PayDeposit) -> None:
    """A deposit in or out; what is out was there."""
    _check(abs(command.amount_fen), command.reference)
    if command.amount_fen > 0:
        draft.add(b.DepositPaidIn(command.amount_fen, command.reference))
    elif -command.amount_fen > draft.book.totals.deposit:
        raise Refused("book_short", account="deposit", has_fen=draft.book.totals.deposit)
    elif draft.book.totals.owed:
        raise Refused("seller_owes", owed_fen=draft.book.totals.owed)
    else:
        draft.add(b.DepositReturned(-command.amount_fen, command.reference))


def pay_out(draft: BookDraft, command: q.PayOut) -> None:
    """Pay what is the seller's, and is neither held nor kept back; a seller who owes is not paid."""
    _check(command.amount_fen, command.reference)
    if draft.book.totals.owed:
        raise Refused("seller_owes", owed_fen=draft.book.totals.owed)
    if command.amount_fen > draft.book.totals.payable:
        raise Refused("book_short", account="payable", has_fen=draft.book.totals.payable)
    draft.add(b.SellerPaidOut(command.amount_fen, command.reference))


def set_reserve(draft: BookDraft, command: q.SetReserve) -> None:
    """Keep so much back, out of what is payable."""
    totals = draft.book.totals
    if not 0 <= command.reserve_fen <= totals.reserve + totals.payable:
        raise Refused("book_short", account="payable", has_fen=totals.payable)
    if command.reserve_fen != totals.reserve:
        draft.add(b.ReserveSet(command.reserve_fen, totals.reserve, command.why[:WHY_CHARS_MAX]))


def name_seller(draft: BookDraft, command: q.NameSeller) -> None:
    """Note whether the seller can be named."""
    if command.named != draft.book.named:
        draft.add(b.SellerNamed(command.named, command.why[:WHY_CHARS_MAX]))


def set_limit(draft: BookDraft, command: q.SetLimit) -> None:
    """A limit never lies below what is out or borne already."""
    totals = draft.book.totals
    used = totals.out + totals.borne
    if not used <= command.limit_fen <= AMOUNT_FEN_MAX or not 0 <= command.order_fen_max <= command.limit_fen:
        raise Refused("limit_out_of_range", used_fen=used)
    draft.add(b.LimitSet(command.limit_fen, totals.limit, command.order_fen_max, command.why[:WHY_CHARS_MAX]))


def draw(draft: BookDraft, command: q.Draw) -> None:
    """Lay out strictly within the limit. A draw that stands is only raised: who drew it may yet pay by it, and what
    the refund did not need comes back with `settle_draw`.
    """
    item = draft.book.item((command.what, command.order, command.n))
    more = command.amount_fen - item.open_fen
    if more > draft.book.totals.available:
        raise Refused("fund_short", has_fen=draft.book.totals.available)
    if more > 0:
        draft.add(b.Drawn(command.order, command.what, command.n, more))


def settle_draw(draft: BookDraft, command: q.SettleDraw) -> None:
    """Bring what is back and what is borne up to what is said; all are totals, so a repeat changes nothing."""
    item = draft.book.item((command.what, command.order, command.n))
    borne = min(command.borne_fen - item.borne_fen, item.open_fen)
    if borne > 0:
        draft.add(b.Borne(command.order, command.what, command.n, borne))
    target = item.given_fen - command.laid_fen + command.back_fen
    back = min(target - (item.given_fen - item.open_fen - item.borne_fen), item.open_fen)
    if back > 0:
        draft.add(b.GivenBack(command.order, command.what, command.n, back))


DECIDERS: Mapping[type, tuple[str, Callable[[BookDraft, Any], None]]] = {
    q.TakeIn: (SELLER, take_in),
    q.SetHold: (SELLER, set_hold),
    q.Claim: (SELLER, claim),
    q.WriteOff: (SELLER, write_off),
    q.PayDeposit: (SELLER, pay_deposit),
    q.PayOut: (SELLER, pay_out),
    q.SetReserve: (SELLER, set_reserve),
    q.NameSeller: (SELLER, name_seller),
    q.SetLimit: (FUND, set_limit),
    q.Draw: (FUND, draw),
    q.SettleDraw: (FUND, settle_draw),
}


def decide_book(book: Book, command: q.BookCommand) -> BookDraft:
    """Decide one command on a freshly loaded book, which is used up by it.

    A refusal becomes an event, so that it is remembered under its key. Raises BrokenBook when the money would not
    add up, and ValueError for a command that is not for this kind of book.
    """
    kind, decider = DECIDERS[type(command)]
    if book.version and book.kind != kind:
        raise ValueError(f"{type(command).__name__} is for a {kind}'s book")
    book.kind = kind
    draft = BookDraft(book)
    try:
        decider(draft, command)
    except Refused as refused:
        draft.add(b.BookCommandRefused(type(command).__name__, refused.refusal.code, refused.refusal.data))
        return draft
    fault = book.totals.fault()
    if fault:
        raise BrokenBook(fault)
    return draft


def _check(amount_fen: int, reference: str) -> None:
    if not 0 < amount_fen <= AMOUNT_FEN_MAX:
        raise Refused("amount_out_of_range")
    if not 0 < len(reference.strip()) <= REFERENCE_CHARS_MAX:
        raise Refused("reference_missing")
