"""Random disputes: all parties do whatever they may, time jumps, and nothing is ever left without an exit.

After each step: every open case has somebody to wait for, a deadline and a timer that will carry out its default; each
party's list of acts is what the deciders accept; the money adds up. At the end nobody does anything any more, time
runs on, and every case ends by itself.
"""

import os
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from life_worlds import RealWorld

import shopfloor
from pure_orders import (
    ASKER,
    CONTEXT,
    MACHINE,
    PRICE_FEN,
    REVIEWER,
    SERVICE,
    SHOPKEEPER,
    START,
    PureOrder,
    at,
    paid_order,
)
from tuidan.commands.order import AIMED_TIMER_COMMANDS, TIMER_COMMANDS, fire_timer
from tuidan.commands.runner import envelop, run
from tuidan.domain import commands as c
from tuidan.domain.decide.refund import payable_fen_max
from tuidan.domain.decide.stage import may
from tuidan.domain.dispute import Case, open_offer
from tuidan.domain.dispute.duties import duty_of
from tuidan.domain.effects import Timer
from tuidan.domain.ledger import Totals, fold

LONG = bool(os.environ.get("TUIDAN_LONG"))
HOUR, DAY = 3_600, 86_400
SENIOR = c.Actor("reviewer", "reviewer-2")
APPRAISER = c.Actor("appraiser", str(UUID(int=0xA << 120)))
ACTORS = {"buyer": ASKER, "seller": SHOPKEEPER, "reviewer": REVIEWER, "appraiser": APPRAISER}
REASONS = ("not_as_described", "late", "other", "no_reason", "cannot_use")
PICK, WHICH = st.integers(0, 11), st.integers(0, 99)


