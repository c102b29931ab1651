"""What a payment channel with disputes of its own must do, and the records it speaks in (S-085, R20).

A dispute is opened by the buyer at the channel; the channel then may take the money back without asking us. A notice
names only the dispute's number: what it is about, and how it stands, is asked by a signed query. Amounts are whole
fen, times aware UTC. Unknown is pending: a call whose answer is lost answers `unknown` and never raises.
The checks are in `conformance_channel_dispute.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

DisputeStatus = Literal["open", "answered", "closed", "unknown"]
DisputeOutcome = Literal["", "won", "lost", "withdrawn"]
AnswerOutcome = Literal["taken", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class DisputeNotice:
    """A verified notice that something about a dispute changed: a reason to call `query_dispute`.

    `digest` is the SHA-256 in hex of what was signed, so that a replay has the same one.
    """

    number: str
    notice_id: str
    sent_at: datetime | None
    digest: str


@dataclass(frozen=True, slots=True)
class DisputeAnswer:
    """What the channel says of a dispute. `raw` is the signed text as it came ('' when none came).

    `payment_reference` is ours. `outcome` is as seen from here: `won` means that the channel took nothing.
    `charged_back_fen` is what the channel has taken back for this dispute; None: it does not say. `due_at` is until
    when it wants our answer; `due_is_ours` when that is our own aim because the channel names none.
    """

    status: DisputeStatus
    number: str = ""
    payment_reference: str = ""
    trade_no: str = ""
    amount_fen: int = 0
    outcome: DisputeOutcome = ""
    charged_back_fen: int | None = None
    opened_at: datetime | None = None
    due_at: datetime | None = None
    due_is_ours: bool = False
    closed_at: datetime | None = None
    reason: str = ""
    error_code: str | None = None
    raw: str = ""


@runtime_checkable
class DisputeChannel(Protocol):
    """A payment channel that tells of disputes and hears our side."""

    name: str
    answer_characters_max: int

    def query_dispute(self, number: str) -> DisputeAnswer:
        """Say how a dispute stands. `unknown` when no answer can be believed."""
        ...

    def answer_dispute(self, number: str, text: str) -> AnswerOutcome:
        """Send our side with its evidence in words. Saying the same twice does no harm.

        Raises ValueError for a text that is empty or longer than `answer_characters_max`.
        """
        ...

    def list_disputes(self, since: datetime, until: datetime) -> list[str] | None:
        """The numbers of the disputes that changed in this time, for notices that were lost; None: not known."""
        ...
