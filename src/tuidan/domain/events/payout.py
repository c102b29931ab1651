"""Money that goes to the buyer by bank instead of the channel: to an account of the same name (R15, R23)."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class PayoutWanted(Event):
    """Money must go by bank. `refund` is the refund it pays, or 0 with `case` for a compensation."""

    payout: int
    refund: int
    case: int
    amount_fen: int
    why: str
    due_at: str


@dataclass(frozen=True, slots=True)
class RefundRerouted(Event):
    """A refund that its channel cannot make is to go by bank; its last attempt has ended without moving money."""

    refund: int


@dataclass(frozen=True, slots=True)
class CompensationCharged(Event):
    """The seller's book gave so much for a compensation; `owed_fen` is still owed before it can be paid."""

    payout: int
    amount_fen: int
    owed_fen: int


@dataclass(frozen=True, slots=True)
class PayoutConsented(Event):
    """The buyer agreed in writing and named an account of the same name; both lie erasable beside the event. The
    platform pays by `due_at`.
    """

    payout: int
    text_sha256: str
    due_at: str = ""


@dataclass(frozen=True, slots=True)
class PayoutEntered(Event):
    """An operator paid at the bank and entered its reference; another operator must confirm."""

    payout: int
    reference: str
    by: str


@dataclass(frozen=True, slots=True)
class PayoutConfirmed(Event):
    """A second operator found the payment in the bank's records."""

    payout: int
    refund: int
    amount_fen: int
    by: str


@dataclass(frozen=True, slots=True)
class PayoutFailed(Event):
    """The payment did not go through, or came back: the buyer is asked for the account again."""

    payout: int
    why: str
    by: str