class Dispute(RuleBasedStateMachine):
    """One service order, delivered in full, and all that its people can do about it."""

    @initialize(
        price=st.sampled_from([1, 333, PRICE_FEN, 60_000]),
        quantity=st.integers(1, 2),
        stage=st.sampled_from(
            ["bought", "contact", "contact", "appraisal", "review", "rejected", "approved"]
        ),
    )
    def begin(self, price: int, quantity: int, stage: str) -> None:
        self.now, self.fired, self.trade = HOUR, 0, 0
        self.pending: list[Timer] = []
        self.buy(price, quantity)
        for n in range(1, quantity + 1):
            assert self.do(c.DeliverBySeller(n, "ab" * 32), SHOPKEEPER) == ""
        self.lead_to(stage)

    def buy(self, price: int, quantity: int) -> None:
        """A paid order of a service."""
        self.bought: PureOrder = paid_order(replace(SERVICE, price_fen=price), quantity)

    def lead_to(self, stage: str) -> None:
        """Most disputes begin in the middle: that is where most can go wrong."""
        if stage == "bought":
            return
        self.do(c.RequestRefund(1, "not_as_described"), ASKER)
        self.do(c.FileExhibit(1, "progress_screenshot", True, True, True), ASKER)
        self.do(c.SubmitEvidence(1), ASKER)
        if stage == "appraisal":
            self.do(c.AnswerContact("refuse", 1), SHOPKEEPER)
        elif stage != "contact":
            self.do(c.CallPlatform(1), ASKER)
        if stage in ("rejected", "approved"):
            reason = "goodwill" if stage == "approved" else "outside_rules"
            judgement = c.DecideCase(1, stage == "approved", 0, (reason,), self.order().version)
            self.do(judgement, REVIEWER)
        assert self.order().cases[0].status == stage

    def order(self):  # type: ignore[no-untyped-def]
        return self.bought.order()

    def do(self, command: c.Command, actor: c.Actor) -> str:
        """One command at the present time; gives the code of a refusal, or ""."""
        return self.bought.refusal(command, self.now, actor)

    def timers(self) -> list[Timer]:
        """The timers that nobody has fired yet, the first one first."""
        for draft in self.bought.drafts[self.fired :]:
            self.pending += draft.timers
        self.fired = len(self.bought.drafts)
        self.pending.sort(key=lambda timer: timer.due_at)
        return self.pending

    def fire(self, timer: Timer) -> None:
        aimed = AIMED_TIMER_COMMANDS.get(timer.kind)
        self.do(aimed(timer.target) if aimed else TIMER_COMMANDS[timer.kind](), c.Actor("timer"))

    @rule(days=st.sampled_from([0.01, 0.5, 0.99, 1.01, 2.01, 4, 8, 20]))
    def time_goes_by(self, days: float) -> None:
        until = self.now + int(days * DAY)
        while self.timers() and self.pending[0].due_at <= at(until):
            timer = self.pending.pop(0)
            self.now = max(self.now, int((timer.due_at - START).total_seconds()) + 1)
            self.fire(timer)
        self.now = max(self.now, until)

    @rule(n=st.integers(1, 2), reason=st.sampled_from(REASONS), part=st.booleans())
    def buyer_asks(self, n: int, reason: str, part: bool) -> None:
        if n <= len(self.order().units):
            self.do(c.RequestRefund(n, reason, 1 if part else 0), ASKER)

    @rule(n=st.integers(1, 2), pick=PICK)
    def seller_answers(self, n: int, pick: int) -> None:
        kinds = ("agree_full", "agree_partial", "offer_replacement", "claims_fulfilled", "refuse", "refuse")
        if n <= len(self.order().units) and self.order().contact(n).is_waiting():
            kind = kinds[pick % len(kinds)]
            self.do(c.AnswerContact(kind, n, 1 if kind == "agree_partial" else 0), SHOPKEEPER)

    @rule(which=WHICH, pick=PICK)
    def somebody_does_what_the_list_says(self, which: int, pick: int) -> None:
        order = self.order()
        found = [
            (party, name, case)
            for case in order.cases
            for party in sorted(ACTORS)
            for name in may(order, case, party, at(self.now), CONTEXT)
        ]
        if found:
            self.act(*found[which % len(found)], pick)

    @rule(which=WHICH, pick=PICK)
    def somebody_else_does_too(self, which: int, pick: int) -> None:
        self.somebody_does_what_the_list_says(which, pick)

    @rule(pick=PICK)
    def the_loser_appeals(self, pick: int) -> None:
        """With something new, as an appeal needs it."""
        order = self.order()
        for case in order.cases:
            for party in ("buyer", "seller"):
                if "file_appeal" in may(order, case, party, at(self.now), CONTEXT):
                    self.act(party, "file_exhibit", case, pick)
                    self.act(party, "file_appeal", case, pick)
                    return

    def act(self, party: str, name: str, case: Case, pick: int) -> None:
        """Carry out an act of somebody's list: it is refused only for what the list cannot know."""
        hearing = self.order().hearing(case.n)
        actor = ACTORS[party]
        if name == "decide_appeal" and hearing is not None and hearing.decided_by == REVIEWER.id:
            actor = SENIOR
        refused = self.do(self.command(name, case, pick), actor)
        assert refused in ("", *EXPECTED.get(name, ())), (name, case.status, refused)

    def command(self, name: str, case: Case, pick: int) -> c.Command:
        order, n = self.order(), case.n
        offer = open_offer(order.offers, n)
        exhibits = order.exhibits_of(n)
        shown = exhibits[pick % len(exhibits)].n if exhibits else 1
        approve = pick % 2 == 0
        reason = "goodwill" if approve else "outside_rules"
        judgement = c.DecideCase(n, approve, 0, (reason,), order.version)
        kind = ("full", "partial", "replacement", "redo", "extension")[pick % 5]
        finding = "partly" if pick % 3 == 0 else "inconclusive"
        commands: dict[str, c.Command] = {
            "withdraw": c.WithdrawRequest(n),
            "call_platform": c.CallPlatform(n),
            "take_over": c.CallPlatform(n),
            "file_exhibit": c.FileExhibit(n, "progress_screenshot", pick % 4 > 0, True, True),
            "answer_exhibit": c.AnswerExhibit(n, shown, "dispute"),
            "flag_exhibit": c.FlagExhibit(n, shown, "reused"),
            "submit_evidence": c.SubmitEvidence(n),
            "make_offer": c.MakeOffer(n, kind, 1 if kind == "partial" else 0),
            "answer_offer": c.AnswerOffer(n, offer.n if offer else 0, approve),
            "answer_contact": c.AnswerContact("refuse", case.unit),
            "ask_more": c.AskMore(n, "buyer" if approve else "seller", ("use_video",)),
            "send_to_appraisal": c.SendToAppraisal(n),
            "assign_appraiser": c.AssignAppraiser(n, APPRAISER.id),
            "accept_appraisal": c.AcceptAppraisal(n, pick % 3 == 0),
            "report_appraisal": c.ReportAppraisal(n, finding, 50 if finding == "partly" else -1),
            "link_complaint": c.LinkComplaint(n, "12315", "A-1"),
            "decide_case": judgement,
            "decide_appeal": judgement,
            "file_appeal": c.FileAppeal(n),
        }
        return commands[name]

    @rule(status=st.sampled_from(["open", *["closed"] * 5]))
    def the_channel_has_a_dispute(self, status: str) -> None:
        opened = any(dispute.is_open() for dispute in self.order().channel_disputes)
        if (status == "open") == opened:
            return
        self.trade += status == "open"
        told = c.RecordChannelDispute(
            payment_n=1,
            channel="alipay",
            number=f"D{self.trade}",
            status=status,
            amount_fen=self.order().units[0].paid_fen,
            opened_at=at(self.now),
            outcome="won" if status == "closed" else "",
            closed_at=at(self.now) if status == "closed" else None,
        )
        self.do(told, MACHINE)

    @invariant()
    def every_open_case_has_someone_a_deadline_and_a_timer(self) -> None:
        if not hasattr(self, "bought"):
            return
        order = self.order()
        armed = {(timer.kind, timer.target) for timer in self.timers()}
        for case in order.cases:
            if not case.waits():
                continue
            hearing = order.hearing(case.n)
            duty = duty_of(case.status, hearing.asked_of if hearing else "")
            assert duty is not None, case.status
            assert datetime.fromisoformat(case.due_at)
            assert ("case_due", case.n) in armed, (case.status, "has no timer")

    @invariant()
    def the_money_adds_up(self) -> None:
        if not hasattr(self, "bought"):
            return
        order = self.order()
        assert self.posted() in (None, order.totals)
        assert order.totals.fault() is None
        assert sum(refund.amount_fen for refund in order.refunds) <= order.totals.received

    def posted(self) -> Totals | None:
        """The totals that the postings make, kept apart from the state; None where the audit looks at them."""
        return fold(self.bought.postings)

    def teardown(self) -> None:
        """Nobody acts any more: the defaults alone end every case that the channel does not hold."""
        if not hasattr(self, "bought"):
            return
        for _ in range(40):
            self.time_goes_by(10)
        order = self.order()
        still = {case.status for case in order.cases if case.is_open()}
        if order.channel_dispute_open():
            assert still <= {"frozen"}, still
        elif payable_fen_max(order, CONTEXT.outside):
            assert still == set(), still
        else:  # the seller was paid and the fund has nothing left for this order: people are told again and again
            assert still <= {"review", "escalated"}, still
            assert not still or order.hearings


