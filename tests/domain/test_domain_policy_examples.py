"""Examples of a policy: what they must name, what counts as a failure, and which rows they leave out."""

import json

import pytest
from drawn_examples import FILE

from policy_documents import STANDARD, charge_for_sealed, draft_with
from tuidan.domain.policy import compile_policy
from tuidan.domain.policy.examples import ExamplesError, ExamplesRun, read_examples, rows_of, run_examples
from tuidan.policies import load_calendar

PRICE_FEN = 3_000
SEALED = {
    "now": "2026-11-18T12:00:00+08:00",
    "goods_kind": "card_code",
    "seller_type": "third_party",
    "delivery_mode": "auto",
    "delivery_state": "delivered",
    "paid_at": "2026-11-18T10:00:00+08:00",
    "seconds_since_paid": 7_200,
    "delivered_at": "2026-11-18T10:00:00+08:00",
    "seconds_since_delivered": 7_200,
    "amount_paid_fen": PRICE_FEN,
    "requested_fen": PRICE_FEN,
    "reason_claimed": "no_reason",
    "card": {"revealed": False, "issuer_status": "unused"},
    "payment": {"escrow_held": True, "refund_window_days": 365},
    "terms": {"no_reason_excluded_confirmed": True},
}
EXPECTED = {
    "decision": "approve_full",
    "amount_fen": PRICE_FEN,
    "liable": "none",
    "due_at": "2026-11-19T12:00:00+08:00",
}


def line(expected: dict[str, object], **more: object) -> bytes:
    return json.dumps({"id": "E1", "facts": SEALED, "expected": expected, **more}).encode()


def run(lines: bytes, document: bytes = STANDARD.canonical) -> ExamplesRun:
    return run_examples(read_examples(lines), compile_policy(document), load_calendar())


def test_an_example_that_gets_its_answer_passes_and_covers_its_rows() -> None:
    found = run(line(EXPECTED))
    assert (found.count, found.passed, found.failed, found.failures) == (1, 1, 0, ())
    assert "card_code.sealed" not in found.uncovered
    assert "card_code.instant" in found.uncovered
    assert found.rows == len(list(rows_of(STANDARD)))
    assert 0 < found.rows - len(found.uncovered) < 10


@pytest.mark.parametrize(
    ("aspect", "wrong"),
    [
        ("decision", "reject"),
        ("amount_fen", PRICE_FEN - 1),
        ("liable", "seller"),
        ("within", "PT23H"),
        ("due_at", "2026-11-19T12:00:01+08:00"),
    ],
)
def test_each_named_aspect_is_compared(aspect: str, wrong: object) -> None:
    found = run(line({**EXPECTED, aspect: wrong}))
    assert found.failed == 1
    assert [(one.example, one.aspect, one.expected) for one in found.failures] == [("E1", aspect, wrong)]


def test_what_is_not_named_is_not_compared() -> None:
    assert run(line({"decision": "approve_full"})).passed == 1


def test_a_change_of_the_tables_fails_the_example_it_concerns() -> None:
    found = run(line(EXPECTED), draft_with(charge_for_sealed))
    assert [one.aspect for one in found.failures] == ["decision", "amount_fen"]
    assert found.failures[1].given == PRICE_FEN - 60


def test_a_contested_example_is_counted_apart_and_still_covers() -> None:
    found = run(line({"decision": "reject"}, contested=True))
    assert (found.contested, found.failed, found.passed) == (1, 0, 0)
    assert "card_code.sealed" not in found.uncovered


def test_facts_that_cannot_be_decided_are_a_failure_and_not_the_end() -> None:
    broken = {**SEALED, "amount_paid_fen": "much"}
    lines = (
        json.dumps({"facts": broken, "expected": {"decision": "reject"}}).encode() + b"\n\n" + line(EXPECTED)
    )
    found = run(lines)
    assert (found.failed, found.passed) == (1, 1)
    assert "amount_paid_fen" in str(found.failures[0].given)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (b"{", "line 1"),
        (b"\n[]", "line 2: not an object"),
        (b'{"facts": {}}', "needs facts and expected"),
        (b'{"facts": {}, "expected": {"amount_fen": 3}}', "names no decision"),
        (b'{"facts": {}, "expected": {"decision": "reject", "due_at": "soon"}}', "due_at"),
    ],
)
def test_a_line_that_is_no_example_is_named(lines: bytes, why: str) -> None:
    with pytest.raises(ExamplesError, match=why):
        read_examples(lines)


def test_the_given_cases_can_be_used_as_examples(request: pytest.FixtureRequest) -> None:
    lines = (request.config.rootpath / "tests" / "data" / "decision_cases.jsonl").read_bytes()
    found = run(lines)
    assert (found.count, found.failed) == (70, 0)
    assert found.passed + found.contested == 70


def test_the_examples_that_ship_with_the_standard_policy_pass_and_reach_every_row() -> None:
    """Where a table or a case changed: `python tests/domain/drawn_examples.py`."""
    found = run(FILE.read_bytes())
    assert found.count > 150
    assert (found.failures, found.uncovered) == ((), ())
