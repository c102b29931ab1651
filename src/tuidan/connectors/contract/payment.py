"""What every payment channel must do, and the records it speaks in.

A channel starts a payment, says what became of it, refunds, says what became of a refund, and reads the
notices a provider sends. It knows neither orders nor tables: references are opaque strings given by the
caller, amounts whole fen, times aware UTC. It leaves to others when to call and what an answer means for
an order.

Unknown is pending (ADR outbox-rows): a call whose answer is lost never raises out of `refund`, `query_refund`,
`query` or `close`; it answers `unknown`. Only `start` raises, because nothing has been promised yet.
The checks each channel must pass are in `conformance_payment.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from tuidan.connectors.contract.channel_dispute import DisputeNotice

PaymentMode = Literal["page", "qr"]
PaymentOutcome = Literal["captured", "waiting", "closed", "unknown"]
RefundOutcome = Literal["succeeded", "failed", "pending", "unknown"]
CloseOutcome = Literal["closed", "not_found", "already_paid", "unknown"]
Idempotency = Literal["by_reference", "query_first", "none"]

RefundAdvice = Literal["done", "query_first", "retry_later", "park", "new_attempt"]
"""What may be done next with this attempt.

done         nothing: the outcome is final and came signed
query_first  the outcome is not known: call `query_refund` before anything else
retry_later  nothing has moved yet, as far as the channel can say: send the SAME reference again after a pause
park         sending again cannot help until a person or money arrives (balance, contract, our own fault)
new_attempt  this reference is finished without moving money (or the money came back): a NEW reference may be
             used, after one `query_refund` of the old one
"""


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """A payment to be started. `expires_at` is the last moment the channel may take the money (aware UTC)."""

    reference: str
    amount_fen: int
    currency: str
    subject: str
    notify_url: str
    return_url: str
    expires_at: datetime
    mode: PaymentMode = "page"


@dataclass(frozen=True, slots=True)
class PaymentStart:
    """Where the buyer goes: an address to open (mode page) or the text of a QR code (mode qr)."""

    url: str | None
    qr_code: str | None


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """What the channel says about a payment. `raw` is the signed text as it came ('' when none came).

    `payer_id` names the paying account stably, `payer_account_masked` is what may be shown to people.
    `settled` tells whether the money has left the channel for the merchant, so that it can no longer be stopped
    there, `settled_at` since when; None: it does not say.
    """

    outcome: PaymentOutcome
    amount_fen: int | None = None
    trade_no: str | None = None
    payer_account_masked: str | None = None
    payer_id: str | None = None
    captured_at: datetime | None = None
    settled: bool | None = None
    settled_at: datetime | None = None
    error_code: str | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """One refund attempt. The same `refund_reference` sent twice must move money once.

    Either `trade_no` (the channel's number) or `payment_reference` finds the payment; both are sent when known.
    `notify_url` is for channels that take one with the refund; Alipay sends refund notices to the payment's.
    """

    payment_reference: str
    trade_no: str | None
    refund_reference: str
    amount_fen: int
    currency: str
    reason: str
    notify_url: str | None = None


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """What the channel says about one refund attempt.

    `amount_fen` is what this attempt moved (not the trade's total), None when nothing is known to have moved.
    `destination` says where the money went: a masked account, or the channel's code for a kind of account.
    `channel_refund_no` is None where the channel gives refunds no number of their own (Alipay). `payer_account` is
    closed where a failed attempt can never reach the account that paid, because it is no more.
    """

    outcome: RefundOutcome
    advice: RefundAdvice
    amount_fen: int | None = None
    channel_refund_no: str | None = None
    error_code: str | None = None
    destination: str | None = None
    raw: str = ""
    payer_account: Literal["", "closed"] = ""


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """A verified notice about a payment.

    `digest` lets the caller drop replays: SHA-256 in hex of what was signed, so that the same notice written in
    another way (order of fields, case of escapes) has the same digest.
    """

    reference: str
    outcome: PaymentOutcome
    amount_fen: int
    currency: str
    trade_no: str
    payer_account_masked: str | None
    payer_id: str | None
    captured_at: datetime | None
    notice_id: str
    sent_at: datetime | None
    digest: str


@dataclass(frozen=True, slots=True)
class RefundNotice:
    """A verified notice that a refund happened. Handle it by calling `query_refund`.

    Alipay tells the trade's total refunded so far, not what this refund moved: `amount_fen` is then None
    and `total_refunded_fen` is set.
    """

    payment_reference: str
    refund_reference: str
    outcome: RefundOutcome
    amount_fen: int | None
    total_refunded_fen: int | None
    currency: str
    trade_no: str
    refunded_at: datetime | None
    notice_id: str
    sent_at: datetime | None
    digest: str


class NoticeRefused(Exception):
    """A notice that must change nothing. `code` is stable, `detail` is for logs (no personal data)."""

    code = "notice_refused"

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.code}: {detail}" if detail else self.code)
        self.detail = detail


class ForgedNotice(NoticeRefused):
    """The signature does not fit the content: not from the channel, or changed on the way."""

    code = "notice_forged"


class ForeignNotice(NoticeRefused):
    """Truly from the channel, but for another app or another seller."""

    code = "notice_foreign"


class MalformedNotice(NoticeRefused):
    """Cannot be read without guessing: a field twice or missing, an amount that is not exact fen, bad encoding."""

    code = "notice_malformed"


class ChannelError(Exception):
    """`start` could not start. `retry_can_help` says whether the same call may succeed later."""

    retry_can_help = False

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


class ChannelUnavailable(ChannelError):
    """No usable answer came. Starting again with the same reference is safe."""

    retry_can_help = True


class ChannelRefused(ChannelError):
    """The channel said no, signed. The same request will be refused again."""


@runtime_checkable
class PaymentChannel(Protocol):
    """One payment channel. Thread-safe; holds a connection pool, `close_connections` lets it go."""

    name: str
    idempotency: Idempotency
    refund_window_days: int

    def start(self, request: PaymentRequest) -> PaymentStart:
        """Prepare a payment. Raises ChannelUnavailable or ChannelRefused; ValueError for a wrong request."""
        ...

    def query(self, reference: str) -> PaymentAnswer:
        """Say what became of a payment."""
        ...

    def close(self, reference: str) -> CloseOutcome:
        """Stop an unpaid payment from being paid. `not_found`: the buyer never opened it."""
        ...

    def refund(self, request: RefundRequest) -> RefundAnswer:
        """Send one refund attempt. Raises only ValueError, for a request that could never be sent."""
        ...

    def query_refund(self, payment_reference: str, refund_reference: str) -> RefundAnswer:
        """Say what became of a refund attempt."""
        ...

    def read_notice(
        self, headers: Mapping[str, str], body: bytes
    ) -> PaymentNotice | RefundNotice | DisputeNotice:
        """Verify and read a notice. Raises ForgedNotice, ForeignNotice or MalformedNotice.

        An old notice is read like a new one: late money is real. Replays are the caller's to drop by `digest`.
        """
        ...

    def acknowledge(self) -> tuple[int, str, bytes]:
        """The answer (status, content type, body) that makes the channel stop sending this notice."""
        ...

    def close_connections(self) -> None:
        """Let go of open connections."""
        ...
