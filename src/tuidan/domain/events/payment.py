"""Money that came in."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class PaymentStarted(Event):
    """An attempt to pay the whole price was opened; its number makes the reference that the channel gets."""

    attempt: int
    channel: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class PaymentCaptured(Event):
    """The channel took the buyer's money; `revived` when the order had expired before it came."""

    attempt: int
    channel: str
    trade_no: str
    amount_fen: int
    captured_at: str
    payer_proof: str = ""
    source_sha256: str = ""
    revived: bool = False
    refund_window_days: int = 0


@dataclass(frozen=True, slots=True)
class PaymentUnexpected(Event):
    """Money that the order did not ask for: duplicate, too late, or another amount. Kept apart, then returned."""

    attempt: int
    channel: str
    trade_no: str
    amount_fen: int
    captured_at: str
    why: str
    payer_proof: str = ""
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class SettlementKnown(Event):
    """Whether the channel has settled a payment to the platform (S-086): `settled`, `unsettled` or `unknown`.

    While it has not, the channel can still stop the money. `settled_at` is the channel's time, "" where it says none.
    """

    payment: int
    state: str
    settled_at: str = ""
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class PayerAccountKnown(Event):
    """Whether the account that paid can still take money back: `closed` or `open` (R15, 七日办法14).

    By the channel's own answer to a refund, or as an operator found it on the bank's paper (`note_sha256`).
    """

    payment: int
    state: str
    source_sha256: str = ""
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class SettlementAsked(Event):
    """Somebody had the channel asked whether it has settled a payment."""

    payment: int
