"""What the payment channel does by itself: disputes about a payment, and money that it takes back."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class ChannelDisputeOpened(Event):
    """The buyer opened a dispute at the channel, or the channel took a closed one up again; the order is frozen.

    `reason` is the channel's category, never the buyer's own words.
    """

    dispute: int
    payment: int
    channel: str
    number: str
    amount_fen: int
    opened_at: str
    due_at: str = ""
    reason: str = ""
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ChannelDisputeAnswered(Event):
    """A person here wrote an answer with our evidence; it goes to the channel now. Its words are kept beside."""

    dispute: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class ChannelDisputeAnswerTaken(Event):
    """The channel says that it has our answer."""

    dispute: int
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ChannelDisputeClosed(Event):
    """The channel has decided: `won` (it took nothing), `lost`, or `withdrawn` by the buyer."""

    dispute: int
    outcome: str
    closed_at: str
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ChargedBack(Event):
    """The channel took money of a payment back by itself; always recorded, however impossible (dispute 0: none)."""

    payment: int
    channel: str
    amount_fen: int
    dispute: int = 0
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RefundChargedBack(Event):
    """A refund that was decided here is paid: the channel has taken this money back already. Nothing is sent."""

    refund: int
    payment: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class RefundReduced(Event):
    """A part of a decided refund was taken back by the channel already; the rest still goes."""

    refund: int
    payment: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class ChargebackDoubled(Event):
    """Money that the channel took back though it had been returned before; kept in suspense with an alarm."""

    payment: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class RefundOutside(Event):
    """Money went back to the buyer without us, by hand in the channel's console; booked with an alarm."""

    payment: int
    channel: str
    amount_fen: int
    source_sha256: str = ""
