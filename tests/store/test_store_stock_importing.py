"""Imports: nothing twice, nothing half, the same file again adds nothing, two at once add it once."""

from functools import partial
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stockroom import (
    NOW,
    SELLER,
    fill,
    free_ids,
    in_background,
    open_elsewhere,
    rows,
    wait_until_blocked,
)

from side_by_side import at_once
from tuidan.domain.card_code import CodeLine, PlainCode, read_lines
from tuidan.domain.stock import StockKind
from tuidan.store.stock import importing
from tuidan.store.stock.claim import claim_codes, count_free
from tuidan.store.stock.code_id import code_ids
from tuidan.store.stock.importing import Batch, ImportReport, LineNote, import_codes
from tuidan.store.stock.keys import vault
from tuidan.store.stock.release import void_code
from tuidan.store.stock.reveal import reveal_code


def secrets(count: int) -> list[str]:
    mark = uuid4().hex
    return [f"{mark}-{n:06d}" for n in range(count)]


def batch(listing_id: UUID, *, seller_id: UUID = SELLER, write: bool = True) -> Batch:
    return Batch(listing_id, seller_id, StockKind.UNIQUE, vault(), NOW, write)


def put(listing_id: UUID, lines: list[str], separator: str | None = None, **how: object) -> ImportReport:
    return import_codes(batch(listing_id, **how), read_lines("\n".join(lines), separator))  # type: ignore[arg-type]


def test_the_same_code_twice_in_a_file_is_taken_once_and_named_with_both_lines() -> None:
    listing_id, (first, second) = uuid4(), secrets(2)
    report = put(listing_id, [first, "", second, f"  {first}\r"])
    assert (report.imported, report.notes) == (2, [LineNote(4, "twice_in_file", 1)])
    assert count_free(listing_id) == 2


def test_a_code_imported_before_is_not_taken_again() -> None:
    listing_id, (first, second) = uuid4(), secrets(2)
    put(listing_id, [first])
    report = put(listing_id, [second, first])
    assert (report.imported, report.notes) == (1, [LineNote(2, "imported_before")])


def test_the_same_file_again_adds_nothing() -> None:
    listing_id, lines = uuid4(), secrets(20)
    put(listing_id, lines)
    report = put(listing_id, lines)
    assert (report.lines, report.imported, report.counts) == (20, 0, {"imported_before": 20})
    assert count_free(listing_id) == 20


def test_a_code_of_another_listing_of_the_same_seller_is_not_sold_twice() -> None:
    one, other, lines = uuid4(), uuid4(), secrets(1)
    put(one, lines)
    assert put(other, lines).counts == {"imported_elsewhere": 1}
    assert count_free(other) == 0


def test_another_seller_may_hold_the_same_text() -> None:
    lines = secrets(1)
    put(uuid4(), lines)
    assert put(uuid4(), lines, seller_id=uuid4()).imported == 1


def test_a_code_is_the_same_whatever_separator_its_file_uses() -> None:
    listing_id, (secret,) = uuid4(), secrets(1)
    put(listing_id, [f"6101----{secret}"], "----")
    assert put(listing_id, [f"6101 | {secret}"], "|").counts == {"imported_before": 1}


def test_a_shown_and_voided_code_cannot_come_back_by_a_new_import() -> None:
    listing_id, lines, order_id = uuid4(), secrets(1), uuid4()
    put(listing_id, lines)
    claim_codes(listing_id, order_id, [1], "unique", NOW)
    reveal_code(listing_id, order_id, 1, NOW)
    void_code(listing_id, order_id, 1, "refunded", NOW)
    assert put(listing_id, lines).counts == {"imported_before": 1}
    assert free_ids(listing_id) == set()


def test_a_secret_sold_many_times_is_not_also_sold_once() -> None:
    lines = secrets(1)
    fill(uuid4(), lines, StockKind.SHARED)
    assert put(uuid4(), lines).counts == {"imported_elsewhere": 1}


def test_number_and_secret_come_back_as_they_were() -> None:
    listing_id, order_id = uuid4(), uuid4()
    put(listing_id, [f"６１０１ ---- 密%0A码 {listing_id}\r"], "----")
    claim_codes(listing_id, order_id, [1], "unique", NOW)
    assert reveal_code(listing_id, order_id, 1, NOW) == PlainCode("６１０１", f"密%0A码 {listing_id}")


