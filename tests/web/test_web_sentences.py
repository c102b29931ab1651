"""Nothing that the rules can say is left without words: refusals, events, states, reasons, inputs of the policy."""

import re

import pytest

from tuidan.domain import delivery, dispute, order, refund, refusals
from tuidan.domain.events import KINDS
from tuidan.domain.policy.vocabulary import INPUTS
from tuidan.web.shared.badges import BADGES
from tuidan.web.shared.case_shown import near_misses_shown, reasons_shown
from tuidan.web.shared.reasons import REASONS
from tuidan.web.shared.refusals import REFUSALS, sentence
from tuidan.web.shared.timeline import actor_of, actor_text, event_text
from tuidan.web.shared.words import WORDS

HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?]|[,;:?][\u4e00-\u9fff]")


def test_every_refusal_code_has_words_and_no_words_are_left_over() -> None:
    assert REFUSALS.keys() == refusals.CODES.keys()


def test_a_refusal_says_more_than_that_it_refuses() -> None:
    for code, (zh, en) in REFUSALS.items():
        assert len(re.split(r"[。：；]", zh.strip("。"))) >= 2, code
        assert HAN.search(en) is None, code
        assert HALF_WIDTH.search(zh) is None, code
        assert code not in zh, code
    assert sentence("case_open", "en").startswith("Not submitted twice")


def test_every_event_has_a_sentence_in_both_languages() -> None:
    data: dict[str, object] = {
        "unit": 1,
        "amount_fen": 4000,
        "arrived_fen": 1000,
        "tail": "9D4K",
        "reason": "late",
    }
    data |= {"progress_percent": 40}
    for kind in KINDS:
        zh, en = event_text(kind, data, "zh"), event_text(kind, data, "en")
        assert HAN.search(zh), kind
        assert not HAN.search(en), kind
        assert "{" not in zh + en, kind


def test_an_event_tells_its_variant() -> None:
    told = event_text("issuer_checked", {"unit": 2, "status": "activated"}, "zh")
    assert told == "发行方：第 2 件已被激活"
    credited = event_text("unit_delivered", {"unit": 1, "how": "supplier", "arrived_fen": 5000}, "zh")
    assert credited == "第 1 件已到账 ¥50.00"


def test_what_the_rules_decide_is_not_told_as_the_buyers_doing() -> None:
    assert actor_of("refund_decided", "buyer") == "policy"
    assert actor_of("refund_decided", "reviewer") == "reviewer"
    assert actor_text("buyer", "zh", "buyer") == "您"
    assert actor_text("buyer", "zh", "seller") == "买家"


def test_every_state_of_every_table_has_a_badge() -> None:
    tables = {
        "order": order.ORDER_TABLE,
        "unit": delivery.UNIT_TABLE,
        "case": dispute.CASE_TABLE,
        "refund": refund.REFUND_TABLE,
    }
    for noun, table in tables.items():
        states = {state for (state, _), after in table.items() for state in (state, after)} - {"", "new"}
        assert {f"{noun}.{state}" for state in states} <= BADGES.keys(), noun


def test_every_reason_a_buyer_may_choose_has_words_and_a_hint() -> None:
    codes = {code for listed in dispute.REASONS.values() for code in listed}
    assert {f"reason.{code}" for code in codes} <= WORDS.keys()
    assert {f"reason.{code}.hint" for code in codes} <= WORDS.keys()


def test_every_input_of_the_policy_can_be_named() -> None:
    assert {f"input.{name}" for name in INPUTS} <= WORDS.keys()


def test_a_near_miss_is_told_once_and_in_words() -> None:
    miss = {"row": "instant", "condition": "window", "value": "closed"}
    told = near_misses_shown({"near_misses": [miss, dict(miss)]}, "zh")
    assert [row.text for row in told] == ["秒退窗口：已过"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reviewers_reason_is_not_told_as_the_policys(language: str) -> None:
    shared = "insufficient_evidence"
    assert shared in dispute.REJECTING
    assert shared in REASONS
    by_person = reasons_shown(
        {"by": "reviewer", "decision": "reject", "reasons": [{"code": shared}]}, language
    )
    assert by_person[0].text == WORDS[f"ruling.{shared}"][language == "en"]
    assert by_person[0].side == "no"
