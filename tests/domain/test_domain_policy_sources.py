"""Whose evidence carries which fact: every fact a decision rests on has its source, and uploads name what was filed."""

import pytest
from hypothesis import given, settings
from policy_cases import GOODS, Facts, facts_of
from policy_strategies import facts

from tuidan.domain.policy import Verdict, decide
from tuidan.domain.policy.cell import ANYTHING
from tuidan.domain.policy.sources import (
    BY_VALUE,
    NOT_FACTS,
    OF_KIND,
    SHOWS,
    SOURCES,
    USUAL,
    WEIGHTS,
    carried,
)
from tuidan.domain.policy.vocabulary import INPUTS
from tuidan.policies import load_calendar, load_standard_policy

POLICY = load_standard_policy()
TABLES = {**POLICY.deciding, "authority": POLICY.authority, "destination": POLICY.destination}
SILENT = {"seller_response": {"status": "silent", "hours_since_asked": 30}}


def verdict_of(case: Facts) -> Verdict:
    return decide(case, POLICY, load_calendar())


def carriers(kind: str, goods: Facts, changes: Facts) -> dict[str, tuple[str, ...]]:
    return {fact.fact: fact.sources for fact in verdict_of(facts_of(kind, goods, changes)).carried_by}


def test_a_code_used_before_it_was_shown_is_carried_by_the_issuer_against_our_log() -> None:
    goods = {"issuer_status": "activated", "activated_relative_to_reveal": "before", "activated_by": "other"}
    assert carriers("card_code", goods, {}) == {
        "goods_kind": ("platform_log",),
        "activation": ("issuer", "platform_log"),
        "activated_by": ("issuer",),
    }


def test_a_failed_top_up_is_carried_by_its_supplier() -> None:
    assert carriers("top_up", {"channel_status": "failed"}, {"delivery_state": "failed"}) == {
        "delivery": ("supplier",)
    }


def test_what_was_never_sent_is_known_from_our_own_log() -> None:
    changes = {"delivery_state": "queued", "promised_delivery_hours": 1, "delivered_ago": None}
    assert carriers("top_up", {"channel_status": "not_submitted", "arrived_fen": 0}, changes) == {
        "delivery": ("platform_log",),
        "promise": ("platform_log",),
    }


def test_work_agreed_by_both_is_carried_by_both_and_weighs_strong() -> None:
    verdict = verdict_of(facts_of("service", {}, {"reason_claimed": "no_reason"}))
    progress = next(fact for fact in verdict.carried_by if fact.fact == "progress")
    assert (progress.sources, progress.weight) == (("seller_statement", "buyer_statement"), "strong")


def test_what_a_seller_says_for_itself_weighs_less_than_what_it_admits() -> None:
    inputs = {"goods_kind": "top_up"}
    refused, agreed = (
        carried("response", {**inputs, "response": word}) for word in ("claims_fulfilled", "agree_full")
    )
    assert refused.sources == agreed.sources == ("seller_statement",)
    assert (refused.weight, agreed.weight) == ("weak", "strong")


def test_a_refund_on_evidence_names_what_was_filed() -> None:
    verdict = verdict_of(facts_of("card_code", {}, {**SILENT, "evidence": "use_video seller_chat"}))
    evidence = next(fact for fact in verdict.carried_by if fact.fact == "evidence")
    assert (evidence.sources, evidence.items) == (("upload",), ("use_video",))


def test_forged_and_cropped_pieces_carry_nothing() -> None:
    filed = "FORGED CROPPED use_video"
    case = facts_of("card_code", {"issuer_status": "unknown"}, {**SILENT, "evidence": filed})
    case["evidence"][0]["tampered"] = False
    case["evidence"][0]["has_key_info"] = False
    evidence = next(fact for fact in verdict_of(case).carried_by if fact.fact == "evidence")
    assert evidence.items == ("use_video",)


def test_incomplete_evidence_names_the_pieces_that_lack_something() -> None:
    verdict = verdict_of(facts_of("card_code", {}, {**SILENT, "evidence": "CROPPED"}))
    assert verdict.decision == "needs_evidence"
    evidence = next(fact for fact in verdict.carried_by if fact.fact == "evidence")
    assert (evidence.value, evidence.items, evidence.weight) == ("incomplete", ("error_screenshot",), "weak")


@pytest.mark.parametrize(("filed", "weight"), [("carrier_bill", "middle"), ("arrival_screenshot", "weak")])
def test_an_upload_weighs_by_where_it_comes_from(filed: str, weight: str) -> None:
    verdict = verdict_of(facts_of("top_up", {}, {"evidence": filed, **SILENT}))
    evidence = next(fact for fact in verdict.carried_by if fact.fact == "evidence")
    assert (evidence.items, evidence.weight) == ((filed,), weight)


def test_that_nothing_was_filed_is_known_from_our_own_list() -> None:
    verdict = verdict_of(facts_of("card_code", {}, {**SILENT, "evidence": "NONE"}))
    evidence = next(fact for fact in verdict.carried_by if fact.fact == "evidence")
    assert (evidence.value, evidence.sources, evidence.items) == ("none", ("platform_log",), ())


def test_what_nobody_knows_is_carried_by_nobody() -> None:
    verdict = verdict_of(facts_of("card_code", {"revealed": None}, {}))
    reveal = next(fact for fact in verdict.carried_by if fact.fact == "reveal")
    assert (reveal.value, reveal.sources, reveal.weight) == ("unknown", (), "")


@settings(max_examples=150, deadline=None)
@given(facts())
def test_every_condition_of_the_matched_rows_is_carried(case: Facts) -> None:
    verdict = verdict_of(case)
    asked = set()
    for found in verdict.rows:
        table = TABLES[found.partition(".")[0]]
        row = next(row for row in table.rows if row.id == found)
        asked |= {
            column for column, cell in zip(table.columns, row.cells, strict=True) if cell is not ANYTHING
        }
    told = {fact.fact for fact in verdict.carried_by}
    assert asked - NOT_FACTS <= told
    # beyond the conditions only what was filed is named
    assert all(fact.sources == ("upload",) for fact in verdict.carried_by if fact.fact not in asked)
    for fact in verdict.carried_by:
        assert set(fact.sources) <= set(SOURCES)
        assert fact.weight in WEIGHTS if fact.sources else fact.value == "unknown"


def test_only_inputs_of_the_vocabulary_have_sources() -> None:
    named = {*USUAL, *SHOWS, *(fact for fact, _ in BY_VALUE), *(fact for fact, _ in OF_KIND)}
    assert named <= set(INPUTS)
    for fact, value in BY_VALUE:
        assert value in (INPUTS[fact] or ())
    assert {kind for _, kind in OF_KIND} <= set(GOODS)


def test_every_fact_that_can_be_uploaded_has_the_roles_that_show_it() -> None:
    uploaded = {fact for fact, sources in USUAL.items() if sources == ("upload",)}
    uploaded |= {fact for (fact, _), sources in BY_VALUE.items() if sources == ("upload",)}
    assert uploaded == set(SHOWS)
