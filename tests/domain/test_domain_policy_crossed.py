"""Known cases crossed with each other: parts of one put into another of its kind, which no author thought of.

What must hold for any facts must hold for these. They come to every row of the tables, which facts drawn from nothing
seldom do.
"""

import os
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from policy_variants import known_cases

from tuidan.domain.policy import Verdict, decide, inputs_of
from tuidan.policies import load_calendar, load_standard_policy

Facts = dict[str, Any]
MANY = settings(max_examples=20_000 if os.environ.get("TUIDAN_LONG") else 300, deadline=None)
POLICY = load_standard_policy()
CALENDAR = load_calendar()
PAYS = ("approve_full", "approve_partial")
DAY = 86_400
KEPT = frozenset(
    {"now", "goods_kind", "paid_at", "delivered_at", "seconds_since_paid", "seconds_since_delivered"}
)
BY_KIND: dict[str, list[Facts]] = {}
for case in known_cases():
    if type(case.facts.get("amount_paid_fen")) is int:
        BY_KIND.setdefault(str(case.facts["goods_kind"]), []).append(case.facts)


@st.composite
def crossed(draw: st.DrawFn) -> Facts:
    """A known case with up to four parts, or single fields of parts, of others."""
    listed = BY_KIND[draw(st.sampled_from(sorted(BY_KIND)))]
    facts: Facts = deepcopy(draw(st.sampled_from(listed)))
    for other in draw(st.lists(st.sampled_from(listed), max_size=4)):
        name = draw(st.sampled_from(sorted(other.keys() - KEPT)))
        value, had = deepcopy(other[name]), facts.get(name)
        if isinstance(value, dict) and isinstance(had, dict) and value and draw(st.booleans()):
            field = draw(st.sampled_from(sorted(value)))
            value = {**had, field: value[field]}
        facts[name] = value
    facts["refunded_fen"] = draw(st.sampled_from([0, 0, 0, 1, 5_000, 10_000]))
    return facts


def verdict_of(facts: Facts) -> Verdict:
    return decide(facts, POLICY, CALENDAR)


def left_of(facts: Facts) -> int:
    paid = facts.get("unit_paid_fen") or facts["amount_paid_fen"]
    return max(0, int(paid) - int(facts["refunded_fen"]))


def with_part(facts: Facts, name: str, **changes: object) -> Facts:
    return {**facts, name: {**(facts.get(name) or {}), **changes}}


def codes(verdict: Verdict) -> set[str]:
    return {reason.code for reason in verdict.reasons}


@MANY
@given(crossed())
def test_money_is_never_above_what_was_paid_and_not_yet_returned(facts: Facts) -> None:
    verdict = verdict_of(facts)
    assume("duplicate_payment" not in codes(verdict))
    assert 0 <= verdict.amount_fen <= left_of(facts)
    assert (verdict.decision == "approve_full") == (0 < verdict.amount_fen == left_of(facts))


@MANY
@given(crossed(), st.sampled_from([1, 61, 300, DAY, 7 * DAY, 8 * DAY, 30 * DAY, 400 * DAY]))
def test_with_the_delivery_held_a_buyers_delay_never_raises_a_refund(facts: Facts, delay: int) -> None:
    assume(inputs_of(facts, POLICY, CALENDAR)["delivery"] == "delivered" and facts.get("delivered_at"))
    later = {**facts, "now": (datetime.fromisoformat(facts["now"]) + timedelta(seconds=delay)).isoformat()}
    for name in ("seconds_since_paid", "seconds_since_delivered"):
        if facts.get(name) is not None:
            later[name] = facts[name] + delay
    assert verdict_of(later).amount_fen <= verdict_of(facts).amount_fen


@MANY
@given(
    crossed(), st.sampled_from(["not_delivered", "queued", "processing", "failed"]), st.integers(1, 90 * DAY)
)
def test_what_never_came_by_its_promise_or_failed_is_everything(facts: Facts, state: str, late: int) -> None:
    nothing = {"delivery_state": state, "delivered_at": None, "seconds_since_delivered": None}
    promised = {
        "promised_delivery_hours": 2,
        "promised_delivery_seconds": None,
        "seconds_since_paid": 7_200 + late,
    }
    undelivered = with_part({**facts, **nothing, **promised}, "payment", channel_dispute_open=False)
    undelivered = with_part(undelivered, "top_up", arrived_fen=None, channel_status=None)
    undelivered = with_part(
        undelivered, "service", deadline_passed=True, due_at=None, promise_working_days=None
    )
    inputs = inputs_of(undelivered, POLICY, CALENDAR)
    verdict = verdict_of(undelivered)
    if inputs["money"] == "off_platform" or "duplicate_payment" in codes(verdict):
        return  # nothing of it is here, or the second payment is asked for
    if inputs["delivery"] == "in_progress":
        return  # work that goes on is not "not delivered"
    assert verdict.amount_fen == left_of(undelivered)


@MANY
@given(crossed(), st.integers(0, 9), st.integers(0, 9))
def test_a_history_changes_the_route_only(facts: Facts, orders: int, refunds: int) -> None:
    calm = verdict_of(with_part(facts, "buyer", refunds_90d=0))
    risky = verdict_of(with_part(facts, "buyer", refunds_90d=refunds, orders_90d=orders))
    if risky.decision == calm.decision:
        assert (risky.amount_fen, risky.liable) == (calm.amount_fen, calm.liable)
    else:
        # to a person, and only what would have been paid on the buyer's own evidence
        assert (calm.decision in PAYS, risky.decision, risky.amount_fen) == (True, "to_platform", 0)


@MANY
@given(crossed())
def test_a_confirmation_that_is_missing_never_carries_a_rejection(facts: Facts) -> None:
    missing = verdict_of(with_part(facts, "terms", no_reason_excluded_confirmed=False))
    given_ = verdict_of(with_part(facts, "terms", no_reason_excluded_confirmed=True, preticked=False))
    assert missing.decision != "reject" or given_.decision == "reject"
    assert missing.amount_fen >= given_.amount_fen


@MANY
@given(crossed())
def test_our_own_goods_never_go_to_the_seller_nor_at_its_cost(facts: Facts) -> None:
    verdict = verdict_of({**facts, "seller_type": "self_operated"})
    assert verdict.decision != "to_seller"
    assert "seller" not in (verdict.liable, verdict.cause)


@MANY
@given(crossed())
def test_whoever_pays_is_named_and_whoever_caused_it_is_known_or_open(facts: Facts) -> None:
    verdict = verdict_of(facts)
    assert verdict.cause in ("seller", "supplier", "platform", "buyer", "unknown")
    assert (verdict.liable == "undetermined") == (verdict.decision not in (*PAYS, "reject"))
    assert verdict.rules
    assert verdict.rows
    assert verdict.carried_by
