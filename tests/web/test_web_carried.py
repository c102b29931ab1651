"""Whose evidence carries which fact, as people read it: sentences in both languages, near misses in words."""

import re

import pytest

from tuidan.domain.policy.sources import SOURCES, WEIGHTS
from tuidan.domain.policy.vocabulary import CAUSES, INPUTS
from tuidan.policies import load_standard_policy
from tuidan.web.shared.carried_shown import carried_texts, value_text
from tuidan.web.shared.case_shown import near_misses_shown
from tuidan.web.shared.words import WORDS

RECORD = {
    "carried_by": [
        {"fact": "issuer", "value": "unused", "by": ["issuer"], "weight": "strong"},
        {"fact": "reveal", "value": "unknown", "by": []},
        {
            "fact": "evidence",
            "value": "complete",
            "by": ["upload"],
            "weight": "weak",
            "items": ["error_screenshot", "use_video"],
        },
    ]
}


def test_each_fact_is_one_sentence_with_its_source() -> None:
    assert carried_texts(RECORD, "zh") == [
        "发行方状态：未使用。来源：发行方记录（证明力强）",
        "卡密查看状态：查不到。来源：没有人能证明",
        "证据：齐全。来源：上传的材料：报错截图、使用录像（证明力弱）",
    ]
    assert (
        carried_texts(RECORD, "en")[0]
        == "Issuer's status: unused. Source: the issuer's records (weighs most)"
    )


def test_a_record_from_before_says_nothing() -> None:
    assert carried_texts({"decision": "reject"}, "zh") == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_of_every_fact_has_words(language: str) -> None:
    bare = [
        f"{fact}={value}"
        for fact, domain in INPUTS.items()
        for value in domain or ()
        if value_text(fact, value, language) == value
        and not (language == "en" and re.fullmatch("[a-z]+", value))
    ]
    assert bare == []


def test_every_source_weight_cause_and_kind_of_evidence_has_words() -> None:
    kinds = load_standard_policy().evidence_roles
    wanted = {f"source.{word}" for word in SOURCES} | {f"weight.{word}" for word in WEIGHTS}
    wanted |= {f"cause.{word}" for word in CAUSES if word != "fault"} | {f"evidence.{kind}" for kind in kinds}
    assert wanted - WORDS.keys() == set()


def test_a_near_miss_as_it_is_stored_is_told_in_words() -> None:
    miss = {"row": "card_code.instant", "condition": 'window: "open"', "value": "closed"}
    assert [row.text for row in near_misses_shown({"near_misses": [miss]}, "zh")] == ["秒退窗口：已过"]
