"""What the order page says a refund would bring is what the request then brings, whatever happened before.

Random histories in the domain (the answer is read by the product's own code, with the published policy from the
database); the outside tells nothing new between the look and the request.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pure_orders
from pure_orders import CONTEXT, REVIEWER, PureOrder, at, paid_order
from shopfloor import NOW, fund_of, policy_since
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.ruling import carried_out
from tuidan.domain.dispute import REASONS
from tuidan.domain.order import Order
from tuidan.reads.answer import DEAD_AT_DELIVERY, preview, standing_answer

KINDS = {
    "card_code": pure_orders.TERMS,
    "top_up": pure_orders.TOP_UP,
    "service": pure_orders.SERVICE,
    "membership": replace(pure_orders.SERVICE, goods_kind="membership", duration_days=30),
}
WAITS = st.sampled_from([0, 0, 1, 30, 120, 299, 700, 7_200, 90_000, 700_000])
ACTIONS = {
    "card_code": [
        "codes",
        "codes",
        "reveal",
        "miss",
        "sealed",
        "ask",
        "issuer",
        "confirm",
        "hold",
        "promise",
        "reject",
        "part",
    ],
    "top_up": ["send", "send", "yes", "no", "credit", "ask", "stop", "confirm", "promise", "part", "reject"],
    "service": ["begin", "hand over", "ask", "confirm", "promise", "part", "reject"],
    "membership": ["hand over", "ask", "confirm", "promise", "part", "reject"],
}
SEALED = ("unused", "activated", "invalid", "unknown", "unused", "locked")
FACES = (5_000, -1, -1, -1, 3_000, 5_000)
RULINGS = (e.RefundDecided, e.RequestRejected, e.CaseOpened)


@dataclass(frozen=True, slots=True)
class Step:
    wait: int
    action: str
    unit: int
    pick: int


# Most lives begin with the goods on their way: that is where answers differ.
BEGIN: dict[str, tuple[Step, ...]] = {
    "card_code": tuple(Step(0, "codes", n, 1) for n in (1, 2, 3)),
    "top_up": tuple(Step(0, action, n, 0) for action in ("send", "yes") for n in (1, 2)),
    "service": (Step(0, "begin", 1, 0), Step(0, "hand over", 2, 0)),
    "membership": (Step(0, "hand over", 1, 0),),
}


@st.composite
def lives(draw: st.DrawFn) -> tuple[PureOrder, int]:
    """A paid order after some steps, and the seconds that have gone by."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    terms = replace(
        KINDS[kind],
        price_fen=draw(st.sampled_from([1, 333, 4_880, 60_000])),
        settlement=draw(st.sampled_from(["escrow", "escrow", "instant_settlement"])),
        issuer=draw(st.sampled_from(["cardbook", "cardbook", ""])) if kind in ("card_code", "top_up") else "",
        seller_type=draw(st.sampled_from(["third_party", "self_operated"])),
        usual_promise=draw(st.booleans()),
    )
    order, now = paid_order(terms, draw(st.integers(1, 3))), 0
    for step in BEGIN[kind] if draw(st.sampled_from([True, True, True, False])) else ():
        act(order, step, now)
    steps = st.builds(Step, WAITS, st.sampled_from(ACTIONS[kind]), st.integers(1, 3), st.integers(0, 5))
    for step in draw(st.lists(steps, max_size=7)):
        now += step.wait
        act(order, step, now)
    return order, now + draw(WAITS)


