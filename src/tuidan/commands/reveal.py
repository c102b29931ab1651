"""The buyer's sight of a code: masked, shown, copied. Each is an event with the server's time.

A code is opened first, in memory, and looked at; only a whole one is committed as shown, and only then given out. What
cannot be opened, or is not whole, is no reveal but a failure on record (S-107). A lost answer after the commit still
leaves a code that counts as shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import orjson
import structlog

from tuidan.commands.raw_answer import salted
from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.card_code import PlainCode, masked
from tuidan.domain.code_format import fault_of, parts_of, read_format
from tuidan.domain.order import Order
from tuidan.domain.stock import StockRefused
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_snapshot
from tuidan.store.stock.reveal import open_to_show, reveal_code
from tuidan.store.stock.vault import VaultError

log = structlog.get_logger()
AGENT_CHARS_MAX = 300


class CodeUnavailable(RuntimeError):
    """The code cannot be opened or is not whole. It counts as not shown; an operator must look."""


@dataclass(frozen=True, slots=True)
class SeenFrom:
    """Where somebody looks from: address and browser. Kept with a salt beside the event, erasable."""

    address: str = ""
    agent: str = ""

    def to_text(self) -> str:
        """The form in which it is kept; empty where nothing is known."""
        if not self.address and not self.agent:
            return ""
        told = {"address": self.address, "agent": self.agent[:AGENT_CHARS_MAX]}
        return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


@dataclass(frozen=True, slots=True)
class Shown:
    """The outcome of showing a code, and the code when it may be seen."""

    outcome: Outcome
    code: PlainCode | None


NOWHERE = SeenFrom()


def show_code(
    order_id: UUID,
    buyer_id: UUID,
    unit: int,
    session: str,
    key: str,
    now: datetime,
    seen_from: SeenFrom = NOWHERE,
) -> Shown:
    """Open the code, commit the reveal, then give it out. Raises CodeUnavailable, with the failure on record."""
    proof = hashlib.sha256(f"{order_id}:{session}".encode()).hexdigest()
    order, _ = load_order(order_id)
    opened, why = _opened(order, order_id, unit)
    if opened is None:
        failed = _run(order_id, buyer_id, c.RecordRevealFailure(unit, why), f"{key}:failed", now, seen_from)
        if failed.refusal is not None:
            return Shown(failed, None)
        log.error("code_unavailable", order=str(order_id), unit=unit, why=why)
        raise CodeUnavailable(why)
    stated = "unstated" if opened.code_format is None else "yes"
    command = c.RevealCode(unit, proof, "", stated, parts_of(opened.code), opened.proof)
    outcome = _run(order_id, buyer_id, command, key, now, seen_from)
    if not outcome.ok:
        return Shown(outcome, None)
    try:
        reveal_code(UUID(order.listing), order_id, unit, now)
    except (StockRefused, VaultError) as error:
        # it was opened and committed; the stock alone was changed in between, and the buyer is not to bear that
        log.error("code_not_marked", order=str(order_id), unit=unit, why=str(error))
    return Shown(outcome, opened.code)


@dataclass(frozen=True, slots=True)
class _Opened:
    code: PlainCode
    proof: str
    code_format: object


def _opened(order: Order, order_id: UUID, unit: int) -> tuple[_Opened | None, str]:
    """The code in the clear, in this process alone, or why there is none."""
    try:
        found = open_to_show(UUID(order.listing), order_id, unit)
    except VaultError as error:
        return None, error.code
    except StockRefused as refused:
        return None, refused.code.value
    wanted = read_format(load_snapshot(order_id)[0].get("code_format"))
    fault = fault_of(found.code, wanted)
    if fault:
        return None, fault
    proof = hashlib.sha256(f"{order_id}:{unit}:".encode() + found.fingerprint).hexdigest()
    return _Opened(found.code, proof, wanted), ""


def _run(
    order_id: UUID, buyer_id: UUID, command: c.Command, key: str, now: datetime, seen_from: SeenFrom
) -> Outcome:
    """Where it was seen from is no part of the input: a second try on another network is the same act."""
    envelope = envelop(order_id, command, c.Actor("buyer", str(buyer_id)), key, now)
    told = seen_from.to_text()
    if not told:
        return run(order_id, envelope)
    kept, digest = salted(told)
    beside: c.Command = replace(command, from_sha256=digest)  # type: ignore[arg-type]
    return run(order_id, replace(envelope, command=beside), words=kept)


def note_masked(
    order_id: UUID, buyer_id: UUID, tails: dict[int, str], now: datetime, key: str = ""
) -> Outcome:
    """The buyer looks at delivered codes, masked but for these tails; the first look at each is kept."""
    actor, units = c.Actor("buyer", str(buyer_id)), "-".join(str(n) for n in sorted(tails))
    command = c.NoteMaskedView({n: masked(tail) for n, tail in tails.items()})
    return run(order_id, envelop(order_id, command, actor, key or f"masked:{units}", now))


def note_copy(order_id: UUID, buyer_id: UUID, unit: int, part: str, key: str, now: datetime) -> Outcome:
    """The buyer copied `number` or `secret` of a shown code with the page's button."""
    actor = c.Actor("buyer", str(buyer_id))
    return run(order_id, envelop(order_id, c.NoteCopy(unit, part), actor, key, now))
