"""Whose evidence carries which fact, as people read it: sentences in both languages, near misses in words."""

import re
from uuid import UUID, uuid4

import pytest
from storefront import Shelf, client_of, page_of, words_on

from tuidan.domain.policy.sources import SOURCES, WEIGHTS
from tuidan.domain.policy.vocabulary import CAUSES, INPUTS
from tuidan.policies import load_standard_policy
from tuidan.sandbox.goods import Cast
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


@pytest.fixture
def refunded(cast: Cast) -> tuple[Shelf, UUID]:
    """A service that its buyer ended before it began: the rules decided it."""
    shelf = Shelf(cast)
    order_id = shelf.paid("coaching")
    told = {"key": uuid4().hex, "reason": "no_reason", "text": ""}
    answer = client_of(cast, "buyer").post(f"/orders/{order_id}/units/1/refund/", told)
    assert answer.status_code == 302
    assert shelf.view(order_id).cases[0].status == "approved"
    return shelf, order_id


@pytest.mark.parametrize(("role", "path"), [("buyer", "/orders/{}/"), ("seller", "/seller/orders/{}/")])
def test_both_sides_read_whose_evidence_carried_the_decision(
    refunded: tuple[Shelf, UUID], role: str, path: str
) -> None:
    shelf, order_id = refunded
    found = words_on(page_of(client_of(shelf.cast, role), path.format(order_id)))
    for words in ("哪条事实靠谁的证据", "交付状态：未交付。来源：平台记录（证明力强）", "起因 · 买家"):
        assert words in found, words
    found = words_on(page_of(client_of(shelf.cast, role, "en"), path.format(order_id)))
    assert "Delivery: not delivered. Source: the platform's log (weighs most)" in found.replace("&#x27;", "'")
