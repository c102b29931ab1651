"""Splitting and writing amounts: no fen is lost or made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuidan.domain.money import format_yuan, split_by_weight

AMOUNTS = st.integers(0, 10**12)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(AMOUNTS, WEIGHTS)
def test_the_parts_of_a_split_sum_to_the_amount(amount: int, weights: list[int]) -> None:
    assert sum(split_by_weight(amount, weights)) == amount


@given(AMOUNTS, WEIGHTS)
def test_no_part_is_a_whole_fen_away_from_its_exact_share(amount: int, weights: list[int]) -> None:
    total = sum(weights)
    for part, weight in zip(split_by_weight(amount, weights), weights, strict=True):
        assert abs(part * total - amount * weight) < total


@given(AMOUNTS, st.integers(1, 12))
def test_equal_weights_differ_by_a_fen_at_most_and_the_earlier_gets_it(amount: int, count: int) -> None:
    parts = split_by_weight(amount, [1] * count)
    assert parts == sorted(parts, reverse=True)
    assert parts[0] - parts[-1] <= 1


def test_the_largest_remainder_gets_the_odd_fen() -> None:
    assert split_by_weight(100, [1, 1, 1]) == [34, 33, 33]
    assert split_by_weight(10, [5, 3, 1]) == [6, 3, 1]
    assert split_by_weight(1, [1, 2]) == [0, 1]


@pytest.mark.parametrize(("amount", "weights"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [2, -1])])
def test_what_cannot_be_split_is_refused(amount: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="needed"):
        split_by_weight(amount, weights)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_reads_back_from_its_yuan(amount: int) -> None:
    text = format_yuan(amount)
    assert int(text.replace(".", "")) == amount
    assert len(text.split(".")[1]) == 2