def test_a_try_writes_nothing_and_says_what_would_happen() -> None:
    listing_id, lines = uuid4(), secrets(3)
    put(listing_id, lines[:1])
    report = put(listing_id, [*lines, lines[2]], write=False)
    assert (report.imported, report.counts) == (2, {"imported_before": 1, "twice_in_file": 1})
    assert count_free(listing_id) == 1


def test_faulty_lines_are_named_and_the_rest_is_taken() -> None:
    listing_id, (secret,) = uuid4(), secrets(1)
    report = put(listing_id, ["no separator", f"6101----{secret}", "6102----"], "----")
    assert report.imported == 1
    assert report.notes == [LineNote(1, "no_separator"), LineNote(3, "nothing_after_separator")]


def test_progress_tells_every_line_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK_LINES", 4)
    steps: list[int] = []
    report = import_codes(batch(uuid4()), read_lines("\n".join(secrets(10)), None), steps.append)
    assert (steps, report.imported) == ([4, 4, 2], 10)


def test_duplicates_are_found_across_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK_LINES", 2)
    lines = secrets(3)
    report = put(uuid4(), [*lines, *lines])
    assert (report.imported, report.counts) == (3, {"twice_in_file": 3})


def test_a_broken_import_leaves_whole_chunks_and_the_next_run_adds_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "CHUNK_LINES", 4)
    listing_id, lines = uuid4(), secrets(10)
    poisoned = [*lines[:6], "before-\ud800-after", *lines[6:]]
    with pytest.raises(UnicodeEncodeError):
        put(listing_id, poisoned)
    assert count_free(listing_id) == 4
    assert put(listing_id, lines).imported == 6
    assert len(free_ids(listing_id)) == 10


def test_a_chunk_that_breaks_after_its_fingerprints_leaves_nothing_of_itself() -> None:
    listing_id, lines = uuid4(), secrets(3)
    unstorable = CodeLine(4, PlainCode("", uuid4().hex + "\x00"))
    with pytest.raises(psycopg.DataError):
        import_codes(batch(listing_id), [*read_lines("\n".join(lines), None), unstorable])
    assert count_free(listing_id) == 0
    assert put(listing_id, lines).imported == 3


def test_one_file_imported_four_times_at_once_is_taken_once() -> None:
    listing_id, lines = uuid4(), secrets(300)
    reports = at_once([partial(put, listing_id, lines)] * 4)
    assert sorted(report.imported for report in reports if isinstance(report, ImportReport)) == [0, 0, 0, 300]
    assert len(free_ids(listing_id)) == 300


def test_two_listings_that_import_one_code_at_once_share_it_out() -> None:
    one, other, lines = uuid4(), uuid4(), secrets(3)
    reports: list[ImportReport] = []
    with open_elsewhere(lambda: put(one, lines[:2]), commit=True) as finish:
        second = in_background(lambda: reports.append(put(other, lines[1:])))
        wait_until_blocked()
        finish()
        second.join(20)
    assert (reports[0].imported, reports[0].counts) == (1, {"imported_elsewhere": 1})
    assert (count_free(one), count_free(other)) == (2, 1)


def test_two_simultaneous_imports_of_shared_secrets_both_arrive() -> None:
    listing_id = uuid4()
    reports = at_once([partial(fill, listing_id, secrets(2), StockKind.SHARED) for _ in range(4)])
    assert [report.imported for report in reports if isinstance(report, ImportReport)] == [2, 2, 2, 2]
    numbers = rows("SELECT n FROM stock_shared_secret WHERE listing_id = %s ORDER BY n", listing_id)
    assert [n for (n,) in numbers] == list(range(1, 9))


def test_the_report_of_a_long_file_keeps_full_counts_and_the_first_notes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "NOTES_MAX", 3)
    report = put(uuid4(), secrets(1) * 10)
    assert (report.counts, [note.line for note in report.notes]) == ({"twice_in_file": 9}, [2, 3, 4])


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 2**26 - 2000), st.integers(1, 300))
def test_ids_are_uuid_7_and_sort_by_their_place_in_the_file(first: int, count: int) -> None:
    ids = code_ids(NOW, count, first)
    assert ids == sorted(ids)
    assert len(set(ids)) == count
    assert {(code_id.version, code_id.variant) for code_id in ids} == {(7, "specified in RFC 4122")}
