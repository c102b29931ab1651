"""Delivery: record what stock, supplier and issuer say; the seller hands over. Showing a code is in reveal.py."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from tuidan.commands.raw_answer import run_with_answer
from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c

SUPPLIER = c.Actor("supplier")
ISSUER = c.Actor("issuer")
STOCK = c.Actor("stock")


def record_codes(
    order_id: UUID,
    tails: dict[int, str],
    missing: list[int],
    now: datetime,
    outbox_n: int,
    seals: dict[int, tuple[str, str]] | None = None,
) -> Outcome:
    """Record what stock gave for the waiting units (tails), and which found none: those are refunded by policy.

    `seals`: for each unit the code's id and the SHA-256 of what lies sealed in the vault.
    """
    command = c.RecordCodes(tails, tuple(missing), seals or {})
    return run(order_id, envelop(order_id, command, STOCK, f"codes:{outbox_n}", now, (outbox_n,)))


def mark_supply_sent(order_id: UUID, unit: int, now: datetime) -> Outcome:
    """Open an attempt before the supplier is called; nothing happens when it was sent or money went back."""
    return run(order_id, envelop(order_id, c.MarkSupplySent(unit), c.Actor("worker"), f"supply:{unit}", now))


def record_supply(
    order_id: UUID, command: c.RecordSupply, now: datetime, done: tuple[int, ...], raw: str = ""
) -> Outcome:
    """Record a supplier's clear answer once per attempt and outcome; unknown is never recorded.

    `raw` is the answer as it came; it is kept erasable, its salted hash stands in the event.
    """
    key = f"supply:{command.attempt}:{command.outcome}"
    return run_with_answer(order_id, envelop(order_id, command, SUPPLIER, key, now, done), raw)


def record_credit(
    order_id: UUID, command: c.RecordCredit, now: datetime, done: tuple[int, ...], raw: str = ""
) -> Outcome:
    """Record what the issuer says arrived (fen), and where; short or elsewhere opens a request by itself (R7)."""
    key = f"credit:{command.unit}:{done[0] if done else command.status}"
    return run_with_answer(order_id, envelop(order_id, command, ISSUER, key, now, done), raw)


def record_cancel(
    order_id: UUID, command: c.RecordCancel, now: datetime, outbox_n: int, raw: str = ""
) -> Outcome:
    """Record whether the supplier stopped a top-up; the request that waits is decided with it."""
    key = f"cancel:{outbox_n}"
    return run_with_answer(order_id, envelop(order_id, command, SUPPLIER, key, now, (outbox_n,)), raw)


def record_issuer_check(
    order_id: UUID, command: c.RecordIssuerCheck, now: datetime, outbox_n: int, raw: str = ""
) -> Outcome:
    """Freeze the issuer's answer on a code into the order; the request that waits is decided with it (S-026)."""
    key = f"check:{outbox_n}"
    return run_with_answer(order_id, envelop(order_id, command, ISSUER, key, now, (outbox_n,)), raw)


def record_sealed_answers(
    order_id: UUID, answers: tuple[c.SealedAnswer, ...], now: datetime, outbox_n: int, raw: str = ""
) -> Outcome:
    """Put on record what the issuer said of the delivered codes right after delivery; `unknown` is an answer."""
    command, key = c.RecordSealedAnswers(answers), f"sealed:{outbox_n}"
    return run_with_answer(order_id, envelop(order_id, command, ISSUER, key, now, (outbox_n,)), raw)


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
    trace_no: str = "",
) -> Outcome:
    """The seller hands a unit over (100) or tells how far a service is (1..99); the note is kept erasable.

    `months` is the plan of a membership that was opened; 0: the one that was ordered. `trace_no` is the number under
    which whoever keeps the account knows the top-up or membership, so that it can be asked.
    """
    note = note.replace("\0", "")
    proof = hashlib.sha256(note.encode()).hexdigest()
    command = c.DeliverBySeller(unit, proof, progress_percent, months, trace_no)
    return run(order_id, envelop(order_id, command, c.Actor("seller", str(shop_id)), key, now), words=note)
