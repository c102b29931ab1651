"""`tuidan score`: exact on the given cases, and it tells money errors from routing errors."""

import json
from pathlib import Path

from click.testing import CliRunner

from tuidan.site.cli import tuidan

CASES = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
ROWS = {row["id"]: row for row in map(json.loads, CASES.read_text(encoding="utf-8").splitlines())}


def scored(*rows: dict[str, object]) -> tuple[int, str]:
    result = CliRunner().invoke(tuidan, ["score", "-"], input="\n".join(json.dumps(row) for row in rows))
    return result.exit_code, result.stdout


def with_answer(name: str, **answer: object) -> dict[str, object]:
    return {**ROWS[name], "expected": {**ROWS[name]["expected"], **answer}}


def test_the_given_cases_are_all_exact() -> None:
    result = CliRunner().invoke(tuidan, ["score", str(CASES)])
    assert result.exit_code == 0
    assert "uncontested: decision 53/53, amount_fen 53/53, liable 53/53, due_at 53/53" in result.stdout
    assert "contested: decision 17/17" in result.stdout
    assert "decisions right: 70/70; always refunding in full would get 27" in result.stdout
    assert "money errors: 0" in result.stdout


def test_each_decision_and_each_kind_is_counted() -> None:
    told = CliRunner().invoke(tuidan, ["score", str(CASES)]).stdout
    counts = {"approve_full": 27, "approve_partial": 13, "reject": 12, "needs_evidence": 5, "to_seller": 5}
    counts |= {"to_appraisal": 4, "to_platform": 4}
    assert all(f"decision {name}: {count}/{count}\n" in told for name, count in counts.items())
    kinds = {"card_code": 25, "top_up": 24, "membership": 10, "service": 11}
    assert all(f"kind {name}: {count}/{count}\n" in told for name, count in kinds.items())


def test_a_refund_taken_for_a_rejection_is_a_money_error() -> None:
    code, told = scored(with_answer("D026", decision="reject", amount_fen=0))
    assert code == 1
    assert "money errors: 1\n  D026: reject 0 expected, approve_full 9850 given" in told


def test_a_wrong_desk_is_a_routing_error() -> None:
    code, told = scored(with_answer("D010", decision="to_platform"))
    assert code == 1
    assert "money errors: 0" in told
    assert "routing errors: 1" in told


def test_another_sum_is_a_money_error() -> None:
    code, told = scored(with_answer("D027", amount_fen=3_939))
    assert code == 1
    assert "money errors: 1" in told


def test_a_line_that_cannot_be_decided_is_listed() -> None:
    code, told = scored({"id": "x", "facts": {}})
    assert code == 1
    assert "not decided: 1" in told
