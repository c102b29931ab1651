"""The gateway's front: verifies a request, runs the method, misbehaves when told, signs the answer."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuidan.connectors.payments.alipay.sandbox import answers
from tuidan.connectors.payments.alipay.sandbox.answers import Fields
from tuidan.connectors.payments.alipay.sandbox.complaints import Complaints
from tuidan.connectors.payments.alipay.sandbox.faults import BEFORE_WORK, Fault, Faults
from tuidan.connectors.payments.alipay.sandbox.keys import Keys
from tuidan.connectors.payments.alipay.sandbox.notices import Notices
from tuidan.connectors.payments.alipay.sandbox.refunds import Refunds
from tuidan.connectors.payments.alipay.sandbox.store import APP_ID, SELLER_ID, Store
from tuidan.connectors.payments.alipay.sandbox.trades import Row, Trades
from tuidan.connectors.payments.alipay.sandbox.wire import (
    answer_text,
    clock,
    signed_answer,
    signed_form,
    to_sign,
    unclock,
    yuan,
)

SILENT_SECONDS = 30.0
METHODS = (
    "alipay.trade.page.pay",
    "alipay.trade.precreate",
    "alipay.trade.query",
    "alipay.trade.close",
    "alipay.trade.refund",
    "alipay.trade.fastpay.refund.query",
    "alipay.merchant.tradecomplain.query",
    "alipay.merchant.tradecomplain.batchquery",
    "alipay.merchant.tradecomplain.feedback.submit",
    "alipay.merchant.tradecomplain.supplement.submit",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sends after `wait_seconds`: nothing (`drop`), the cashier (`open_token`) or a body."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html;charset=utf-8"
    wait_seconds: float = 0.0
    drop: bool = False
    open_token: str = ""


class Gateway:
    """All parts of one sandbox, and the one entry for gateway calls."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self.store = store
        self.keys = keys
        self.faults = Faults(store)
        self.notices = Notices(store)
        self.trades = Trades(store, self.notices)
        self.refunds = Refunds(store, self.notices)
        self.complaints = Complaints(store, self.notices, self.refunds)
        self.base_url = ""

    def call(self, parameters: Mapping[str, str]) -> Reply:
        """One call of gateway.do, all parameters together."""
        method = parameters.get("method", "")
        refusal = self._refusal(parameters)
        biz: Row = {}
        if refusal is None:
            try:
                biz = json.loads(parameters.get("biz_content", ""))
                if not isinstance(biz, dict):
                    raise ValueError("not an object")
            except ValueError:
                refusal = answers.invalid("isv.invalid-parameter")
        if refusal is not None:
            return Reply(signed_answer(self.keys, method if method in METHODS else "error", refusal))
        self._count(method)
        fault = self.faults.take(method, str(biz.get("out_trade_no", "")), str(biz.get("out_request_no", "")))
        if fault is not None and fault.name in BEFORE_WORK:
            return self._instead(method, biz, fault)
        if method == "alipay.trade.page.pay":
            return self._page(biz, parameters, fault)
        return self._said(method, self._work(method, biz, parameters, fault), fault)

    def _refusal(self, parameters: Mapping[str, str]) -> Fields | None:
        if not parameters.get("method"):
            return answers.missing("isv.missing-method")
        if parameters.get("app_id") != APP_ID:
            return answers.invalid("isv.invalid-app-id")
        signed = to_sign(parameters, ("sign",), keep_empty=False)
        if parameters.get("sign_type") != "RSA2" or not self.keys.app_signed(
            signed, parameters.get("sign", "")
        ):
            return answers.invalid("isv.invalid-signature")
        if parameters["method"] not in METHODS:
            return answers.invalid("isv.invalid-method")
        if not parameters.get("timestamp"):
            return answers.missing("isv.missing-timestamp")
        try:
            # The hour is not compared: unmodified SDKs write the local time of their machine.
            unclock(parameters["timestamp"])
        except ValueError:
            return answers.invalid("isv.invalid-timestamp")
        return None

    def _count(self, method: str) -> None:
        self.store.run(
            "INSERT INTO calls VALUES (?, 1) ON CONFLICT (method) DO UPDATE SET count = count + 1", method
        )

    def _work(self, method: str, biz: Row, parameters: Mapping[str, str], fault: Fault | None) -> Fields:
        if method == "alipay.trade.refund":
            return self.refunds.refund(biz, fault)
        if method == "alipay.trade.fastpay.refund.query":
            self.refunds.settle_due()
            return self.refunds.query(biz)
        if method == "alipay.trade.query":
            return self.trades.query(biz)
        if method == "alipay.trade.close":
            return self.trades.close(biz)
        if method.startswith("alipay.merchant.tradecomplain."):
            return self._complain(method, biz)
        trade, failure = self.trades.open(biz, parameters.get("notify_url", ""), "")
        if trade is None:
            return failure
        if trade["status"] != "WAIT_BUYER_PAY":
            return answers.failure("ACQ.TRADE_HAS_SUCCESS" if trade["paid_at"] else "ACQ.TRADE_HAS_CLOSE")
        return answers.done(
            out_trade_no=trade["out_trade_no"], qr_code=f"{self.base_url}/qr/{trade['token']}"
        )

    def _complain(self, method: str, biz: Row) -> Fields:
        if method.endswith(".batchquery"):
            return self.complaints.list(biz)
        if method.endswith(".query"):
            return self.complaints.query(biz)
        return self.complaints.answer(biz, first=".feedback." in method)

    def _page(self, biz: Row, parameters: Mapping[str, str], fault: Fault | None) -> Reply:
        trade, failure = self.trades.open(
            biz, parameters.get("notify_url", ""), parameters.get("return_url", "")
        )
        wait = fault.seconds(2) if fault and fault.name == "slow" else 0.0
        if trade is None:
            return Reply(signed_answer(self.keys, "alipay.trade.page.pay", failure), wait_seconds=wait)
        return Reply(status=302, open_token=trade["token"], wait_seconds=wait)

    def _instead(self, method: str, biz: Row, fault: Fault) -> Reply:
        """An answer, or none, in place of the work."""
        name = fault.name
        if name == "drop_before_work":
            return Reply(drop=True)
        if name == "timeout_before_work":
            return Reply(drop=True, wait_seconds=fault.seconds(SILENT_SECONDS))
        if name == "http_500":
            return Reply(b"<h1>500</h1>", status=500)
        if name == "garbage":
            return Reply("<html><body>系统维护中</body></html>".encode())
        if method == "alipay.trade.refund":
            self.store.run(
                "UPDATE trades SET refund_calls = refund_calls + 1 WHERE out_trade_no = ?",
                biz.get("out_trade_no", ""),
            )
        said: dict[str, Fields] = {
            "system_error": answers.failure("ACQ.SYSTEM_ERROR"),
            "unavailable": answers.unavailable(),
            "limited": answers.limited(),
            "balance_not_enough": answers.failure("ACQ.SELLER_BALANCE_NOT_ENOUGH"),
            "refused": answers.failure(fault.text("sub_code", "ACQ.TRADE_NOT_ALLOW_REFUND")),
        }
        return Reply(signed_answer(self.keys, method, said[name]))

    def _said(self, method: str, fields: Fields, fault: Fault | None) -> Reply:
        """The answer after the work, true or spoilt."""
        name = fault.name if fault else ""
        if fault is None or name in ("pending", "pending_then_failed", "deposit_back"):
            return Reply(signed_answer(self.keys, method, fields))
        if name == "drop_after_work":
            return Reply(drop=True)
        if name == "timeout_after_work":
            return Reply(drop=True, wait_seconds=fault.seconds(SILENT_SECONDS))
        if name == "slow":
            return Reply(signed_answer(self.keys, method, fields), wait_seconds=fault.seconds(2))
        return Reply(self._spoilt(method, fields, fault))

    def _spoilt(self, method: str, fields: Fields, fault: Fault) -> bytes:
        name, keys = fault.name, self.keys
        if name == "system_error_after_work":
            return signed_answer(keys, method, answers.failure("ACQ.SYSTEM_ERROR"))
        if name == "unavailable_after_work":
            return signed_answer(keys, method, answers.unavailable())
        if name == "no_fund_change":
            kept: dict[str, Any] = {key: value for key, value in fields.items() if key != "fund_change"}
            if "value" in fault.options:
                kept["fund_change"] = fault.options["value"]
            return signed_answer(keys, method, kept)
        key = f"{method.replace('.', '_')}_response"
        if name == "unsigned":
            return f'{{"{key}":{answer_text(fields)}}}'.encode()
        body = signed_answer(keys, method, fields, wrong_key=name == "bad_signature")
        if name == "one_bit_wrong":
            at = body.index(b'"code":"') + len(b'"code":"') + 4
            return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        if name == "duplicate_key":
            false = {**fields, "code": "10000", "fund_change": "Y", "refund_status": "REFUND_SUCCESS"}
            return body[:-1] + f',"{key}":{answer_text(false)}}}'.encode()
        if name == "huge":
            return signed_answer(
                keys, method, {**fields, "pad": "x" * int(fault.options.get("bytes", 2_000_000))}
            )
        return body

    def return_address(self, trade: Row) -> str:
        """Where the cashier sends the buyer back to, signed; '' for none. Never a proof."""
        if not trade["return_url"]:
            return ""
        fields = {
            "charset": "utf-8",
            "out_trade_no": trade["out_trade_no"],
            "method": "alipay.trade.page.pay.return",
            "total_amount": yuan(trade["amount_fen"]),
            "trade_no": trade["trade_no"],
            "auth_app_id": APP_ID,
            "version": "1.0",
            "app_id": APP_ID,
            "seller_id": SELLER_ID,
            "timestamp": clock(time.time()),
        }
        joint = "&" if "?" in trade["return_url"] else "?"
        return str(trade["return_url"]) + joint + signed_form(self.keys, fields).decode()
