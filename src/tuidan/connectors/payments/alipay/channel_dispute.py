"""Alipay's trade complaints (交易投诉): our records to its fields and back. Pure: no network, no keys, no clock.

From the documents of `alipay.merchant.tradecomplain.*`. They name the states of a complaint but neither a due time nor
who won: whether the platform took the money back is asked of the refund query, under the complaint's number.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tuidan.connectors.contract.channel_dispute import (
    AnswerOutcome,
    DisputeAnswer,
    DisputeOutcome,
    DisputeStatus,
)
from tuidan.connectors.contract.payment import RefundAnswer
from tuidan.connectors.payments.alipay.codes import OK
from tuidan.connectors.payments.alipay.translate import MISMATCH, error_code
from tuidan.connectors.payments.alipay.wire import SignedAnswer, Unreadable, china_text, fen, utc_time

CHANGED = "alipay.merchant.tradecomplain.changed"
QUERY = "alipay.merchant.tradecomplain.query"
LIST = "alipay.merchant.tradecomplain.batchquery"
FEEDBACK = "alipay.merchant.tradecomplain.feedback.submit"
SUPPLEMENT = "alipay.merchant.tradecomplain.supplement.submit"
ANSWER_CHARACTERS_MAX = 200
OTHER = "04"  # the feedback category 其他: what was done stands in the words
PAGE_SIZE = 20  # the most that the gateway gives
STATES: dict[str, DisputeStatus] = {
    "MERCHANT_PROCESSING": "open",
    "MERCHANT_FEEDBACKED": "answered",
    "MERCHANT_FEEDBACK_OVERTIME": "answered",
    "PLATFORM_PROCESSING": "answered",
    "FINISHED": "closed",
    "PLATFORM_FINISH": "closed",
    "CANCELLED": "closed",
    "CLOSED": "closed",
}
REASON_CHARACTERS_MAX = 60


def dispute_answer(answer: SignedAnswer, number: str, answer_within: timedelta) -> DisputeAnswer:
    """What a verified complaint query says; the outcome of a closed one is settled by `with_charge`.

    Raises Unreadable when it speaks of another complaint or not exactly.
    """
    fields = answer.fields
    if fields.get("code") != OK:
        return DisputeAnswer("unknown", number, error_code=error_code(fields), raw=answer.text)
    if _text(fields, "complain_event_id") != number:
        raise Unreadable(MISMATCH)
    state = _text(fields, "status")
    if state not in STATES:
        return DisputeAnswer("unknown", number, error_code=f"status_{state}", raw=answer.text)
    opened_at = utc_time(_text(fields, "gmt_create"))
    finished = _text(fields, "gmt_finished")
    status = STATES[state]
    return DisputeAnswer(
        status,
        number,
        payment_reference=_text(fields, "merchant_order_no"),
        trade_no=_text(fields, "trade_no"),
        amount_fen=fen(_text(fields, "trade_amount")),
        outcome="withdrawn" if state == "CANCELLED" else "",
        opened_at=opened_at,
        due_at=opened_at + answer_within if status == "open" else None,
        due_is_ours=True,
        closed_at=utc_time(finished) if finished and status == "closed" else None,
        reason=_text(fields, "complain_reason")[:REASON_CHARACTERS_MAX],
        raw=answer.text,
    )


def with_charge(told: DisputeAnswer, taken: RefundAnswer) -> DisputeAnswer:
    """A complaint together with what the refund query says of money taken under its number.

    A closed complaint whose money is not known stays `unknown`: it may not be called won by guessing.
    """
    if taken.outcome == "succeeded" and taken.amount_fen is not None:
        charged: int | None = taken.amount_fen
    elif taken.advice == "retry_later":
        charged = 0  # signed: there is no refund under this number
    else:
        charged = None
    status, outcome = told.status, told.outcome
    if status == "closed" and charged is None:
        status = "unknown"
    elif status == "closed":
        outcome = _outcome(outcome, charged or 0)
    return DisputeAnswer(
        status,
        told.number,
        told.payment_reference,
        told.trade_no,
        told.amount_fen,
        outcome,
        charged,
        told.opened_at,
        told.due_at,
        told.due_is_ours,
        told.closed_at,
        told.reason,
        taken.error_code if status == "unknown" else told.error_code,
        told.raw,
    )


def _outcome(told: DisputeOutcome, charged_fen: int) -> DisputeOutcome:
    if charged_fen:
        return "lost"
    return told or "won"


def answer_call(told: DisputeAnswer, text: str) -> tuple[str, dict[str, Any]]:
    """The method and fields that carry our words: the first time an answer, after that a supplement."""
    if told.status == "open":
        return FEEDBACK, {
            "complain_event_id": told.number,
            "feedback_code": OTHER,
            "feedback_content": text,
        }
    return SUPPLEMENT, {"complain_event_id": told.number, "supplement_content": text}


def answer_outcome(answer: SignedAnswer) -> AnswerOutcome:
    """Whether the platform has our words."""
    if answer.fields.get("code") == OK:
        return "taken"
    busy = error_code(answer.fields).endswith("SYSTEM_ERROR") or answer.fields.get("code") in (
        "20000",
        "40005",
    )
    return "unknown" if busy else "refused"


def list_fields(since: datetime, until: datetime, page: int) -> dict[str, Any]:
    """biz_content of one page of the list."""
    return {
        "begin_time": china_text(since),
        "end_time": china_text(until),
        "page_num": page,
        "page_size": PAGE_SIZE,
    }


def listed(answer: SignedAnswer) -> tuple[list[str], int] | None:
    """The numbers on a page and how many pages there are; None when it was refused. Raises Unreadable."""
    fields = answer.fields
    if fields.get("code") != OK:
        return None
    infos = fields.get("trade_complain_infos", [])
    pages = str(fields.get("total_page_num", "1"))
    if not isinstance(infos, list) or not pages.isdecimal():
        raise Unreadable("answer_shape")
    return [_text(info, "complain_event_id") for info in infos], int(pages)


def _text(fields: Any, name: str) -> str:
    value = fields.get(name, "") if hasattr(fields, "get") else None
    if not isinstance(value, str):
        raise Unreadable("field_not_text")
    return value
