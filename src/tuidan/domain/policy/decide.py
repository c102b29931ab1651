"""The decision: facts and a policy in, a verdict out. Pure: `now` is a fact, the calendar is an argument.

facts → inputs → tables, first hit, until a row decides → who may decide (self-operated, risk) → amount → where the
money goes → deadline. The same code answers live orders, the standing answer, previews and `tuidan decide`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tuidan.domain.calendar import Calendar, CalendarError, calendar_with
from tuidan.domain.policy.amounts import compensation_fen, left_fen, refund_fen
from tuidan.domain.policy.cell import Value
from tuidan.domain.policy.compiled import CompiledPolicy
from tuidan.domain.policy.deadlines import due
from tuidan.domain.policy.facts import FactsError, validate_facts
from tuidan.domain.policy.inputs import case_inputs
from tuidan.domain.policy.reading import Reading, part_of, read_case
from tuidan.domain.policy.reason_data import Case, reason
from tuidan.domain.policy.sources import UPLOAD, Carried, carried_by, with_items
from tuidan.domain.policy.table import Row, Table
from tuidan.domain.policy.verdict import NearMiss, Verdict

NEAR_MISSES_MAX = 5
FAULT_OF = {"third_party": "seller", "self_operated": "platform"}
WAYS_MAX = 4096
NOWHERE: Mapping[str, Value] = {}
TERMS = ("decision", "amount", "deadline", "liable")


class UndecidedError(RuntimeError):
    """A table had no row for these inputs; a policy that passed the publishing check cannot come here."""


@dataclass(frozen=True, slots=True)
class Hit:
    """The rows that matched on the way, the table that decided, and the outcome so far."""

    rows: tuple[str, ...]
    table: Table
    row: int
    outcome: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Way:
    """Where the tables lead with one set of inputs, and what can be said of it from the inputs alone."""

    hit: Hit
    authority_row: str
    authority: Mapping[str, Value]
    destination_row: str
    destination: Mapping[str, Value]
    near_misses: tuple[NearMiss, ...]
    factors: Mapping[str, Mapping[str, Value]]
    carried_by: tuple[Carried, ...]
    has_uploads: bool


def decide(facts: Mapping[str, object], policy: CompiledPolicy, calendar: Calendar) -> Verdict:
    """Decide one case. Raises FactsError naming the field when a fact has the wrong type."""
    validate_facts(facts)
    reading = read_case(facts)
    days = _calendar_of(reading, calendar)
    inputs = case_inputs(reading, policy.numbers, days, policy.evidence_roles)
    return _verdict(reading, inputs, policy, days)


def inputs_of(facts: Mapping[str, object], policy: CompiledPolicy, calendar: Calendar) -> dict[str, Value]:
    """The inputs the tables see for these facts, for explaining, replaying and testing. Raises FactsError."""
    validate_facts(facts)
    reading = read_case(facts)
    return case_inputs(reading, policy.numbers, _calendar_of(reading, calendar), policy.evidence_roles)


def walk(policy: CompiledPolicy, inputs: Mapping[str, Value]) -> Hit:
    """Follow the deciding tables until a row decides. Raises UndecidedError."""
    rows: list[str] = []
    table = policy.deciding[policy.start]
    for _ in policy.deciding:
        place = table.first_hit(inputs)
        if place < 0:
            raise UndecidedError(table.name)
        outcome = table.outcomes[place]
        rows.append(table.rows[place].id)
        following = outcome["next"]
        if not following:
            return Hit(tuple(rows), table, place, outcome)
        table = policy.deciding[str(following)]
    raise UndecidedError(table.name)


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


def _follow(table: Table, inputs: dict[str, Value]) -> tuple[str, Mapping[str, Value]]:
    place = table.first_hit(inputs)
    if place < 0:
        raise UndecidedError(table.name)
    return table.rows[place].id, table.outcomes[place]


def _words(*cells: Value) -> tuple[str, ...]:
    """The words of several cells in order, each once."""
    return tuple(dict.fromkeys(word for cell in cells for word in str(cell).split()))


def _verdict(
    reading: Reading, inputs: dict[str, Value], policy: CompiledPolicy, calendar: Calendar
) -> Verdict:
    way = _way(policy, inputs)
    hit, authority = way.hit, way.authority
    outcome = hit.outcome
    decision = str(authority["decision"] or outcome["decision"])
    overruled = bool(authority["decision"])
    amount = compensation = 0
    deadline_name = str(authority["deadline"] or outcome["deadline"])
    rules, codes = [authority["rules"], outcome["rules"]], [authority["reasons"], outcome["reasons"]]
    rows = (*hit.rows, way.authority_row)
    refund_to = None
    liable = "undetermined" if overruled else str(outcome["liable"])
    if decision == "approve":
        formula = str(outcome["amount"])
        amount = refund_fen(formula, reading, policy.numbers)
        if amount == 0:
            # all that this ground owes went back before
            decision, liable, deadline_name = "reject", "none", "buyer_appeal"
            rules, codes = ["R19"], ["already_returned"]
        else:
            compensation = compensation_fen(str(outcome["compensation"]), reading)
            decision = "approve_full" if amount == left_fen(formula, reading) else "approve_partial"
            destination = way.destination
            rows = (*rows, way.destination_row)
            refund_to = str(destination["refund_to"])
            deadline_name = str(destination["deadline"] or deadline_name)
            rules.append(destination["rules"])
            codes.append(destination["reasons"])
    case = Case(reading, policy.numbers, inputs, amount, compensation)
    return Verdict(
        decision=decision,
        amount_fen=amount,
        compensation_fen=compensation,
        liable=_fault(liable, inputs, "undetermined"),
        deadline=due(policy.spans[deadline_name], reading, str(inputs["response"]), calendar),
        refund_to=refund_to,
        rules=_words(*rules),
        reasons=tuple(reason(code, case) for code in _words(*codes)),
        near_misses=way.near_misses,
        policy=policy.name,
        cause=_fault(str(outcome["cause"]), inputs, "unknown"),
        factors=way.factors,
        rows=rows,
        carried_by=with_items(way.carried_by, reading.facts.get("evidence"), policy.evidence_roles)
        if way.has_uploads
        else way.carried_by,
    )


def _way(policy: CompiledPolicy, inputs: dict[str, Value]) -> Way:
    """The way of these inputs; the same inputs always lead the same way, so ways are kept, up to a limit."""
    key = tuple(inputs.values())  # the inputs of one goods kind always come in one order
    way = policy.ways.get(key)
    if way is None:
        way = _find_way(policy, inputs)
        if len(policy.ways) < WAYS_MAX:
            policy.ways[key] = way
    return way


def _find_way(policy: CompiledPolicy, found: Mapping[str, Value]) -> Way:
    hit = walk(policy, found)
    inputs = {**found, "proposed": hit.outcome["decision"], "proof": hit.outcome["proof"]}
    authority_row, authority = _follow(policy.authority, inputs)
    destination_row, destination = "", NOWHERE
    if (authority["decision"] or hit.outcome["decision"]) == "approve":
        destination_row, destination = _follow(policy.destination, inputs)
    carrying = carried_by(
        _matched(policy, (*hit.rows, authority_row, destination_row)),
        (column for _, column, _ in hit.table.one_short(inputs, (1 << hit.row) - 1)),
        inputs,
    )
    return Way(
        hit,
        authority_row,
        authority,
        destination_row,
        destination,
        _near_misses(hit, policy.paying[hit.table.name], inputs),
        _factors(inputs),
        carrying,
        any(fact.sources == UPLOAD for fact in carrying),
    )


def _matched(policy: CompiledPolicy, rows: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Row]]:
    """The columns and the row of each row id; an empty id is no row."""
    tables = {
        **policy.deciding,
        policy.authority.name: policy.authority,
        policy.destination.name: policy.destination,
    }
    for found in filter(None, rows):
        table = tables[found.partition(".")[0]]
        yield table.columns, next(row for row in table.rows if row.id == found)


def _fault(word: str, inputs: Mapping[str, Value], doubtful: str) -> str:
    """`fault` means whoever sold: the third-party seller, or the platform for its own goods (R21)."""
    return FAULT_OF.get(str(inputs["seller_type"]), doubtful) if word == "fault" else word


def _near_misses(hit: Hit, paying: int, inputs: Mapping[str, Value]) -> tuple[NearMiss, ...]:
    """Rows before the hit that would have paid, or paid on other terms, had one condition held."""
    terms = [hit.outcome[name] for name in TERMS]
    found: list[NearMiss] = []
    for row, column, value in hit.table.one_short(inputs, paying & ((1 << hit.row) - 1)):
        outcome = hit.table.outcomes[row]
        if [outcome[name] for name in TERMS] != terms:
            condition = f"{column}: {hit.table.text_of(row, column)}"
            found.append(NearMiss(hit.table.rows[row].id, condition, value))
    return tuple(found[:NEAR_MISSES_MAX])


def _factors(inputs: Mapping[str, Value]) -> dict[str, dict[str, Value]]:
    """The three factors of S-014."""
    return {
        "platform": {"seller_type": inputs["seller_type"], "risk": inputs["risk"]},
        "goods": {name: inputs[name] for name in ("goods_kind", "delivery", "promise")},
        "acts": {name: inputs[name] for name in ("reason", "response", "evidence", "exclusion")},
    }
