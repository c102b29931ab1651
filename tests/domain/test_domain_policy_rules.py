"""R1–R24 in situations that no given case shows: decision, sum, who bears it, the span and where the money goes."""

import re

import pytest
from policy_cases import RuleCase, rule_cases

from tuidan.domain.policy import decide
from tuidan.policies import load_calendar, load_standard_policy

CASES = list(rule_cases())
PAYS = ("approve_full", "approve_partial")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_situation_is_decided_by_its_rule(case: RuleCase) -> None:
    verdict = decide(case.facts, load_standard_policy(), load_calendar())
    assert verdict.deadline is not None
    expected = case.expected
    assert {
        "decision": verdict.decision,
        "amount_fen": verdict.amount_fen,
        "liable": verdict.liable,
        "within": verdict.deadline.within,
        "refund_to": verdict.refund_to,
        "compensation_fen": verdict.compensation_fen,
    } == {
        "amount_fen": 0,
        "liable": "undetermined",
        "refund_to": "original_path" if expected["decision"] in PAYS else None,
        "compensation_fen": 0,
        **expected,
    }
    told = tuple(found.code for found in verdict.reasons)
    assert not case.grounds or told == case.grounds
    assert not case.rule.startswith("R") or case.rule in verdict.rules


BASIS = re.compile(r"R([1-9]|1\d|2[0-4])|(law|rule|seed):\S.*|EU 2011/83 \S+")


def test_every_situation_names_its_basis_and_more_than_100_are_of_the_law_itself() -> None:
    bases = [case.basis for case in CASES]
    assert [basis for basis in bases if not BASIS.fullmatch(basis)] == []
    assert sum(not basis.startswith("R") for basis in bases) > 100


def test_there_are_more_than_200_situations_of_all_kinds() -> None:
    kinds = [case.facts["goods_kind"] for case in CASES]
    assert len(CASES) > 200
    assert {"card_code", "top_up", "membership", "service"} <= set(kinds)
