"""Each number of the policy decides exactly where the data says: one before it, at it, one after it.

The places are generated from the policy document, for the standard one and for one with other numbers, so that a
number hidden in the code would show. The numbers in the cells of the tables are found in the tables themselves.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

import pytest
from policy_cases import NOW, Facts, facts_of, rule_cases

from tuidan.domain.calendar import CHINA
from tuidan.domain.policy import CompiledPolicy, Verdict, compile_policy, decide, inputs_of
from tuidan.domain.policy.numbers import Numbers
from tuidan.domain.policy.table import boundaries
from tuidan.domain.policy.vocabulary import INPUTS
from tuidan.policies import load_calendar, load_standard_policy

STANDARD = load_standard_policy()
# Other numbers within their bounds; the ages are the law's and have none.
OTHERS = {
    "instant_window_seconds": 120, "instant_window_after_delivery_seconds": 30, "sealed_days": 3,
    "eu_withdrawal_days": 20, "auto_promise_seconds": 600, "manual_promise_seconds": 7_200,
    "seller_answer_seconds": 43_200, "appeal_days": 10, "fee_basis_points": 300, "fee_max_fen": 900,
    "abnormal_refunds": 5, "abnormal_share_basis_points": 2_500, "minor_usual_spend_fen": 3_000,
    "minor_earner_usual_spend_fen": 20_000, "rental_billing_minutes": 30,
}  # fmt: skip
# They say when an order closes or its money is released; no verdict asks for them.
DECIDE_NOTHING = {"payment_expiry_seconds", "hold_seconds"}
AROUND = (-1, 0, 1)
SEALED = {"revealed": False, "issuer_status": "unused"}
NOTHING = {"reason_claimed": "no_reason", "evidence": "NONE"}
MISTAKE = {"reason_claimed": "wrong_item_bought", "evidence": "NONE", "buyer": {"misoperations_90d": 1}}
QUEUED = {"channel_status": "not_submitted", "arrived_fen": 0, "account_actual": None}
UNSENT = {
    "delivery_state": "queued",
    "delivered_ago": None,
    "evidence": "NONE",
    "reason_claimed": "not_received",
}
LAST_SECOND = datetime(NOW.year, NOW.month, NOW.day, 23, 59, 59, tzinfo=CHINA)
EU = {"eu_consent": False, "eu_acknowledged": False, "eu_confirmation_sent": False}


def other_policy() -> CompiledPolicy:
    plain = json.loads(STANDARD.canonical)
    plain["numbers"] |= OTHERS
    return compile_policy(json.dumps(plain).encode())


POLICIES = {"standard": STANDARD, "with other numbers": other_policy()}


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a number decides: facts one step before, at and after it, what is looked at, and the three answers."""

    facts: Callable[[Numbers, int], Facts]
    seen: Callable[[Verdict, Numbers], object]
    answers: tuple[object, object, object]


def within(verdict: Verdict, _numbers: Numbers) -> object:
    assert verdict.deadline is not None
    return verdict.deadline.within


def decision(verdict: Verdict, _numbers: Numbers) -> object:
    return verdict.decision


def liable(verdict: Verdict, _numbers: Numbers) -> object:
    return verdict.liable


def days_ago(days: int, step: int, changes: Facts, goods: Facts) -> Facts:
    """Paid and delivered so that `days` later the last second of a day comes; now is `step` seconds after it."""
    facts = facts_of("card_code", goods, {"paid_ago": 40 * 86_400, **changes})
    then = (LAST_SECOND - timedelta(days=days, hours=5)).isoformat()
    return {
        **facts,
        "now": (LAST_SECOND + timedelta(seconds=step)).isoformat(),
        "paid_at": then,
        "delivered_at": then,
    }


def priced(kind: str, price: int, goods: Facts, changes: Facts) -> Facts:
    return facts_of(kind, goods, {**changes, "amount_paid_fen": price, "requested_fen": price})


def kept_fee(verdict: Verdict, _numbers: Numbers) -> int:
    data = next(reason.data for reason in verdict.reasons if reason.code == "mistake_fee")
    return int(str(data["fee_fen"]))


