"""Commands about money that goes by bank (R15, R23)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConsentToPayout:
    """The buyer agrees and names an account of the same name; the words themselves are kept beside the event."""

    payout: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class EnterPayout:
    """An operator paid at the bank; `reference` is the bank's."""

    payout: int
    reference: str


@dataclass(frozen=True, slots=True)
class ConfirmPayout:
    """Another operator found the payment in the bank's records."""

    payout: int


@dataclass(frozen=True, slots=True)
class FailPayout:
    """The payment did not go through: ask the buyer for the account again."""

    payout: int
    why: str


@dataclass(frozen=True, slots=True)
class RerouteRefund:
    """An operator sends a parked refund by bank, because its channel can not make it any more."""

    refund: int
