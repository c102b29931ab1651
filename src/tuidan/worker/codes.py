"""Card codes: claim them for a paid order, ask the issuer about one, settle what becomes of a refunded one."""

from __future__ import annotations

from uuid import UUID

import orjson

from tuidan.commands.delivery import (
    record_code_settled,
    record_codes,
    record_issuer_check,
    record_sealed_answers,
)
from tuidan.commands.outside import NotConnected
from tuidan.commands.stock import ClaimedCode, free_for_order, take_back_sealed, taken_back, void_for_order
from tuidan.commands.stock import claim_for_order as claim_codes
from tuidan.connectors.contract.issuer import CodeStatus
from tuidan.domain import commands as c
from tuidan.domain.card_code import PlainCode
from tuidan.domain.order import Order
from tuidan.domain.stock import CodeState, IssuerCheck, StockKind, StockRefused
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_snapshot
from tuidan.store.stock.reveal import open_for_issuer, seals_of
from tuidan.store.stock.vault import VaultError
from tuidan.worker.job import Job, reached

CHECK_TRIES_MAX = 3
SEALED_TRIES_MAX = 2
# Why the vault does not open a code. Asking again at once is no use; a seal that is broken never mends.
BROKEN_SEAL = "broken_seal"
VAULT_FAULTS = frozenset({"bad_key", "unknown_key", BROKEN_SEAL})


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
    record_codes(job.order_id, tails, missing, job.clock(), job.work.n, _seals(listing, order, claimed))
    reached("codes:recorded")
    after, _ = load_order(job.order_id)
    _free_barred(job, listing, after)


def _seals(listing: UUID, order: Order, claimed: dict[int, ClaimedCode]) -> dict[int, tuple[str, str]]:
    """For each unit its code's id and the hash of what is sealed, as the delivery keeps them (S-112)."""
    ids = [code.code_id for code in claimed.values()]
    sealed = seals_of(listing, ids, shared=order.stock_kind == StockKind.SHARED.value)
    return {n: (str(code.code_id), sealed.get(code.code_id, "")) for n, code in claimed.items()}


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
    status = code_answer(job, order, job.work.target)
    again = status.status == "unknown" and status.error_code not in VAULT_FAULTS
    if again and job.work.tries < CHECK_TRIES_MAX:
        job.put_off(status.error_code or "unknown")
        return
    command = c.RecordIssuerCheck(
        job.work.target,
        status.status,
        status.activated_at,
        whose_code(job.order_id, status),
        "claim",
        -1 if status.face_fen is None else status.face_fen,
        status.checked_at.isoformat() if status.checked_at else "",
        status.error_code or "",
    )
    record_issuer_check(job.order_id, command, job.clock(), job.work.n, status.raw)


def code_answer(job: Job, order: Order, unit: int) -> CodeStatus:
    """What the issuer says of a unit's code now; a code that the vault cannot open is `unknown`, with the vault's code.

    Raises StockRefused, NotConnected, LeaseOver.
    """
    try:
        code = open_for_issuer(UUID(order.listing), job.order_id, unit)
    except VaultError as error:
        return CodeStatus("unknown", error_code=error.code)
    job.before_call()
    return job.outside.issuer(order.issuer).check_code(issuer_text(code))


def ask_about_sealed(job: Job) -> None:
    """Right after delivery: what the issuer says of the codes while they are sealed. Nothing waits for it, and what
    cannot be asked or answered is `unknown`, on record with its reason."""
    order, _ = load_order(job.order_id)
    units = [unit.n for unit in order.units if unit.status == "delivered" and not unit.at_delivery]
    if not units:
        job.finish()
        return
    listing = UUID(order.listing)
    codes: dict[int, str] = {}
    failed: dict[int, str] = {}
    for n in units:
        try:
            codes[n] = issuer_text(open_for_issuer(listing, job.order_id, n))
        except VaultError as error:
            failed[n] = error.code
        except StockRefused as refused:
            failed[n] = refused.code.value
    try:
        job.before_call()
        asked = job.outside.issuer(order.issuer).check_codes(list(codes.values())) if codes else []
    except NotConnected:
        asked = [CodeStatus("unknown", error_code="not_connected")] * len(codes)
    silent = [status.error_code or "unknown" for status in asked if status.status == "unknown"]
    if silent and job.work.tries < SEALED_TRIES_MAX:
        job.put_off(silent[0])
        return
    told = dict(zip(codes, asked, strict=True))
    told |= {n: CodeStatus("unknown", error_code=why) for n, why in failed.items()}
    answers = tuple(_sealed_answer(n, told[n]) for n in units)
    raw = {str(n): status.raw or status.error_code or "" for n, status in told.items()}
    text = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS).decode()
    record_sealed_answers(job.order_id, answers, job.clock(), job.work.n, text)


def _sealed_answer(unit: int, status: CodeStatus) -> c.SealedAnswer:
    return c.SealedAnswer(
        unit,
        status.status,
        status.activated_at.isoformat() if status.activated_at else "",
        -1 if status.face_fen is None else status.face_fen,
        status.checked_at.isoformat() if status.checked_at else "",
        status.error_code or "",
    )


def issuer_text(code: PlainCode) -> str:
    """The code as the issuer knows it."""
    return f"{code.number} {code.secret}" if code.number else code.secret


def whose_code(order_id: UUID, status: CodeStatus) -> str:
    """Who activated the code, against the account of the order: buyer, other, unknown; "" for one not activated."""
    bound_account = load_snapshot(order_id)[1].get("account", "")
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
        answer = code_answer(job, order, job.work.target)
        if answer.error_code == BROKEN_SEAL:
            void_for_order(listing, job.order_id, unit.n, BROKEN_SEAL, now)
            record_code_settled(job.order_id, unit.n, "void", now, job.work.n)
            return
        check = IssuerCheck(answer.status, now)
        left = take_back_sealed(listing, job.order_id, unit.n, order.version, check, now)
        if left is CodeState.CLAIMED:
            job.put_off("issuer does not know")
            return
        result = "void" if left is CodeState.VOID else "returned"
    reached("code:settled")
    record_code_settled(job.order_id, unit.n, result, now, job.work.n)
