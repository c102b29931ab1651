"""Commands about money that goes back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkRefundSent:
    """Mark a refund attempt sent, before the channel is called (ADR outbox-rows)."""

    refund: int


@dataclass(frozen=True, slots=True)
class RecordRefund:
    """What the channel said of one refund attempt: succeeded, failed or parked. Pending is never recorded."""

    refund: int
    attempt: int
    outcome: str
    amount_fen: int
    channel_refund_no: str = ""
    code: str = ""
    payer_account: str = ""  # closed: the channel says that the account which paid is no more
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RetryRefund:
    """An operator has looked at a parked refund whose attempts are used up: try anew with a new reference."""

    refund: int
