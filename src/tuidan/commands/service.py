"""The work of a service: begin, report, answer, accept, stop, and the clock of what is sold by time."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def _clean(text: str) -> str:
    return text.replace("\0", "")


def start_work(order_id: UUID, shop_id: UUID, unit: int, note: str, key: str, now: datetime) -> Outcome:
    """The seller begins; the note is kept erasable."""
    note = _clean(note)
    command = c.StartWork(unit, _sha256(note))
    return run(order_id, envelop(order_id, command, c.Actor("seller", str(shop_id)), key, now), words=note)


def report_progress(
    order_id: UUID,
    shop_id: UUID,
    unit: int,
    milestone: int,
    percent: int,
    note: str,
    link: str,
    key: str,
    now: datetime,
) -> Outcome:
    """The seller claims that a milestone is `percent` done (1..100), with words and perhaps a link as proof.

    Words and link are kept erasable, the link as the last line; the event holds the hash of each.
    """
    note, link = _clean(note).strip(), _clean(link).strip()
    words = f"{note}\n{link}" if link else note
    command = c.ReportProgress(unit, milestone, percent, _sha256(words), _sha256(link))
    return run(order_id, envelop(order_id, command, c.Actor("seller", str(shop_id)), key, now), words=words)


def answer_progress(
    order_id: UUID,
    buyer_id: UUID,
    command: c.AnswerProgress,
    note: str,
    key: str,
    now: datetime,
) -> Outcome:
    """The buyer agrees to a report or disputes it; the command's proof is made from the note."""
    note = _clean(note).strip()
    asked = c.AnswerProgress(
        command.unit, command.milestone, command.percent, command.accept, command.own_percent, _sha256(note)
    )
    words = "" if command.accept else note
    if command.accept:
        asked = c.AnswerProgress(command.unit, command.milestone, command.percent, accept=True)
    return run(order_id, envelop(order_id, asked, c.Actor("buyer", str(buyer_id)), key, now), words=words)


def accept_work(order_id: UUID, buyer_id: UUID, unit: int, key: str, now: datetime) -> Outcome:
    """The buyer accepts the whole of a unit; with the last one the escrow goes to the seller."""
    actor = c.Actor("buyer", str(buyer_id))
    return run(order_id, envelop(order_id, c.AcceptWork(unit), actor, key, now))


def stop_work(order_id: UUID, shop_id: UUID, unit: int, note: str, key: str, now: datetime) -> Outcome:
    """The seller will not go on; what follows for the money is decided at once by policy (R10)."""
    note = _clean(note)
    command = c.StopWork(unit, _sha256(note))
    return run(order_id, envelop(order_id, command, c.Actor("seller", str(shop_id)), key, now), words=note)


def start_clock(order_id: UUID, buyer_id: UUID, unit: int, key: str, now: datetime) -> Outcome:
    """The buyer begins to use what was sold by time; the platform counts."""
    actor = c.Actor("buyer", str(buyer_id))
    return run(order_id, envelop(order_id, c.StartClock(unit), actor, key, now))


def stop_clock(order_id: UUID, actor: c.Actor, unit: int, key: str, now: datetime) -> Outcome:
    """Buyer or seller (`actor`) ends the use."""
    return run(order_id, envelop(order_id, c.StopClock(unit), actor, key, now))


def record_login(
    order_id: UUID, operator_id: UUID, unit: int, result: str, key: str, now: datetime
) -> Outcome:
    """What the platform's login tool met at a rented account: `failed` or `signed_in`; the edge checked the tool."""
    actor = c.Actor("operator", str(operator_id))
    return run(order_id, envelop(order_id, c.RecordLogin(unit, result), actor, key, now))
