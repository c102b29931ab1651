"""How a seller's file is read, and how much of a code may be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuidan.domain import card_code
from tuidan.domain.card_code import LineFault, PlainCode, masked, read_line, read_lines, read_text, tail
from tuidan.domain.stock import StockNo, StockRefused


def codes(text: str, separator: str | None = None) -> list[PlainCode | LineFault | None]:
    return [read.code or read.fault for read in read_lines(text, separator)]


def test_a_literal_percent_0a_stays_inside_one_code() -> None:
    assert codes("AB%0ACD\nEF") == [PlainCode("", "AB%0ACD"), PlainCode("", "EF")]


def test_a_unicode_line_separator_stays_inside_one_code() -> None:
    assert codes("AB\u2028CD\u0085EF") == [PlainCode("", "AB\u2028CD\u0085EF")]


def test_windows_line_ends_leave_no_trace_in_the_codes() -> None:
    assert codes("AB\r\nCD\r\n") == [PlainCode("", "AB"), PlainCode("", "CD")]


def test_blank_lines_are_skipped_and_the_line_numbers_stay_those_of_the_file() -> None:
    assert [read.line for read in read_lines("\n  \nAB\n\u3000\nCD\n", None)] == [3, 5]


def test_spaces_around_a_code_are_dropped_and_those_inside_are_kept() -> None:
    assert codes(" \t\u3000AB CD\u00a0 ") == [PlainCode("", "AB CD")]


def test_full_width_characters_are_kept_as_they_are() -> None:
    assert codes("ABC-１２３") == [PlainCode("", "ABC-１２３")]


def test_the_first_separator_splits_number_and_secret() -> None:
    assert codes("6101 ---- AB----CD", "----") == [PlainCode("6101", "AB----CD")]


def test_a_tab_can_separate() -> None:
    assert codes("6101\tABCD", "\t") == [PlainCode("6101", "ABCD")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("6101", LineFault.NO_SEPARATOR),
        ("----AB", LineFault.NOTHING_BEFORE),
        ("6101---- ", LineFault.NOTHING_AFTER),
        ("6101----A\x00B", LineFault.CONTROL_CHARACTER),
        ("6101----A\rB", LineFault.CONTROL_CHARACTER),
        ("6" * 513, LineFault.TOO_LONG),
    ],
)
def test_a_line_that_is_no_code_says_why(line: str, fault: LineFault) -> None:
    assert read_line(line, "----") is fault


def test_the_longest_line_is_still_a_code() -> None:
    assert read_line("6" * 512, None) == PlainCode("", "6" * 512)


def test_a_byte_order_mark_is_no_part_of_the_first_code() -> None:
    assert codes(read_text(b"\xef\xbb\xbfAB\n")) == [PlainCode("", "AB")]


def test_a_utf_16_file_from_a_windows_table_is_read() -> None:
    assert codes(read_text("卡密一\r\nAB\r\n".encode("utf-16"))) == [
        PlainCode("", "卡密一"),
        PlainCode("", "AB"),
    ]


def test_a_file_in_the_named_encoding_is_read() -> None:
    assert read_text("卡号----密码".encode("gb18030"), "gb18030") == "卡号----密码"


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(StockRefused) as refused:
        read_text(b"AB\nCD\n\xff\xff")
    assert (refused.value.code, refused.value.data["line"]) == (StockNo.NOT_TEXT, 3)


def test_a_file_with_too_many_lines_is_refused() -> None:
    with pytest.raises(StockRefused) as refused:
        read_text(b"\n" * card_code.FILE_LINES_MAX)
    assert refused.value.code is StockNo.TOO_MANY_LINES


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("", ""),
        ("ABC", ""),
        ("ABCD", "D"),
        ("ABCDEFGH", "GH"),
        ("A" * 12 + "WXYZ", "WXYZ"),
        ("A" * 60 + "WXYZ", "WXYZ"),
    ],
)
def test_a_masked_code_shows_at_most_a_quarter_and_four_characters(secret: str, shown: str) -> None:
    assert tail(secret) == shown
    assert masked(tail(secret)) == "••••" + shown


def test_a_code_in_a_log_is_masked() -> None:
    assert repr(PlainCode("61010001", "ABCDEFGH12345678")) == "PlainCode(••••5678)"


@given(
    st.lists(
        st.text(
            st.characters(exclude_characters="\n", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40
        )
    )
)
def test_every_line_comes_back_whole_whatever_its_characters(secrets: list[str]) -> None:
    lines = [f"<{secret}>" for secret in secrets]
    assert codes("\r\n".join(lines)) == [PlainCode("", line) for line in lines]
