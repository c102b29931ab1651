"""Policy documents for tests: the shipped one with something changed, and examples written to fit it."""

import json
from collections.abc import Callable
from typing import Any

from tuidan.policies import load_standard_policy

Document = dict[str, Any]
STANDARD = load_standard_policy()
FEE_BASIS_POINTS, FEE_MAX_FEN = 200, 500
"""R24 as the law-abiding part of the rules has it: 2 % of the price, 5 yuan at most."""


def document() -> Document:
    """The shipped policy, to be changed."""
    found: Document = json.loads(STANDARD.canonical)
    return found


def rules_of(changed: Document, table: str) -> list[dict[str, str]]:
    """The rows of a table as they stand in the document."""
    nodes = changed["tables"][table]["nodes"]
    rules: list[dict[str, str]] = next(node for node in nodes if node["type"] == "decisionTableNode")[
        "content"
    ]["rules"]
    return rules


def rule(changed: Document, row: str) -> dict[str, str]:
    """One row by its `table.row`."""
    table, _, name = row.partition(".")
    return next(found for found in rules_of(changed, table) if found["_id"] == name)


def draft_with(change: Callable[[Document], object], version: str = "2027.1") -> bytes:
    """The shipped policy under another version with one more change."""
    changed = document()
    changed["version"] = version
    change(changed)
    return json.dumps(changed, ensure_ascii=False).encode()


def charge_for_sealed(changed: Document) -> None:
    """A sealed code that goes back after the instant window costs the fee for a mistake."""
    rule(changed, "card_code.sealed")["out_amount"] = '"less_fee"'


def less_fee(price_fen: int) -> int:
    """What then comes back: the price less 2 % rounded down, at most 5 yuan less."""
    return price_fen - min(price_fen * FEE_BASIS_POINTS // 10_000, FEE_MAX_FEN)
