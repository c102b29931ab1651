"""Names decide nothing: titles, ids, traces, words and the order of fields may change, no byte of the decision does."""

import json
import os
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tuidan.domain.calendar import CHINA
from tuidan.domain.policy import decide
from tuidan.policies import load_calendar, load_standard_policy

FILE = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
LINES = FILE.read_text(encoding="utf-8").splitlines()
CASES: dict[str, dict[str, Any]] = {row["id"]: row for row in map(json.loads, LINES)}
# Who or what somebody is, or what somebody wrote: never an input.
NAMES = frozenset({
    "id", "title", "goods_name", "claim_text", "text", "listed", "trace_no", "code_tail", "order_no", "tags", "basis",
})  # fmt: skip
# Which other thing is meant: that there is one counts, its name does not.
REFERENCES = frozenset({"reused_from_order", "duplicate_of"})
ACCOUNTS = frozenset({"account_shown", "account_actual", "account_intended"})


def bytes_of(facts: dict[str, Any]) -> bytes:
    plain = decide(facts, load_standard_policy(), load_calendar()).to_plain()
    return json.dumps(plain, sort_keys=False, ensure_ascii=False).encode()


def changed(value: Any, how: str) -> Any:
    """The facts with every name renamed or taken away, at any depth."""
    if isinstance(value, list):
        return [changed(item, how) for item in value]
    if not isinstance(value, dict):
        return value
    told = {
        name: changed(item, how) for name, item in value.items() if not (how == "removed" and name in NAMES)
    }
    for name, item in told.items():
        if how == "renamed" and isinstance(item, str):
            if name in NAMES or name in REFERENCES:
                told[name] = f"another {len(name)}"
            elif name in ACCOUNTS:
                told[name] = f"*{item}*"
    return told


def shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, list):
        return [shuffled(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    names = chance.sample(sorted(value), len(value))
    return {name: shuffled(value[name], chance) for name in names}


@pytest.mark.parametrize("how", ["removed", "renamed"])
def test_names_change_no_byte(how: str) -> None:
    assert any(changed(row["facts"], how) != row["facts"] for row in CASES.values())
    differing = [
        name for name, row in CASES.items() if bytes_of(changed(row["facts"], how)) != bytes_of(row["facts"])
    ]
    assert differing == []


def test_names_put_in_where_there_were_none_change_no_byte() -> None:
    told = dict.fromkeys(NAMES, "approve_full")
    for row in CASES.values():
        assert bytes_of({**row["facts"], **told}) == bytes_of(row["facts"])


def test_the_order_of_fields_changes_no_byte() -> None:
    chance = random.Random(20_261_123)
    for row in CASES.values():
        assert bytes_of(shuffled(row["facts"], chance)) == bytes_of(row["facts"])


def test_one_case_leaves_no_trace_in_the_next() -> None:
    alone = {name: bytes_of(row["facts"]) for name, row in CASES.items()}
    chance = random.Random(7)
    for name in chance.choices(sorted(CASES), k=300):
        assert bytes_of(CASES[name]["facts"]) == alone[name]


def test_the_same_moment_in_another_zone_ends_its_spans_in_that_zone() -> None:
    facts = next(row["facts"] for row in CASES.values() if due_span(row["facts"]).startswith("PT"))
    for zone in (UTC, CHINA, UTC):
        told = {**facts, "now": datetime.fromisoformat(facts["now"]).astimezone(zone).isoformat()}
        deadline = decide(told, load_standard_policy(), load_calendar()).deadline
        assert deadline is not None
        assert deadline.due_at.utcoffset() == zone.utcoffset(None)


def due_span(facts: dict[str, Any]) -> str:
    """The span of the case's deadline, such as PT10M; empty where there is none."""
    deadline = decide(facts, load_standard_policy(), load_calendar()).deadline
    return deadline.within if deadline else ""


def told_by(lines: list[str], **environment: str) -> list[bytes]:
    """What `tuidan decide -` writes for these lines, in a process of its own."""
    program = "import sys; from tuidan.site.cli import main; sys.argv = ['tuidan', 'decide', '-']; main()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="\n".join(lines).encode(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        timeout=120,
        check=True,
    )
    return done.stdout.splitlines()


def test_another_process_with_another_hash_seed_writes_the_same_bytes() -> None:
    mixed = random.Random(3).sample(LINES, len(LINES))
    first, second = told_by(LINES, PYTHONHASHSEED="1"), told_by(mixed, PYTHONHASHSEED="2")
    assert len(first) == len(CASES)
    assert sorted(first) == sorted(second)


def test_a_title_and_an_id_beside_the_facts_are_only_handed_back() -> None:
    def answers(title: str | None, identity: str | None) -> list[dict[str, Any]]:
        beside = {"id": identity, "title": title, "expected": title}
        lines = [json.dumps({**beside, "facts": row["facts"]}) for row in CASES.values()]
        return [{**json.loads(line), "id": None} for line in told_by(lines)]

    assert answers("卡密无效应全额退款", "D001") == answers(None, None)
