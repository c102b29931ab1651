"""The public rules page: computed from the policy in force, the same bytes as its hash, the seed's scenarios named."""

import hashlib

import pytest
from django.test import Client
from storefront import HAN, page_of, words_on

from tuidan.policies import load_calendar, load_standard_policy
from tuidan.sandbox.goods import Cast
from tuidan.web.shared.matrix import Line, matrix

POLICY = load_standard_policy()
LINES = {f"{line.kind}.{line.situation}": line for line in matrix(POLICY, load_calendar())}


@pytest.mark.parametrize(
    ("situation", "decision", "amount_fen", "rule"),
    [
        ("card_code.window", "approve_full", 5000, "R2"),
        ("card_code.sealed", "approve_full", 5000, "R3"),
        ("card_code.revealed", "reject", 0, "R4"),
        ("card_code.before", "approve_full", 5000, "R5"),
        ("card_code.after_buyer", "reject", 0, "R5"),
        ("top_up.failed", "approve_full", 5000, "R7"),
        ("top_up.partial", "approve_partial", 4000, "R7"),
        ("top_up.credited", "reject", 0, "R7"),
        ("membership.stopped", "approve_partial", 3334, "R9"),
        ("service.in_progress", "approve_partial", 3000, "R10"),
    ],
)
def test_the_matrix_says_what_the_rules_decide(
    situation: str, decision: str, amount_fen: int, rule: str
) -> None:
    line: Line = LINES[situation]
    assert (line.decision, line.amount_fen) == (decision, amount_fen)
    assert rule in line.rules


def test_nothing_in_the_matrix_says_no_where_the_policy_asks_a_person() -> None:
    assert LINES["card_code.after_unknown"].decision in ("to_platform", "to_appraisal")
    assert LINES["service.disputed"].decision in ("to_seller", "to_appraisal", "to_platform")


def test_the_rules_page_is_public_and_names_version_and_hash(cast: Cast) -> None:
    page = page_of(Client(), "/rules/")
    assert POLICY.sha256 in page
    assert POLICY.name.version in page
    for key in ("充值失败", "充 50 元只到 10 元", "秒退窗口 5 分钟", "3 个工作日"):
        assert key in words_on(page), key


def test_the_rules_page_in_english_contains_no_chinese(cast: Cast) -> None:
    client = Client()
    client.cookies["lang"] = "en"
    found = words_on(page_of(client, "/rules/")).replace("中文", "")
    assert HAN.findall(found) == []


def test_the_document_is_the_bytes_that_its_hash_names(cast: Cast) -> None:
    answer = Client().get(f"/rules/{POLICY.sha256}.json")
    assert hashlib.sha256(answer.content).hexdigest() == POLICY.sha256
    assert Client().get(f"/rules/{'0' * 64}.json").status_code == 404
