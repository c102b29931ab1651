"""A dispute that the buyer opened at the payment channel: its state and its table (S-085, R20).

While one is open the order is frozen: no refund leaves and the seller is not paid, because the channel may take
the money back by itself and nothing may be paid twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

CHANNEL_DISPUTE_TABLE: Table = {
    ("new", "channel_dispute_opened"): "open",
    ("closed", "channel_dispute_opened"): "open",
    ("open", "channel_dispute_answered"): "open",
    ("answered", "channel_dispute_answered"): "answered",
    ("open", "channel_dispute_answer_taken"): "answered",
    ("open", "channel_dispute_closed"): "closed",
    ("answered", "channel_dispute_closed"): "closed",
}
OPEN = frozenset({"open", "answered"})
OUTCOMES = ("won", "lost", "withdrawn")  # as seen from here: won means that the channel took nothing


@dataclass(slots=True)
class ChannelDispute:
    """Dispute n of an order about payment attempt `payment`, under the channel's `number`.

    Times are seconds since 1970 UTC (0: not yet), `due_at` is ISO 8601 UTC ("": the channel names none). `answer` is
    the event that holds our last answer, `charged_fen` what the channel has taken back for this dispute.
    """

    n: int
    payment: int
    number: str
    amount_fen: int
    due_at: str = ""
    status: str = "open"
    outcome: str = ""
    opened_at: int = 0
    closed_at: int = 0
    answer: int = 0
    charged_fen: int = 0

    def is_open(self) -> bool:
        """Whether the channel may still take the money back."""
        return self.status in OPEN


def find_channel_dispute(disputes: list[ChannelDispute], number: str) -> ChannelDispute | None:
    """The dispute under this number of the channel; None when it was never told of."""
    return next((dispute for dispute in disputes if dispute.number == number), None)


def _open(disputes: list[ChannelDispute], event: e.ChannelDisputeOpened, n: int, now: int) -> None:
    opened_at = int(datetime.fromisoformat(event.opened_at).timestamp())
    if event.dispute <= len(disputes):  # the channel took it up again
        dispute = disputes[event.dispute - 1]
        dispute.status = step(CHANNEL_DISPUTE_TABLE, dispute.status, "channel_dispute_opened")
        dispute.outcome, dispute.closed_at, dispute.due_at = "", 0, event.due_at
        return
    status = step(CHANNEL_DISPUTE_TABLE, "new", "channel_dispute_opened")
    disputes.append(
        ChannelDispute(
            event.dispute,
            event.payment,
            event.number,
            event.amount_fen,
            event.due_at,
            status,
            opened_at=opened_at,
        )
    )


def _answer(disputes: list[ChannelDispute], event: e.ChannelDisputeAnswered, n: int, now: int) -> None:
    dispute = disputes[event.dispute - 1]
    dispute.status = step(CHANNEL_DISPUTE_TABLE, dispute.status, "channel_dispute_answered")
    dispute.answer = n


def _take_answer(
    disputes: list[ChannelDispute], event: e.ChannelDisputeAnswerTaken, n: int, now: int
) -> None:
    dispute = disputes[event.dispute - 1]
    dispute.status = step(CHANNEL_DISPUTE_TABLE, dispute.status, "channel_dispute_answer_taken")


def _close(disputes: list[ChannelDispute], event: e.ChannelDisputeClosed, n: int, now: int) -> None:
    dispute = disputes[event.dispute - 1]
    dispute.status = step(CHANNEL_DISPUTE_TABLE, dispute.status, "channel_dispute_closed")
    dispute.outcome, dispute.closed_at = event.outcome, now


def _charge(disputes: list[ChannelDispute], event: e.ChargedBack, n: int, now: int) -> None:
    if event.dispute:
        disputes[event.dispute - 1].charged_fen += event.amount_fen


CHANNEL_DISPUTE_FOLDS: Folds = {
    e.ChannelDisputeOpened: _open,
    e.ChannelDisputeAnswered: _answer,
    e.ChannelDisputeAnswerTaken: _take_answer,
    e.ChannelDisputeClosed: _close,
    e.ChargedBack: _charge,
}
