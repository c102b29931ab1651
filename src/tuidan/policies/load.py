"""Reading the shipped policy and calendar files; the domain itself reads no files.

A policy folder holds `policy.json` (id, version, numbers, deadlines, evidence roles, order of the tables) and one JDM
document a table in `tables/`. Together they are one document, and its canonical bytes name the version.
"""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import orjson

from tuidan.domain.calendar import Calendar, calendar_from
from tuidan.domain.policy import CompiledPolicy, canonical_bytes, compile_policy

SHIPPED = files("tuidan.policies")


def load_policy_document(folder: Traversable | Path) -> bytes:
    """The canonical bytes of a policy folder. Raises OSError and orjson.JSONDecodeError."""
    document = orjson.loads(folder.joinpath("policy.json").read_bytes())
    document["tables"] = {
        table.name.removesuffix(".json"): orjson.loads(table.read_bytes())
        for table in folder.joinpath("tables").iterdir()
        if table.name.endswith(".json")
    }
    return canonical_bytes(document)


@cache
def load_standard_policy() -> CompiledPolicy:
    """The standard policy, compiled once a process."""
    return compile_policy(load_policy_document(SHIPPED.joinpath("standard")))


def load_standard_examples() -> bytes:
    """The test cases that ship with the standard policy, JSON Lines; they reach each of its rows."""
    return SHIPPED.joinpath("standard", "examples.jsonl").read_bytes()


@cache
def load_calendar() -> Calendar:
    """The shipped Chinese calendar: 2025 and 2026 official, 2027 provisional."""
    return calendar_from(orjson.loads(SHIPPED.joinpath("calendars", "china.json").read_bytes()))
