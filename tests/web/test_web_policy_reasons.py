"""The sentences of the policy's reasons: one for each code, in both languages, with the case's figures in them."""

import re

import pytest

from tuidan.domain.policy.reason_data import CARRIES
from tuidan.policies import load_standard_policy
from tuidan.web.shared.reasons import REASONS, reason_text, span_text

POLICY = load_standard_policy()
TABLES = [*POLICY.deciding.values(), POLICY.authority, POLICY.destination]
CODES = {code for table in TABLES for outcome in table.outcomes for code in str(outcome["reasons"]).split()}
HAN = re.compile(r"[一-鿿]")


def test_every_code_of_the_policy_has_its_sentences_and_no_sentence_is_left_over() -> None:
    assert set(REASONS) == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_sentence_can_be_said_with_all_data_and_with_what_is_always_known(code: str) -> None:
    data = dict.fromkeys(CARRIES.get(code, ()), 7_200)
    optional = {
        name
        for part in re.findall(r"\[([^\]]*)\]", REASONS[code][0])
        for name in re.findall(r"\{(\w+)\}", part)
    }
    for shown in (data, {name: value for name, value in data.items() if name not in optional}):
        chinese, english = reason_text(code, shown, "zh"), reason_text(code, shown, "en")
        assert HAN.search(chinese)
        assert not HAN.search(english)
        assert not set("{}[]") & set(chinese + english)
        assert chinese.endswith("。")
        assert english.endswith(".")
        assert english[0].isupper() or english[0] in "¥0123456789"


def test_money_and_times_are_filled_in() -> None:
    data: dict[str, str | int | None] = {
        "ordered_fen": 5_000,
        "arrived_fen": 1_000,
        "paid_fen": 4_925,
        "amount_fen": 3_940,
    }
    assert (
        reason_text("arrived_short", data, "zh")
        == "应到 50.00 元，实到 10.00 元，按实付 49.25 元的比例退 39.40 元。"
    )


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (0, "0 秒", "0 s"),
        (59, "59 秒", "59 s"),
        (192, "3 分 12 秒", "3 min 12 s"),
        (300, "5 分钟", "5 min"),
        (86_400, "24 小时", "24 h"),
        (95_400, "26 小时 30 分", "26 h 30 min"),
        (10 * 86_400, "10 天", "10 d"),
    ],
)
def test_a_span_is_told_in_at_most_two_units(seconds: int, chinese: str, english: str) -> None:
    assert (span_text(seconds, "zh"), span_text(seconds, "en")) == (chinese, english)
