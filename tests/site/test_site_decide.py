"""`tuidan decide` and `tuidan policy` as they are run: input lines, output lines, errors, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tuidan.site.cli import tuidan
from tuidan.site.cli.decide import STANDARD

CASES = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
KEYS = [
    "id", "decision", "amount_fen", "compensation_fen", "liable", "deadline", "refund_to", "rules", "reasons",
    "near_misses", "reason_zh", "reason_en", "policy",
]  # fmt: skip
FAILED_TOP_UP = {
    "now": "2026-11-01T09:08:00+08:00",
    "goods_kind": "top_up",
    "seller_type": "self_operated",
    "delivery_state": "failed",
    "amount_paid_fen": 9850,
    "top_up": {"channel_status": "failed"},
}


def run(*arguments: str, lines: str | None = None) -> Result:
    return CliRunner().invoke(tuidan, ["decide", *arguments], input=lines)


def answers(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_case_file_is_decided_line_by_line_with_its_other_keys_ignored() -> None:
    result = run(str(CASES))
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    decided = answers(result)
    assert result.exit_code == 0
    assert [answer["id"] for answer in decided] == [row["id"] for row in rows]
    assert [(answer["decision"], answer["amount_fen"]) for answer in decided] == [
        (row["expected"]["decision"], row["expected"]["amount_fen"]) for row in rows
    ]


def test_a_line_has_exactly_the_published_keys() -> None:
    answer = answers(run("-", lines=json.dumps({"id": "a", "facts": FAILED_TOP_UP})))[0]
    assert list(answer) == KEYS
    assert answer["deadline"] == {
        "what": "refund_start",
        "within": "PT10M",
        "due_at": "2026-11-01T09:18:00+08:00",
    }
    assert set(answer["policy"]) == {"id", "version", "sha256"}  # type: ignore[call-overload]
    assert (answer["reason_zh"], answer["refund_to"]) == (
        "上游确认交付失败，款项全额退回，您不用举证。",
        "original_path",
    )


def test_a_bad_line_gives_an_error_in_its_place_and_the_rest_go_on() -> None:
    lines = [
        json.dumps({"id": 1, "facts": FAILED_TOP_UP}),
        "{not json",
        json.dumps([1]),
        json.dumps({"id": 4}),
        json.dumps({"id": 5, "facts": {**FAILED_TOP_UP, "amount_paid_fen": 98.5}}),
        "",
        json.dumps({"id": 7, "facts": FAILED_TOP_UP}),
    ]
    result = run("-", lines="\n".join(lines))
    decided = answers(result)
    assert result.exit_code == 1
    assert [answer["id"] for answer in decided] == [1, None, None, 4, 5, 7]
    assert [answer.get("error") for answer in decided] == [
        None,
        {"code": "not_json", "line": 2},
        {"code": "not_an_object", "line": 3},
        {"code": "facts_missing", "line": 4, "field": "facts"},
        {"code": "not_a_whole_number", "line": 5, "field": "amount_paid_fen"},
        None,
    ]


def test_explain_speaks_to_a_person_in_either_language() -> None:
    line = json.dumps({"id": "a", "facts": FAILED_TOP_UP})
    assert "全额退款" in run("-", "--explain", lines=line).stdout
    told = run("-", "--explain", "--lang", "en", lines=line).stdout
    assert "full refund" in told
    assert "¥98.50" in told
    assert "undelivered.failed" in told


def test_explain_says_whose_evidence_carries_each_fact() -> None:
    line = json.dumps({"id": "a", "facts": FAILED_TOP_UP})
    assert (
        "  事实: 交付状态：失败。来源：供货方回执（证明力中）\n" in run("-", "--explain", lines=line).stdout
    )
    told = run("-", "--explain", "--lang", "en", lines=line).stdout
    assert "  fact: Delivery: failed. Source: the supplier's answer (weighs something)\n" in told


def test_each_answer_is_written_before_the_next_line_is_read() -> None:
    """A long-running caller gets its answer at once: the process is still waiting for input when it is read."""
    # started away from the project, with a database address that leads nowhere: none is needed
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    program = "import sys; from tuidan.site.cli import main; sys.argv = ['tuidan', 'decide', '-']; main()"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"id": "first", "facts": FAILED_TOP_UP}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "first"
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_the_standard_policy_passes_its_check() -> None:
    result = CliRunner().invoke(tuidan, ["policy", "check"])
    assert result.exit_code == 0
    assert "sha256" in result.stdout


def test_a_broken_policy_is_named_and_ends_with_1(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tmp_path / "policy.json").write_bytes((STANDARD / "policy.json").read_bytes())
    for table in (STANDARD / "tables").iterdir():
        text = table.read_text(encoding="utf-8")
        (tables / table.name).write_text(
            text.replace('"window": "\\"open\\""', '"window": "\\"open"'), encoding="utf-8"
        )
    result = CliRunner().invoke(tuidan, ["policy", "check", str(tmp_path)])
    assert result.exit_code == 1
    assert "card_code.instant window: broken_cell" in result.stdout


@pytest.mark.parametrize("table", ["gate", "card_code", "destination"])
def test_a_table_can_be_read_as_text(table: str) -> None:
    result = CliRunner().invoke(tuidan, ["policy", "show", table])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"# {table}\n")


def test_a_table_that_does_not_exist_is_refused() -> None:
    result = CliRunner().invoke(tuidan, ["policy", "show", "nothing"])
    assert result.exit_code == 1
