"""Delivery: record what stock, supplier and issuer say; the seller hands over; the buyer has a code shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.card_code import PlainCode
from tuidan.domain.stock import StockRefused
from tuidan.store.stock.reveal import reveal_code
from tuidan.store.stock.vault import VaultError

log = structlog.get_logger()
SUPPLIER = c.Actor("supplier")
ISSUER = c.Actor("issuer")
STOCK = c.Actor("stock")


class CodeUnavailable(RuntimeError):
    """The reveal is recorded and the code cannot be opened: stock says no, or the vault lacks its key."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The outcome of showing a code, and the code when it may be seen."""

    outcome: Outcome
    code: PlainCode | None


def record_codes(
    order_id: UUID, tails: dict[int, str], missing: list[int], now: datetime, outbox_n: int
) -> Outcome:
    """Record what stock gave for the waiting units (tails), and which found none: those are refunded by policy."""
    command = c.RecordCodes(tails, tuple(missing))
    return run(order_id, envelop(order_id, command, STOCK, f"codes:{outbox_n}", now, (outbox_n,)))


def mark_supply_sent(order_id: UUID, unit: int, now: datetime) -> Outcome:
    """Open an attempt before the supplier is called; nothing happens when it was sent or money went back."""
    return run(order_id, envelop(order_id, c.MarkSupplySent(unit), c.Actor("worker"), f"supply:{unit}", now))


def record_supply(order_id: UUID, command: c.RecordSupply, now: datetime, done: tuple[int, ...]) -> Outcome:
    """Record a supplier's clear answer once per attempt and outcome; unknown is never recorded."""
    key = f"supply:{command.attempt}:{command.outcome}"
    return run(order_id, envelop(order_id, command, SUPPLIER, key, now, done))


def record_credit(order_id: UUID, command: c.RecordCredit, now: datetime, done: tuple[int, ...]) -> Outcome:
    """Record what the issuer says arrived (fen), and where; short or elsewhere opens a request by itself (R7)."""
    key = f"credit:{command.unit}:{done[0] if done else command.status}"
    return run(order_id, envelop(order_id, command, ISSUER, key, now, done))


def record_cancel(order_id: UUID, command: c.RecordCancel, now: datetime, outbox_n: int) -> Outcome:
    """Record whether the supplier stopped a top-up; the request that waits is decided with it."""
    return run(order_id, envelop(order_id, command, SUPPLIER, f"cancel:{outbox_n}", now, (outbox_n,)))


def record_issuer_check(
    order_id: UUID, command: c.RecordIssuerCheck, now: datetime, outbox_n: int
) -> Outcome:
    """Freeze the issuer's answer on a code into the order; the request that waits is decided with it (S-026)."""
    return run(order_id, envelop(order_id, command, ISSUER, f"check:{outbox_n}", now, (outbox_n,)))


def record_code_settled(order_id: UUID, unit: int, result: str, now: datetime, outbox_n: int) -> Outcome:
    """Note what became of a refunded code: `void` or `returned`."""
    command = c.RecordCodeSettled(unit, result)
    return run(order_id, envelop(order_id, command, STOCK, f"settled:{unit}", now, (outbox_n,)))


def deliver_by_seller(
    order_id: UUID,
    shop_id: UUID,
    unit: int,
    note: str,
    progress_percent: int,
    key: str,
    now: datetime,
    months: int = 0,
) -> Outcome:
    """The seller hands a unit over (100) or tells how far a service is (1..99); the note is kept erasable.

    `months` is the plan of a membership that was opened; 0: the one that was ordered.
    """
    note = note.replace("\0", "")
    command = c.DeliverBySeller(unit, hashlib.sha256(note.encode()).hexdigest(), progress_percent, months)
    return run(order_id, envelop(order_id, command, c.Actor("seller", str(shop_id)), key, now), words=note)


def show_code(order_id: UUID, buyer_id: UUID, unit: int, session: str, key: str, now: datetime) -> Shown:
    """Commit the reveal, then read the code: a lost answer leaves a code that counts as shown.

    Raises CodeUnavailable when the code cannot be opened; an operator must look, trying again does not help.
    """
    proof = hashlib.sha256(f"{order_id}:{session}".encode()).hexdigest()
    actor = c.Actor("buyer", str(buyer_id))
    outcome = run(order_id, envelop(order_id, c.RevealCode(unit, proof), actor, key, now))
    if not outcome.ok:
        return Shown(outcome, None)
    assert outcome.order is not None, "only an order that cannot be read has none, and that raises"
    try:
        return Shown(outcome, reveal_code(UUID(outcome.order.listing), order_id, unit, now))
    except (StockRefused, VaultError) as error:
        log.error("code_unavailable", order=str(order_id), unit=unit, why=str(error))
        raise CodeUnavailable(str(error)) from error
