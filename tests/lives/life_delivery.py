"""The part of a random life in which goods come, or do not, and the seller gets the money."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from life_base import UNIT, WAITS, LifeBase
from life_model import TO_COME

from tuidan.domain import commands as c


class Deliveries(LifeBase):
    """Codes, top-ups, services; confirmation, hold, promise, incident."""

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
                reason = "late" if unit.state == "in_progress" else "not_received"
                model.withdraw_other(n, reason)
                model.rule(n, self._case_said(events, n), reason)
        model.settle_instantly(self.moment)

    @rule(wait=WAITS)
    def an_incident_ends_the_waiting(self, wait: int) -> None:
        self.do(c.FailDelivery("fire"), wait)
        if self.model.status != "paid":
            return
        for n, unit in enumerate(self.model.units, start=1):
            if unit.state in ("waiting", "queued", "processing") and unit.left:
                self.model.fails(n, self.moment)
        self.model.settle_instantly(self.moment)
