"""The 70 decision cases: what the policy answers, held against what their author expects."""

import json
from pathlib import Path

import pytest

from tuidan.domain.policy import decide
from tuidan.policies import load_calendar, load_standard_policy

CASES = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_case_gets_the_expected_answer(row: dict[str, dict[str, object]]) -> None:
    expected = row["expected"]
    verdict = decide(row["facts"], load_standard_policy(), load_calendar()).to_plain()
    compared = ("decision", "amount_fen", "liable", "deadline", "refund_to")
    assert {name: verdict[name] for name in compared} == {name: expected[name] for name in compared}
    assert verdict["compensation_fen"] == expected.get("compensation_fen", 0)


def test_there_are_70_cases_of_all_four_kinds() -> None:
    kinds = [row["facts"]["goods_kind"] for row in ROWS]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "card_code": 25,
        "top_up": 24,
        "membership": 10,
        "service": 11,
    }
