"""Calls the Alipay gateway v2 for one app and one seller: the payment channel `alipay`.

Each call is sent once, signed, and its answer is believed only when its signature covers the exact text read.
It never resends and keeps no state: the attempt row of the order decides what happens after `unknown`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from tuidan.connectors.contract.address import check_base_url, check_seconds
from tuidan.connectors.contract.channel_dispute import AnswerOutcome, DisputeAnswer, DisputeNotice
from tuidan.connectors.contract.http import HttpClient, HttpLimits, NotReached, OutsideError, TooManyRequests
from tuidan.connectors.contract.payment import (
    ChannelRefused,
    ChannelUnavailable,
    CloseOutcome,
    Idempotency,
    PaymentAnswer,
    PaymentNotice,
    PaymentRequest,
    PaymentStart,
    RefundAnswer,
    RefundNotice,
    RefundRequest,
)
from tuidan.connectors.payments.alipay import channel_dispute, notices, translate
from tuidan.connectors.payments.alipay.signature import private_key, public_key, request_text, sign, verifies
from tuidan.connectors.payments.alipay.wire import SignedAnswer, Unreadable, china_text, split_answer

Clock = Callable[[], datetime]
PAGES_MAX = 50


def utc_now() -> datetime:
    """The system clock as aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class AlipayConfig:
    """Settings of one app. `base_url` is the gateway's full address; times are seconds.

    `refund_window_days` is what the contract says (usually 365, some 90): the gateway refuses later refunds.
    `answer_dispute_hours` is our own aim for answering a complaint: the documents name no time.
    """

    app_id: str
    app_private_key_pem: str
    alipay_public_key_pem: str
    seller_id: str
    base_url: str = "https://openapi.alipay.com/gateway.do"
    refund_window_days: int = 365
    answer_dispute_hours: int = 24
    total_seconds: float = 15.0
    connect_seconds: float = 5.0
    answer_bytes_max: int = 1_000_000
    connections_max: int = 16

    def __post_init__(self) -> None:
        check_base_url(self.base_url)
        check_seconds(self.total_seconds, self.connect_seconds)


