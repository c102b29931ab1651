"""The life of an order in plain numbers, written from the rules and not from our code.

It knows no event, posting, table or version: only what was paid, where each fen is, and who may ask for what. What
the policy decides is told to it (the policy has tests of its own); what follows for the money it works out itself.
"""

from dataclasses import dataclass, field

ADVANCE_LIMIT = 50_000
REVIVE_SECONDS = 12 * 3600
TRIES_LIMIT = 5
TO_COME = {"waiting", "queued", "processing", "in_progress"}
CAN_BE_STOPPED_FOR = {"no_reason", "wrong_account", "duplicate_order", "not_received", "late", "other"}
ISSUER_CAN_TELL = {"not_received", "amount_short", "reversed"}


@dataclass
class UnitModel:
    paid: int
    state: str = "waiting"
    back: int = 0
    done_at: int = 0
    shown: bool = False
    stopping: bool = False
    supplied: bool = False

    @property
    def left(self) -> int:
        return self.paid - self.back


@dataclass
class RefundModel:
    amount: int
    state: str = "decided"
    attempts: list[int] = field(default_factory=list)
    paid_by: set[int] = field(default_factory=set)
    laid: int = 0
    of_unit: bool = False
    recalled: int = 0


@dataclass
class CaseModel:
    unit: int
    state: str = "checking"
    reason: str = ""

    @property
    def live(self) -> bool:
        return self.state in ("checking", "open")


