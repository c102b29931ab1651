"""Facts of an order are right by construction: any order's pass the check and say the same as their JSON."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import orjson
from hypothesis import given
from hypothesis import strategies as st

from tuidan.domain.delivery import UNIT_TABLE, Unit
from tuidan.domain.dispute import CASE_TABLE, REASONS, Case, Exhibit
from tuidan.domain.facts import Outside, unit_facts
from tuidan.domain.membership import Plan
from tuidan.domain.order import Order
from tuidan.domain.payment import Payment
from tuidan.domain.policy import decide, decide_known, validate_facts, vocabulary
from tuidan.domain.service import Milestone, Work
from tuidan.domain.talk import ANSWERS, Contact
from tuidan.policies import load_calendar, load_standard_policy

CALENDAR, POLICY = load_calendar(), load_standard_policy()
NOW = datetime(2026, 11, 3, 12, 14, 12, 345678, UTC)
PLACED = int(NOW.timestamp()) - 40 * 86_400
UNIT_STATES = sorted({state for state, _ in UNIT_TABLE} | set(UNIT_TABLE.values()))
FEN = st.integers(0, 200_000)
TIMES = st.one_of(st.just(0), st.integers(PLACED, int(NOW.timestamp()) + 60))
UNITS = st.integers(1, 2)
DAYS = st.sampled_from(["", "2026-10-01", "2026-11-02"])
# What stands in a record's field where its type alone would allow nonsense.
WORDS: dict[tuple[type, str], st.SearchStrategy[Any]] = {
    (Order, "goods_kind"): st.sampled_from(vocabulary.GOODS_KINDS),
    (Order, "seller_type"): st.sampled_from(vocabulary.SELLER_TYPES),
    (Order, "delivery_mode"): st.sampled_from(vocabulary.DELIVERY_MODES),
    (Order, "promised_seconds"): st.sampled_from([0, 600, 1800, 3600, 86_400]),
    (Unit, "status"): st.sampled_from(UNIT_STATES),
    (Unit, "issuer_status"): st.sampled_from(["", *vocabulary.ISSUER_STATUSES]),
    (Unit, "at_delivery"): st.sampled_from(["", *vocabulary.ISSUER_STATUSES]),
    (Unit, "face_fen"): st.integers(-1, 10_000),
    (Unit, "account"): st.sampled_from(["", "same", "other"]),
    (Unit, "arrived_fen"): st.integers(-1, 10_000),
    (Unit, "activated_by"): st.sampled_from(["", "buyer_bound_account", "someone"]),
    (Payment, "status"): st.sampled_from(["started", "captured", "unexpected"]),
    (Case, "status"): st.sampled_from(sorted(set(CASE_TABLE.values()))),
    (Contact, "status"): st.sampled_from(["not_contacted", "waiting"]),
    (Contact, "response"): st.sampled_from(["", "silent", *ANSWERS]),
    (Exhibit, "type"): st.sampled_from(sorted(POLICY.evidence_roles)),
    (Exhibit, "by"): st.sampled_from(["buyer", "seller"]),
    (Exhibit, "flag"): st.sampled_from(["", "tampered", "reused"]),
    (Work, "working_days"): st.integers(0, 400),
    (Work, "type"): st.sampled_from(vocabulary.SERVICE_TYPES),
    (Plan, "starts_on"): DAYS,
    (Plan, "ends_on"): DAYS,
    (Plan, "stopped_on"): DAYS,
}
# States that units of one goods kind alone come to.
ONLY_OF = {"revealed": "card_code", "reversed": "top_up", "stopped": "top_up", "ended": "service"}
PERCENT = frozenset({"progress_percent", "claimed", "agreed", "share"})


def value(record: type, name: str, kind: Any) -> st.SearchStrategy[Any]:
    """A random value of one field of a record."""
    if (record, name) in WORDS:
        return WORDS[record, name]
    if get_origin(kind) is list:
        return st.lists(built(get_args(kind)[0]), max_size=2)
    if is_dataclass(kind):
        return built(kind)  # type: ignore[arg-type]
    if name == "unit":
        return UNITS
    if name in ("n", "case", "place"):
        return st.integers(1, 3)
    if kind is bool:
        return st.booleans()
    if kind is bytes:
        return st.just(bytes(32))
    if kind is int:
        return st.integers(0, 100) if name in PERCENT else TIMES if name.endswith("_at") else FEN
    return st.just("")


@cache
def built(record: type) -> st.SearchStrategy[Any]:
    """A random record: every field of it, in its own bounds."""
    kinds = get_type_hints(record)
    return st.builds(record, **{f.name: value(record, f.name, kinds[f.name]) for f in fields(record)})


@st.composite
def asked(draw: st.DrawFn) -> tuple[Order, Unit, str, int]:
    """A random order with the unit, the reason and the sum that are asked about."""
    order = draw(built(Order))
    order.units = [draw(built(Unit)), draw(built(Unit))]
    for n, unit in enumerate(order.units, start=1):
        unit.n, unit.paid_fen = n, unit.paid_fen + 1
        unit.refund_fen = min(unit.refund_fen, unit.paid_fen)
        unit.fee_fen = min(unit.fee_fen, unit.paid_fen - unit.refund_fen)
        if ONLY_OF.get(unit.status, order.goods_kind) != order.goods_kind:
            unit.status = "waiting"
    for n, case in enumerate(order.cases, start=1):
        case.n, case.reason = n, draw(st.sampled_from(REASONS[order.goods_kind]))
    unit = order.units[0]
    return (
        order,
        unit,
        draw(st.sampled_from(REASONS[order.goods_kind])),
        draw(st.integers(0, unit.left_fen())),
    )


OUTSIDE = st.builds(
    Outside,
    orders_90d=st.none() | st.integers(0, 50),
    refunds_90d=st.none() | st.integers(0, 50),
    misoperations_90d=st.none() | st.integers(0, 5),
    is_minor=st.none() | st.booleans(),
)


@given(asked(), OUTSIDE, st.integers(0, 10**6))
def test_facts_of_any_order_need_no_check_and_decide_like_their_json(
    question: tuple[Order, Unit, str, int], outside: Outside, later: int
) -> None:
    order, unit, reason, requested_fen = question
    facts = unit_facts(order, unit, reason, requested_fen, NOW + timedelta(seconds=later), outside)
    told = orjson.loads(orjson.dumps(facts))
    validate_facts(facts)
    assert decide_known(facts, POLICY, CALENDAR) == decide(told, POLICY, CALENDAR)


def test_the_test_above_makes_every_list_of_an_order() -> None:
    kinds = get_type_hints(Order)
    records = {get_args(kind)[0] for kind in kinds.values() if get_origin(kind) is list}
    assert {Unit, Payment, Case, Contact, Exhibit, Milestone, Work, Plan} <= records
