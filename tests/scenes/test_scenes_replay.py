"""Every given case, lived and decided by the product, comes out the same when the replay asks about it again."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from case_player import Played, play
from case_reach import APART
from django.db import connections

from policy_documents import draft_with
from tuidan.commands import policy as life
from tuidan.reads.replay import replay_draft

FILE = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
PAYING = frozenset({"approve_full", "approve_partial"})
LATER = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def lived(fresh_database: str) -> Iterator[list[Played]]:
    """The given cases, each as far as the product can bring its facts about."""
    rows = map(json.loads, FILE.read_text(encoding="utf-8").splitlines())
    yield [play(row["facts"]) for row in rows if row["id"] not in APART]
    connections.close_all()


def earlier_refunds(lived: list[Played]) -> list[int]:
    """What the buyers' other orders, all of them codes, had paid back."""
    return [fen for one in lived for fen in one.others_fen if fen]


def test_a_replay_reproduces_every_answer_that_was_given(lived: list[Played]) -> None:
    sha256 = life.import_draft(draft_with(lambda changed: None), None, LATER)
    summary = replay_draft(sha256, LATER)
    groups = {(one["source"], one["group"]): one for one in summary["groups"]}  # type: ignore[attr-defined]
    orders = len(lived) + sum(len(one.others_fen) for one in lived)
    # where the seller's offer waits for the buyer, the policy has said nothing yet
    cases = len([one for one in lived if not one.ruled.offers]) + len(earlier_refunds(lived))
    assert (summary["orders"], summary["unreadable"], summary["not_reproduced"]) == (orders, 0, 0)
    assert groups["case", "all"]["looked"] == cases
    assert summary["compared"] > cases  # some are answered anew once papers are filed
    assert groups["case", "all"]["changed"] == groups["standing", "all"]["changed"] == 0


def test_a_replay_counts_what_a_draft_without_refunds_for_cards_would_take_away(lived: list[Played]) -> None:
    def refuse_cards(changed: dict) -> None:
        """Every card code that comes to its own table goes to a person: nothing is paid at once."""
        nodes = changed["tables"]["card_code"]["nodes"]
        table = next(node for node in nodes if node["type"] == "decisionTableNode")["content"]
        doubtful = next(rule for rule in table["rules"] if rule["out_decision"] == '"to_platform"')
        blank = {column["id"]: "" for column in table["inputs"]}
        table["rules"] = [{**doubtful, **blank, "_id": "all"}]

    paid = [
        one.verdict["amount_fen"]
        for one in lived
        if one.verdict["decision"] in PAYING
        and any(row.startswith("card_code.") for row in one.verdict["rows"])
    ] + earlier_refunds(lived)
    sha256 = life.import_draft(draft_with(refuse_cards), None, LATER)
    summary = replay_draft(sha256, LATER)
    lost = Counter()
    for change in summary["changes"]:  # type: ignore[attr-defined]
        if change["source"] == "case" and change["before"] in PAYING:
            assert change["after"] == "to_platform"
            lost.update(count=change["count"], fen=-change["fen"])
    assert paid
    assert (lost["count"], lost["fen"]) == (len(paid), sum(paid))
