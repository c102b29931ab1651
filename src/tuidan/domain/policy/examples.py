"""Examples of a policy: facts with the answer they must get, and which rows no example reaches.

One example a line: `{"id", "facts", "expected": {"decision", "amount_fen", "liable", "within", "due_at"}}`. Of
`expected` only what is named is compared (`deadline.due_at` counts as `due_at`). A contested example (`contested`
true) reaches its rows and is counted apart, whatever it gets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from tuidan.domain.calendar import CHINA, Calendar
from tuidan.domain.policy.compiled import CompiledPolicy
from tuidan.domain.policy.decide import decide
from tuidan.domain.policy.facts import FactsError
from tuidan.domain.policy.reading import moment
from tuidan.domain.policy.verdict import Verdict

ASPECTS = ("decision", "amount_fen", "liable", "within", "due_at")
FAILURES_KEPT_MAX = 100
LINES_MAX = 20_000


class ExamplesError(ValueError):
    """The file is no list of examples: the message names the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example as read; `expected` holds only the aspects that were named."""

    id: str
    facts: Mapping[str, object]
    expected: Mapping[str, object]
    contested: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """One aspect of one example that came out otherwise."""

    example: str
    aspect: str
    expected: object
    given: object


@dataclass(frozen=True, slots=True)
class ExamplesRun:
    """What came of all examples. `failures` keeps the first FAILURES_KEPT_MAX; `failed` counts examples."""

    count: int
    passed: int
    contested: int
    failed: int
    failures: tuple[Failure, ...]
    rows: int
    uncovered: tuple[str, ...]

    def to_plain(self) -> dict[str, object]:
        """JSON-ready, for the record of a published version."""
        return {
            "examples": self.count,
            "passed": self.passed,
            "contested": self.contested,
            "failed": self.failed,
            "rows": self.rows,
            "uncovered": list(self.uncovered),
        }


@dataclass(slots=True)
class _Tally:
    passed: int = 0
    contested: int = 0
    failed: int = 0
    count: int = 0
    failures: list[Failure] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)


def read_examples(lines: bytes) -> list[Example]:
    """Read JSON Lines; raises ExamplesError naming the first bad line. Empty lines are passed over."""
    listed = lines.splitlines()
    if len(listed) > LINES_MAX:
        raise ExamplesError(f"more than {LINES_MAX} lines")
    return [_read_line(raw, number) for number, raw in enumerate(listed, start=1) if raw.strip()]


def _read_line(raw: bytes, number: int) -> Example:
    try:
        row = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ExamplesError(f"line {number}: {error}") from error
    if not isinstance(row, dict):
        raise ExamplesError(f"line {number}: not an object")
    facts, told = row.get("facts"), row.get("expected")
    if not isinstance(facts, dict) or not isinstance(told, dict):
        raise ExamplesError(f"line {number}: needs facts and expected")
    deadline = told.get("deadline")
    due_at = deadline.get("due_at") if isinstance(deadline, dict) else None
    told = told if due_at is None else {**told, "due_at": due_at}
    expected = {name: told[name] for name in ASPECTS if told.get(name) not in (None, "undetermined")}
    if "decision" not in expected:
        raise ExamplesError(f"line {number}: expected names no decision")
    try:
        moment(expected.get("due_at"))
    except ValueError as error:
        raise ExamplesError(f"line {number}: due_at: {error}") from error
    return Example(str(row.get("id", number)), facts, expected, row.get("contested") is True)


def run_examples(examples: Iterable[Example], policy: CompiledPolicy, calendar: Calendar) -> ExamplesRun:
    """Decide every example by the policy, hold the answers against what they name, and see which rows were reached."""
    tally = _Tally()
    for example in examples:
        tally.count += 1
        try:
            verdict = decide(example.facts, policy, calendar)
        except (FactsError, ArithmeticError, LookupError, ValueError, RuntimeError) as error:
            _note(tally, example, [Failure(example.id, "decision", example.expected["decision"], str(error))])
            continue
        tally.reached.update(verdict.rows)
        _note(tally, example, list(_differences(example, verdict)))
    rows = list(rows_of(policy))
    return ExamplesRun(
        tally.count,
        tally.passed,
        tally.contested,
        tally.failed,
        tuple(tally.failures[:FAILURES_KEPT_MAX]),
        len(rows),
        tuple(row for row in rows if row not in tally.reached),
    )


def rows_of(policy: CompiledPolicy) -> Iterator[str]:
    """The ids of all rows, table by table, as decisions name them."""
    for table in (*policy.deciding.values(), policy.authority, policy.destination):
        yield from (row.id for row in table.rows)


def _note(tally: _Tally, example: Example, failures: list[Failure]) -> None:
    if example.contested:
        tally.contested += 1
    elif failures:
        tally.failed += 1
        tally.failures += failures
    else:
        tally.passed += 1


def _differences(example: Example, verdict: Verdict) -> Iterator[Failure]:
    due = verdict.deadline.due_at if verdict.deadline else None
    given: dict[str, object] = {
        "decision": verdict.decision,
        "amount_fen": verdict.amount_fen,
        "liable": verdict.liable,
        "within": verdict.deadline.within if verdict.deadline else "",
        "due_at": due,
    }
    for aspect, wanted in example.expected.items():
        if aspect == "due_at":
            if moment(wanted) != due:  # type: ignore[arg-type]
                told = due.astimezone(CHINA).isoformat() if due else ""
                yield Failure(example.id, aspect, wanted, told)
        elif wanted != given[aspect]:
            yield Failure(example.id, aspect, wanted, given[aspect])
