"""A void term decides nothing: whatever a seller writes, the same facts give the same verdict (R18, 消法26)."""

import json
from pathlib import Path

import pytest
from terms_wording import VIOLATING

from tuidan.domain.policy import decide
from tuidan.policies import load_calendar, load_standard_policy

DATA = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
CASES = [json.loads(line) for line in DATA.read_text().splitlines()]
POLICY, CALENDAR = load_standard_policy(), load_calendar()
WRITTEN = [wordings[0] for wordings in VIOLATING.values()]


@pytest.mark.parametrize("written", [*WRITTEN, "。".join(WRITTEN)])
def test_a_void_term_never_changes_a_verdict(written: str) -> None:
    changed = []
    for case in CASES:
        facts = dict(case["facts"])
        told = decide(facts, POLICY, CALENDAR).to_plain()
        terms = {**facts.get("terms", {}), "listed": written}
        if decide({**facts, "terms": terms}, POLICY, CALENDAR).to_plain() != told:
            changed.append(case["id"])
    assert len(CASES) >= 50
    assert changed == []
