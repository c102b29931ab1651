"""Money that goes back."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class RefundDecided(Event):
    """Money is to go back: for a unit (with its case), or for money that was never asked for (unit 0)."""

    refund: int
    unit: int
    payment: int
    amount_fen: int
    from_escrow_fen: int
    from_advance_fen: int
    from_overpaid_fen: int
    due_at: str
    case: int = 0
    verdict: dict[str, object] = field(default_factory=dict)
    fee_fen: int = 0  # kept from the unit's price for a repeated mistake of the buyer (R24)
    by_bank: bool = False  # not through the channel: by a payout of the same order
    from_chargeback_fen: int = 0


@dataclass(frozen=True, slots=True)
class RefundAttempted(Event):
    """Marked before the call: this attempt goes to the channel now, or may have gone."""

    refund: int
    attempt: int


@dataclass(frozen=True, slots=True)
class RefundSucceeded(Event):
    """The channel says, signed, that the money is on its way back to the account that paid."""

    refund: int
    attempt: int
    amount_fen: int
    channel: str
    channel_refund_no: str = ""
    source_sha256: str = ""  # of the channel's signed answer


@dataclass(frozen=True, slots=True)
class RefundAttemptFailed(Event):
    """A final no of the channel; nothing moved, so a new attempt with a new reference may follow."""

    refund: int
    attempt: int
    code: str
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RefundParked(Event):
    """The channel cannot pay now and a person must look (no balance, too many attempts)."""

    refund: int
    attempt: int
    code: str


@dataclass(frozen=True, slots=True)
class RefundUnexpected(Event):
    """The channel paid a refund that we did not expect any more; kept in suspense with an alarm."""

    refund: int
    attempt: int
    amount_fen: int
    channel: str
    channel_refund_no: str = ""
