"""One second, one fen, one day before, at and after every number of the policy; the numbers are read from it."""

from datetime import datetime, timedelta

import pytest
from policy_cases import NOW, Facts, facts_of

from tuidan.domain.calendar import CHINA
from tuidan.domain.policy import Verdict, decide
from tuidan.policies import load_calendar, load_standard_policy

POLICY = load_standard_policy()
NUMBERS = POLICY.numbers
AROUND = (-1, 0, 1)
SEALED = {"revealed": False, "issuer_status": "unused"}
NOTHING_SAID = {"reason_claimed": "no_reason", "evidence": "NONE"}
UNSENT = {
    "delivery_state": "queued",
    "delivered_ago": None,
    "evidence": "NONE",
    "reason_claimed": "not_received",
}
QUEUED = {"channel_status": "not_submitted", "arrived_fen": 0, "account_actual": None}
DAY = 86_400


def verdict_of(facts: Facts) -> Verdict:
    return decide(facts, POLICY, load_calendar())


def within_of(facts: Facts) -> str:
    deadline = verdict_of(facts).deadline
    assert deadline is not None
    return deadline.within


@pytest.mark.parametrize("second", AROUND)
def test_the_instant_window_includes_its_last_second(second: int) -> None:
    facts = facts_of(
        "card_code", SEALED, {**NOTHING_SAID, "paid_ago": NUMBERS.instant_window_seconds + second}
    )
    assert within_of(facts) == ("PT10M" if second <= 0 else "PT24H")


@pytest.mark.parametrize("second", AROUND)
def test_the_window_after_a_late_delivery_includes_its_last_second(second: int) -> None:
    grace = NUMBERS.instant_window_after_delivery_seconds
    changes = {"paid_ago": NUMBERS.instant_window_seconds + grace, "delivered_ago": grace + second}
    assert within_of(facts_of("card_code", SEALED, {**NOTHING_SAID, **changes})) == (
        "PT10M" if second <= 0 else "PT24H"
    )


@pytest.mark.parametrize("second", AROUND)
def test_a_delivery_just_early_enough_does_not_lengthen_the_window(second: int) -> None:
    window, grace = NUMBERS.instant_window_seconds, NUMBERS.instant_window_after_delivery_seconds
    delivered_after = window - grace + second  # later than this, the grace reaches beyond the window
    one_past = window + 1
    changes = {"paid_ago": one_past, "delivered_ago": one_past - delivered_after}
    assert within_of(facts_of("card_code", SEALED, {**NOTHING_SAID, **changes})) == (
        "PT10M" if second == 1 else "PT24H"
    )


@pytest.mark.parametrize("second", AROUND)
@pytest.mark.parametrize(
    ("mode", "limit"), [("auto", NUMBERS.auto_promise_seconds), ("manual", NUMBERS.manual_promise_seconds)]
)
def test_passed_means_strictly_later_than_the_promise(mode: str, limit: int, second: int) -> None:
    changes = {**UNSENT, "delivery_mode": mode, "paid_ago": limit + second}
    assert verdict_of(facts_of("top_up", QUEUED, changes)).liable == ("seller" if second > 0 else "none")


@pytest.mark.parametrize("second", AROUND)
@pytest.mark.parametrize("hours", [1, 24, 72, 0.5])
def test_a_listings_own_promise_has_the_same_edge(hours: float, second: int) -> None:
    changes = {**UNSENT, "promised_delivery_hours": hours, "paid_ago": round(hours * 3_600) + second}
    assert verdict_of(facts_of("top_up", QUEUED, changes)).liable == ("seller" if second > 0 else "none")


@pytest.mark.parametrize("second", AROUND)
def test_a_sealed_code_is_taken_back_to_the_end_of_the_last_day(second: int) -> None:
    last = datetime(NOW.year, NOW.month, NOW.day, 23, 59, 59, tzinfo=CHINA)
    delivered = last - timedelta(days=NUMBERS.sealed_days, hours=5)
    facts = facts_of("card_code", SEALED, {**NOTHING_SAID, "paid_ago": 9 * DAY})
    facts |= {"now": (last + timedelta(seconds=second)).isoformat(), "delivered_at": delivered.isoformat()}
    assert verdict_of(facts).decision == ("approve_full" if second <= 0 else "reject")


@pytest.mark.parametrize("second", AROUND)
def test_a_seller_is_silent_only_after_the_last_second(second: int) -> None:
    hours = (NUMBERS.seller_answer_seconds + second) / 3_600
    facts = facts_of("card_code", {}, {"seller_response": {"status": "waiting", "hours_since_asked": hours}})
    verdict = verdict_of(facts)
    assert verdict.decision == ("approve_full" if second > 0 else "to_seller")
    if second <= 0:
        assert verdict.deadline is not None
        assert verdict.deadline.due_at == NOW - timedelta(seconds=second)