class NotBelieved(Exception):
    """An answer that proves nothing: unsigned, wrongly signed, or unreadable. `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AlipayChannel:
    """The payment channel. Thread-safe. Raises ValueError when the keys cannot be read."""

    name = "alipay"
    idempotency: Idempotency = "by_reference"
    answer_characters_max = channel_dispute.ANSWER_CHARACTERS_MAX

    def __init__(self, config: AlipayConfig, clock: Clock = utc_now) -> None:
        self._config = config
        self._clock = clock
        self._private_key = private_key(config.app_private_key_pem)
        self._public_key = public_key(config.alipay_public_key_pem)
        self.refund_window_days = config.refund_window_days
        self._answer_within = timedelta(hours=config.answer_dispute_hours)
        self._http = HttpClient(
            self.name,
            HttpLimits(
                config.total_seconds, config.connect_seconds, config.answer_bytes_max, config.connections_max
            ),
        )

    def start(self, request: PaymentRequest) -> PaymentStart:
        """A signed page address (no call is made), or a QR code from the gateway. Raises as the contract says."""
        if request.expires_at <= self._clock():
            raise ValueError("the payment would expire before it begins")
        extra = {"notify_url": request.notify_url}
        if request.mode == "page":
            extra["return_url"] = request.return_url
        method = translate.START_METHOD[request.mode]
        parameters = self._signed(method, translate.payment_fields(request), extra)
        if request.mode == "page":
            return PaymentStart(url=f"{self._config.base_url}?{urlencode(parameters)}", qr_code=None)
        try:
            answer = self._answered(method, parameters)
            started = translate.start_from_qr(answer, request.reference)
        except (OutsideError, NotBelieved, Unreadable) as error:
            raise ChannelUnavailable(error.code, "no answer that can be believed") from error
        if started is not None:
            return started
        code = translate.error_code(answer.fields)
        if code.endswith("SYSTEM_ERROR") or answer.fields.get("code") in ("20000", "40005"):
            raise ChannelUnavailable(code, "the gateway could not answer now")
        raise ChannelRefused(code, "the gateway refused the payment")

    def query(self, reference: str) -> PaymentAnswer:
        """What became of a payment; `unknown` when no answer can be believed."""
        try:
            answer = self._call("alipay.trade.query", translate.payment_query_fields(reference))
            return translate.payment_answer(answer, reference)
        except (OutsideError, NotBelieved, Unreadable) as error:
            return PaymentAnswer("unknown", error_code=error.code)

    def close(self, reference: str) -> CloseOutcome:
        """Close an unpaid trade. `unknown` when no answer can be believed."""
        try:
            return translate.close_outcome(self._call("alipay.trade.close", {"out_trade_no": reference}))
        except (OutsideError, NotBelieved, Unreadable):
            return "unknown"

    def refund(self, request: RefundRequest) -> RefundAnswer:
        """Send one refund attempt, once. Raises only ValueError, before anything is sent."""
        try:
            answer = self._call("alipay.trade.refund", translate.refund_fields(request))
            return translate.refund_answer(answer, request)
        except (NotReached, TooManyRequests) as error:
            return RefundAnswer("unknown", "retry_later", error_code=error.code)
        except (OutsideError, NotBelieved, Unreadable) as error:
            return RefundAnswer("unknown", "query_first", error_code=error.code)

    def query_refund(self, payment_reference: str, refund_reference: str) -> RefundAnswer:
        """What became of a refund attempt; `unknown` and `query_first` when no answer can be believed."""
        fields = translate.refund_query_fields(payment_reference, refund_reference)
        try:
            answer = self._call("alipay.trade.fastpay.refund.query", fields)
            return translate.refund_query_answer(answer, payment_reference, refund_reference)
        except (OutsideError, NotBelieved, Unreadable) as error:
            return RefundAnswer("unknown", "query_first", error_code=error.code)

    def query_dispute(self, number: str) -> DisputeAnswer:
        """How a complaint stands, with the money taken under its number; `unknown` when nothing can be believed."""
        try:
            answer = self._call(channel_dispute.QUERY, {"complain_event_id": number})
            told = channel_dispute.dispute_answer(answer, number, self._answer_within)
        except (OutsideError, NotBelieved, Unreadable) as error:
            return DisputeAnswer("unknown", number, error_code=error.code)
        if told.status == "unknown" or not told.payment_reference:
            return told
        return channel_dispute.with_charge(told, self.query_refund(told.payment_reference, number))

    def answer_dispute(self, number: str, text: str) -> AnswerOutcome:
        """Send our words: an answer the first time, a supplement afterwards. `unknown`: ask how it stands."""
        if not 0 < len(text) <= self.answer_characters_max:
            raise ValueError(f"an answer has 1 to {self.answer_characters_max} characters")
        told = self.query_dispute(number)
        if told.status == "unknown":
            return "unknown"
        if told.status == "closed":
            return "refused"
        try:
            return channel_dispute.answer_outcome(self._call(*channel_dispute.answer_call(told, text)))
        except (OutsideError, NotBelieved, Unreadable):
            return "unknown"

    def list_disputes(self, since: datetime, until: datetime) -> list[str] | None:
        """The complaints made in this time, oldest page last; None when a page could not be believed."""
        found: list[str] = []
        page = pages = 1
        while page <= min(pages, PAGES_MAX):
            try:
                answer = self._call(channel_dispute.LIST, channel_dispute.list_fields(since, until, page))
                told = channel_dispute.listed(answer)
            except (OutsideError, NotBelieved, Unreadable):
                return None
            if told is None:
                return None
            found += told[0]
            page, pages = page + 1, told[1]
        return found

    def read_notice(
        self, headers: Mapping[str, str], body: bytes
    ) -> PaymentNotice | RefundNotice | DisputeNotice:
        """Verify and read a notice. Headers carry nothing that is signed and are not looked at."""
        return notices.read(body, self._public_key, self._config.app_id, self._config.seller_id)

    def acknowledge(self) -> tuple[int, str, bytes]:
        """The seven bytes that end the sending; anything else is sent again for 25 hours."""
        return 200, "text/plain; charset=utf-8", b"success"

    def close_connections(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def _call(self, method: str, fields: Mapping[str, Any]) -> SignedAnswer:
        return self._answered(method, self._signed(method, fields, {}))

    def _signed(self, method: str, fields: Mapping[str, Any], extra: Mapping[str, str]) -> dict[str, str]:
        parameters = {
            "app_id": self._config.app_id,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": china_text(self._clock()),
            "version": "1.0",
            "biz_content": json.dumps(fields, ensure_ascii=False, separators=(",", ":")),
            **{name: value for name, value in extra.items() if value},
        }
        parameters["sign"] = sign(self._private_key, request_text(parameters))
        return parameters

    def _answered(self, method: str, parameters: Mapping[str, str]) -> SignedAnswer:
        # The charset must stand in the address: a gateway that reads it only from the body takes GBK for it.
        # Nothing else does: addresses end up in logs of proxies, bodies do not.
        answer = self._http.post(
            f"{self._config.base_url}?charset=utf-8",
            urlencode(parameters).encode("ascii"),
            "application/x-www-form-urlencoded;charset=utf-8",
        ).require_ok()
        signed = split_answer(answer.body, method.replace(".", "_") + "_response")
        if not signed.signature:
            raise NotBelieved("answer_not_signed")
        if not verifies(self._public_key, signed.text.encode(), signed.signature):
            raise NotBelieved("answer_signature_wrong")
        return signed
