"""Card codes: claim them for a paid order, ask the issuer about one, settle what becomes of a refunded one."""

from __future__ import annotations

from uuid import UUID

from tuidan.commands.delivery import record_code_settled, record_codes, record_issuer_check
from tuidan.commands.stock import claim_for_order as claim_codes
from tuidan.commands.stock import free_for_order, take_back_sealed, taken_back, void_for_order
from tuidan.connectors.contract.issuer import CodeStatus
from tuidan.domain import commands as c
from tuidan.domain.card_code import PlainCode
from tuidan.domain.order import Order
from tuidan.domain.stock import CodeState, IssuerCheck
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_snapshot
from tuidan.store.stock.reveal import open_for_issuer
from tuidan.worker.job import Job, reached

CHECK_TRIES_MAX = 3


def claim_for_order(job: Job) -> None:
    """Claim first, then tell the order; a claim whose delivery the order has barred meanwhile is freed."""
    order, _ = load_order(job.order_id)
    waiting = [unit.n for unit in order.units if unit.status == "waiting" and not unit.refund_fen]
    listing = UUID(order.listing)
    if not waiting:
        _free_barred(job, listing, order)
        job.finish()
        return
    claimed = claim_codes(listing, job.order_id, waiting, order.stock_kind, job.clock())
    reached("codes:claimed")
    tails = {n: code.tail for n, code in claimed.items()}
    missing = [n for n in waiting if n not in claimed]
    record_codes(job.order_id, tails, missing, job.clock(), job.work.n)
    reached("codes:recorded")
    after, _ = load_order(job.order_id)
    _free_barred(job, listing, after)


def _free_barred(job: Job, listing: UUID, order: Order) -> None:
    """Free what was or may still be claimed for units that are refunded instead: by us, by a worker that died,
    or by one that sleeps and claims later. Freeing what nobody claimed bars it."""
    for unit in order.units:
        if unit.status == "waiting" and unit.refund_fen:
            free_for_order(listing, job.order_id, unit.n, order.version, job.clock())


def ask_issuer(job: Job) -> None:
    """Freeze the issuer's answer on a code into the order, for the request that waits for it."""
    order, _ = load_order(job.order_id)
    case = order.open_case_of(job.work.target)
    if case is None or case.status != "checking":
        job.finish()
        return
    status = _status(job, order)
    if status.status == "unknown" and job.work.tries < CHECK_TRIES_MAX:
        job.put_off(status.error_code or "unknown")
        return
    _, personal = load_snapshot(job.order_id)
    by = _whose(status, personal.get("account", ""))
    command = c.RecordIssuerCheck(job.work.target, status.status, status.activated_at, by)
    record_issuer_check(job.order_id, command, job.clock(), job.work.n)


def _status(job: Job, order: Order) -> CodeStatus:
    code = open_for_issuer(UUID(order.listing), job.order_id, job.work.target)
    job.before_call()
    return job.outside.issuer(order.issuer).check_code(issuer_text(code))


def issuer_text(code: PlainCode) -> str:
    """The code as the issuer knows it."""
    return f"{code.number} {code.secret}" if code.number else code.secret


def _whose(status: CodeStatus, bound_account: str) -> str:
    if status.status != "activated":
        return ""
    if not status.activated_by or not bound_account:
        return "unknown"
    return "buyer" if status.activated_by == bound_account else "other"


def settle_code(job: Job) -> None:
    """A refunded code: shown → void for ever; never shown and confirmed unused → back on sale; else void."""
    order, _ = load_order(job.order_id)
    unit = order.units[job.work.target - 1]
    listing, now = UUID(order.listing), job.clock()
    if unit.settled:
        job.finish()
        return
    left = taken_back(listing, job.order_id, unit.n)
    if left is not None:
        result = "void" if left is CodeState.VOID else "returned"
    elif unit.revealed_at or not order.issuer:
        void_for_order(listing, job.order_id, unit.n, "refunded", now)
        result = "void"
    else:
        check = IssuerCheck(_status(job, order).status, now)
        left = take_back_sealed(listing, job.order_id, unit.n, order.version, check, now)
        if left is CodeState.CLAIMED:
            job.put_off("issuer does not know")
            return
        result = "void" if left is CodeState.VOID else "returned"
    reached("code:settled")
    record_code_settled(job.order_id, unit.n, result, now, job.work.n)