def act(order: PureOrder, step: Step, now: int) -> None:
    """One step of the history; a refusal is a step too."""
    state = order.order()
    n = (step.unit - 1) % len(state.units) + 1
    unit, live = state.units[n - 1], [case.n for case in state.cases if case.is_open()]
    used = step.pick % 4 == 1
    commands: dict[str, c.Command] = {
        "codes": c.RecordCodes({n: "0001"}, (n % len(state.units) + 1,) if step.pick == 0 else ()),
        "reveal": c.RevealCode(n, "5e" * 32),
        "miss": c.RecordRevealFailure(n, "broken_seal"),
        "sealed": c.RecordSealedAnswers((c.SealedAnswer(n, SEALED[step.pick], face_fen=FACES[step.pick]),)),
        "ask": c.RequestRefund(n, REASONS[state.goods_kind][step.pick]),
        "issuer": c.RecordIssuerCheck(
            n,
            ("unused", "activated", "invalid", "unknown")[step.pick % 4],
            at(now - 50) if used else None,
            ("buyer", "other", "unknown")[step.pick % 3] if used else "",
        ),
        "confirm": c.ConfirmReceipt(),
        "hold": c.ReleaseEscrow(),
        "promise": c.PassPromise(),
        "send": c.MarkSupplySent(n),
        "yes": c.RecordSupply(n, unit.attempt, "succeeded"),
        "no": c.RecordSupply(n, unit.attempt, "failed"),
        "credit": c.RecordCredit(
            n,
            ("credited", "partial", "not_credited", "reversed", "unknown", "credited")[step.pick],
            (5_000, 1_000, 0, 0, 0, 5_000)[step.pick],
            "other" if step.pick == 5 else "same",
        ),
        "stop": c.RecordCancel(n, "cancelled" if step.pick % 2 else "refused"),
        "begin": c.DeliverBySeller(n, "0e" * 32, 40),
        "hand over": c.DeliverBySeller(n, "0e" * 32),
    }
    if step.action in commands:
        order.do(commands[step.action], now)
    elif live:
        approve = step.action == "part"
        if state.cases[live[0] - 1].status == "evidence":
            order.do(c.CallPlatform(live[0]), now, REVIEWER)
        ruled = c.DecideCase(
            live[0], approve, 1, ("goodwill" if approve else "outside_rules",), order.order().version
        )
        order.do(ruled, now, REVIEWER)


def nothing_new(order: Order, n: int, waits_for: str) -> c.Command:
    """What the outside says when it says what is known already: a sealed code is unused, a top-up goes on."""
    unit = order.units[n - 1]
    if waits_for == "supplier":
        return c.RecordCancel(n, "refused")
    if order.goods_kind == "top_up":
        known = {"partial": "partial", "delivered": "credited"}[unit.status]
        return c.RecordCredit(
            n, known if unit.arrived_fen >= 0 else "unknown", unit.arrived_fen, unit.account
        )
    at_issuer = datetime.fromtimestamp(unit.activated_at, tz=UTC) if unit.activated_at else None
    said = unit.issuer_status or (unit.at_delivery if unit.at_delivery in DEAD_AT_DELIVERY else "unused")
    return c.RecordIssuerCheck(n, said, at_issuer, unit.activated_by)


def brought(order: PureOrder, n: int, reason: str, now: int) -> tuple[str, int, list[object]]:
    """What a request brings: the decision, the amount, the rules."""
    before = order.order()
    events = order.do(c.RequestRefund(n, reason), now)
    asked = events[0]
    assert isinstance(asked, e.RefundRequested)
    if asked.waits_for:
        events = order.do(nothing_new(before, n, asked.waits_for), now)
    ruling = next(event for event in events if isinstance(event, RULINGS))
    rules = list(ruling.verdict["rules"])  # type: ignore[call-overload]
    if isinstance(ruling, e.RefundDecided):
        return str(ruling.verdict["decision"]), ruling.amount_fen, rules
    return "reject" if isinstance(ruling, e.RequestRejected) else ruling.route, 0, rules


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(life=lives(), unit=st.integers(1, 3), pick=st.integers(0, 5))
def test_a_request_brings_what_the_answer_before_it_said(
    life: tuple[PureOrder, int], unit: int, pick: int
) -> None:
    policy_since(NOW - timedelta(days=1))
    fund_of()
    order, now = life
    state = order.order()
    n = (unit - 1) % len(state.units) + 1
    answer = standing_answer(state, n, at(now))
    reason = REASONS[state.goods_kind][pick]
    if answer.decision in ("pending", "refunded"):
        said = "case_open" if answer.decision == "pending" else "already_refunded"
        assert order.refusal(c.RequestRefund(n, reason), now) == said
        return
    verdict = preview(state, n, reason, at(now))
    decision = carried_out(state, n, verdict, CONTEXT.outside)
    amount_fen = verdict.amount_fen if decision.startswith("approve") else 0
    if reason == answer.reason:
        assert (answer.decision, answer.amount_fen, list(answer.rules)) == (
            decision,
            amount_fen,
            list(verdict.rules),
        )
    assert brought(order, n, reason, now) == (decision, amount_fen, list(verdict.rules))
