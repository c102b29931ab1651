"""R1–R24 in situations that no given case shows: decision, sum, who bears it, the span and where the money goes."""

import pytest

from policy_cases import Expected
from policy_cases_card import CASES as CARD
from policy_cases_other import CASES as OTHER
from policy_cases_top_up import CASES as TOP_UP
from tuidan.domain.policy import decide
from tuidan.policies import load_calendar, load_standard_policy

ALL = [*CARD, *TOP_UP, *OTHER]


@pytest.mark.parametrize("expected", ALL, ids=[f"{one.basis}-{one.what}" for one in ALL])
def test_a_situation_is_decided_by_its_rule(expected: Expected) -> None:
    verdict = decide(expected.facts, load_standard_policy(), load_calendar())
    assert verdict.deadline is not None
    assert (
        verdict.decision,
        verdict.amount_fen,
        verdict.liable,
        verdict.deadline.within,
        verdict.refund_to,
        verdict.compensation_fen,
    ) == (
        expected.decision,
        expected.amount_fen,
        expected.liable,
        expected.within,
        expected.refund_to,
        expected.compensation_fen,
    )
