"""Outbox → connector → command with the answer. No transaction is open during a call."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from tuidan.commands.outside import Outside
from tuidan.domain import effects
from tuidan.store.orders import claim
from tuidan.store.orders.claim import Work
from tuidan.worker.channel_disputes import answer_dispute, query_settlement, watch_dispute
from tuidan.worker.codes import ask_about_sealed, ask_issuer, claim_for_order, settle_code
from tuidan.worker.funds import charge_deposit, hold_funds, recover_advance, return_coupon, settle_recall
from tuidan.worker.job import Clock, Job, LeaseOver, lease_of
from tuidan.worker.payments import query_payment
from tuidan.worker.refunds import send_refund
from tuidan.worker.retention import erase_words
from tuidan.worker.reviews import ask_for_review
from tuidan.worker.supplies import cancel_top_up, check_credit, order_top_up, recheck_credit

log = structlog.get_logger()
HANDLERS: dict[str, Callable[[Job], None]] = {
    effects.CLAIM_CODES: claim_for_order,
    effects.SUPPLY: order_top_up,
    effects.CANCEL_SUPPLY: cancel_top_up,
    effects.CHECK_CREDIT: check_credit,
    effects.CHECK_CODE: ask_issuer,
    effects.CHECK_SEALED: ask_about_sealed,
    effects.CHECK_REVIEW: ask_for_review,
    effects.RECHECK_CREDIT: recheck_credit,
    effects.REFUND: send_refund,
    effects.SETTLE_CODE: settle_code,
    effects.QUERY_PAYMENT: query_payment,
    effects.QUERY_SETTLEMENT: query_settlement,
    effects.WATCH_DISPUTE: watch_dispute,
    effects.ANSWER_DISPUTE: answer_dispute,
    effects.HOLD_FUNDS: hold_funds,
    effects.RECOVER_ADVANCE: recover_advance,
    effects.CHARGE_DEPOSIT: charge_deposit,
    effects.SETTLE_RECALL: settle_recall,
    effects.RETURN_COUPON: return_coupon,
    effects.ERASE_WORDS: erase_words,
}
EFFECTS_MAX = 200


def due_effects(clock: Clock) -> list[Work]:
    """What is due now and has a handler, oldest first, at most EFFECTS_MAX."""
    return claim.due_outbox(clock(), list(HANDLERS), EFFECTS_MAX)


def do_effect(work: Work, outside: Outside, clock: Clock) -> bool:
    """Claim one row and do it; False when another worker has it. A row that fails is put off, not lost."""
    now = clock()
    until = now + lease_of(outside)
    if not claim.claim_outbox(work, now, until):
        return False
    job = Job(work, until, clock, outside)
    try:
        HANDLERS[work.kind](job)
    except LeaseOver:
        log.warning("lease_over", kind=work.kind, order=str(work.order_id))
    except Exception as error:  # a poisoned row must not stop the others
        log.exception("effect_failed", kind=work.kind, order=str(work.order_id))
        job.put_off(f"{type(error).__name__}: {error}")
    return True