def pieces_kept(verdict: Verdict, numbers: Numbers) -> int:
    """How many pieces of a five-hour rental for 30,000 fen (100 a minute) were charged."""
    return (30_000 - verdict.amount_fen) // (100 * numbers.rental_billing_minutes)


def history(refunds: int, orders: int) -> Facts:
    silent = {"status": "silent", "hours_since_asked": 30}
    return facts_of(
        "card_code",
        {},
        {"buyer": {"refunds_90d": refunds, "orders_90d": orders}, "seller_response": silent},
    )


def minor(age: int, price: int = 90_000, *, own_income: bool = False) -> Facts:
    buyer = {"is_minor": True, "age": age, "own_income": own_income}
    changes = {"reason_claimed": "minor", "evidence": "GUARDIAN", "buyer": buyer}
    return priced("top_up", price, {"arrived_fen": 10_000}, changes)


def appealed(numbers: Numbers, step: int) -> Facts:
    decided = LAST_SECOND - timedelta(days=numbers.appeal_days, hours=20)
    before = {
        "decision": "reject",
        "reason_claimed": "item_invalid",
        "new_evidence": True,
        "decided_at": decided.isoformat(),
    }
    facts = facts_of("card_code", {}, {"other": {"previous_decision": before}})
    return {**facts, "now": (LAST_SECOND + timedelta(seconds=step)).isoformat()}


def asked(seconds: int) -> Facts:
    waiting = {"status": "waiting", "hours_since_asked": seconds / 3_600}
    return facts_of("card_code", {}, {"seller_response": waiting})


def unsent(mode: str, seconds: int) -> Facts:
    return facts_of("top_up", QUEUED, {**UNSENT, "delivery_mode": mode, "paid_ago": seconds})


