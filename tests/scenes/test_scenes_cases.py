"""The given decision cases against the product: the same facts through real commands, and the same verdict.

Every case is lived up to its moment: bought, delivered, talked about, asked for, shown, looked at by a reviewer. Those
that cannot be one order with one unit are in `test_scenes_cases_apart.py`.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest
from case_player import Played, play
from case_reach import (
    APART,
    KNOWN_DIFFERENCES,
    Facts,
    differences,
    inputs,
)

from pure_orders import CONTEXT, POLICY
from tuidan.domain.policy import Verdict, decide
from tuidan.reads.answer import preview, standing_answer

FILE = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
ROWS: list[Facts] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
CASES: dict[str, Facts] = {row["id"]: row["facts"] for row in ROWS}
EXPECTED: dict[str, Facts] = {row["id"]: row["expected"] for row in ROWS}
PLAYED = sorted(CASES.keys() - APART)
# What rules alone decide at the moment of asking; here the answer can be had before anybody asks.
AT_ONCE = frozenset({"approve_full", "approve_partial", "reject"})


def verdict_on(facts: Facts) -> Verdict:
    return decide(facts, POLICY, CONTEXT.calendar)


def core(verdict: Facts) -> tuple[object, ...]:
    """What a verdict comes to: decision, amount, who bears it, until when."""
    deadline = verdict["deadline"]
    due_at = datetime.fromisoformat(str(deadline["due_at"])) if deadline else None
    return verdict["decision"], verdict["amount_fen"], verdict["liable"], due_at


def at_once(played: Played) -> bool:
    """Decided before anything could be filed."""
    return not played.ruled.exhibits and bool(played.events)


@pytest.mark.parametrize("case", PLAYED)
def test_a_case_comes_out_live_as_it_is_expected_to(case: str) -> None:
    assert core(play(CASES[case]).verdict) == core(EXPECTED[case])


@pytest.mark.parametrize("case", PLAYED)
def test_the_facts_of_a_case_are_those_that_its_commands_brought_about(case: str) -> None:
    played = play(CASES[case])
    wanted, found = inputs(CASES[case]), inputs(played.facts)
    assert differences(wanted, found, at_once=at_once(played)) == {}
    assert list(played.verdict["rules"]) == list(verdict_on(CASES[case]).rules)


@pytest.mark.parametrize("case", PLAYED)
def test_a_case_waits_where_its_verdict_says(case: str) -> None:
    played = play(CASES[case])
    open_case = played.ruled.open_case_of(1)
    if EXPECTED[case]["decision"] in AT_ONCE:
        assert played.events and played.verdict["decision"] == EXPECTED[case]["decision"]
    else:
        assert open_case is not None
        assert datetime.fromisoformat(open_case.due_at) == core(EXPECTED[case])[3]


@pytest.mark.parametrize("case", PLAYED)
def test_the_answer_before_the_request_is_what_the_request_brings(case: str) -> None:
    facts = CASES[case]
    played = play(facts)
    now, reason = datetime.fromisoformat(facts["now"]), played.ruled.cases[-1].reason
    # where the issuer was asked on request, or papers were filed, the answer follows as soon as they are known
    same = (played.ruled.units, played.ruled.plans) == (played.before.units, played.before.plans)
    known = at_once(played) and same
    said = preview(played.before if known else played.ruled, 1, reason, now, facts["requested_fen"])
    assert core(said.to_plain()) == core(played.verdict)
    answer = standing_answer(played.before, 1, now)
    if known and answer.reason == reason:
        assert (answer.decision, answer.amount_fen) == (said.decision, said.amount_fen)


def test_every_known_difference_is_seen_in_some_case() -> None:
    seen = {
        (name, wanted[name], found.get(name))
        for case in PLAYED
        for wanted, found in [(inputs(CASES[case]), inputs(play(CASES[case]).facts))]
        for name in wanted
    }
    assert KNOWN_DIFFERENCES.keys() <= seen


def played_with_issuer(status: str) -> Played:
    """The first case, its code activated or not, as the issuer says."""
    facts = CASES["D001"]
    return play({**facts, "card": {**facts["card"], "issuer_status": status}})


@pytest.mark.parametrize("status", ["unused", "invalid", "unknown"])
def test_the_answer_after_the_issuer_spoke_is_the_verdict(status: str) -> None:
    played = played_with_issuer(status)
    now = datetime.fromisoformat(CASES["D001"]["now"])
    assert core(preview(played.ruled, 1, "no_reason", now).to_plain()) == core(played.verdict)
