"""How much: the amount formulas a policy names, in whole fen, rounded up in the buyer's favour (R7, 处罚办法10).

A pro-rata formula says what is owed in all for that ground; what was returned before is taken off, so the same
shortfall is never paid twice. No formula gives more than what was paid and not yet returned.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tuidan.domain.policy.numbers import Numbers
from tuidan.domain.policy.reading import Reading, part_of, whole

BASIS = 10_000


class AmountError(ValueError):
    """A formula was named for facts that do not carry its figures."""


@dataclass(frozen=True, slots=True)
class Formula:
    """`owed`: fen owed in all; `asked_at_most`: the buyer's own sum limits it."""

    owed: Callable[[Reading, Numbers], int]
    asked_at_most: bool
    counts_returned: bool = True


def share_up(base_fen: int, part: int, whole_: int) -> int:
    """base × part ÷ whole in fen, rounded up."""
    return -(-base_fen * part // whole_)


def misoperation_fee(base_fen: int, numbers: Numbers) -> int:
    """R24: min(share of the price, cap), rounded down in the buyer's favour."""
    return min(base_fen * numbers.fee_basis_points // BASIS, numbers.fee_max_fen)


def _base(reading: Reading) -> int:
    if reading.base_fen is None:
        raise AmountError("amount_paid_fen")
    return reading.base_fen


def _count(reading: Reading, part: str, name: str) -> int:
    value = whole(part_of(reading.facts, part).get(name))
    if value is None:
        raise AmountError(f"{part}.{name}")
    return value


def _missing(part: str, whole_name: str, had_name: str) -> Callable[[Reading, Numbers], int]:
    def owed(reading: Reading, _numbers: Numbers) -> int:
        total, had = _count(reading, part, whole_name), _count(reading, part, had_name)
        return share_up(_base(reading), max(0, total - had), total)

    return owed


def _codes_bad(reading: Reading, _numbers: Numbers) -> int:
    total, bad = (
        _count(reading, "card", "codes_total"),
        _count(reading, "card", "codes_activated_before_reveal"),
    )
    return share_up(_base(reading), bad, total)


def _everything(reading: Reading, _numbers: Numbers) -> int:
    return _base(reading)


def _less_fee(reading: Reading, numbers: Numbers) -> int:
    return _base(reading) - misoperation_fee(_base(reading), numbers)


def _progress_rest(reading: Reading, _numbers: Numbers) -> int:
    return share_up(_base(reading), 100 - _count(reading, "service", "progress_percent"), 100)


def _rental_minutes(reading: Reading) -> int:
    hours = part_of(reading.facts, "service").get("hours_total")
    if not isinstance(hours, int | float):
        raise AmountError("service.hours_total")
    return round(hours * 60)


def _minutes_rest(reading: Reading, _numbers: Numbers) -> int:
    total, used = _rental_minutes(reading), _count(reading, "service", "minutes_used")
    return share_up(_base(reading), max(0, total - used), total)


def _started_pieces_rest(reading: Reading, numbers: Numbers) -> int:
    total, used = _rental_minutes(reading), _count(reading, "service", "minutes_used")
    piece = numbers.rental_billing_minutes
    return share_up(_base(reading), max(0, total - -(-used // piece) * piece), total)


def _agreed(reading: Reading, _numbers: Numbers) -> int:
    offered = whole(part_of(reading.facts, "seller_response").get("offered_fen"))
    requested = reading.requested_fen
    if requested is None:
        raise AmountError("requested_fen")
    return requested if offered is None else min(requested, offered)


def _second_payment(reading: Reading, _numbers: Numbers) -> int:
    return reading.second_fen


FORMULAS: Mapping[str, Formula] = {
    "everything": Formula(_everything, asked_at_most=False),
    "all": Formula(_everything, asked_at_most=True),
    # what was undone goes back whole, so its price does too
    "less_fee": Formula(_less_fee, asked_at_most=False),
    "missing_top_up": Formula(_missing("top_up", "ordered_fen", "arrived_fen"), asked_at_most=True),
    "missing_face_value": Formula(
        _missing("card", "face_value_ordered_fen", "face_value_real_fen"), asked_at_most=True
    ),
    "bad_codes": Formula(_codes_bad, asked_at_most=True),
    "missing_codes": Formula(_missing("card", "codes_total", "codes_delivered"), asked_at_most=False),
    "missing_months": Formula(
        _missing("membership", "plan_ordered_months", "plan_opened_months"), asked_at_most=True
    ),
    "unused_days": Formula(_missing("membership", "days_total", "days_used"), asked_at_most=True),
    "unfinished_work": Formula(_progress_rest, asked_at_most=True),
    "unused_minutes": Formula(_minutes_rest, asked_at_most=True),
    "unstarted_pieces": Formula(_started_pieces_rest, asked_at_most=True),
    "agreed": Formula(_agreed, asked_at_most=True, counts_returned=False),
    "second_payment": Formula(_second_payment, asked_at_most=False, counts_returned=False),
}
COMPENSATION_FIELDS: Mapping[str, str] = {
    "efficiency_deposit": "efficiency_deposit_fen",
    "safety_deposit": "safety_deposit_fen",
}


def refund_fen(name: str, reading: Reading, numbers: Numbers) -> int:
    """The cash refund of a formula, 0 ≤ refund ≤ paid and not yet returned. Raises AmountError, KeyError."""
    formula = FORMULAS[name]
    amount = formula.owed(reading, numbers)
    limit = left_fen(name, reading)
    if formula.counts_returned:
        amount -= reading.refunded_fen
    if formula.asked_at_most and reading.requested_fen is not None:
        amount = min(amount, reading.requested_fen)
    return max(0, min(amount, limit))


def fee_fen(name: str, reading: Reading, numbers: Numbers) -> int:
    """What the platform keeps by this formula (R24); 0 for every other one."""
    return misoperation_fee(_base(reading), numbers) if name == "less_fee" else 0


def left_fen(name: str, reading: Reading) -> int:
    """All that a full refund could still be: what is left of the price, or the second payment."""
    if name == "second_payment":
        paid = _base(reading) + reading.second_fen
        return max(0, min(reading.second_fen, paid - reading.refunded_fen))
    return reading.left_fen or 0


def compensation_fen(name: str, reading: Reading) -> int:
    """The displayed deposit that goes to the buyer on top (R10); 0 where none is named or none was displayed."""
    field = COMPENSATION_FIELDS.get(name)
    return 0 if field is None else whole(part_of(reading.facts, "service").get(field)) or 0
