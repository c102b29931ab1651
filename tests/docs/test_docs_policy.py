"""The page about the refund policy says what the policy says."""

import re
from dataclasses import fields
from pathlib import Path

from tuidan.domain.policy.numbers import Numbers
from tuidan.policies import load_standard_policy

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "policy.md").read_text(encoding="utf-8")
POLICY = load_standard_policy()


def test_the_page_gives_every_number_as_it_is() -> None:
    told = {name: int(value) for name, value in re.findall(r"^\| `(\w+)` \| (\d+) \|", PAGE, re.MULTILINE)}
    names = [field.name for field in fields(Numbers) if field.name != "hold_seconds"]
    assert told == {name: getattr(POLICY.numbers, name) for name in names}


def test_the_page_names_every_table() -> None:
    told = re.findall(r"^\| `(\w+)` \| R", PAGE, re.MULTILINE)
    assert told == [*POLICY.deciding, "authority", "destination"]
