"""What words on a picture say of an order: numbers, times, amounts, accounts, codes, prompts, and what is left out."""

from datetime import UTC, datetime, timedelta

import pytest

from tuidan.domain.reading.expected import Expected
from tuidan.domain.reading.line import Box, Line
from tuidan.domain.reading.reading import Reading, read_lines

ORDER = "019c6f1e-2ab4-7c3d-9e10-5b7f20cc9a41"
REFERENCE = "agog6hrkwr6d3hqqln7sbtgkiep1"
TRADE = "2026112322001412345678901234"
PLACED = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # 20:00 in Beijing
EXPECTED = Expected(
    numbers=(ORDER, REFERENCE, TRADE),
    since=PLACED,
    until=PLACED + timedelta(hours=6),
    amounts_fen=(4_880, 5_000),
    arrived_fen=1_000,
    account="13812341234",
    code_tails=("7K3Q",),
)
WIDTH, HEIGHT = 1080, 2340


def lines(*texts: str, confidence: int = 97) -> list[Line]:
    """One line below the other, as on a phone."""
    return [
        Line(text, Box(40, 300 + 90 * k, 40 + 30 * len(text), 350 + 90 * k), confidence)
        for k, text in enumerate(texts)
    ]


def read(*texts: str, kind: str = "", confidence: int = 97) -> Reading:
    return read_lines(lines(*texts, confidence=confidence), WIDTH, HEIGHT, EXPECTED, kind)


def detail(reading: Reading, name: str) -> str:
    return next(found.state for found in reading.details if found.name == name)


@pytest.mark.parametrize(
    "words",
    [
        f"订单号：{ORDER}",
        f"商户订单号{REFERENCE.upper()}",
        f"交易号 {TRADE[:8]} {TRADE[8:]}",
        f"订单编号 {REFERENCE.replace('o', '0').replace('l', '1')}",
        f"订单号 {ORDER[:14]}...{ORDER[-12:]}",
    ],
)
def test_each_of_the_orders_numbers_is_found_in_each_spelling(words: str) -> None:
    found = read(words).order_no
    assert (found.state, found.box) == ("found", lines(words)[0].box)


def test_a_number_broken_in_two_lines_is_put_together() -> None:
    assert read("订单编号", ORDER[:30], ORDER[30:]).order_no.state == "found"


def test_another_number_of_the_same_form_contradicts() -> None:
    other = TRADE[:12] + "9876543210987654"
    found = read(f"交易号 {other}").order_no
    assert (found.state, found.value, found.why) == ("contradicts", other, "other_number")


def test_a_number_of_another_system_is_unsure_and_no_contradiction() -> None:
    assert read("订单号 JD20261123887766").order_no.state == "unsure"


def test_a_blurred_number_is_unsure() -> None:
    assert read(f"订单号 {ORDER}", confidence=45).order_no.state == "unsure"


@pytest.mark.parametrize(
    "words",
    [
        "2026-11-23 20:16:02",
        "2026-11-2320:16:02",
        "2026/11/23 20:16",
        "2026年11月23日20时16分",
        "2026.11.23 20:16",
        "11月23日 20:16",
        "11-23 20:16",
        "20261123201602",
        "2026-11-23T12:16:02Z",
        "2026-11-23T20:16:02+08:00",
        "2026年11月23日 晚上8:16",
        "2026-11-23",
        "支付时间：２０２６－１１－２３ ２０：１６",
    ],
)
def test_each_way_of_writing_a_time_is_found(words: str) -> None:
    assert read(words).time.state == "found"


@pytest.mark.parametrize(
    ("words", "state", "why"),
    [
        ("2026-11-20 09:30:00", "contradicts", "before_order"),
        ("2026-11-24 15:00:00", "contradicts", "after_now"),
        ("有效期至 2027-12-31", "missing", ""),
        ("20:16", "unsure", "clock_only"),
        ("昨天 20:16", "unsure", "no_day"),
        ("2026-13-45 20:16:02", "unsure", "clock_only"),
        ("客服 400-820-1234", "missing", ""),
    ],
)
def test_a_time_that_is_not_the_orders_is_told_apart(words: str, state: str, why: str) -> None:
    found = read(words).time
    assert (found.state, found.why) == (state, why)


def test_a_time_in_the_span_outweighs_an_older_one_beside_it() -> None:
    assert read("注册于 2024-01-01 10:00", "下单时间 2026-11-23 20:00:40").time.state == "found"


@pytest.mark.parametrize(
    "words", ["¥48.80", "￥48.80", "48.80元", "４８．８０元", "-48.80", "实付 48.8", "充值50元"]
)
def test_the_orders_amount_is_found_in_each_spelling(words: str) -> None:
    assert detail(read(words), "amount") == "found"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("实付金额 ¥30.00", "contradicts"),
        ("满 ¥30 减 5", "missing"),
        ("尾号 4880", "missing"),
        ("到账 10元", "missing"),
    ],
)
def test_another_amount_contradicts_only_where_the_paid_one_should_stand(words: str, state: str) -> None:
    assert detail(read(words), "amount") == state


@pytest.mark.parametrize(
    "words", ["138****1234", "充值号码 138 1234 1234", "账号：138••••1234", "13812341234"]
)
def test_the_account_is_found_whole_or_masked(words: str) -> None:
    assert detail(read(words), "account") == "found"


def test_another_masked_phone_contradicts() -> None:
    assert detail(read("充值号码 139****5678"), "account") == "contradicts"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("卡密 ****-****-****-7K3Q", "found"),
        ("卡密：ABCDEFGH12347K3Q", "found"),
        ("兑换码 ****-****-****-9ZZT", "contradicts"),
        ("请输入卡密", "missing"),
    ],
)
def test_the_codes_tail_is_held_against_the_orders(words: str, state: str) -> None:
    assert detail(read(words), "code_tail") == state


def test_another_codes_tail_outweighs_the_prompt_beside_it() -> None:
    key = read("卡密 ****-****-****-9ZZT", "该卡密已被激活", kind="error_screenshot").key_info
    assert (key.state, key.why) == ("contradicts", "other_code")


@pytest.mark.parametrize(
    "words", ["充值失败", "该卡密已被激活", "卡密 错误，请重试", "兑换码不存在", "Already redeemed"]
)
def test_a_prompt_is_found(words: str) -> None:
    assert read(words, kind="error_screenshot").key_info.state == "found"


@pytest.mark.parametrize(
    "words", ["若充值失败，款项将原路退回", "如提示已被激活，请联系卖家", "充值成功", "避免重复使用"]
)
def test_a_word_about_what_may_happen_is_no_prompt(words: str) -> None:
    assert read(words, kind="error_screenshot").key_info.state == "missing"


def test_what_is_missing_is_told_with_the_part_to_show_and_the_cut_edge() -> None:
    cut = [Line("充值失败", Box(0, 100, 200, 150), 97)]
    reading = read_lines(cut, 1080, 600, EXPECTED, "error_screenshot")
    assert reading.hints == ("show_order_no", "show_time", "whole_screen", "cut_left")


def test_a_picture_without_words_says_so() -> None:
    assert read_lines([], WIDTH, HEIGHT, EXPECTED).hints == ("no_words",)


def test_what_counts_as_key_information_depends_on_the_kind_of_evidence() -> None:
    words = ("实付 ¥48.80", "2026-11-23 20:16:02")
    assert read(*words, kind="payment_proof").key_info.state == "found"
    assert read(*words, kind="error_screenshot").key_info.state == "missing"
