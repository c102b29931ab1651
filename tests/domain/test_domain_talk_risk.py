"""What is found in messages, measured on lines written down before: how many of those meant, how many of the others.

Sets 1 to 4 were written one after the other, each before the patterns had been changed for it. Set 5 came last, and
no pattern has been changed for it: it tells what to expect of lines that nobody has seen (figures in docs/talk.md).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tuidan.domain.talk_risk import (
    ABUSE,
    FLAGS,
    PRIVATE,
    THREATS,
    find_payload_risks,
    find_risks,
    passes_luhn,
    plain,
)

LINES = [
    tuple(line.split("\t", 2))
    for line in (Path(__file__).parents[1] / "data" / "talk_lines.tsv").read_text("utf-8").splitlines()
]
GROUPS = {"private": PRIVATE, "threat": THREATS, "abuse": frozenset({ABUSE})}
PRECISION_MIN, RECALL_MIN = 0.95, 0.90
UNSEEN, UNSEEN_RECALL_MIN = "5", 0.75


def measured(group: str, unseen: bool) -> tuple[float, float]:
    """Precision and recall of one group over the lines that the patterns were made from, or over the others."""
    flags = GROUPS[group]
    lines = [(want, text) for name, want, text in LINES if (name == UNSEEN) is unseen]
    found = [(want, bool(flags & set(find_risks(text)))) for want, text in lines]
    right = sum(hit for want, hit in found if want == group)
    wrong = sum(hit for want, hit in found if want != group and (want == "ok" or group != "abuse"))
    meant = sum(want == group for want, _ in found)
    return right / (right + wrong), right / meant


@pytest.mark.parametrize("group", GROUPS)
def test_nearly_all_of_what_is_meant_is_found_and_little_else(group: str) -> None:
    precision, recall = measured(group, unseen=False)
    print(f"{group}: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= PRECISION_MIN
    assert recall >= RECALL_MIN


@pytest.mark.parametrize("group", GROUPS)
def test_of_lines_that_nobody_has_seen_most_are_found_too(group: str) -> None:
    precision, recall = measured(group, unseen=True)
    print(f"{group}: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= PRECISION_MIN
    assert recall >= UNSEEN_RECALL_MIN


def test_the_lines_are_many_and_of_every_group() -> None:
    wanted = [want for _, want, _ in LINES]
    assert len(LINES) >= 150
    assert {group: wanted.count(group) >= 20 for group in (*GROUPS, "ok")} == dict.fromkeys(
        (*GROUPS, "ok"), True
    )


@pytest.mark.parametrize(
    "text",
    [
        "我要投诉12315",
        "再不退款我就打 12315",
        "不退就去市场监督管理局举报你们",
        "我会向消费者协会投诉，也会起诉",
        "请平台介入，不行我报警",
        "I will complain to 12315",
    ],
)
def test_going_to_the_authorities_is_never_a_threat(text: str) -> None:
    assert not THREATS & set(find_risks(text))


@pytest.mark.parametrize(
    "text",
    [
        "加微信 abc_1234 聊",
        "加 微 信 abc_1234 聊",
        "加薇信 abc_1234 聊",
        "加威❤ abc_1234 聊",
        "加ＷＥＩＸＩＮ abc_1234 聊",
        "加w-x abc_1234 转你",
        "加\u200b微\u200b信 abc_1234 聊",
        "加微，信，号，abc1234",
    ],
)
def test_a_disguise_does_not_hide_it(text: str) -> None:
    assert "private_transfer" in find_risks(text)


@pytest.mark.parametrize(
    ("digits", "valid"),
    [("6222021001116245702", True), ("6222021001116245703", False), ("4111111111111111", True)],
)
def test_the_check_digit_of_a_card_is_known(digits: str, valid: bool) -> None:
    assert passes_luhn(digits) is valid


@pytest.mark.parametrize(
    "payload",
    [
        "wxp://f2f0abcdEFGH",
        "HTTPS://QR.ALIPAY.COM/FKX01234",
        "https://weixin.qq.com/r/abcd",
        "https://u.wechat.com/xyz",
        "https://qm.qq.com/q/abc",
        "alipays://platformapi/startapp?appId=1",
    ],
)
def test_a_code_that_pays_or_befriends_is_known(payload: str) -> None:
    assert "payment_code" in find_payload_risks(payload)


@pytest.mark.parametrize("payload", ["https://store.example.com/redeem?c=1", "ABCD-EFGH-1234", ""])
def test_another_code_is_let_be(payload: str) -> None:
    assert find_payload_risks(payload) == ()


def test_flags_come_in_one_order_and_once() -> None:
    found = find_risks("傻逼，加我微信 wx_8876 转钱，https://qr.alipay.com/x ，不然人肉你")
    assert list(found) == [flag for flag in FLAGS if flag in found]
    assert {"private_transfer", "payment_code", "threat", "abuse"} <= set(found)


def test_demanding_more_than_the_refund_under_a_threat_is_extortion() -> None:
    assert "extortion" in find_risks("赔我五百，不然人肉你")
    assert "extortion" not in find_risks("退款，不然差评")


@pytest.mark.parametrize(
    "text", ["", " ", "，。！", "😀" * 50, "a" * 1_000, "微" * 1_000, "1" * 1_000, "加我" * 500]
)
def test_strange_text_is_looked_at_quickly_and_without_trouble(text: str) -> None:
    assert set(find_risks(text)) <= set(FLAGS)


def test_clauses_stay_apart_when_disguises_are_taken_off() -> None:
    assert plain("Ａ b，c。d") == "ab，c，d"
