"""Every sentence exists in both languages, in each language's own punctuation, with the same data."""

import re
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tuidan.web import shared
from tuidan.web.shared import moments, money
from tuidan.web.shared.badges import BADGES, TONES
from tuidan.web.shared.shapes import SHAPES
from tuidan.web.shared.words import WORDS

WEB = Path(shared.__file__).parent.parent
HAN = re.compile(r"[\u4e00-\u9fff]")
NOW = datetime(2026, 11, 23, 12, 16, 2, tzinfo=UTC)
# The switch names the language it leads to, in that language.
SWITCH = {"nav.other_language", "nav.other_language_label"}


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def keys_used() -> set[str]:
    found: set[str] = set()
    for path in WEB.rglob("*.html"):
        found.update(re.findall(r"{%-?\s*t\s+[\"']([\w.]+)[\"']", path.read_text()))
    return found


def test_english_words_contain_no_chinese() -> None:
    assert [key for key, (_, en) in WORDS.items() if HAN.search(en) and key not in SWITCH] == []


def test_no_sentence_is_empty_or_shouts() -> None:
    assert [key for key, pair in WORDS.items() if any(not text.strip() for text in pair)] == []
    assert [key for key, pair in WORDS.items() if any("!" in text or "！" in text for text in pair)] == []


def test_both_languages_are_given_the_same_data() -> None:
    assert [key for key, (zh, en) in WORDS.items() if names_in(zh) != names_in(en)] == []


def test_chinese_sentences_use_chinese_punctuation() -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?]|[,;:?][\u4e00-\u9fff]")
    assert [key for key, (zh, _) in WORDS.items() if half_width.search(zh)] == []


def test_every_key_a_template_says_has_words() -> None:
    assert keys_used() - WORDS.keys() == set()


def test_every_state_has_a_word_a_tone_and_a_shape() -> None:
    for state, (tone, drawing) in BADGES.items():
        assert f"state.{state}" in WORDS, state
        assert tone in TONES, state
        assert drawing in SHAPES, state


@pytest.mark.parametrize(
    ("fen", "written"),
    [(0, "0.00"), (5, "0.05"), (2400, "24.00"), (123450, "1,234.50"), (100000000, "1,000,000.00")],
)
def test_amounts_are_written_with_two_decimals(fen: int, written: str) -> None:
    assert money.yuan(fen) == written


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("24", 2400), ("24.5", 2450), (" ¥24.05 ", 2405), ("¥1,024", 102400), ("24元", 2400), ("24.005", None),
     ("-3", None), ("", None), ("二十", None)],
)  # fmt: skip
def test_a_typed_amount_is_read_to_the_fen_or_not_at_all(typed: str, fen: int | None) -> None:
    assert money.read_yuan(typed) == fen


def test_time_left_names_the_two_largest_units() -> None:
    assert moments.time_left(192, "zh") == "还剩 3 分 12 秒"
    assert moments.time_left(192, "en") == "3 min 12 s left"
    assert moments.time_left(2 * 86_400 + 5 * 3_600, "zh") == "还剩 2 天 5 小时"
    assert moments.time_left(59, "zh") == "还剩 59 秒"


def test_a_second_that_has_begun_still_counts() -> None:
    assert moments.seconds_until(NOW + timedelta(milliseconds=1), NOW) == 1
    assert moments.seconds_until(NOW, NOW) == 0
    assert moments.seconds_until(NOW - timedelta(seconds=5), NOW) == 0


def test_times_are_beijing_times_with_a_date_on_other_days() -> None:
    assert moments.clock_text(NOW, NOW, "zh") == "20:16:02"
    assert moments.clock_text(NOW + timedelta(hours=4), NOW, "zh") == "11月24日 00:16:02"
    assert moments.clock_text(NOW + timedelta(days=60), NOW, "en", seconds=False) == "22 Jan 2027 20:16"


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(86_400, "1 天", "1 day"), (172_800, "2 天", "2 days"), (300, "5 分钟", "5 min"), (90, "90 秒", "90 s")],
)
def test_a_span_is_told_in_its_largest_whole_unit_with_the_right_number(
    seconds: int, zh: str, en: str
) -> None:
    told = [moments.duration_text(seconds, language) for language in ("zh", "en")]
    assert told == [zh, en]
