"""Between our records and the wire of the 闲管家 virtual-supply protocol (§1.3–1.6). Pure: no clock, no network.

It leaves to `client.py` which call to make, and to the caller what an answer means for an order.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuidan.connectors.contract import strict_json as read
from tuidan.connectors.contract.supplier import (
    REFERENCE_LENGTH_MAX,
    CancelAnswer,
    SuppliedCard,
    SupplyAdvice,
    SupplyAnswer,
    SupplyKind,
    SupplyOutcome,
    SupplyQuote,
    SupplyRequest,
)

ORDER_TYPE: dict[SupplyKind, int] = {"top_up": 1, "card_code": 2}
OUTCOME: dict[int, SupplyOutcome] = {10: "accepted", 20: "succeeded", 30: "failed"}
ADVICE: dict[SupplyOutcome, SupplyAdvice] = {
    "accepted": "wait",
    "succeeded": "stop",
    "failed": "stop",
    "not_found": "retry_later",
    "unknown": "query_first",
}
EXTRA_NAMES = frozenset({"game_name", "game_role", "game_area", "game_server", "buyer_ip", "buyer_area"})

# §1.4. Refused: this request was turned down for what it asks. Ours: keys, address or merchant are wrong,
# which says nothing about an order sent before. Ask: the order may exist.
CODES_REFUSED = frozenset({1100, 1101, 1102, 1201, 1202})
CODES_OURS = frozenset({401, 403, 1000})
CODE_EXPIRED = 408
CODE_ORDER_MISSING = 1200
CODES_ASK = frozenset({1203, 1209})

REFUND_DONE = 20


@dataclass(frozen=True, slots=True)
class Envelope:
    """`{code, msg, data}` (§1.1). `data` is {} when absent."""

    code: int
    msg: str
    data: dict[str, Any]
    raw: str


def to_body(values: dict[str, Any]) -> bytes:
    """The bytes that are signed and sent."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def order_path(kind: SupplyKind) -> str:
    return "/goofish/order/recharge/create" if kind == "top_up" else "/goofish/order/purchase/create"


def order_values(request: SupplyRequest) -> dict[str, Any]:
    """The body of a create call. Raises ValueError for a request that could never be sent."""
    check_reference(request.reference)
    if request.quantity < 1 or request.max_amount_fen < 0:
        raise ValueError("quantity must be 1 or more, max_amount_fen 0 or more")
    if not request.goods_no or not request.notify_url or not request.our_order_no:
        raise ValueError("goods_no, notify_url and our_order_no must be given")
    values: dict[str, Any] = {
        "order_no": request.reference,
        "goods_no": request.goods_no,
        "buy_quantity": request.quantity,
        "max_amount": request.max_amount_fen,
        "notify_url": request.notify_url,
        "biz_order_no": request.our_order_no,
    }
    if request.kind == "top_up":
        if not request.account:
            raise ValueError("a top-up needs an account")
        unknown = set(request.extra) - EXTRA_NAMES
        if unknown:
            raise ValueError(f"input fields this protocol does not have: {', '.join(sorted(unknown))}")
        values["biz_content"] = {"account": request.account, **request.extra}
    elif request.account or request.extra:
        raise ValueError("a card order has no account and no further fields")
    return values


def detail_values(reference: str, kind: SupplyKind) -> dict[str, Any]:
    check_reference(reference)
    return {"order_type": ORDER_TYPE[kind], "order_no": reference}


def cancel_values(
    reference: str,
    supplier_no: str,
    amount_fen: int,
    reason: str,
    kind: SupplyKind,
    our_order_no: str,
    notify_url: str,
    now: datetime,
) -> dict[str, Any]:
    """The body of refund/apply. Raises ValueError."""
    check_reference(reference)
    if amount_fen < 0 or not supplier_no:
        raise ValueError("amount_fen must be 0 or more, supplier_no must be given")
    values: dict[str, Any] = {
        "order_no": reference,
        "order_type": ORDER_TYPE[kind],
        "out_order_no": supplier_no,
        "biz_order_no": our_order_no or reference,
        "refund_type": 1,
        "refund_amount": amount_fen,
        "refund_reason": reason,
        "apply_time": int(now.timestamp()),
    }
    if notify_url:
        values["notify_url"] = notify_url
    return values


def check_reference(reference: str) -> None:
    if not reference or len(reference) > REFERENCE_LENGTH_MAX:
        raise ValueError(f"a reference has 1 to {REFERENCE_LENGTH_MAX} characters")


def envelope(body: bytes) -> Envelope:
    """Raises Unreadable. Unknown keys beside the three are let through: the protocol grows."""
    values = read.read_object(body)
    code = read.integer(values, "code")
    msg = read.text(values, "msg", required=False) or ""
    data = values.get("data")
    if data is not None and not isinstance(data, dict) and code == 0:
        raise read.Unreadable("data_not_object")
    return Envelope(code, msg, data if isinstance(data, dict) else {}, masked(body.decode(), values))


