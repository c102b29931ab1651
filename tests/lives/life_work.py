"""Random lives of services: milestones reported, agreed, disputed, kept silent about; work stopped, ended, accepted.

The model knows shares, claims and agreements, and works out by itself how far the work is and what the rest is
worth. Whether a request is with a person is read from the order; what money moves by rule is not.
"""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from life_worlds import PureWorld, RealWorld, World

import pure_orders
import shopfloor
from pure_orders import at
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.facts import Outside, unit_facts
from tuidan.domain.service import ServiceTerms

SHARES = ((10_000,), (6_000, 4_000), (3_333, 3_333, 3_334))
ANSWER_SECONDS = 48 * 3600
# A seller who says nothing to a request for this long is answered for by what he claimed himself (R12).
SELLER_SECONDS = 24 * 3600
PROMISE_SECONDS = 5 * 86_400
PROOF = "0e" * 32
WAITS = st.sampled_from([0, 1, 60, 3_600, 90_000, 172_800, 172_801])
UNIT, PLACE = st.integers(1, 2), st.integers(1, 3)
PERCENT = st.sampled_from([1, 30, 50, 99, 100, 100])


class PureWork(PureWorld):
    """Decide and evolve only."""

    def __init__(self, shares: tuple[int, ...], price: int, quantity: int) -> None:
        work = ServiceTerms("custom_work", shares)
        terms = replace(pure_orders.SERVICE, price_fen=price, service=work, promised_seconds=PROMISE_SECONDS)
        self.order = pure_orders.placed_order(terms, quantity)
        self.last = ([], "")
        self.name = "pure"


class RealWork(RealWorld):
    """The product's commands on PostgreSQL."""

    def __init__(self, shares: tuple[int, ...], price: int, quantity: int) -> None:
        milestones = [{"name": f"第 {n} 步", "share": share} for n, share in enumerate(shares, start=1)]
        self.bought = shopfloor.placed(
            quantity,
            goods_kind="service",
            delivery_mode="manual",
            stock_kind="",
            issuer="",
            price_fen=price,
            promised_seconds=PROMISE_SECONDS,
            service={"type": "custom_work", "milestones": milestones},
        )
        self.last = None
        self.name = str(self.bought.id)


@dataclass
class Step:
    share: int
    mark: str = "open"
    claimed: int = 0
    agreed: int = 0
    since: int = 0


