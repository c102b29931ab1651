"""Random lives of one order: every command in any state, held after each step against the simple model."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from life_base import MOSTLY, PLACE, SHARES, UNIT, WAITS
from life_model import CaseModel
from life_money import Recoveries
from life_worlds import APPRAISER

from pure_orders import at
from tuidan.domain import commands as c
from tuidan.domain.dispute import REASONS


class Life(Recoveries):
    """A life in the world that the subclass names: payments, requests, judgements, refunds."""

    def get_going(self, begin: str) -> None:
        """Most lives begin after the payment, and with the goods on their way: that is where things go wrong."""
        if begin == "placed":
            return
        self.start_payment(wait=0)
        self.money_comes(place=0, wait=0, again=False, wrong=0)
        if begin == "under way" and self.model.kind == "card_code":
            self.codes_are_claimed(found={1, 2, 3}, wait=1)
        elif begin == "under way" and self.model.kind == "top_up":
            for n in range(1, len(self.model.units) + 1):
                self.top_up_is_sent(n=n, wait=0)

    @rule(wait=WAITS)
    def start_payment(self, wait: int) -> None:
        refused = self.model.start_payment(self.moment + wait)
        self.do(c.StartPayment("alipay"), wait, refused)

    @precondition(lambda self: self.model.payments)
    @rule(place=PLACE, wait=WAITS, again=st.booleans(), wrong=st.sampled_from([0, 0, 0, 1, -1]))
    def money_comes(self, place: int, wait: int, again: bool, wrong: int) -> None:
        payment = sorted(self.model.payments)[place % len(self.model.payments)]
        if not again or self.told is None:
            self.trade += 1
            amount = max(1, self.model.price + wrong)
            trade = f"{self.world.name}-{self.trade}"
            self.told = c.RecordPayment(payment, "alipay", trade, amount, at(self.now), "", "ab" * 32)
        self.do(self.told, wait)
        self.model.money_came(self.told.payment_n, self.told.trade_no, self.told.amount_fen, self.moment)

    @rule(wait=WAITS)
    def time_to_pay_is_over(self, wait: int) -> None:
        self.do(c.ExpireOrder(), wait)
        self.model.expire(self.moment)

    @rule(n=UNIT, reason=PLACE, share=SHARES, wait=WAITS)
    def buyer_asks_for_money_back(self, n: int, reason: int, share: int, wait: int) -> None:
        n = self.unit(n)
        known = REASONS[self.model.kind]
        word = "never heard of" if reason == 9 else known[reason % len(known)]
        amount = self.left(n, share)
        refused = self.model.why_not_ask(n, reason != 9, amount)
        waits = self.model.waits_for(n, word, bool(self.issuer))
        events = self.do(c.RequestRefund(n, word, amount), wait, refused)
        if refused:
            return
        if waits == "supplier":
            self.model.units[n - 1].stopping = True
        if waits:
            self.model.cases.append(CaseModel(n, reason=word))
        else:
            self.model.rule(n, self.said(events, n), word)
            self.model.settle_instantly(self.moment)

    @precondition(lambda self: self.model.kind == "card_code")
    @rule(n=UNIT, wait=WAITS, status=st.sampled_from(["unused", "activated", "invalid", "unknown"]), by=PLACE)
    def issuer_tells_of_a_code(self, n: int, wait: int, status: str, by: int) -> None:
        n = self.unit(n)
        used = status == "activated"
        who = ("buyer", "other", "unknown")[by % 3] if used else ""
        when = at(self.now - 50 * by) if used and by % 4 else None
        events = self.do(c.RecordIssuerCheck(n, status, when, who), wait)
        case = self.model.live_case(n)
        if self.model.units[n - 1].state in ("delivered", "revealed") and case and case.state == "checking":
            self.model.rule(n, self.said(events, n))
            self.model.settle_instantly(self.moment)

    @precondition(lambda self: self.model.cases)
    @rule(place=PLACE, wait=WAITS)
    def the_check_takes_too_long(self, place: int, wait: int) -> None:
        number = place % len(self.model.cases) + 1
        events = self.do(c.GiveUpCheck(number), wait)
        case = self.model.cases[number - 1]
        if case.state == "checking":
            self.model.rule(case.unit, self.said(events, case.unit))
            self.model.settle_instantly(self.moment)

    @rule(place=PLACE, wait=WAITS)
    def buyer_withdraws(self, place: int, wait: int) -> None:
        place = self.pick_case(place)
        refused = self._no_live_case(place + 1)
        self.do(c.WithdrawRequest(place + 1), wait, refused)
        if not refused:
            self.model.cases[place].state = "withdrawn"
            self.model.settle_instantly(self.moment)

    @rule(place=PLACE, approve=MOSTLY, share=SHARES, fresh=MOSTLY, wait=WAITS)
    def reviewer_decides(self, place: int, approve: bool, share: int, fresh: bool, wait: int) -> None:
        place, stale = self.pick_case(place), not fresh
        refused = self._no_live_case(place + 1)
        if not refused:
            refused = self.bring_before_the_platform(place + 1)
        amount = 0
        if not refused:
            case = self.model.cases[place]
            unit = self.model.units[case.unit - 1]
            amount = self.left(case.unit, share)
            payable = self.model.escrow + max(0, 50_000 - self.model.advance)
            if stale:
                refused = "case_changed"
            elif approve and not 0 < (amount or unit.left) <= min(unit.left, payable):
                refused = "amount_out_of_range"
        seen = 0 if stale else self.world.state().version
        self.do(
            c.DecideCase(place + 1, approve, amount, ("goodwill",) if approve else ("outside_rules",), seen),
            wait,
            refused,
        )
        if not refused:
            self.model.rule(case.unit, ("refund", amount or unit.left) if approve else ("reject",))
            self.model.settle_instantly(self.moment)

    def bring_before_the_platform(self, number: int) -> str:
        """Lead a case from wherever it waits to a reviewer; what only waits for a fact is not for a person yet."""
        status = self.world.state().cases[number - 1].status
        if status in ("contact", "evidence"):
            self.do(c.CallPlatform(number), 0)
        elif status == "appraisal":
            self.do(c.AssignAppraiser(number, APPRAISER.id), 0)
            self.do(c.AcceptAppraisal(number, has_interest=False), 0)
            self.do(c.ReportAppraisal(number, "inconclusive"), 0)
        return "not_now" if status == "checking" else ""

    def pick_case(self, place: int) -> int:
        """A place in the list of cases: a live one where there is one, at times any, at times one that is not there."""
        live = [at for at, case in enumerate(self.model.cases) if case.live]
        if live and place < 8:
            return live[place % len(live)]
        return place % (len(self.model.cases) + 1)

    def _no_live_case(self, number: int) -> str:
        if number > len(self.model.cases):
            return "no_such_case"
        return "" if self.model.cases[number - 1].live else "case_closed"

    @precondition(lambda self: self.model.refunds)
    @rule(place=PLACE, wait=WAITS)
    def refund_is_sent(self, place: int, wait: int) -> None:
        number = place % len(self.model.refunds) + 1
        events = self.do(c.MarkRefundSent(number), wait)
        assert bool(events) == self.model.send(number)

    @precondition(lambda self: any(refund.attempts for refund in self.model.refunds))
    @rule(
        place=PLACE,
        older=st.integers(0, 2),
        wait=WAITS,
        what=st.sampled_from(["yes", "yes", "no", "no", "cannot", "odd"]),
    )
    def channel_answers(self, place: int, older: int, wait: int, what: str) -> None:
        numbers = [n for n, refund in enumerate(self.model.refunds, start=1) if refund.attempts]
        number = numbers[place % len(numbers)]
        refund = self.model.refunds[number - 1]
        attempt = refund.attempts[max(0, len(refund.attempts) - 1 - older)]
        outcome = {"yes": "succeeded", "odd": "succeeded", "no": "failed", "cannot": "parked"}[what]
        amount = refund.amount + (what == "odd")
        if outcome == "succeeded":  # what was said once of an attempt is said again in the same words
            amount = self.amounts.setdefault((number, attempt), amount)
        self.do(c.RecordRefund(number, attempt, outcome, amount), wait)
        if outcome == "succeeded":
            self.model.channel_says_yes(number, attempt, amount)
        elif outcome == "failed":
            self.model.channel_says_no(number, attempt)
        else:
            self.model.channel_cannot(number, attempt)
