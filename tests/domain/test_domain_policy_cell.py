"""Cells of a decision table: what the subset reads, and what it refuses."""

import pytest

from tuidan.domain.policy.cell import ANYTHING, Between, CellError, OneOf, parse_cell, parse_output


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ANYTHING),
        (" - ", ANYTHING),
        ('"open"', OneOf(frozenset({"open"}))),
        ('"a", "b"', OneOf(frozenset({"a", "b"}))),
        ("0", OneOf(frozenset({0}))),
        ("true", OneOf(frozenset({True}))),
        ("<= 300", Between(None, 300)),
        ("< 300", Between(None, 299)),
        ("> 0", Between(1, None)),
        (">= 3", Between(3, None)),
        ("[1..5]", Between(1, 5)),
        ("(1..5)", Between(2, 4)),
        ("[1..5)", Between(1, 4)),
    ],
)
def test_a_cell_of_the_subset_is_read(text: str, cell: object) -> None:
    assert parse_cell(text) == cell


@pytest.mark.parametrize(
    "text",
    [
        '"open', "open", '"a" "b"', '"a",', ', "a"', '"a", 1', "1.5", "> 1.5", "null", "not(1)", "=> 3", "< <3",
        "[5..1]", "(1..2)", '"a" or "b"', "sum([1])", "date('now')", '"a", "a"', "[1..", "300 >=", "'a'", '"总"',
    ],
)  # fmt: skip
def test_a_broken_cell_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_cell(text)


def test_an_interval_fits_its_ends_and_not_their_neighbours() -> None:
    cell = parse_cell("[1..5]")
    assert [number for number in range(8) if cell.fits(number)] == [1, 2, 3, 4, 5]


def test_a_number_never_fits_a_word() -> None:
    assert not parse_cell("> 0").fits("unknown")


@pytest.mark.parametrize(("text", "value"), [('"R1 R7"', "R1 R7"), ("", ""), ("5", 5), ("true", True)])
def test_an_outcome_is_read(text: str, value: object) -> None:
    assert parse_output(text) == value


@pytest.mark.parametrize("text", ["approve", '"a" + "b"', "amount * 2", "1.5"])
def test_an_outcome_that_computes_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_output(text)