@pytest.mark.parametrize("fen", AROUND)
def test_the_fee_stops_growing_at_its_cap(fen: int) -> None:
    price = NUMBERS.fee_max_fen * 10_000 // NUMBERS.fee_basis_points + fen
    changes = {"reason_claimed": "wrong_item_bought", "evidence": "NONE", "buyer": {"misoperations_90d": 1}}
    facts = facts_of("card_code", SEALED, {**changes, "amount_paid_fen": price, "requested_fen": price})
    share = price * NUMBERS.fee_basis_points // 10_000
    assert price - verdict_of(facts).amount_fen == (NUMBERS.fee_max_fen if fen >= 0 else share)
    assert share <= NUMBERS.fee_max_fen


@pytest.mark.parametrize("fen", AROUND)
@pytest.mark.parametrize(
    ("age", "usual"), [(8, NUMBERS.minor_usual_spend_fen), (16, NUMBERS.minor_earner_usual_spend_fen)]
)
def test_in_proportion_ends_with_the_last_fen(age: int, usual: int, fen: int) -> None:
    price = usual + fen
    changes = {
        "reason_claimed": "minor",
        "evidence": "GUARDIAN",
        "buyer": {"is_minor": True, "age": age},
        "amount_paid_fen": price,
        "requested_fen": price,
    }
    assert verdict_of(facts_of("top_up", {"arrived_fen": 10_000}, changes)).decision == (
        "approve_full" if fen > 0 else "reject"
    )


@pytest.mark.parametrize(
    ("age", "liable"),
    [
        (NUMBERS.minor_void_age - 1, "seller"),
        (NUMBERS.minor_void_age, "shared"),
        (NUMBERS.adult_age - 1, "shared"),
        (NUMBERS.adult_age, "buyer"),
    ],
)
def test_each_age_limit_begins_on_the_birthday(age: int, liable: str) -> None:
    changes = {
        "reason_claimed": "minor",
        "evidence": "GUARDIAN",
        "buyer": {"age": age},
        "amount_paid_fen": 90_000,
    }
    assert verdict_of(facts_of("top_up", {"arrived_fen": 10_000}, changes)).liable == liable


@pytest.mark.parametrize(
    ("refunds", "orders", "person"), [(2, 2, False), (3, 6, True), (3, 7, False), (4, 7, True)]
)
def test_a_history_is_abnormal_from_three_refunds_and_half_of_the_orders(
    refunds: int, orders: int, person: bool
) -> None:
    changes = {
        "buyer": {"refunds_90d": refunds, "orders_90d": orders},
        "seller_response": {"status": "silent", "hours_since_asked": 30},
    }
    assert (verdict_of(facts_of("card_code", {}, changes)).decision == "to_platform") is person


@pytest.mark.parametrize("second", AROUND)
def test_an_appeal_is_in_time_to_the_end_of_the_last_day(second: int) -> None:
    last = datetime(NOW.year, NOW.month, NOW.day, 23, 59, 59, tzinfo=CHINA)
    decided = last - timedelta(days=NUMBERS.appeal_days, hours=20)
    before = {
        "decision": "reject",
        "reason_claimed": "item_invalid",
        "new_evidence": True,
        "decided_at": decided.isoformat(),
    }
    facts = facts_of("card_code", {}, {"other": {"previous_decision": before}})
    facts["now"] = (last + timedelta(seconds=second)).isoformat()
    assert verdict_of(facts).decision == ("to_platform" if second <= 0 else "reject")


@pytest.mark.parametrize("minutes", [59, 60, 61, 119, 120, 121])
def test_a_started_piece_of_a_rental_is_charged_whole(minutes: int) -> None:
    rental = {"type": "account_rental", "hours_total": 3, "minutes_used": minutes}
    facts = facts_of("service", rental, {**NOTHING_SAID, "delivery_state": "delivered"})
    pieces = -(-minutes // NUMBERS.rental_billing_minutes)
    assert verdict_of(facts).amount_fen == -(-10_000 * (3 - pieces) // 3)


@pytest.mark.parametrize("arrived", [0, 1, 4_999, 5_000, 9_998, 9_999, 10_000])
def test_every_fen_that_did_not_arrive_comes_back_and_none_more(arrived: int) -> None:
    facts = facts_of(
        "top_up", {"arrived_fen": arrived}, {"reason_claimed": "amount_short", "amount_paid_fen": 9_977}
    )
    owed = -(-9_977 * (10_000 - arrived) // 10_000)
    assert verdict_of(facts).amount_fen == owed