# Refusals that the list of acts cannot foresee: they hang on what is filled in, or on who it is.
EXPECTED = {
    "answer_exhibit": ("no_such_exhibit", "own_exhibit"),
    "flag_exhibit": ("no_such_exhibit",),
    "make_offer": ("amount_out_of_range", "too_many_offers"),
    "file_exhibit": ("too_many_exhibits",),
    "file_appeal": ("no_new_facts",),
    "decide_case": ("amount_out_of_range",),
    "decide_appeal": ("amount_out_of_range", "not_fresh_reviewer"),
    "answer_contact": ("already_refunded", "order_not_paid"),
    "accept_appraisal": ("not_the_appraiser",),
    "report_appraisal": ("not_the_appraiser",),
}


class RealDispute(Dispute):
    """The same by the product's own commands on PostgreSQL; at the end the order is audited."""

    def buy(self, price: int, quantity: int) -> None:
        self.world = RealWorld("service", price, quantity, "escrow", "")
        self.bought = self.world.bought  # type: ignore[assignment]
        self.world.do(c.StartPayment("alipay"), 0)
        paid = c.RecordPayment(1, "alipay", self.world.name, price * quantity, at(0), "", "ab" * 32)
        self.world.do(paid, 0)

    def order(self):  # type: ignore[no-untyped-def]
        return self.world.state()

    def do(self, command: c.Command, actor: c.Actor) -> str:
        it = self.world.bought
        who = {"buyer": str(it.buyer), "seller": str(it.shop)}.get(actor.kind, actor.id)
        envelope = envelop(it.id, command, c.Actor(actor.kind, who), uuid4().hex, at(self.now))
        refusal = run(it.id, envelope).refusal
        return refusal.code if refusal else ""

    def timers(self) -> list[Timer]:
        told = "SELECT kind, due_at, target, n FROM orders_timer WHERE order_id = %s ORDER BY due_at, n"
        found = shopfloor.rows(told, self.world.bought.id)
        self.numbers = {(kind, due_at, target): n for kind, due_at, target, n in reversed(found)}
        self.pending = [Timer(kind, due_at, target) for kind, due_at, target, _ in found]
        return self.pending

    def fire(self, timer: Timer) -> None:
        n = self.numbers[timer.kind, timer.due_at, timer.target]
        fire_timer(self.world.bought.id, n, timer.kind, timer.target, at(self.now))

    def posted(self) -> Totals | None:
        return None

    def teardown(self) -> None:
        super().teardown()
        if hasattr(self, "world"):
            assert self.world.end() == []


def test_every_random_dispute_finds_its_end_and_the_money_adds_up() -> None:
    must_end_well(Dispute, 3_000 if LONG else 150)


def test_random_disputes_by_real_commands_pass_the_audit() -> None:
    must_end_well(RealDispute, 300 if LONG else 12)


def must_end_well(kind: type[Dispute], count: int) -> None:
    how = settings(
        max_examples=count, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(kind, settings=how)
