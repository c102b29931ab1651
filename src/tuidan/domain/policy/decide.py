"""The decision: facts and a policy in, a verdict out. Pure: `now` is a fact, the calendar is an argument.

facts → inputs → tables, first hit, until a row decides → who may decide (self-operated, risk) → amount → where the
money goes → deadline. The same code answers live orders, the standing answer, previews and `tuidan decide`.
"""

from collections.abc import Mapping

from tuidan.domain.calendar import Calendar, CalendarError, calendar_with
from tuidan.domain.policy.amounts import compensation_fen, fee_fen, left_fen, refund_fen
from tuidan.domain.policy.cell import Value
from tuidan.domain.policy.compiled import CompiledPolicy
from tuidan.domain.policy.deadlines import due
from tuidan.domain.policy.facts import FactsError, validate_facts
from tuidan.domain.policy.inputs import case_inputs
from tuidan.domain.policy.reading import Reading, part_of, read_case
from tuidan.domain.policy.reason_data import Case, reason
from tuidan.domain.policy.sources import with_items
from tuidan.domain.policy.verdict import Verdict
from tuidan.domain.policy.way import way_of


def decide(facts: Mapping[str, object], policy: CompiledPolicy, calendar: Calendar) -> Verdict:
    """Decide one case. Raises FactsError naming the field when a fact has the wrong type."""
    validate_facts(facts)
    return decide_known(facts, policy, calendar)


def decide_known(facts: Mapping[str, object], policy: CompiledPolicy, calendar: Calendar) -> Verdict:
    """The same for facts that are right by construction: those of an order, from `domain/facts.py:unit_facts`."""
    reading = read_case(facts)
    days = _calendar_of(reading, calendar)
    inputs = case_inputs(reading, policy.numbers, days, policy.evidence_roles)
    return _verdict(reading, inputs, policy, days)


def inputs_of(facts: Mapping[str, object], policy: CompiledPolicy, calendar: Calendar) -> dict[str, Value]:
    """The inputs the tables see for these facts, for explaining, replaying and testing. Raises FactsError."""
    validate_facts(facts)
    reading = read_case(facts)
    return case_inputs(reading, policy.numbers, _calendar_of(reading, calendar), policy.evidence_roles)


def _calendar_of(reading: Reading, calendar: Calendar) -> Calendar:
    own = part_of(reading.facts, "other").get("calendar")
    if own is None:
        return calendar
    if not isinstance(own, Mapping):
        raise FactsError("other.calendar", "not_an_object")
    try:
        return calendar_with(calendar, own)
    except CalendarError as error:
        raise FactsError("other.calendar", str(error)) from error


def _verdict(
    reading: Reading, inputs: dict[str, Value], policy: CompiledPolicy, calendar: Calendar
) -> Verdict:
    way = way_of(policy, inputs)
    decision, ending = way.decision, way.ending
    amount = compensation = fee = 0
    if decision == "approve":
        amount = refund_fen(way.formula, reading, policy.numbers)
        if amount == 0:
            # all that this ground owes went back before
            decision, ending = "reject", way.nothing_left
        else:
            compensation = compensation_fen(way.compensation, reading)
            fee = fee_fen(way.formula, reading, policy.numbers)
            decision = "approve_full" if amount == left_fen(way.formula, reading) else "approve_partial"
    case = Case(reading, policy.numbers, inputs, amount, compensation)
    reasons = tuple([reason(code, case) for code in ending.reasons])
    deadline = due(policy.spans[ending.deadline], reading, str(inputs["response"]), calendar)
    carried_by = way.carried_by
    if way.has_uploads:
        carried_by = with_items(carried_by, reading.facts.get("evidence"), policy.evidence_roles)
    # all that the case adds to its way; the zone, for the same moment reads differently in another one
    told = (
        decision, amount, compensation, fee, deadline, reading.now.tzinfo, carried_by if way.has_uploads else None,
        *[tuple(each.data.items()) for each in reasons],
    )  # fmt: skip
    verdict = way.verdicts.get(told)
    if verdict is None:
        verdict = Verdict(
            decision=decision,
            amount_fen=amount,
            compensation_fen=compensation,
            liable=ending.liable,
            deadline=deadline,
            refund_to=ending.refund_to,
            rules=ending.rules,
            reasons=reasons,
            near_misses=way.near_misses,
            policy=policy.name,
            cause=way.cause,
            factors=way.factors,
            rows=ending.rows,
            carried_by=carried_by,
            shared=None if way.has_uploads else way.shared,
            fee_fen=fee,
        )
        way.keep(told, verdict)
    return verdict