PAID, PERSON, REFUSED = "approve_full", "to_platform", "reject"
EDGES: dict[str, Edge] = {
    "instant_window_seconds": Edge(
        lambda n, step: facts_of(
            "card_code", SEALED, {**NOTHING, "paid_ago": n.instant_window_seconds + step, "delivered_ago": 500}
        ),
        within,
        ("PT10M", "PT10M", "PT24H"),
    ),
    "instant_window_after_delivery_seconds": Edge(
        lambda n, step: facts_of(
            "card_code",
            SEALED,
            {**NOTHING, "paid_ago": 9_000, "delivered_ago": n.instant_window_after_delivery_seconds + step},
        ),
        within,
        ("PT10M", "PT10M", "PT24H"),
    ),
    "sealed_days": Edge(
        lambda n, step: days_ago(n.sealed_days, step, NOTHING, SEALED), decision, (PAID, PAID, REFUSED)
    ),
    "eu_withdrawal_days": Edge(
        lambda n, step: days_ago(
            n.eu_withdrawal_days, step, {**NOTHING, "terms": EU}, {"issuer_status": "unused"}
        ),
        decision,
        (PAID, PAID, REFUSED),
    ),
    "auto_promise_seconds": Edge(
        lambda n, step: unsent("auto", n.auto_promise_seconds + step), liable, ("none", "none", "seller")
    ),
    "manual_promise_seconds": Edge(
        lambda n, step: unsent("manual", n.manual_promise_seconds + step), liable, ("none", "none", "seller")
    ),
    "seller_answer_seconds": Edge(
        lambda n, step: asked(n.seller_answer_seconds + step), decision, ("to_seller", "to_seller", PAID)
    ),
    "appeal_days": Edge(appealed, decision, (PERSON, PERSON, REFUSED)),
    "fee_basis_points": Edge(
        # the first price of which three fen are kept
        lambda n, step: priced("card_code", -(-30_000 // n.fee_basis_points) + step, SEALED, MISTAKE),
        kept_fee,
        (2, 3, 3),
    ),
    "fee_max_fen": Edge(
        lambda n, step: priced(
            "card_code", -(-n.fee_max_fen * 10_000 // n.fee_basis_points) + step, SEALED, MISTAKE
        ),
        lambda verdict, n: n.fee_max_fen - kept_fee(verdict, n),
        (1, 0, 0),
    ),
    "abnormal_refunds": Edge(
        lambda n, step: history(n.abnormal_refunds + step, n.abnormal_refunds), decision, (PAID, PERSON, PERSON)
    ),
    "abnormal_share_basis_points": Edge(
        lambda n, step: history(n.abnormal_share_basis_points + step, 10_000), decision, (PAID, PERSON, PERSON)
    ),
    "minor_void_age": Edge(lambda n, step: minor(n.minor_void_age + step), liable, ("seller", "shared", "shared")),
    "minor_earner_age": Edge(
        lambda n, step: minor(n.minor_earner_age + step, own_income=True), liable, ("shared", "buyer", "buyer")
    ),
    "adult_age": Edge(lambda n, step: minor(n.adult_age + step), liable, ("shared", "buyer", "buyer")),
    "minor_usual_spend_fen": Edge(
        lambda n, step: minor(9, n.minor_usual_spend_fen + step), decision, (REFUSED, REFUSED, PAID)
    ),
    "minor_earner_usual_spend_fen": Edge(
        lambda n, step: minor(16, n.minor_earner_usual_spend_fen + step), decision, (REFUSED, REFUSED, PAID)
    ),
    "rental_billing_minutes": Edge(
        lambda n, step: priced(
            "service",
            30_000,
            {"type": "account_rental", "hours_total": 5, "minutes_used": n.rental_billing_minutes + step},
            {**NOTHING, "delivery_state": "delivered"},
        ),
        pieces_kept,
        (1, 1, 2),
    ),
}  # fmt: skip


def test_every_number_of_the_policy_has_its_edge() -> None:
    assert set(EDGES) | DECIDE_NOTHING == {field.name for field in fields(Numbers)}
    assert set(OTHERS) == {name for name in EDGES if not name.endswith("_age")}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", EDGES)
def test_a_number_decides_at_its_own_place(name: str, policy: str) -> None:
    edge, chosen = EDGES[name], POLICIES[policy]
    answers = tuple(
        edge.seen(decide(edge.facts(chosen.numbers, step), chosen, load_calendar()), chosen.numbers)
        for step in AROUND
    )
    assert answers == edge.answers


# Which fact gives an input of whole numbers.
FACT_OF = {
    "misoperations": ("buyer", "misoperations_90d"),
    "login_failures": ("service", "login_failures"),
    "minor_claims": ("buyer", "minor_claims_before"),
}


@dataclass(frozen=True, slots=True)
class CellEdge:
    """A number at the edge of one row's cell, and facts of a case that the row decides."""

    row: str
    column: str
    number: int
    fits: bool
    facts: Facts


def cell_edges() -> Iterator[CellEdge]:
    """For every number in the cells of the tables: itself, one less and one more."""
    decided: dict[str, Facts] = {}
    for case in rule_cases():
        for row in decide(case.facts, STANDARD, load_calendar()).rows:
            decided.setdefault(row, case.facts)
    for table in STANDARD.deciding.values():
        for place, column in enumerate(table.columns):
            if INPUTS[column] is not None:
                continue
            for row in table.rows:
                cell = row.cells[place]
                near = {edge + step for edge in boundaries(cell) for step in AROUND}
                for number in sorted(number for number in near if number >= 0):
                    yield CellEdge(row.id, column, number, cell.fits(number), decided[row.id])


CELL_EDGES = list(cell_edges())


@pytest.mark.parametrize(
    "edge", CELL_EDGES, ids=[f"{edge.row} {edge.column} {edge.number}" for edge in CELL_EDGES]
)
def test_a_number_in_a_cell_decides_at_its_own_place(edge: CellEdge) -> None:
    part, name = FACT_OF[edge.column]
    had: dict[str, Any] = edge.facts.get(part) or {}
    facts = {**edge.facts, part: {**had, name: edge.number}}
    assert inputs_of(facts, STANDARD, load_calendar())[edge.column] == edge.number
    assert (edge.row in decide(facts, STANDARD, load_calendar()).rows) is edge.fits


def test_every_input_of_whole_numbers_has_an_edge_in_the_tables() -> None:
    assert {edge.column for edge in CELL_EDGES} == set(FACT_OF)
    assert {name for name, domain in INPUTS.items() if domain is None} == set(FACT_OF)
