"""Random lives of one order: every command in any state, held after each step against the simple model."""

from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from life_model import TO_COME, CaseModel, LifeModel, UnitModel
from life_worlds import World

from pure_orders import at
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.dispute import REASONS

WAITS = st.sampled_from([0] * 8 + [1, 1, 30, 30, 120, 299, 400, 901, 7_200, 90_000])
UNIT = st.integers(1, 4)
PLACE = st.integers(0, 9)
MOSTLY = st.sampled_from([True, True, True, False])
SHARES = st.sampled_from([0, 0, 1, 1, 2, 10**9])
PRICES = st.sampled_from([1, 333, 4_880, 30_000])


class Life(RuleBasedStateMachine):
    """A life in the world that the subclass names."""

    world_of: ClassVar[type]
    world: World
    model: LifeModel

    @initialize(
        kind=st.sampled_from(["card_code", "card_code", "top_up", "service"]),
        quantity=UNIT,
        price=PRICES,
        instant=st.booleans(),
        issuer=st.sampled_from(["", "cardbook"]),
        begin=st.sampled_from(["placed", *["paid"] * 4, *["under way"] * 7]),
    )
    def place(self, kind: str, quantity: int, price: int, instant: bool, issuer: str, begin: str) -> None:
        settlement = "instant_settlement" if instant else "escrow"
        self.world = self.world_of(kind, price, quantity, settlement, issuer)
        self.issuer, self.now = issuer, 0
        state = self.world.state()
        self.start = state.placed_at
        units = [UnitModel(price) for _ in range(quantity)]
        self.model = LifeModel(
            kind,
            instant,
            price * quantity,
            state.hold_seconds,
            state.promised_seconds,
            state.expires_at,
            units,
        )
        self.trade = 0
        self.told: c.RecordPayment | None = None
        self.amounts: dict[tuple[int, int], int] = {}
        self.get_going(begin)

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

    def do(self, command: c.Command, wait: int, refused: str = "") -> list[e.Event]:
        self.now += wait
        events, code = self.world.do(command, self.now)
        assert code == refused, f"{command} was refused with {code!r}, the rules say {refused!r}"
        return events

    @property
    def moment(self) -> int:
        return self.start + self.now

    def unit(self, n: int) -> int:
        return (n - 1) % len(self.model.units) + 1

    def left(self, n: int, share: int) -> int:
        """An amount to ask for: all (0), a part, or far too much."""
        left = self.model.units[n - 1].left
        return share if share in (0, 10**9) else max(1, left // (share + 1))

    def said(self, events: list[e.Event], n: int) -> tuple:
        """What the policy decided for the unit, as the model wants it told."""
        for event in events:
            if isinstance(event, e.RefundDecided) and event.unit == n:
                return "refund", event.amount_fen
            if isinstance(event, e.RequestRejected):
                return ("reject",)
        return ("person",)

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

    @precondition(lambda self: self.model.kind == "card_code" and self.model.paid_at)
    @rule(found=st.sets(UNIT), wait=WAITS)
    def codes_are_claimed(self, found: set[int], wait: int) -> None:
        numbers = range(1, len(self.model.units) + 1)
        tails = {n: "0000" for n in numbers if n in found}
        missing = tuple(n for n in numbers if n not in found)
        self.do(c.RecordCodes(tails, missing), wait)
        for n in numbers:
            unit = self.model.units[n - 1]
            if n in tails and unit.state == "waiting" and not unit.back:
                self.model.done(n, "delivered", self.moment)
        for n in missing:
            if self.model.units[n - 1].state == "waiting":
                self.model.fails(n, self.moment)
        self.model.settle_instantly(self.moment)

    @precondition(lambda self: self.model.kind == "top_up")
    @rule(n=UNIT, wait=WAITS)
    def top_up_is_sent(self, n: int, wait: int) -> None:
        n = self.unit(n)
        self.do(c.MarkSupplySent(n), wait)
        unit = self.model.units[n - 1]
        if unit.state == "queued" and not unit.back:
            unit.state = "processing"
            self.model.attempts += 1

    @precondition(lambda self: self.model.kind == "top_up" and self.issuer)
    @rule(n=UNIT, wait=WAITS, good=st.booleans())
    def supplier_answers(self, n: int, wait: int, good: bool) -> None:
        n = self.unit(n)
        attempt = self.world.state().units[n - 1].attempt
        self.do(c.RecordSupply(n, attempt, "succeeded" if good else "failed"), wait)
        unit = self.model.units[n - 1]
        if unit.state == "processing" and good:
            unit.supplied = True
        elif unit.state == "processing":
            self.model.fails(n, self.moment)
            self.model.settle_instantly(self.moment)

    @precondition(lambda self: self.model.kind == "top_up")
    @rule(
        n=UNIT, wait=WAITS, what=st.sampled_from(["credited", "partial", "not_credited"]), own=st.booleans()
    )
    def issuer_tells_of_a_top_up(self, n: int, wait: int, what: str, own: bool) -> None:
        n = self.unit(n)
        arrived = {"credited": 5_000, "partial": 1_000, "not_credited": 0}[what]
        events = self.do(c.RecordCredit(n, what, arrived, "same" if own else "other"), wait)
        unit = self.model.units[n - 1]
        case = self.model.live_case(n)
        if unit.state in ("delivered", "partial") and case and case.state == "checking":
            unit.state = {"credited": "delivered", "partial": "partial", "not_credited": "failed"}[what]
            self.model.rule(n, self.said(events, n))
            self.model.settle_instantly(self.moment)
        if unit.state != "processing":
            return
        if what == "not_credited":
            self.model.fails(n, self.moment)
        else:
            self.model.done(n, "partial" if what == "partial" else "delivered", self.moment)
            reason = "amount_short" if what == "partial" else "not_received"
            if unit.left and (what == "partial" or not own):
                self.model.withdraw_other(n, reason)
                self.model.rule(n, self.said(events, n), reason)
            elif self.model.live_case(n):
                self.model.rule(n, self.said(events, n))
        self.model.settle_instantly(self.moment)

    @precondition(lambda self: self.model.kind == "top_up")
    @rule(n=UNIT, wait=WAITS, stopped=st.booleans())
    def supplier_answers_a_stop(self, n: int, wait: int, stopped: bool) -> None:
        n = self.unit(n)
        events = self.do(c.RecordCancel(n, "cancelled" if stopped else "refused"), wait)
        unit = self.model.units[n - 1]
        if unit.state == "processing" and unit.stopping:
            unit.stopping = False
            unit.state = "stopped" if stopped else "processing"
            if self.model.live_case(n):
                self.model.rule(n, self.said(events, n))

    @precondition(lambda self: self.model.kind == "service")
    @rule(n=UNIT, percent=st.sampled_from([0, 40, 100, 101]), wait=WAITS)
    def seller_delivers(self, n: int, percent: int, wait: int) -> None:
        n = self.unit(n)
        unit = self.model.units[n - 1]
        refused = ""
        if self.model.status != "paid":
            refused = "unit_not_deliverable"
        elif unit.back:
            refused = "refund_decided"
        elif not 0 < percent <= 100 or unit.state not in ("waiting", "in_progress"):
            refused = "unit_not_deliverable"
        events = self.do(c.DeliverBySeller(n, "0e" * 32, percent), wait, refused)
        if refused:
            return
        if percent < 100:
            unit.state = "in_progress"
            return
        self.model.done(n, "delivered", self.moment)
        if self.model.live_case(n):
            self.model.rule(n, self.said(events, n))
        self.model.settle_instantly(self.moment)

    @precondition(lambda self: self.model.kind == "card_code")
    @rule(n=UNIT, wait=WAITS)
    def buyer_has_a_code_shown(self, n: int, wait: int) -> None:
        n = self.unit(n)
        unit = self.model.units[n - 1]
        refused = ""
        if unit.back and not unit.shown:
            refused = "refund_decided"
        elif unit.state not in ("delivered", "revealed"):
            refused = "code_not_ready"
        self.do(c.RevealCode(n, "5e" * 32), wait, refused)
        if not refused:
            unit.state, unit.shown = "revealed", True

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
        self.do(c.DecideCase(place + 1, approve, amount, ("goodwill",) if approve else ("outside_rules",), seen), wait, refused)
        if not refused:
            self.model.rule(case.unit, ("refund", amount or unit.left) if approve else ("reject",))
            self.model.settle_instantly(self.moment)

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

    @rule(wait=WAITS)
    def buyer_confirms(self, wait: int) -> None:
        model = self.model
        refused = ""
        if model.status != "paid" or model.confirmed:
            refused = (
                "already_confirmed" if model.confirmed or model.status == "released" else "order_not_paid"
            )
        elif all(unit.state in TO_COME for unit in model.units):
            refused = "not_delivered_yet"
        elif any(case.live for case in model.cases):
            refused = "case_open"
        self.do(c.ConfirmReceipt(), wait, refused)
        if not refused:
            model.confirmed = True
            model.release_if_free(self.moment, waits_for_hold=False)

    @rule(wait=WAITS)
    def the_hold_is_over(self, wait: int) -> None:
        self.do(c.ReleaseEscrow(), wait)
        self.model.release_if_free(self.moment, waits_for_hold=True)

    @rule(wait=WAITS)
    def the_promise_is_over(self, wait: int) -> None:
        events = self.do(c.PassPromise(), wait)
        model = self.model
        if model.status != "paid" or self.moment <= model.paid_at + model.promise:
            return
        for n, unit in enumerate(model.units, start=1):
            if unit.state in TO_COME | {"failed", "stopped"} and unit.left:
                model.withdraw_other(n, "not_received")
                model.rule(n, self._case_said(events, n), "not_received")
        model.settle_instantly(self.moment)

    def _case_said(self, events: list[e.Event], n: int) -> tuple:
        """As `said`, where one command speaks of several units."""
        return next(
            (("refund", it.amount_fen) for it in events if isinstance(it, e.RefundDecided) and it.unit == n),
            ("person",),
        )

    @rule(wait=WAITS)
    def an_incident_ends_the_waiting(self, wait: int) -> None:
        self.do(c.FailDelivery("fire"), wait)
        if self.model.status != "paid":
            return
        for n, unit in enumerate(self.model.units, start=1):
            if unit.state in ("waiting", "queued", "processing") and unit.left:
                self.model.fails(n, self.moment)
        self.model.settle_instantly(self.moment)

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

    @rule()
    def the_last_word_is_said_again(self) -> None:
        """The same command with the same key: the same answer, and nothing moves."""
        version = self.world.state().version
        self.world.again()
        assert self.world.state().version == version

    @invariant()
    def model_and_order_agree(self) -> None:
        state, model = self.world.state(), self.model
        told = {name: getattr(state.totals, name) for name in model.totals()}
        assert told == model.totals()
        assert state.totals.fault() is None
        assert state.status == model.status
        assert [(unit.status, unit.refund_fen) for unit in state.units] == [
            (u.state, u.back) for u in model.units
        ]
        assert [case.status for case in state.cases] == [case.state for case in model.cases]
        names = {"arrived": "succeeded"}
        assert [(refund.amount_fen, refund.status) for refund in state.refunds] == [
            (refund.amount, names.get(refund.state, refund.state)) for refund in model.refunds
        ]
        assert sum(refund.amount_fen for refund in state.refunds) <= state.totals.received
        assert state.attempts == model.attempts

    def teardown(self) -> None:
        if hasattr(self, "world"):
            assert self.world.end() == []