@dataclass
class Piece:
    """One unit in the model's eyes."""

    paid: int
    steps: list[Step]
    state: str = "waiting"
    back: int = 0
    accepted: bool = False
    stopped: bool = False
    asked_at: int = 0

    @property
    def percent(self) -> int | None:
        """How far it is: unknown where somebody disagrees, else what is claimed and not answered, or agreed."""
        if any(step.mark == "disputed" for step in self.steps):
            return None
        told = (s.share * (s.claimed if s.mark == "reported" else s.agreed) for s in self.steps)
        return sum(told) // 10_000

    @property
    def is_agreed(self) -> bool:
        return not any(step.mark in ("reported", "disputed") for step in self.steps)

    def rest(self) -> int:
        """What is worth going back: all of it, or what is not agreed to be done, rounded up."""
        if self.state == "waiting" or not self.percent:
            return self.paid
        return -(-self.paid * (100 - self.percent) // 100)


@dataclass
class WorkModel:
    pieces: list[Piece]
    released: int = 0
    paid_at: int = 0
    confirmed: bool = False
    refunds: list[int] = field(default_factory=list)

    @property
    def is_paid(self) -> bool:
        """Whether the escrow still stands."""
        return not self.released and any(piece.back < piece.paid for piece in self.pieces)


class WorkLife(RuleBasedStateMachine):
    """A life in the world that the subclass names."""

    world_of: ClassVar[type]
    world: World

    @initialize(shares=st.sampled_from(SHARES), price=st.sampled_from([1, 333, 30_000]), quantity=UNIT)
    def place(self, shares: tuple[int, ...], price: int, quantity: int) -> None:
        self.world, self.now = self.world_of(shares, price, quantity), 0
        self.model = WorkModel([Piece(price, [Step(share) for share in shares]) for _ in range(quantity)])
        self.do(c.StartPayment("alipay"), 0)
        told = c.RecordPayment(1, "alipay", self.world.name, price * quantity, at(0), "", "ab" * 32)
        self.do(told, 0)

    def do(self, command: c.Command, wait: int, refused: str = "") -> list[e.Event]:
        """Carry out a command; every refund in it must be what the model says the rest is worth."""
        self.now += wait
        events, code = self.world.do(command, self.now)
        assert code == refused, f"{command} was refused with {code!r}, the rules say {refused!r}"
        for event in events:
            if isinstance(event, e.RefundDecided):
                self.give_back(event.unit, event.amount_fen)
            elif isinstance(event, e.OrderReleased):
                self.model.released += event.amount_fen
            elif isinstance(event, e.RefundRequested):
                piece = self.model.pieces[event.unit - 1]
                piece.asked_at = piece.asked_at or self.now
        return events

    def give_back(self, n: int, amount: int) -> None:
        piece = self.model.pieces[n - 1]
        failed = piece.state == "failed"
        assert failed or piece.state in ("waiting", "in_progress"), (
            f"money back for work that is {piece.state}"
        )
        assert amount == (piece.paid if failed else piece.rest()), (amount, piece)
        silent = 0 < piece.asked_at <= self.now - SELLER_SECONDS and self.now > PROMISE_SECONDS
        told = piece.is_agreed or (silent and piece.percent is not None)
        assert failed or piece.percent == 0 or told, "money moved on progress that nobody agreed to"
        piece.back += amount
        if piece.state == "in_progress" and piece.back < piece.paid:
            piece.state = "ended"

    def piece(self, n: int) -> tuple[int, Piece]:
        n = (n - 1) % len(self.model.pieces) + 1
        return n, self.model.pieces[n - 1]

    def why_not_work(self, piece: Piece, states: tuple[str, ...]) -> str:
        if not self.model.is_paid or piece.state not in states:
            return "unit_not_deliverable"
        if piece.back:
            return "refund_decided"
        return "work_stopped" if piece.stopped and "delivered" not in states else ""

    @rule(n=UNIT, wait=WAITS)
    def seller_starts(self, n: int, wait: int) -> None:
        n, piece = self.piece(n)
        refused = self.why_not_work(piece, ("waiting",))
        if not refused:
            piece.state = "in_progress"
        self.do(c.StartWork(n), wait, refused)

    @rule(n=UNIT, place=PLACE, percent=PERCENT, wait=WAITS)
    def seller_reports(self, n: int, place: int, percent: int, wait: int) -> None:
        n, piece = self.piece(n)
        refused = self.why_not_work(piece, ("waiting", "in_progress"))
        if not refused and place > len(piece.steps):
            refused = "no_such_milestone"
        elif not refused and percent <= piece.steps[place - 1].agreed:
            refused = "progress_not_more"
        self.do(c.ReportProgress(n, place, percent, PROOF), wait, refused)
        if not refused:
            piece.state, step = "in_progress", piece.steps[place - 1]
            step.mark, step.claimed, step.since = "reported", percent, self.now

    @rule(n=UNIT, place=PLACE, accept=st.booleans(), stale=st.sampled_from([False] * 5 + [True]), wait=WAITS)
    def buyer_answers(self, n: int, place: int, accept: bool, stale: bool, wait: int) -> None:
        n, piece = self.piece(n)
        step = piece.steps[place - 1] if place <= len(piece.steps) else None
        refused = self.why_not_work(piece, ("in_progress", "delivered"))
        if not refused and step is None:
            refused = "no_such_milestone"
        elif (
            not refused and step and step.mark not in (("reported", "disputed") if accept else ("reported",))
        ):
            refused = "nothing_to_answer"
        elif not refused and stale:
            refused = "progress_changed"
        claim = (step.claimed if step else 1) + stale
        if not refused and step and accept:
            step.mark, step.agreed = "accepted", step.claimed
        elif not refused and step:
            step.mark = "disputed"
        self.do(c.AnswerProgress(n, place, claim, accept), wait, refused)

    @rule(n=UNIT, wait=WAITS)
    def nobody_answers(self, n: int, wait: int) -> None:
        n, piece = self.piece(n)
        live = self.model.is_paid and not piece.back and piece.state in ("in_progress", "delivered")
        for step in piece.steps:
            if live and step.mark == "reported" and self.now + wait > step.since + ANSWER_SECONDS:
                step.mark, step.agreed = "accepted", step.claimed
        self.do(c.PassAnswer(n), wait)

    @rule(n=UNIT, wait=WAITS)
    def seller_hands_over(self, n: int, wait: int) -> None:
        n, piece = self.piece(n)
        refused = self.why_not_work(piece, ("waiting", "in_progress"))
        if self.model.is_paid and piece.back:
            refused = "refund_decided"
        if not refused:
            piece.state = "delivered"
            for step in piece.steps:
                if step.agreed < 100:
                    step.mark, step.claimed, step.since = "reported", 100, self.now + wait
        self.do(c.DeliverBySeller(n, PROOF), wait, refused)

    @rule(n=UNIT, wait=WAITS)
    def seller_stops(self, n: int, wait: int) -> None:
        n, piece = self.piece(n)
        refused = self.why_not_work(piece, ("waiting", "in_progress"))
        if not refused:
            piece.stopped = True
        if not refused and piece.percent == 0:
            piece.state = "failed"
        self.do(c.StopWork(n), wait, refused)

    @rule(n=UNIT, wait=WAITS)
    def buyer_accepts(self, n: int, wait: int) -> None:
        n, piece = self.piece(n)
        refused = ""
        if piece.accepted or self.model.confirmed or not self.model.is_paid:
            refused = "already_confirmed"
        elif piece.state != "delivered":
            refused = "not_delivered_yet"
        elif self.world.state().open_case_of(n):
            refused = "case_open"
        if not refused:
            piece.accepted = True
            for step in piece.steps:
                step.mark, step.claimed, step.agreed = "accepted", 100, 100
        events = self.do(c.AcceptWork(n), wait, refused)
        self.model.confirmed |= any(isinstance(event, e.ReceiptConfirmed) for event in events)

    @precondition(lambda self: self.model.is_paid)
    @rule(n=UNIT, wait=WAITS)
    def buyer_ends_the_work(self, n: int, wait: int) -> None:
        n, piece = self.piece(n)
        if piece.back or self.world.state().open_case_of(n):
            return
        events = self.do(c.RequestRefund(n, "no_reason"), wait)
        paid = [event for event in events if isinstance(event, e.RefundDecided)]
        clear = piece.is_agreed and (piece.percent or 0) < 100
        assert bool(paid) == (piece.back > 0)
        if piece.state == "waiting" or (piece.state in ("ended", "in_progress") and clear):
            assert paid, "clear progress was not settled by rule"

    @rule(wait=WAITS)
    def the_promise_is_over(self, wait: int) -> None:
        events = self.do(c.PassPromise(), wait)
        assert not events or self.now > PROMISE_SECONDS

    @rule(wait=WAITS)
    def the_hold_is_over(self, wait: int) -> None:
        self.do(c.ReleaseEscrow(), wait)

    @invariant()
    def model_and_order_agree(self) -> None:
        state, model = self.world.state(), self.model
        assert [(unit.status, unit.refund_fen) for unit in state.units] == [
            (piece.state, piece.back) for piece in model.pieces
        ]
        steps = [(step.mark, step.claimed, step.agreed) for piece in model.pieces for step in piece.steps]
        assert [(m.status, m.claimed, m.agreed) for m in state.milestones] == steps
        back = sum(piece.back for piece in model.pieces)
        assert state.totals.escrow == sum(piece.paid for piece in model.pieces) - back - model.released
        assert state.totals.fault() is None

    @invariant()
    def the_facts_tell_the_same_progress(self) -> None:
        state = self.world.state()
        for piece, unit in zip(self.model.pieces, state.units, strict=True):
            told = unit_facts(state, unit, "no_reason", 0, at(self.now), Outside())["service"]
            assert isinstance(told, dict)
            assert told["progress_percent"] == (0 if piece.state == "waiting" else piece.percent)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            assert self.world.end() == []


class PureWorkLife(WorkLife):
    """Decide and evolve only."""

    world_of = PureWork


class RealWorkLife(WorkLife):
    """The product's commands on PostgreSQL."""

    world_of = RealWork
