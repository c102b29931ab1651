"""Commands about a channel's own dispute and the money it takes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RecordChannelDispute:
    """What the channel says of a dispute about payment attempt `payment_n` (S-085). Always recorded.

    `status` is open, answered or closed; `outcome` won, lost or withdrawn once closed. `charged_back_fen` is all that
    the channel has taken back for this dispute so far.
    """

    payment_n: int
    channel: str
    number: str
    status: str
    amount_fen: int
    opened_at: datetime
    outcome: str = ""
    due_at: datetime | None = None
    closed_at: datetime | None = None
    charged_back_fen: int = 0
    reason: str = ""
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class AnswerChannelDispute:
    """Send our evidence in words to the channel, for dispute n of the order."""

    dispute: int
    text_sha256: str
