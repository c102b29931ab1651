"""The examples that ship with the standard policy: of the rule cases, the first for each way through the tables.

`python tests/domain/drawn_examples.py` draws them again. An operator gives them to a draft that was made from the
standard policy (`tuidan policy cases`), changes those that its change concerns, and adds others.
"""

import json
from pathlib import Path

from policy_cases import rule_cases

from tuidan.domain.policy import decide
from tuidan.policies import load_calendar, load_standard_policy

FILE = Path(__file__).parents[2] / "src" / "tuidan" / "policies" / "standard" / "examples.jsonl"
TOLD = ("decision", "amount_fen", "liable", "within")


def examples() -> str:
    """One line for each way, in the order of the cases."""
    policy, calendar = load_standard_policy(), load_calendar()
    found: dict[tuple[str, ...], str] = {}
    for case in rule_cases():
        rows = decide(case.facts, policy, calendar).rows
        if rows not in found:
            expected = {name: case.expected[name] for name in TOLD if name in case.expected}
            line = {"id": case.name, "facts": case.facts, "expected": expected}
            found[rows] = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return "".join(f"{line}\n" for line in found.values())


if __name__ == "__main__":
    FILE.write_text(examples(), encoding="utf-8")