@dataclass
class LifeModel:
    """`decided` of its methods is what the policy said: ("refund", fen), ("reject",), ("person",) or ("nothing",)."""

    kind: str
    instant: bool
    price: int
    hold: int
    promise: int
    expires_at: int
    units: list[UnitModel]
    status: str = "awaiting_payment"
    confirmed: bool = False
    paid_at: int = 0
    received: int = 0
    escrow: int = 0
    released: int = 0
    advance: int = 0
    owed: int = 0
    back: int = 0
    odd: int = 0
    receivable: int = 0
    recalls: list[int] = field(default_factory=list)
    attempts: int = 0
    clock: int = 0
    payments: dict[int, set[str]] = field(default_factory=dict)
    cases: list[CaseModel] = field(default_factory=list)
    refunds: list[RefundModel] = field(default_factory=list)

    # --- money in

    def start_payment(self, now: int) -> str:
        if self.status == "expired" or (self.status == "awaiting_payment" and now > self.expires_at):
            return "order_expired"
        if self.status != "awaiting_payment":
            return "order_not_payable"
        if all(self.payments.values()):
            self.attempts += 1
            self.payments[self.attempts] = set()
        return ""

    def money_came(self, payment: int, trade: str, amount: int, now: int) -> None:
        known = self.payments[payment]
        if trade in known:
            return
        late = self.status == "expired" and now - self.expires_at > REVIVE_SECONDS
        fits = (
            self.status in ("awaiting_payment", "expired") and not known and amount == self.price and not late
        )
        known.add(trade)
        self.received += amount
        if not fits:
            self.owed += amount
            self.refunds.append(RefundModel(amount))
            return
        self.escrow += amount
        self.status, self.paid_at = "paid", now
        if self.kind == "top_up":
            for unit in self.units:
                unit.state = "queued"

    def expire(self, now: int) -> None:
        if self.status == "awaiting_payment" and now > self.expires_at:
            self.status = "expired"

    # --- delivery

    def done(self, n: int, state: str, now: int) -> None:
        unit = self.units[n - 1]
        unit.state = state
        unit.done_at = unit.done_at or now

    def fails(self, n: int, now: int) -> None:
        """What fails is paid back at once, as far as escrow and advance reach; the rest is for a person."""
        self.done(n, "failed", now)
        unit = self.units[n - 1]
        if unit.left:
            self.withdraw_other(n, "not_received")
            payable = unit.left <= self.escrow + max(0, ADVANCE_LIMIT - self.advance)
            self.rule(n, ("refund", unit.left) if payable else ("person",), "not_received")

    def withdraw_other(self, n: int, reason: str) -> None:
        for case in self.cases:
            if case.unit == n and case.live and case.reason != reason:
                case.state = "withdrawn"

    def release_if_free(self, now: int, *, waits_for_hold: bool) -> None:
        if self.status != "paid" or not self.escrow or any(case.live for case in self.cases):
            return
        if any(unit.left and (unit.state in TO_COME) for unit in self.units):
            return
        if waits_for_hold and now < max(unit.done_at for unit in self.units) + self.hold:
            return
        self.released += self.escrow
        self.escrow, self.status = 0, "released"

    def settle_instantly(self, now: int) -> None:
        if self.instant:
            self.release_if_free(now, waits_for_hold=False)

    # --- asking for money back

    def live_case(self, n: int) -> CaseModel | None:
        return next((case for case in self.cases if case.unit == n and case.live), None)

    def why_not_ask(self, n: int, reason_known: bool, amount: int) -> str:
        unit = self.units[n - 1]
        if self.status == "refunded":
            return "already_refunded"
        if self.status not in ("paid", "released"):
            return "order_not_paid"
        if not unit.left:
            return "already_refunded"
        if self.live_case(n):
            return "case_open"
        if not reason_known:
            return "reason_unknown"
        return "" if 0 <= amount <= unit.left else "amount_out_of_range"

    def waits_for(self, n: int, reason: str, has_issuer: bool) -> str:
        unit = self.units[n - 1]
        if self.kind == "card_code" and has_issuer and unit.state in ("delivered", "revealed"):
            return "issuer"
        arrived = self.kind == "top_up" and unit.supplied and unit.state in ("delivered", "partial")
        if arrived and has_issuer and reason in ISSUER_CAN_TELL:
            return "issuer"
        sent = self.kind == "top_up" and unit.state == "processing"
        if sent and not unit.stopping and not unit.supplied and reason in CAN_BE_STOPPED_FOR:
            return "supplier"
        return ""

    def rule(self, n: int, decided: tuple, reason: str = "") -> None:
        """A live request of the unit is decided; there is one after this if there was none."""
        case = self.live_case(n)
        if case is None:
            case = CaseModel(n, reason=reason)
            self.cases.append(case)
        if decided[0] == "refund":
            case.state = "approved"
            self.give_back(n, decided[1])
        elif decided[0] == "reject":
            case.state = "rejected"
        else:
            case.state = "open"

    def give_back(self, n: int, amount: int) -> None:
        unit = self.units[n - 1]
        assert 0 < amount <= unit.left, "more than is left of the unit"
        from_escrow = min(amount, self.escrow)
        assert self.advance + amount - from_escrow <= ADVANCE_LIMIT, "more than the platform lays out"
        self.escrow -= from_escrow
        self.advance += amount - from_escrow
        self.owed += amount
        unit.back += amount
        self.refunds.append(RefundModel(amount, laid=amount - from_escrow, of_unit=True))
        if self.kind == "service" and unit.state == "in_progress" and unit.left:
            self.done(n, "ended", self.clock)
        if self.status == "paid" and not any(each.left for each in self.units):
            self.status = "refunded"

    # --- money out

    def send(self, r: int) -> bool:
        refund = self.refunds[r - 1]
        if refund.state != "decided":
            return False
        self.attempts += 1
        refund.attempts.append(self.attempts)
        refund.state = "sent"
        return True

    def channel_says_yes(self, r: int, attempt: int, amount: int) -> None:
        refund = self.refunds[r - 1]
        if attempt in refund.paid_by:
            return
        refund.paid_by.add(attempt)
        self.back += amount
        if refund.state != "arrived" and amount == refund.amount:
            refund.state = "arrived"
            self.owed -= amount
        else:
            self.odd += amount

    def channel_says_no(self, r: int, attempt: int) -> None:
        refund = self.refunds[r - 1]
        if refund.state not in ("sent", "parked") or attempt != refund.attempts[-1]:
            return
        refund.state = "parked" if len(refund.attempts) >= TRIES_LIMIT else "decided"

    def channel_cannot(self, r: int, attempt: int) -> None:
        refund = self.refunds[r - 1]
        if refund.state == "sent" and attempt == refund.attempts[-1]:
            refund.state = "parked"

    # --- money that has left the order once

    def recover(self, r: int) -> None:
        """The seller has been paid for the whole order, so it can give back all that was laid out."""
        refund = self.refunds[r - 1]
        self.advance -= refund.laid
        self.released -= refund.laid
        refund.laid = 0

    def why_not_recall(self, r: int, amount: int, *, fresh: bool) -> str:
        refund = self.refunds[r - 1]
        if refund.state != "arrived" or not refund.of_unit:
            return "refund_not_arrived"
        if not fresh:
            return "case_changed"
        left = refund.amount - refund.recalled
        return "" if left and amount <= left else "amount_out_of_range"

    def recall(self, r: int, amount: int) -> None:
        refund = self.refunds[r - 1]
        amount = amount or refund.amount - refund.recalled
        refund.recalled += amount
        self.recalls.append(amount)
        self.receivable += amount
        self.released += amount

    def repay(self, n: int, amount: int) -> None:
        self.recalls[n - 1] -= amount
        self.receivable -= amount
        self.received += amount

    # --- what the real order is held against

    def totals(self) -> dict[str, int]:
        return {
            "received": self.received,
            "escrow": self.escrow,
            "overpaid": 0,
            "released": self.released,
            "advance": self.advance,
            "refunding": self.owed,
            "refunded": self.back,
            "suspense": self.odd,
            "receivable": self.receivable,
            "fees": 0,
            "charged": 0,
            "compensating": 0,
        }
