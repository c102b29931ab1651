"""Our records to Alipay's fields and back. Pure: no network, no keys, no clock.

What comes in here has been verified already. The three traps of this gateway are decided here and nowhere else:
`code=10000` is not a refund (only `fund_change=Y` or a query's REFUND_SUCCESS is); `refund_fee` is the total of the
trade so far, not this refund; `TRADE_CLOSED` is both "never paid" and "paid, then refunded in full".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from tuidan.connectors.contract.payment import (
    CloseOutcome,
    PaymentAnswer,
    PaymentOutcome,
    PaymentRequest,
    PaymentStart,
    RefundAnswer,
    RefundRequest,
)
from tuidan.connectors.payments.alipay.codes import OK, PAYER_GONE, judge_refund
from tuidan.connectors.payments.alipay.wire import SignedAnswer, Unreadable, china_text, fen, utc_time, yuan

Fields = Mapping[str, Any]
CURRENCY = "CNY"
SUBJECT_CHARACTERS_MAX = 256
REFERENCE_CHARACTERS_MAX = 64
AMOUNT_FEN_MAX = 10_000_000_000
MISMATCH = "answer_names_another"

START_METHOD = {"page": "alipay.trade.page.pay", "qr": "alipay.trade.precreate"}
_PRODUCT = {"page": "FAST_INSTANT_TRADE_PAY", "qr": "QR_CODE_OFFLINE"}


def payment_fields(request: PaymentRequest) -> dict[str, str]:
    """biz_content of a payment. Raises ValueError for what the gateway could never accept."""
    _check(request.reference, request.amount_fen, request.currency)
    return {
        "out_trade_no": request.reference,
        "total_amount": yuan(request.amount_fen),
        "subject": _plain(request.subject),
        "product_code": _PRODUCT[request.mode],
        "time_expire": china_text(request.expires_at),
    }


def refund_fields(request: RefundRequest) -> dict[str, Any]:
    """biz_content of a refund. The request number is always sent: without it a repeat is another refund."""
    _check(request.refund_reference, request.amount_fen, request.currency)
    fields: dict[str, Any] = {
        "out_trade_no": request.payment_reference,
        "refund_amount": yuan(request.amount_fen),
        "out_request_no": request.refund_reference,
        "refund_reason": _plain(request.reason),
        "query_options": ["refund_detail_item_list"],
    }
    if request.trade_no:
        fields["trade_no"] = request.trade_no
    return fields


def refund_query_fields(payment_reference: str, refund_reference: str) -> dict[str, Any]:
    """biz_content of a refund query; asks for the time, the kind of account and what a bank sent back."""
    return {
        "out_trade_no": payment_reference,
        "out_request_no": refund_reference,
        "query_options": ["refund_detail_item_list", "gmt_refund_pay", "deposit_back_info"],
    }


def start_from_qr(answer: SignedAnswer, reference: str) -> PaymentStart | None:
    """The QR code of a precreate answer, None when it was refused. Raises Unreadable."""
    if answer.fields.get("code") != OK:
        return None
    code = _text(answer.fields, "qr_code")
    if not code or _text(answer.fields, "out_trade_no") != reference:
        raise Unreadable(MISMATCH)
    return PaymentStart(url=None, qr_code=code)


def payment_query_fields(reference: str) -> dict[str, Any]:
    """biz_content of a trade query; asks whether the money has been settled to the merchant."""
    return {"out_trade_no": reference, "query_options": ["trade_settle_info"]}


def payment_answer(answer: SignedAnswer, reference: str) -> PaymentAnswer:
    """What a verified trade query says. Raises Unreadable when it speaks of another trade or not exactly."""
    fields = answer.fields
    code = error_code(fields)
    if fields.get("code") != OK:
        # Pages are opened by the buyer: until then the trade does not exist, and may still come to exist.
        outcome: PaymentOutcome = (
            "waiting" if code.removeprefix("aop.") == "ACQ.TRADE_NOT_EXIST" else "unknown"
        )
        return PaymentAnswer(outcome, error_code=code, raw=answer.text)
    if _text(fields, "out_trade_no") != reference:
        raise Unreadable(MISMATCH)
    paid_at = utc_time(_text(fields, "send_pay_date")) if fields.get("send_pay_date") else None
    outcome = trade_outcome(_text(fields, "trade_status"), was_paid=paid_at is not None)
    settled = _settled(fields) if outcome == "captured" else (None, None)
    return PaymentAnswer(
        outcome,
        amount_fen=fen(_text(fields, "total_amount")),
        trade_no=_text(fields, "trade_no") or None,
        payer_account_masked=_text(fields, "buyer_logon_id") or None,
        payer_id=payer_id(fields),
        captured_at=paid_at if outcome == "captured" else None,
        settled=settled[0],
        settled_at=settled[1],
        raw=answer.text,
    )


def _settled(fields: Fields) -> tuple[bool | None, datetime | None]:
    """Whether and since when the money is the merchant's: only contracts with a settlement period say so.

    A finished trade is settled: no refund and no dispute reaches it any more.
    """
    info = fields.get("trade_settle_info")
    if isinstance(info, Mapping) and _text(info, "trade_unsettled_amount"):
        if fen(_text(info, "trade_unsettled_amount")) > 0:
            return False, None
        details = info.get("trade_settle_detail_list")
        times = [
            utc_time(_text(item, "operation_dt"))
            for item in (details if isinstance(details, list) else [])
            if isinstance(item, Mapping) and item.get("operation_type") == "settle"
        ]
        return True, max(times, default=None)
    return (True if _text(fields, "trade_status") == "TRADE_FINISHED" else None), None


def trade_outcome(status: str, was_paid: bool) -> PaymentOutcome:
    """A trade status as an outcome; a status this code does not know is `unknown`."""
    if status in ("TRADE_SUCCESS", "TRADE_FINISHED") or (status == "TRADE_CLOSED" and was_paid):
        return "captured"
    return {"WAIT_BUYER_PAY": "waiting", "TRADE_CLOSED": "closed"}.get(status, "unknown")  # type: ignore[return-value]


def refund_answer(answer: SignedAnswer, request: RefundRequest) -> RefundAnswer:
    """What a verified answer to a refund says about this attempt. Raises Unreadable."""
    fields = answer.fields
    if fields.get("code") != OK:
        code = error_code(fields)
        outcome, advice = judge_refund(_text(fields, "code"), _text(fields, "sub_code"))
        gone = outcome == "failed" and code.removeprefix("aop.") == PAYER_GONE
        payer: Literal["", "closed"] = "closed" if gone else ""
        return RefundAnswer(outcome, advice, error_code=code, raw=answer.text, payer_account=payer)
    if _text(fields, "out_trade_no") != request.payment_reference:
        raise Unreadable(MISMATCH)
    if fields.get("fund_change") != "Y":
        # Accepted, or done by an earlier send: only the refund query can tell which.
        return RefundAnswer("unknown", "query_first", error_code="no_fund_change", raw=answer.text)
    if fen(_text(fields, "refund_fee")) < request.amount_fen:
        return RefundAnswer("unknown", "query_first", error_code="total_below_this_refund", raw=answer.text)
    return RefundAnswer(
        "succeeded",
        "done",
        amount_fen=request.amount_fen,
        destination=_text(fields, "buyer_logon_id") or None,
        raw=answer.text,
    )


def refund_query_answer(answer: SignedAnswer, payment_reference: str, refund_reference: str) -> RefundAnswer:
    """What a verified refund query says. Raises Unreadable when it names another refund.

    Without `refund_status` the refund "was not received or failed", or is not through yet: the same number may be
    sent again, never a new one.
    """
    fields = answer.fields
    if fields.get("code") != OK:
        code = error_code(fields)
        gone = code.removeprefix("aop.") in ("ACQ.TRADE_NOT_EXIST", "TRADE_NOT_EXIST")
        return RefundAnswer("unknown", "park" if gone else "query_first", error_code=code, raw=answer.text)
    status = _text(fields, "refund_status")
    if not status:
        return RefundAnswer("unknown", "retry_later", error_code="no_refund_status", raw=answer.text)
    named = (_text(fields, "out_trade_no"), _text(fields, "out_request_no"))
    if named != (payment_reference, refund_reference):
        raise Unreadable(MISMATCH)
    if status != "REFUND_SUCCESS":
        return RefundAnswer("unknown", "query_first", error_code=f"refund_status_{status}", raw=answer.text)
    return RefundAnswer(
        "succeeded",
        "done",
        amount_fen=fen(_text(fields, "refund_amount")),
        destination=_destination(fields),
        raw=answer.text,
    )


def close_outcome(answer: SignedAnswer) -> CloseOutcome:
    """What a verified answer to a close says."""
    code = error_code(answer.fields).removeprefix("aop.")
    if answer.fields.get("code") == OK:
        return "closed"
    known: dict[str, CloseOutcome] = {
        "ACQ.TRADE_NOT_EXIST": "not_found",
        "ACQ.TRADE_STATUS_ERROR": "already_paid",
        "ACQ.REASON_TRADE_STATUS_INVALID": "already_paid",
    }
    return known.get(code, "unknown")


def error_code(fields: Fields) -> str:
    """The most exact code of an answer: the sub code, else the top code."""
    return _text(fields, "sub_code") or _text(fields, "code")


def payer_id(fields: Fields) -> str | None:
    """The stable id of the payer: newer contracts give the open id, older ones the user id."""
    for name in ("buyer_user_id", "buyer_id", "buyer_open_id"):
        if fields.get(name):
            return _text(fields, name)
    return None


def _destination(fields: Fields) -> str | None:
    # S and P: on its way to the bank card. F: the bank sent it back and it went to the Alipay balance instead.
    back = fields.get("deposit_back_info")
    if isinstance(back, Mapping) and back.get("has_deposit_back") in ("true", True):
        return "ALIPAYACCOUNT" if back.get("dback_status") == "F" else "BANKCARD"
    items = fields.get("refund_detail_item_list")
    if not isinstance(items, list):
        return None
    kinds = {_text(item, "fund_channel") for item in items if isinstance(item, Mapping)}
    return "+".join(sorted(kinds - {""})) or None


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Unreadable("field_not_text")
    return value


def _check(reference: str, amount_fen: int, currency: str) -> None:
    if currency != CURRENCY:
        raise ValueError(f"Alipay's gateway takes {CURRENCY} only")
    if isinstance(amount_fen, bool) or not 0 < amount_fen <= AMOUNT_FEN_MAX:
        raise ValueError("the amount must be positive fen within the gateway's limit")
    if not 0 < len(reference) <= REFERENCE_CHARACTERS_MAX or not reference.isascii():
        raise ValueError("the reference must be 1 to 64 ASCII characters")


def _plain(text: str) -> str:
    # The gateway refuses some signs in titles ("/", "=", "&"), and control signs end up in people's bills.
    kept = "".join(" " if sign in "/=&<>" or not sign.isprintable() else sign for sign in text)
    return kept[:SUBJECT_CHARACTERS_MAX].strip() or "订单"