def quote(answer: Envelope, goods_no: str, kind: SupplyKind) -> SupplyQuote:
    """Price and stock. A quote for other goods than asked counts as none. Raises Unreadable."""
    if answer.code in (1100, 1101):
        return SupplyQuote(None, None, False, str(answer.code))
    if answer.code != 0:
        return SupplyQuote(None, None, None, str(answer.code))
    data = answer.data
    if read.text(data, "goods_no") != goods_no or read.integer(data, "goods_type") != ORDER_TYPE[kind]:
        return SupplyQuote(None, None, None, "answer_mismatch")
    return SupplyQuote(
        read.integer(data, "price"), read.integer(data, "stock"), read.integer(data, "status") == 1
    )


def order_answer(answer: Envelope, reference: str, kind: SupplyKind) -> SupplyAnswer:
    """A create or detail answer with code 0. Raises Unreadable.

    An order_status that the protocol does not name is `unknown`, never a guess.
    """
    data = answer.data
    if (
        read.text(data, "order_no") != reference
        or data.get("order_type", ORDER_TYPE[kind]) != ORDER_TYPE[kind]
    ):
        return SupplyAnswer("unknown", "query_first", error_code="answer_mismatch", raw=answer.raw)
    outcome = OUTCOME.get(read.integer(data, "order_status"), "unknown")
    found = cards(data)
    error_code = None
    if outcome == "unknown":
        error_code = "order_status_unknown"
    elif outcome == "succeeded" and kind == "card_code" and not found:
        outcome, error_code = "unknown", "cards_missing"
    return SupplyAnswer(
        outcome=outcome,
        advice=ADVICE[outcome],
        supplier_no=read.text(data, "out_order_no"),
        amount_fen=read.integer(data, "order_amount"),
        ended_at=read.time_or_none(data, "end_time") if outcome in ("succeeded", "failed") else None,
        cards=found if outcome == "succeeded" else (),
        error_code=error_code,
        remark=read.text(data, "remark", required=False),
        raw=answer.raw,
    )


def same_order(answer: Envelope, request: SupplyRequest) -> bool:
    """Whether an order found under our reference is the one we asked for, as far as the answer says."""
    data = answer.data
    content = data.get("biz_content")
    account = content.get("account") if isinstance(content, dict) else None
    return (
        data.get("goods_no", request.goods_no) == request.goods_no
        and data.get("buy_quantity", request.quantity) == request.quantity
        and (account is None or account == request.account)
    )


def refusal(answer: Envelope) -> SupplyAnswer:
    """A create or detail answer whose code is not 0."""
    code, raw = str(answer.code), answer.raw
    if answer.code in CODES_REFUSED:
        return SupplyAnswer("failed", "stop", error_code=code, remark=answer.msg or None, raw=raw)
    if answer.code in CODES_OURS:
        return SupplyAnswer("unknown", "stop", error_code=code, remark=answer.msg or None, raw=raw)
    if answer.code == CODE_ORDER_MISSING:
        return SupplyAnswer("not_found", "retry_later", error_code=code, remark=answer.msg or None, raw=raw)
    advice: SupplyAdvice = "retry_later" if answer.code == CODE_EXPIRED else "query_first"
    return SupplyAnswer("unknown", advice, error_code=code, remark=answer.msg or None, raw=raw)


def cancel_answer(answer: Envelope) -> CancelAnswer:
    """Only `agree` with the money on its way back (20) is a yes, only `refuse` is a no. Raises Unreadable."""
    if answer.code != 0:
        return CancelAnswer("unknown", error_code=str(answer.code), remark=answer.msg or None, raw=answer.raw)
    result = read.text(answer.data, "result")
    remark = read.text(answer.data, "remark", required=False) or None
    if result == "refuse":
        return CancelAnswer("refused", remark=remark, raw=answer.raw)
    if result != "agree":
        return CancelAnswer("unknown", error_code="result_unknown", remark=remark, raw=answer.raw)
    money = read.section(answer.data, "refund_data")
    if read.integer(money, "refund_status") != REFUND_DONE:
        return CancelAnswer("unknown", error_code="refund_not_done", remark=remark, raw=answer.raw)
    return CancelAnswer("cancelled", read.integer(money, "refund_amount"), remark=remark, raw=answer.raw)


def cards(data: dict[str, Any]) -> tuple[SuppliedCard, ...]:
    """The bought codes; an unsplit code comes as card_pwd alone (§1.6). Raises Unreadable."""
    found = []
    for item in read.objects(data, "card_items"):
        pwd = read.text(item, "card_pwd")
        if pwd is None:
            raise read.Unreadable("card_pwd_not_text")
        found.append(SuppliedCard(read.text(item, "card_no", required=False) or None, pwd))
    return tuple(found)


def masked(text: str, values: dict[str, Any]) -> str:
    """The answer for keeping: unchanged when it holds no codes, else with each code replaced by ***."""
    data = values.get("data", values)
    if not isinstance(data, dict) or not data.get("card_items"):
        return text
    hidden = {**data, "card_items": "***"}
    shown = {**values, "data": hidden} if "data" in values else hidden
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
