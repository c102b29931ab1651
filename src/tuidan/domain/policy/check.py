"""The check before publishing: a policy that passes it answers every case, and each of its rows has a use.

Refused: cells outside the subset, values no input can have, rows nothing can reach, inputs without an answer,
outcomes that do not fit together, amounts and spans beyond their bounds, floats and nulls, and breaches of the
floors that no policy may go below (floors.py). Each problem names table, row and column.
"""

import re
from collections.abc import Iterator, Mapping

from tuidan.domain.policy.amounts import FORMULAS
from tuidan.domain.policy.cell import ANYTHING, Between, Cell, OneOf, Value
from tuidan.domain.policy.compiled import PolicyError, PolicyParts, read_policy
from tuidan.domain.policy.deadlines import Span
from tuidan.domain.policy.floors import floor_problems
from tuidan.domain.policy.jdm import Problem, RawTable
from tuidan.domain.policy.paths import Path, paths, reaching, unanswered
from tuidan.domain.policy.space import Space
from tuidan.domain.policy.table import Row
from tuidan.domain.policy.vocabulary import (
    AUTHORITY_OUTPUTS,
    CAUSES,
    COMPENSATIONS,
    DECIDING_OUTPUTS,
    DECISIONS,
    DESTINATION_OUTPUTS,
    DESTINATIONS,
    INPUTS,
    LIABLE,
    PROCEDURE,
)

RULES = re.compile(r"R([1-9]|1\d|2[0-4])( R([1-9]|1\d|2[0-4]))*")
CODES = re.compile(r"[a-z][a-z0-9_]*( [a-z][a-z0-9_]*)*")
DAY_SECONDS = 86_400
SPAN_SECONDS_MAX = {
    "refund_start": DAY_SECONDS,
    "seller_answer": 2 * DAY_SECONDS,
    "buyer_evidence": 7 * DAY_SECONDS,
}
SPAN_WORKING_DAYS_MAX = {"platform_review": 3, "appraisal_report": 10}
SPAN_DAYS_MIN = {"buyer_appeal": 7, "guardian_evidence": 7}


def check_policy(document: bytes) -> list[Problem]:
    """All problems of a policy document; empty when it may be published."""
    try:
        parts = read_policy(document)
    except PolicyError as error:
        return error.problems
    problems = [*_word_problems(parts), *_span_problems(parts.spans), *_agreement_problems(parts)]
    if problems:
        return problems
    problems = [*_outcome_problems(parts), *_cycle_problems(parts)]
    if problems:
        return problems
    space = Space([*parts.deciding.values(), parts.authority, parts.destination])
    ways = list(paths(parts, space))
    return [*_use_problems(parts, space, ways), *floor_problems(parts, space, ways)]


def _all_tables(parts: PolicyParts) -> Iterator[tuple[RawTable, tuple[str, ...]]]:
    for table in parts.deciding.values():
        yield table, DECIDING_OUTPUTS
    yield parts.authority, AUTHORITY_OUTPUTS
    yield parts.destination, DESTINATION_OUTPUTS


def _word_problems(parts: PolicyParts) -> Iterator[Problem]:
    """Columns, outcome names and cell values that the vocabulary does not know."""
    for table, outputs in _all_tables(parts):
        if set(table.outputs) != set(outputs):
            yield Problem(table.name, "", "", "outcome_names_differ", " ".join(sorted(table.outputs)))
        if not table.rows:
            yield Problem(table.name, "", "", "no_rows")
        for place, column in enumerate(table.columns):
            if column not in INPUTS or (column in PROCEDURE and table.name in parts.deciding):
                yield Problem(table.name, "", column, "unknown_input")
                continue
            for row in table.rows:
                if stranger := _stranger(row.cells[place], INPUTS[column]):
                    yield Problem(table.name, row.id, column, "unknown_value", stranger)


def _stranger(cell: Cell, domain: tuple[str, ...] | None) -> str:
    """A value of the cell that the input can never have, or nothing."""
    if cell is ANYTHING:
        return ""
    if isinstance(cell, Between):
        if domain is not None:
            return "a number"
        return "a negative number" if cell.high is not None and cell.high < 0 else ""
    values = cell.values if isinstance(cell, OneOf) else frozenset[Value]()
    for value in sorted(values, key=str):
        fits = (type(value) is int and value >= 0) if domain is None else value in domain
        if not fits:
            return str(value)
    return ""


def _span_problems(spans: Mapping[str, Span]) -> Iterator[Problem]:
    for name, span in spans.items():
        too_long = (
            span.seconds > SPAN_SECONDS_MAX.get(span.what, span.seconds)
            or span.working_days > SPAN_WORKING_DAYS_MAX.get(span.what, span.working_days)
            or (span.what == "refund_start" and not span.seconds)
        )
        if too_long or (span.days and span.days < SPAN_DAYS_MIN.get(span.what, 0)):
            yield Problem("policy", "", f"deadlines.{name}", "span_out_of_bounds", span.within)


def _agreement_problems(parts: PolicyParts) -> Iterator[Problem]:
    """A span that is both a deadline and a number of the policy is the same in both places."""
    for name, span in parts.spans.items():
        differs = (span.what == "seller_answer" and span.seconds != parts.numbers.seller_answer_seconds) or (
            span.what == "buyer_appeal" and span.days != parts.numbers.appeal_days
        )
        if differs:
            yield Problem("policy", "", f"deadlines.{name}", "differs_from_number", span.within)


