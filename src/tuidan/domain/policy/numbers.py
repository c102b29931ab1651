"""Every number of a policy, typed: windows and holds in seconds, limits in days, money in fen, shares in basis points.

None of them is in the code: this record only says which numbers there must be and between which bounds they make
sense. The values come from the policy document and are part of its hash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from tuidan.domain.policy.vocabulary import GOODS_KINDS

YEAR_SECONDS = 366 * 86_400


class NumbersError(ValueError):
    """A number is missing, unknown, not whole, or out of bounds: the message names it."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one policy version."""

    instant_window_seconds: int
    """R2: from payment, end included."""
    instant_window_after_delivery_seconds: int
    """R2: the window never ends sooner than this after an automatic delivery."""
    sealed_days: int
    """R3: days after the day of delivery, to the end of the last one."""
    eu_withdrawal_days: int
    auto_promise_seconds: int
    """R1: promise of an automatic delivery whose listing names none."""
    manual_promise_seconds: int
    """R1: promise of a manual delivery whose listing names none."""
    seller_answer_seconds: int
    """R12: an answer at exactly this age is in time."""
    appeal_days: int
    """R19."""
    fee_basis_points: int
    """R24: share of the price kept for a repeated mistake of the buyer."""
    fee_max_fen: int
    abnormal_refunds: int
    """R13: refunds in 90 days from which a history can be abnormal."""
    abnormal_share_basis_points: int
    """R13: and the share of orders they must reach."""
    minor_void_age: int
    minor_earner_age: int
    adult_age: int
    minor_usual_spend_fen: int
    """R16: a purchase up to this is in proportion to an age from 8."""
    minor_earner_usual_spend_fen: int
    """R16: the same from the age at which wages can make an adult."""
    rental_billing_minutes: int
    """R10: a buyer who ends a rental pays started pieces of this length."""
    payment_expiry_seconds: int
    """An unpaid order closes after this."""
    hold_seconds: Mapping[str, int]
    """Escrow after delivery, by goods kind."""


BOUNDS: Mapping[str, tuple[int, int]] = {
    "instant_window_seconds": (1, 86_400),
    "instant_window_after_delivery_seconds": (0, 86_400),
    "sealed_days": (1, 365),
    "eu_withdrawal_days": (14, 365),
    "auto_promise_seconds": (1, YEAR_SECONDS),
    "manual_promise_seconds": (1, YEAR_SECONDS),
    "seller_answer_seconds": (3_600, 7 * 86_400),
    "appeal_days": (7, 365),
    "fee_basis_points": (0, 10_000),
    "fee_max_fen": (0, 100_000),
    "abnormal_refunds": (1, 10_000),
    "abnormal_share_basis_points": (1, 10_000),
    "minor_void_age": (8, 8),
    "minor_earner_age": (16, 16),
    "adult_age": (18, 18),
    "minor_usual_spend_fen": (0, 100_000),
    "minor_earner_usual_spend_fen": (0, 100_000),
    "rental_billing_minutes": (1, 60),
    "payment_expiry_seconds": (60, YEAR_SECONDS),
}
HOLD_BOUNDS = (3_600, YEAR_SECONDS)


def numbers_from(plain: object) -> Numbers:
    """Read and check the numbers of a policy document; raises NumbersError."""
    if not isinstance(plain, Mapping):
        raise NumbersError("numbers: not an object")
    known = {field.name for field in fields(Numbers)}
    if extra := sorted(set(plain) - known):
        raise NumbersError(f"numbers.{extra[0]}: unknown")
    for name, (low, high) in BOUNDS.items():
        _check(f"numbers.{name}", plain.get(name), low, high)
    holds = plain.get("hold_seconds")
    if not isinstance(holds, Mapping) or set(holds) != set(GOODS_KINDS):
        raise NumbersError("numbers.hold_seconds: needs exactly the goods kinds")
    for kind, seconds in holds.items():
        _check(f"numbers.hold_seconds.{kind}", seconds, *HOLD_BOUNDS)
    return Numbers(**{**plain, "hold_seconds": dict(holds)})


def _check(name: str, value: object, low: int, high: int) -> None:
    if type(value) is not int:
        raise NumbersError(f"{name}: not a whole number")
    if not low <= value <= high:
        raise NumbersError(f"{name}: out of {low}..{high}")
