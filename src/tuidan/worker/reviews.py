"""When a case comes to a person the issuer is asked again, so that the one who decides sees what holds now (R11)."""

from __future__ import annotations

from tuidan.commands.delivery import record_credit, record_issuer_check
from tuidan.domain import commands as c
from tuidan.store.orders.load import load_order
from tuidan.worker.codes import VAULT_FAULTS, code_answer, whose_code
from tuidan.worker.job import Job
from tuidan.worker.supplies import credit_answer, credit_command

REVIEW_TRIES_MAX = 3
WITH_PLATFORM = frozenset({"review", "escalated", "appeal"})


def ask_for_review(job: Job) -> None:
    """Do one review effect; its target is the case. After several unknowns that is the answer."""
    order, _ = load_order(job.order_id)
    case = order.case(job.work.target)
    if case is None or case.status not in WITH_PLATFORM:
        job.finish()
        return
    last = job.work.tries >= REVIEW_TRIES_MAX
    if order.goods_kind == "card_code":
        code = code_answer(job, order, case.unit)
        if code.status == "unknown" and code.error_code not in VAULT_FAULTS and not last:
            job.put_off(code.error_code or "unknown")
            return
        found = c.RecordIssuerCheck(
            case.unit,
            code.status,
            code.activated_at,
            whose_code(job.order_id, code),
            "review",
            -1 if code.face_fen is None else code.face_fen,
            code.checked_at.isoformat() if code.checked_at else "",
            code.error_code or "",
        )
        record_issuer_check(job.order_id, found, job.clock(), job.work.n, code.raw or code.error_code or "")
        return
    credit = credit_answer(job, order, order.units[case.unit - 1])
    if credit.status == "unknown" and not last:
        job.put_off(credit.error_code or "unknown")
        return
    told = credit_command(job.order_id, case.unit, credit, "review")
    record_credit(job.order_id, told, job.clock(), job.done, credit.raw or credit.error_code or "")
