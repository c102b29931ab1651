"""A random walk: disputes, chargebacks and refunds by hand beside our own refunds, in any order and any amount.

After each step the money adds up; while a dispute is open nothing leaves; and what we send is never more than what
the buyer paid and has not got back by any way.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pure_orders import PRICE_FEN, PureOrder, at, paid_order
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.draft import Refused
from tuidan.domain.ledger import fold

UNITS = 3
AMOUNTS = st.sampled_from([1, 700, PRICE_FEN, 2 * PRICE_FEN, 3 * PRICE_FEN, 5 * PRICE_FEN])


class Walk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.order: PureOrder = paid_order(quantity=UNITS)
        self.seconds = 10.0

    def do(self, command: c.Command) -> list[e.Event]:
        self.seconds += 1
        frozen = self.frozen()
        try:
            events = self.order.do(command, self.seconds)
        except Refused:
            return []
        if frozen:
            left = {e.kind_of(event) for event in events} & {"refund_attempted", "order_released"}
            assert not left or not self.frozen(), left
        return events

    def frozen(self) -> bool:
        """By the disputes' own words, not by the method under test."""
        return any(dispute.status != "closed" for dispute in self.order.order().channel_disputes)

    @initialize(begin=st.sampled_from(["paid", "sent", "sent", "delivered"]))
    def begin(self, begin: str) -> None:
        """Some lives begin with a refund in flight, because that is where things go wrong."""
        if begin == "delivered":
            self.stock_answers({1, 2, 3})
        elif begin == "sent":
            self.stock_answers({2, 3})
            self.worker_sends(0)

    @rule(found=st.sets(st.integers(1, UNITS)))
    def stock_answers(self, found: set[int]) -> None:
        missing = tuple(n for n in range(1, UNITS + 1) if n not in found)
        self.do(c.RecordCodes(dict.fromkeys(found, "0001"), missing))

    @rule(n=st.integers(1, UNITS), reason=st.sampled_from(["no_reason", "item_invalid"]))
    def buyer_asks(self, n: int, reason: str) -> None:
        self.do(c.RequestRefund(n, reason))

    @rule(n=st.integers(1, UNITS))
    def issuer_answers(self, n: int) -> None:
        self.do(c.RecordIssuerCheck(n, "unused", None, ""))

    @rule(
        number=st.sampled_from(["D1", "D2"]),
        status=st.sampled_from(["open", "answered", "closed", "closed"]),
        amount=AMOUNTS | st.just(0),
    )
    def channel_tells(self, number: str, status: str, amount: int) -> None:
        outcome = ("lost" if amount else "won") if status == "closed" else ""
        self.do(
            c.RecordChannelDispute(
                1, "alipay", number, status, PRICE_FEN, at(0), outcome, charged_back_fen=amount
            )
        )

    @rule(amount=AMOUNTS)
    def somebody_refunds_by_hand(self, amount: int) -> None:
        self.do(c.RecordOutsideRefund(1, "alipay", amount))

    @precondition(lambda self: self.order.order().refunds)
    @rule(place=st.integers(0, 9))
    def worker_sends(self, place: int) -> None:
        refunds = self.order.order().refunds
        refund = refunds[place % len(refunds)]
        if any(isinstance(event, e.RefundAttempted) for event in self.do(c.MarkRefundSent(refund.n))):
            after = self.order.order()
            flying = sum(r.amount_fen for r in after.refunds if r.status in ("sent", "parked"))
            assert after.totals.refunded + flying <= after.totals.received

    @precondition(lambda self: any(r.status in ("sent", "parked") for r in self.order.order().refunds))
    @rule(place=st.integers(0, 9), outcome=st.sampled_from(["succeeded", "failed", "parked"]))
    def channel_answers(self, place: int, outcome: str) -> None:
        flying = [r for r in self.order.order().refunds if r.status in ("sent", "parked")]
        refund = flying[place % len(flying)]
        amount = refund.amount_fen if outcome == "succeeded" else 0
        self.do(c.RecordRefund(refund.n, refund.attempt, outcome, amount))

    @rule()
    def buyer_confirms(self) -> None:
        self.do(c.ConfirmReceipt())

    @rule()
    def the_hold_is_over(self) -> None:
        self.seconds += 90_000
        self.do(c.ReleaseEscrow())

    @invariant()
    def the_money_adds_up(self) -> None:
        state = self.order.order()
        assert state.totals.fault() is None
        assert fold(self.order.postings) == state.totals
        assert all(unit.left_fen() >= 0 for unit in state.units)

    @invariant()
    def what_the_channel_took_has_a_place_or_waits_for_a_refund_in_flight(self) -> None:
        state = self.order.order()
        flying = sum(r.amount_fen for r in state.refunds if r.status in ("sent", "parked"))
        assert 0 <= sum(payment.chargeback_fen for payment in state.payments) <= flying


Walk.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestWalk = Walk.TestCase