def _outcome_problems(parts: PolicyParts) -> Iterator[Problem]:
    for table in parts.deciding.values():
        for row in table.rows:
            for column, detail in _deciding_faults(row, parts):
                yield Problem(table.name, row.id, column, "outcome_does_not_fit", detail)
    for row in parts.authority.rows:
        decision, deadline = row.outcome["decision"], row.outcome["deadline"]
        # risk and seller type may send a case to a person; they may not decide it
        if decision not in ("", "to_platform") or bool(decision) != bool(deadline):
            yield Problem("authority", row.id, "decision", "outcome_does_not_fit", str(decision))
        if deadline and _what(deadline, parts) != "platform_review":
            yield Problem("authority", row.id, "deadline", "outcome_does_not_fit", str(deadline))
        yield from _named(parts.authority, row, empty=True)
    for row in parts.destination.rows:
        deadline = row.outcome["deadline"]
        if row.outcome["refund_to"] not in DESTINATIONS:
            yield Problem("destination", row.id, "refund_to", "outcome_does_not_fit")
        if deadline and _what(deadline, parts) != "refund_start":
            yield Problem("destination", row.id, "deadline", "outcome_does_not_fit", str(deadline))
        yield from _named(parts.destination, row, empty=True)


def _named(table: RawTable, row: Row, *, empty: bool) -> Iterator[Problem]:
    for column, shape in (("rules", RULES), ("reasons", CODES)):
        text = str(row.outcome[column])
        if not (empty and not text) and not shape.fullmatch(text):
            yield Problem(table.name, row.id, column, "outcome_does_not_fit", text)


def _what(deadline: Value, parts: PolicyParts) -> str:
    span = parts.spans.get(str(deadline))
    return "" if span is None else span.what


DEADLINE_OF: Mapping[str, tuple[str, ...]] = {
    "approve": ("refund_start",),
    "reject": ("buyer_appeal",),
    "needs_evidence": ("buyer_evidence", "guardian_evidence"),
    "to_seller": ("seller_answer",),
    "to_appraisal": ("appraisal_report",),
    "to_platform": ("platform_review",),
}
LIABLE_OF: Mapping[str, tuple[str, ...]] = {
    "approve": tuple(word for word in LIABLE if word != "undetermined"),
    "reject": ("buyer", "none"),
}


def _deciding_faults(row: Row, parts: PolicyParts) -> Iterator[tuple[str, str]]:
    outcome = row.outcome
    if outcome["next"]:
        if outcome["next"] not in parts.deciding:
            yield "next", f"no table {outcome['next']}"
        if any(outcome[name] for name in DECIDING_OUTPUTS if name != "next"):
            yield "next", "goes on and decides"
        return
    decision = str(outcome["decision"])
    if decision not in DECISIONS:
        yield "decision", decision
        return
    pays = decision == "approve"
    if (outcome["amount"] in FORMULAS) != pays or (not pays and outcome["amount"] != "none"):
        yield "amount", str(outcome["amount"])
    if outcome["compensation"] not in COMPENSATIONS or (outcome["compensation"] != "none" and not pays):
        yield "compensation", str(outcome["compensation"])
    if outcome["liable"] not in LIABLE_OF.get(decision, ("undetermined",)):
        yield "liable", str(outcome["liable"])
    if outcome["cause"] not in CAUSES:
        yield "cause", str(outcome["cause"])
    if outcome["proof"] not in PROCEDURE["proof"] or (outcome["proof"] == "none") == pays:  # type: ignore[operator]
        yield "proof", str(outcome["proof"])
    if _what(outcome["deadline"], parts) not in DEADLINE_OF[decision]:
        yield "deadline", str(outcome["deadline"])
    for problem in _named(parts.deciding[row.id.partition(".")[0]], row, empty=False):
        yield problem.column, problem.detail


def _cycle_problems(parts: PolicyParts) -> Iterator[Problem]:
    """The tables form no cycle, and each is reached from the first."""
    following = {
        name: {str(row.outcome["next"]) for row in table.rows} & set(parts.deciding)
        for name, table in parts.deciding.items()
    }
    seen: set[str] = set()

    def cyclic(name: str, above: frozenset[str]) -> bool:
        if name in above:
            return True
        seen.add(name)
        return any(cyclic(after, above | {name}) for after in following[name])

    if cyclic(parts.start, frozenset()):
        yield Problem(parts.start, "", "next", "tables_form_a_cycle")
    for name in sorted(set(parts.deciding) - seen):
        yield Problem(name, "", "", "table_never_reached")


def _use_problems(parts: PolicyParts, space: Space, ways: list[Path]) -> Iterator[Problem]:
    """Rows that no input reaches, and inputs that reach no row."""
    alone = [Path(parts.authority, {}, ()), Path(parts.destination, {}, ())]
    by_table: dict[str, list[Path]] = {}
    for path in [*ways, *alone]:
        by_table.setdefault(path.table.name, []).append(path)
    for name, listed in by_table.items():
        for path in listed:
            hole = unanswered(path, space)
            if hole is not None:
                point = space.point(hole)
                yield Problem(
                    name, "", "", "no_answer", " ".join(f"{key}={point[key]}" for key in sorted(point))
                )
        for place, row in enumerate(listed[0].table.rows):
            if all(reaching(path, place, space, {}) is None for path in listed):
                yield Problem(name, row.id, "", "never_reached")
