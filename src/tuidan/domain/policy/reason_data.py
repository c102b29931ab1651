"""Which facts go along with each reason, so that a sentence can name them: amounts in fen, spans in seconds.

Codes without an entry carry no data. The data are numbers and enums of the case, never a party's words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tuidan.domain.policy.amounts import misoperation_fee
from tuidan.domain.policy.cell import Value
from tuidan.domain.policy.numbers import Numbers
from tuidan.domain.policy.reading import Reading, hours_as_seconds, moment, part_of, promised_seconds, whole
from tuidan.domain.policy.verdict import Reason


@dataclass(slots=True)
class Case:
    """What a datum may be read from: the facts, the numbers, the inputs and the amounts decided."""

    reading: Reading
    numbers: Numbers
    inputs: Mapping[str, Value]
    amount_fen: int
    compensation_fen: int


Datum = Callable[[Case], Value | None]


def _fact(part: str, name: str) -> Datum:
    return lambda case: whole(part_of(case.reading.facts, part).get(name))


def _window_end(case: Case) -> int:
    paid, delivered = case.reading.since_paid, case.reading.since_delivered
    end = case.numbers.instant_window_seconds
    if paid is not None and delivered is not None:
        end = max(end, paid - delivered + case.numbers.instant_window_after_delivery_seconds)
    return end


def _activation_gap(case: Case) -> int | None:
    card = part_of(case.reading.facts, "card")
    activated, revealed = moment(card.get("activated_at")), moment(card.get("revealed_at"))
    if activated is None or revealed is None:
        return None
    return abs(int((revealed - activated).total_seconds()))


DATA: Mapping[str, Datum] = {
    "amount_fen": lambda case: case.amount_fen,
    "compensation_fen": lambda case: case.compensation_fen or None,
    "paid_fen": lambda case: case.reading.base_fen,
    "refunded_fen": lambda case: case.reading.refunded_fen,
    "second_payment_fen": lambda case: case.reading.second_fen,
    "fee_fen": lambda case: misoperation_fee(case.reading.base_fen or 0, case.numbers),
    "fee_basis_points": lambda case: case.numbers.fee_basis_points,
    "mistake_number": lambda case: int(case.inputs["misoperations"]) + 1,
    "seconds_since_paid": lambda case: case.reading.since_paid,
    "window_seconds": _window_end,
    "days": lambda case: case.numbers.sealed_days,
    "promised_seconds": lambda case: promised_seconds(case.reading.facts),
    "asked_seconds": lambda case: hours_as_seconds(
        part_of(case.reading.facts, "seller_response").get("hours_since_asked")
    ),
    "answer_seconds": lambda case: case.numbers.seller_answer_seconds,
    "activation_gap_seconds": _activation_gap,
    "ordered_fen": _fact("top_up", "ordered_fen"),
    "arrived_fen": _fact("top_up", "arrived_fen"),
    "face_ordered_fen": _fact("card", "face_value_ordered_fen"),
    "face_real_fen": _fact("card", "face_value_real_fen"),
    "codes_total": _fact("card", "codes_total"),
    "codes_delivered": _fact("card", "codes_delivered"),
    "codes_bad": _fact("card", "codes_activated_before_reveal"),
    "months_ordered": _fact("membership", "plan_ordered_months"),
    "months_opened": _fact("membership", "plan_opened_months"),
    "days_total": _fact("membership", "days_total"),
    "days_used": _fact("membership", "days_used"),
    "progress_percent": _fact("service", "progress_percent"),
    "minutes_used": _fact("service", "minutes_used"),
    "piece_minutes": lambda case: case.numbers.rental_billing_minutes,
    "age": _fact("buyer", "age"),
    "appeal_days": lambda case: case.numbers.appeal_days,
}

CARRIES: Mapping[str, tuple[str, ...]] = {
    "duplicate_payment": ("second_payment_fen", "amount_fen"),
    "already_returned": ("refunded_fen",),
    "mistake_fee": ("fee_fen", "fee_basis_points", "mistake_number", "amount_fen"),
    "promise_passed": ("promised_seconds", "seconds_since_paid"),
    "promise_passed_in_flight": ("promised_seconds", "seconds_since_paid"),
    "within_promise": ("promised_seconds", "seconds_since_paid"),
    "within_promise_cannot_stop": ("promised_seconds", "seconds_since_paid"),
    "instant_window": ("seconds_since_paid", "window_seconds"),
    "sealed_unused": ("days",),
    "seven_days_over": ("days",),
    "codes_missing": ("codes_total", "codes_delivered", "amount_fen"),
    "codes_activated_before_reveal": ("codes_bad", "codes_total", "amount_fen"),
    "activated_before_reveal": ("activation_gap_seconds",),
    "activated_by_buyer": ("activation_gap_seconds",),
    "face_value_short": ("face_ordered_fen", "face_real_fen", "amount_fen"),
    "face_value_short_unused": ("face_ordered_fen", "face_real_fen"),
    "arrived_short": ("ordered_fen", "arrived_fen", "paid_fen", "amount_fen"),
    "top_up_reversed": ("amount_fen",),
    "settled_in_part": ("amount_fen",),
    "seller_silent": ("asked_seconds", "answer_seconds"),
    "seller_time_running": ("asked_seconds", "answer_seconds"),
    "seller_not_asked": ("answer_seconds",),
    "plan_short": ("months_ordered", "months_opened", "amount_fen"),
    "stopped_by_seller": ("days_total", "days_used", "amount_fen"),
    "stopped_early": ("days_total", "days_used", "amount_fen"),
    "renewal_not_announced": ("days_used", "amount_fen"),
    "work_late": ("progress_percent", "compensation_fen", "amount_fen"),
    "work_stopped_by_seller": ("progress_percent", "compensation_fen", "amount_fen"),
    "work_ended_by_buyer": ("progress_percent", "amount_fen"),
    "banned_during_service": ("compensation_fen", "amount_fen"),
    "rental_taken_back": ("minutes_used", "amount_fen"),
    "rental_ended_by_buyer": ("minutes_used", "piece_minutes", "amount_fen"),
    "minor_under_8": ("age",),
    "minor_out_of_proportion": ("age",),
    "appeal_too_late": ("appeal_days",),
}


def reason(code: str, case: Case) -> Reason:
    """A reason code with its data."""
    carried = CARRIES.get(code)
    return Reason(code, {key: DATA[key](case) for key in carried} if carried else {})
