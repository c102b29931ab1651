"""The check of the facts: what is tolerated, and what is refused with the field named."""

import pytest

from tuidan.domain.policy import FactsError, decide, validate_facts
from tuidan.policies import load_calendar, load_standard_policy

NOW = "2026-11-03T20:14:12+08:00"


@pytest.mark.parametrize(
    ("facts", "field", "problem"),
    [
        ({}, "now", "missing"),
        ({"now": None}, "now", "missing"),
        ({"now": "yesterday"}, "now", "not_a_moment"),
        ({"now": "2026-11-03T20:14:12"}, "now", "moment_without_offset"),
        ({"now": NOW, "amount_paid_fen": 12.5}, "amount_paid_fen", "not_a_whole_number"),
        ({"now": NOW, "amount_paid_fen": "2940"}, "amount_paid_fen", "not_a_whole_number"),
        ({"now": NOW, "amount_paid_fen": True}, "amount_paid_fen", "not_a_whole_number"),
        ({"now": NOW, "amount_paid_fen": -1}, "amount_paid_fen", "out_of_range"),
        ({"now": NOW, "seconds_since_paid": -1}, "seconds_since_paid", "out_of_range"),
        ({"now": NOW, "seconds_since_paid": float("nan")}, "seconds_since_paid", "out_of_range"),
        ({"now": NOW, "goods_kind": "gift"}, "goods_kind", "unknown_value"),
        ({"now": NOW, "reason_claimed": 3}, "reason_claimed", "not_a_text"),
        ({"now": NOW, "card": []}, "card", "not_an_object"),
        ({"now": NOW, "card": {"revealed": "no"}}, "card.revealed", "not_true_or_false"),
        ({"now": NOW, "card": {"issuer_status": "new"}}, "card.issuer_status", "unknown_value"),
        ({"now": NOW, "service": {"progress_percent": 101}}, "service.progress_percent", "out_of_range"),
        ({"now": NOW, "evidence": {}}, "evidence", "not_a_list"),
        (
            {"now": NOW, "evidence": [{}, {"has_order_no": 1}]},
            "evidence[1].has_order_no",
            "not_true_or_false",
        ),
        ({"now": NOW, "evidence": ["x"]}, "evidence[0]", "not_an_object"),
    ],
)
def test_a_wrong_fact_is_named(facts: dict[str, object], field: str, problem: str) -> None:
    with pytest.raises(FactsError) as refused:
        validate_facts(facts)
    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_missing_null_and_unknown_extra_fields_are_fine() -> None:
    facts = {"now": NOW, "amount_paid_fen": None, "colour": {"deep": [1.5]}, "card": {"shine": "bright"}}
    assert validate_facts(facts) is None


def test_nothing_known_goes_to_a_person_and_moves_no_money() -> None:
    verdict = decide({"now": NOW}, load_standard_policy(), load_calendar())
    assert (verdict.decision, verdict.amount_fen) == ("to_platform", 0)


def test_a_cases_own_calendar_must_be_readable() -> None:
    facts = {"now": NOW, "other": {"calendar": {"days_off": ["soon"]}}}
    with pytest.raises(FactsError) as refused:
        decide(facts, load_standard_policy(), load_calendar())
    assert refused.value.field == "other.calendar"
