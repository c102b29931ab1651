"""When two pictures are the same one: compared closely, and by the lines that hardly another order has."""

from tuidan.domain.reading.line import Box, Line
from tuidan.domain.reading.reuse import bands, grade, is_another_time, telling_lines


def line(text: str) -> Line:
    return Line(text, Box(0, 0, 10, 10), 95)


OWN = [line("订单号 agog6hrkwr6d3hqqln7sbtgkiep1 20261123"), line("2026-11-23 20:16:02"), line("充值失败")]
OTHER = [line("订单号 agppo6n4pb7fjbksxax34pw4bip1 20261124"), line("2026-11-24 08:01:33"), line("充值失败")]


def test_labels_tell_no_orders_apart_and_numbers_do() -> None:
    assert len(telling_lines(OWN)) == 2
    assert not telling_lines([line("充值失败"), line("实付 ¥48.80")])


def test_equal_numbers_and_equal_stretches_are_the_same_picture() -> None:
    assert grade(15, 14, 100, OWN, OWN) == "same"


def test_equal_numbers_alone_are_a_hint() -> None:
    assert grade(0, 0, 0, OWN, OWN) == "like"


def test_other_numbers_are_another_picture_however_alike_the_pages_are() -> None:
    assert grade(30, 29, 100, OWN, OTHER) == ""


def test_without_words_hardly_anything_may_differ() -> None:
    assert [grade(20, same, 100, None, None) for same in (20, 18, 15)] == ["same", "like", ""]


def test_a_few_stretches_prove_nothing() -> None:
    assert grade(3, 3, 100, None, None) == ""


def test_a_picture_is_found_by_its_stretches_its_numbers_and_its_bytes() -> None:
    one = bands([7, 8], OWN, "ab" * 32)
    assert len(one) == 5
    assert len(set(one) & set(bands([8], OWN, "cd" * 32))) == 3
    assert all(0 < band < 2**63 for band in one)


def test_one_screenshot_may_show_two_orders_of_one_occasion() -> None:
    assert not is_another_time(1_000, 2_000, same_buyer=True)
    assert is_another_time(1_000, 2_000, same_buyer=False)
    assert is_another_time(1_000, 100_000, same_buyer=True)
