"""The standing answer of a unit: the policy asked now, for the reason that fits best, by the code that decides.

Nothing is changed and no board is read. What the answer says and what a request would bring are the same call.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tuidan.domain.decide.ruling import APPROVALS, carried_out, verdict_on
from tuidan.domain.dispute import REASONS
from tuidan.domain.order import Order
from tuidan.domain.policy import Verdict
from tuidan.reads.records import StandingAnswer
from tuidan.store import facts
from tuidan.store.boards.history import history_of_buyer

DEAD_AT_DELIVERY = frozenset({"activated", "invalid", "locked"})
NEXT_STEPS = {
    "reject": "none",
    "needs_evidence": "add_evidence",
    "to_seller": "ask_seller",
    "to_appraisal": "ask_platform",
    "to_platform": "ask_platform",
}


def likely_reason(order: Order, unit_n: int) -> str:
    """The reason under which the unit's present state would be asked about."""
    unit = order.units[unit_n - 1]
    if unit.status in ("failed", "processing", "queued", "waiting") and order.goods_kind != "service":
        return "not_received" if unit.status == "failed" or order.goods_kind != "top_up" else "no_reason"
    return {"partial": "amount_short", "reversed": "reversed"}.get(unit.status, "no_reason")


def instant_window_end(order: Order) -> int:
    """Seconds since 1970 at which the instant window ends, 0 when the order has none (R2, S-034)."""
    if order.delivery_mode != "auto" or order.goods_kind != "card_code" or not order.paid_at:
        return 0
    numbers = facts.gather(order).policy.numbers
    delivered = [unit.done_at for unit in order.units if unit.done_at]
    end = order.paid_at + numbers.instant_window_seconds
    return max([end, *(at + numbers.instant_window_after_delivery_seconds for at in delivered)])


def standing_answer(order: Order, unit_n: int, now: datetime) -> StandingAnswer:
    """What a request made this second would bring for this unit."""
    return answer_for(order, unit_n, likely_reason(order, unit_n), now)


def answers_by_reason(order: Order, unit_n: int, now: datetime) -> list[StandingAnswer]:
    """What a request would bring for each reason that the buyer may choose, before asking (S-130)."""
    return [answer_for(order, unit_n, reason, now) for reason in REASONS[order.goods_kind]]


def answer_for(order: Order, unit_n: int, reason: str, now: datetime) -> StandingAnswer:
    """What a request for this reason, made this second, would bring for this unit."""
    unit = order.units[unit_n - 1]
    case = order.open_case_of(unit_n)
    if case is not None:
        step = "wait_check" if case.status == "checking" else "wait_person"
        return StandingAnswer(unit_n, "pending", 0, case.reason, None, step, (), ())
    if not unit.left_fen():
        return StandingAnswer(unit_n, "refunded", 0, reason, None, "none", (), ())
    verdict = preview(order, unit_n, reason, now)
    decision = carried_out(order, unit_n, verdict, facts.gather(order).outside)
    approved = decision in APPROVALS
    step = "refund_now" if approved else NEXT_STEPS[decision]
    return StandingAnswer(
        unit_n,
        decision,
        verdict.amount_fen if approved else 0,
        reason,
        _until(order, verdict, now) if approved else None,
        step,
        tuple(verdict.rules),
        tuple({"code": reason.code, "data": dict(reason.data)} for reason in verdict.reasons),
        {part: dict(values) for part, values in verdict.factors.items()},
    )


def preview(order: Order, unit_n: int, reason: str, now: datetime, amount_fen: int = 0) -> Verdict:
    """What the policy says to a request for this reason now; 0 fen asks for all that is left."""
    unit = order.units[unit_n - 1]
    asked = unit.issuer_status
    history = history_of_buyer(UUID(order.buyer), now)
    if order.goods_kind == "card_code" and order.issuer and not asked:
        # the request asks the issuer first; until then what it said at delivery is what we know, else the seal
        unit.issuer_status = unit.at_delivery if unit.at_delivery in DEAD_AT_DELIVERY else "unused"
    try:
        return verdict_on(order, unit_n, reason, amount_fen, now, facts.gather_asking(order, history))
    finally:
        unit.issuer_status = asked


def _until(order: Order, verdict: Verdict, now: datetime) -> datetime | None:
    window = instant_window_end(order)
    if "R2" in verdict.rules and window >= now.timestamp():
        return datetime.fromtimestamp(window, tz=UTC)
    return None
