"""Calls a 闲管家 supplier: signs, sends, and turns whatever happens into an answer of the contract.

`order` and `cancel` are safe to send twice: the protocol executes once per order_no. A refusal or "exists"
on create is checked with order/detail before it is believed, because an earlier send may have got through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from tuidan.connectors.contract.http import HttpClient, HttpLimits, NotReached, OutsideError, RequestRefused
from tuidan.connectors.contract.strict_json import Unreadable
from tuidan.connectors.contract.supplier import (
    CancelAnswer,
    Idempotency,
    SupplyAdvice,
    SupplyAnswer,
    SupplyKind,
    SupplyNotice,
    SupplyQuote,
    SupplyRequest,
)
from tuidan.connectors.suppliers.goofish import notices, translate
from tuidan.connectors.suppliers.goofish.config import GoofishConfig
from tuidan.connectors.suppliers.goofish.signature import signed_query

__all__ = ["GoofishSupplier"]


def utc_now() -> datetime:
    return datetime.now(UTC)


class GoofishSupplier:
    """One supplier (contract `Supplier`). `clock` gives the time for signatures: this is an edge."""

    name = "goofish"
    idempotency: Idempotency = "by_reference"
    believes_notice = False

    def __init__(self, config: GoofishConfig, clock: Callable[[], datetime] = utc_now) -> None:
        self.config = config
        self._clock = clock
        limits = HttpLimits(total_seconds=config.total_seconds, connect_seconds=config.connect_seconds)
        self._http = HttpClient(self.name, limits)
        # A create may be followed, a cancel preceded by one detail; a second for waiting on a free connection.
        self.call_deadline_seconds = 2 * config.total_seconds + 1

    def close_connections(self) -> None:
        self._http.close()

    def quote(self, goods_no: str, kind: SupplyKind = "top_up") -> SupplyQuote:
        values = {"goods_type": translate.ORDER_TYPE[kind], "goods_no": goods_no}
        try:
            return translate.quote(self._call("/goofish/goods/detail", values), goods_no, kind)
        except OutsideError as error:
            return SupplyQuote(None, None, None, error.code)
        except Unreadable as error:
            return SupplyQuote(None, None, None, error.why)

    def order(self, request: SupplyRequest) -> SupplyAnswer:
        values = translate.order_values(request)
        try:
            answer = self._call(translate.order_path(request.kind), values)
            if answer.code == 0:
                return translate.order_answer(answer, request.reference, request.kind)
        except OutsideError as error:
            return _lost(error)
        except Unreadable as error:
            return SupplyAnswer("unknown", "query_first", error_code=error.why)
        refused = translate.refusal(answer)
        if refused.outcome == "failed" or answer.code in translate.CODES_ASK:
            return self._checked(refused, request)
        if refused.outcome == "not_found":  # "order missing" makes no sense as the answer to an order
            return SupplyAnswer("unknown", "query_first", error_code=refused.error_code, raw=refused.raw)
        return refused

    def query(self, reference: str, kind: SupplyKind = "top_up") -> SupplyAnswer:
        try:
            answer = self._call("/goofish/order/detail", translate.detail_values(reference, kind))
            if answer.code == 0:
                return translate.order_answer(answer, reference, kind)
        except OutsideError as error:
            advice: SupplyAdvice = "stop" if isinstance(error, RequestRefused) else "query_first"
            return SupplyAnswer("unknown", advice, error_code=error.code)
        except Unreadable as error:
            return SupplyAnswer("unknown", "query_first", error_code=error.why)
        refused = translate.refusal(answer)
        if refused.outcome == "not_found" or (refused.advice == "stop" and refused.outcome == "unknown"):
            return refused
        # A detail call has nothing to refuse: another code says nothing about the order.
        return SupplyAnswer("unknown", "query_first", error_code=refused.error_code, raw=refused.raw)

    def cancel(
        self,
        reference: str,
        supplier_no: str,
        amount_fen: int,
        reason: str,
        *,
        kind: SupplyKind = "top_up",
        our_order_no: str = "",
        notify_url: str = "",
    ) -> CancelAnswer:
        if not supplier_no:
            found = self.query(reference, kind)
            if found.supplier_no is None or found.amount_fen is None:
                return CancelAnswer("unknown", error_code=found.error_code or found.outcome)
            supplier_no, amount_fen = found.supplier_no, found.amount_fen
        values = translate.cancel_values(
            reference, supplier_no, amount_fen, reason, kind, our_order_no, notify_url, self._clock()
        )
        try:
            return translate.cancel_answer(self._call("/goofish/order/refund/apply", values))
        except RequestRefused as error:
            if error.status in (404, 405, 501):  # refund/apply is optional for suppliers
                return CancelAnswer("refused", error_code="cancel_not_supported")
            return CancelAnswer("unknown", error_code=error.code)
        except OutsideError as error:
            return CancelAnswer("unknown", error_code=error.code)
        except Unreadable as error:
            return CancelAnswer("unknown", error_code=error.why)

    def read_notice(self, query_params: Mapping[str, str], body: bytes, now: datetime) -> SupplyNotice:
        return notices.read_notice(self.config, query_params, body, now)

    def acknowledge(self) -> tuple[int, str, bytes]:
        return 200, "application/json", notices.ACKNOWLEDGEMENT

    def _call(self, path: str, values: dict[str, Any]) -> translate.Envelope:
        body = translate.to_body(values)
        config = self.config
        timestamp = str(int(self._clock().timestamp()))
        query = signed_query(
            config.app_id, config.app_secret, body, timestamp, config.mch_id, config.mch_secret
        )
        url = f"{config.base_url}{path}?{query}"
        return translate.envelope(self._http.post(url, body, "application/json").require_ok().body)

    def _checked(self, refused: SupplyAnswer, request: SupplyRequest) -> SupplyAnswer:
        """What order/detail says after a refusal or "exists": only refused and unheard of is `failed`."""
        try:
            answer = self._call(
                "/goofish/order/detail", translate.detail_values(request.reference, request.kind)
            )
            if answer.code == 0:
                if not translate.same_order(answer, request):
                    return SupplyAnswer("unknown", "stop", error_code="reference_taken", raw=answer.raw)
                return translate.order_answer(answer, request.reference, request.kind)
        except (OutsideError, Unreadable):
            return SupplyAnswer("unknown", "query_first", error_code=refused.error_code, raw=refused.raw)
        if answer.code == translate.CODE_ORDER_MISSING:
            return refused
        return SupplyAnswer("unknown", "query_first", error_code=refused.error_code, raw=refused.raw)


def _lost(error: OutsideError) -> SupplyAnswer:
    """A create without a usable answer. Nothing arrived: the same reference may go again; else ask first."""
    if isinstance(error, RequestRefused):
        return SupplyAnswer("unknown", "stop", error_code=error.code)
    nothing_done = isinstance(error, NotReached) or not error.may_have_arrived
    return SupplyAnswer("unknown", "retry_later" if nothing_done else "query_first", error_code=error.code)
