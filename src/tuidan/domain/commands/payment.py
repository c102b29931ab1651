"""Commands about money that comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StartPayment:
    """Open an attempt to pay the whole price through a channel."""

    channel: str


@dataclass(frozen=True, slots=True)
class RecordPayment:
    """A channel says that money came in. Always recorded, however impossible."""

    payment_n: int
    channel: str
    trade_no: str
    amount_fen: int
    captured_at: datetime
    payer_proof: str
    source_sha256: str
    refund_window_days: int = 0


@dataclass(frozen=True, slots=True)
class RecordSettlement:
    """What the channel says about its settlement of a payment: settled, unsettled or unknown (S-086)."""

    payment_n: int
    state: str
    settled_at: datetime | None = None
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RecordPayerAccount:
    """An operator found on the bank's paper whether the account that paid is `closed` or `open`."""

    state: str
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class AskSettlement:
    """Ask the channel whether it has settled the order's payment; at most every few minutes."""
