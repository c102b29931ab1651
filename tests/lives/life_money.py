"""Money after the escrow in random lives: the fund is paid back, wrong refunds are recalled, buyers repay."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from life_base import MOSTLY, PLACE, WAITS
from life_delivery import Deliveries

from tuidan.domain import commands as c


class Recoveries(Deliveries):
    """What happens to money that has left the order once."""

    @precondition(lambda self: any(refund.laid for refund in self.model.refunds))
    @rule(place=PLACE, wait=WAITS)
    def the_seller_pays_back(self, place: int, wait: int) -> None:
        numbers = [n for n, refund in enumerate(self.model.refunds, start=1) if refund.laid]
        number = numbers[place % len(numbers)]
        self.now += wait
        self.world.recover(number, self.now)
        self.model.recover(number)

    @precondition(lambda self: self.model.refunds)
    @rule(place=PLACE, part=st.sampled_from([0, 0, 1, 10**9]), fresh=MOSTLY, wait=WAITS)
    def a_refund_is_recalled(self, place: int, part: int, fresh: bool, wait: int) -> None:
        number = place % len(self.model.refunds) + 1
        refused = self.model.why_not_recall(number, part, fresh=fresh)
        seen = self.world.state().version if fresh else 0
        self.do(c.RecallRefund(number, part, "wrong", seen), wait, refused)
        if not refused:
            self.model.recall(number, part)

    @precondition(lambda self: self.model.recalls)
    @rule(place=PLACE, part=st.sampled_from([1, 2, 10**9]), wait=WAITS)
    def the_buyer_repays(self, place: int, part: int, wait: int) -> None:
        number = place % len(self.model.recalls) + 1
        left = self.model.recalls[number - 1]
        amount = part if part > 2 else max(1, left // part)
        refused = "" if amount <= left else "amount_out_of_range"
        self.do(c.RecordRepayment(number, amount, f"bank {self.now}"), wait, refused)
        if not refused:
            self.model.repay(number, amount)
