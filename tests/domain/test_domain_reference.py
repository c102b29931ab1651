"""References that leave the house: short, unmistakable, and leading back to their order."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuidan.domain.reference import KINDS, BadReference, Reference, read_reference, write_reference

ORDER = UUID("0190f0a0-0000-7000-8000-000000000001")
NUMBERS = st.integers(1, 99_999)


@given(st.uuids(), st.sampled_from(sorted(KINDS)), NUMBERS)
def test_a_reference_reads_back(order_id: UUID, kind: str, n: int) -> None:
    assert read_reference(write_reference(order_id, kind, n)) == Reference(order_id, kind, n)


@given(st.uuids(), st.sampled_from(sorted(KINDS)), NUMBERS)
def test_a_reference_fits_every_channel(order_id: UUID, kind: str, n: int) -> None:
    assert re.fullmatch("[a-z2-7]{26}[prt][0-9]{1,5}", write_reference(order_id, kind, n))


@given(st.text(max_size=40))
def test_what_reads_as_a_reference_is_written_the_same(text: str) -> None:
    try:
        found = read_reference(text)
    except BadReference:
        return
    assert write_reference(*found) == text


@pytest.mark.parametrize("n", [0, -1, 100_000])
def test_a_number_out_of_range_makes_no_reference(n: int) -> None:
    with pytest.raises(ValueError, match="no reference"):
        write_reference(ORDER, "p", n)


GOOD = write_reference(ORDER, "p", 7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD[:-1],
        GOOD.upper(),
        GOOD + " ",
        GOOD[:26] + "p07",
        GOOD[:26] + "p0",
        GOOD[:26] + "x7",
        GOOD[:26] + "p٧",
        GOOD[:26] + "p100000",
        "1" + GOOD[1:],
        GOOD[:25]
        + ("b" if GOOD[25] != "b" else "c")
        + GOOD[26:],  # spare bits set: another text for the same id
        GOOD.replace(GOOD[0], "é", 1),
    ],
)
def test_a_text_that_is_not_quite_a_reference_is_refused(text: str) -> None:
    with pytest.raises(BadReference):
        read_reference(text)
