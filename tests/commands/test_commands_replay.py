"""A draft asked about past orders: exactly the planted difference is found, in number and in money."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from policy_documents import Document, charge_for_sealed, draft_with, less_fee, rules_of
from shopfloor import NOW, Bought, later, paid, rows, sealed, state
from tuidan.commands import delivery, dispute
from tuidan.commands import policy as life
from tuidan.domain import commands as c
from tuidan.reads.replay import NoSuchDraft, replay_draft

AN_HOUR = 3_600
DAY = 86_400
# The prices of the orders whose sealed code goes back after the instant window.
SEALED_FEN = (4_880, 3_001, 49, 30_000)


@pytest.fixture(autouse=True)
def _own_database(fresh_database: str) -> Iterator[None]:
    yield
    connections.close_all()


def returned(bought: Bought, seconds: float) -> None:
    """The buyer asks, the issuer says unused, the rules decide."""
    outcome = dispute.request_refund(bought.id, bought.buyer, 1, "no_reason", "ask", later(seconds))
    assert outcome.ok, outcome.refusal
    delivery.record_issuer_check(bought.id, c.RecordIssuerCheck(1, "unused", None, ""), later(seconds + 1), 0)
    assert state(bought).units[0].refund_fen == state(bought).price_fen()


def replayed(document: bytes, at: datetime, orders_max: int = 0) -> dict[str, Any]:
    return replay_draft(life.import_draft(document, None, NOW), at, orders_max=orders_max)


def group(summary: dict[str, Any], source: str, name: str = "all") -> dict[str, int]:
    empty = {"looked": 0, "changed": 0, "more_fen": 0, "less_fen": 0, "terms": 0}
    found = (one for one in summary["groups"] if (one["source"], one["group"]) == (source, name))
    told = next(found, empty)
    return {key: told[key] for key in empty}


def test_a_replay_finds_exactly_the_planted_difference_in_requests() -> None:
    for price in SEALED_FEN:
        returned(sealed(price_fen=price), AN_HOUR)
    for _ in range(2):
        returned(sealed(), 200)  # inside the instant window, which the draft leaves alone
    summary = replayed(draft_with(charge_for_sealed), later(2 * DAY))
    lost = sum(price - less_fee(price) for price in SEALED_FEN)
    # of 49 fen nothing is kept: 2 % is less than one fen
    assert (lost, less_fee(49)) == (97 + 60 + 0 + 500, 49)
    assert group(summary, "case") == {"looked": 6, "changed": 3, "more_fen": 0, "less_fen": lost, "terms": 0}
    assert summary["changes"][0] == {
        "source": "case",
        "before": "approve_full",
        "after": "approve_partial",
        "count": 3,
        "fen": -lost,
    }
    worst = [(one["fen"], one["before_fen"]) for one in summary["worst"] if one["case"]]
    assert worst == [(-500, 30_000), (-97, 4_880), (-60, 3_001)]
    assert (summary["orders"], summary["unreadable"], summary["not_reproduced"]) == (6, 0, 0)
    assert summary["compared"] == 6


def test_standing_answers_are_asked_at_each_age_that_the_order_reached() -> None:
    sealed(price_fen=5_000)
    summary = replayed(draft_with(charge_for_sealed), later(3 * DAY + 60))
    ages = {
        name: group(summary, "standing", f"age:{age:07d}")
        for name, age in [
            ("minute", 60),
            ("ten", 600),
            ("hour", AN_HOUR),
            ("day", DAY),
            ("three", 3 * DAY),
            ("week", 7 * DAY),
        ]
    }
    assert [ages[name]["looked"] for name in ages] == [1, 1, 1, 1, 1, 0]
    assert [ages[name]["less_fen"] for name in ages] == [0, 100, 100, 100, 100, 0]
    assert group(summary, "standing", "card_code")["changed"] == 4


def test_a_unit_whose_money_went_back_is_not_asked_about_any_more() -> None:
    returned(sealed(), AN_HOUR)
    summary = replayed(draft_with(charge_for_sealed), later(40 * DAY))
    assert [group(summary, "standing", f"age:{age:07d}")["looked"] for age in (60, 600, DAY)] == [1, 1, 0]


def test_a_draft_that_decides_the_same_changes_nothing() -> None:
    returned(sealed(), AN_HOUR)
    summary = replayed(draft_with(lambda changed: None), later(DAY * 2))
    assert group(summary, "case") == {"looked": 1, "changed": 0, "more_fen": 0, "less_fen": 0, "terms": 0}
    assert (summary["changes"], summary["worst"]) == ([], [])


def test_another_deadline_alone_is_counted_apart() -> None:
    returned(sealed(), AN_HOUR)
    slower = draft_with(lambda changed: changed["deadlines"]["refund_normal"].update({"within": "PT12H"}))
    summary = replayed(slower, later(DAY))
    assert group(summary, "case") == {"looked": 1, "changed": 0, "more_fen": 0, "less_fen": 0, "terms": 1}


def test_the_worst_list_holds_twenty_requests_before_any_standing_answer() -> None:
    prices = [1_000 + 100 * n for n in range(22)]
    for price in prices:
        returned(sealed(price_fen=price), AN_HOUR)
    summary = replayed(draft_with(charge_for_sealed), later(2 * DAY))
    told = [one["before_fen"] for one in summary["worst"]]
    assert told == sorted(prices, reverse=True)[:20]
    assert all(one["case"] for one in summary["worst"])


def test_a_replay_of_the_newest_orders_says_that_it_is_a_part() -> None:
    first, second = sealed(), sealed()
    part = replayed(draft_with(charge_for_sealed), later(DAY), orders_max=1)
    whole = replayed(draft_with(charge_for_sealed), later(DAY), orders_max=2)
    assert (part["orders"], part["complete"]) == (1, False)
    assert (whole["orders"], whole["complete"]) == (2, True)
    assert {one["order"] for one in part["worst"]} == {str(max(first.id, second.id))}


def test_a_replay_changes_nothing() -> None:
    bought = sealed()
    returned(bought, AN_HOUR)
    sha256 = life.import_draft(draft_with(charge_for_sealed), None, NOW)
    tables = [name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]

    def counts() -> list[tuple[str, int, str]]:
        return [
            (
                name,
                *rows(
                    f"SELECT count(*), md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {name} t"
                )[0],
            )
            for name in sorted(tables)
        ]

    before = counts()
    replay_draft(sha256, later(DAY))
    assert counts() == before


def test_what_never_was_a_request_is_not_a_case() -> None:
    paid()
    summary = replayed(draft_with(charge_for_sealed), later(60))
    assert group(summary, "case")["looked"] == 0
    assert summary["orders"] == 1


def _only_the_first_row(changed: Document) -> None:
    del rules_of(changed, "card_code")[1:]


def test_an_answer_that_the_draft_cannot_give_is_told_as_such() -> None:
    returned(sealed(price_fen=4_000), AN_HOUR)
    summary = replayed(draft_with(_only_the_first_row), later(DAY))
    assert summary["changes"][0]["after"] == "cannot_decide"
    assert group(summary, "case")["less_fen"] == 4_000


def test_only_a_draft_can_be_replayed() -> None:
    sealed()
    with pytest.raises(NoSuchDraft):
        replay_draft("0" * 64, datetime(2026, 11, 24, tzinfo=UTC))
    assert rows("SELECT count(*) FROM shared_policy_draft") == [(0,)]
