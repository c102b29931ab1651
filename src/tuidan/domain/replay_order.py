"""One past order asked again under two policies: the same facts at the same moment, so only the policy can differ.

Its events are folded once, in order. Before an event in which the policy was asked about a request, the state is what
it was then, and both policies are asked at the moment of that event. What a request comes to under a policy is its
first answer that ends it, or else the last. Beside that, the standing answer of each unit is asked at fixed ages after
payment, on what had happened by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tuidan.domain.calendar import Calendar
from tuidan.domain.decide.ruling import verdict_on
from tuidan.domain.draft import Context
from tuidan.domain.events import Event
from tuidan.domain.facts import Outside
from tuidan.domain.order import Order, evolve
from tuidan.domain.policy import CompiledPolicy, FactsError

ENDING = frozenset({"approve_full", "approve_partial", "reject"})
PAID = frozenset({"paid", "released"})
AGES_SECONDS = (60, 600, 3_600, 86_400, 3 * 86_400, 7 * 86_400, 30 * 86_400)
CANNOT = "cannot_decide"

Told = tuple[int, Event, datetime]
"""An event with its number and its moment."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a policy says, as far as outcomes are compared: decision, money in fen, and the terms beside it."""

    decision: str
    fen: int
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """One question with both answers. `case` 0 is a standing answer, asked `age` seconds after payment."""

    order_id: str
    goods_kind: str
    unit: int
    case: int
    age: int
    reason: str
    before: Answer
    after: Answer

    def fen(self) -> int:
        """How much more comes back under the new policy; below 0 it is less."""
        return self.after.fen - self.before.fen

    def is_changed(self) -> bool:
        """Whether decision or money differ."""
        return (self.before.decision, self.before.fen) != (self.after.decision, self.after.fen)


@dataclass(frozen=True, slots=True)
class Asking:
    """What every order is asked with: the two policies, the calendar, the last moment to ask about.

    `outside` is what is not in the orders: what a request froze stands in its order, and is found there.
    """

    base: CompiledPolicy
    draft: CompiledPolicy
    calendar: Calendar
    outside: Outside
    likely_reason: Callable[[Order, int], str]
    now: datetime


@dataclass(slots=True)
class _Request:
    """A request with the answers of both policies, each time they were asked about it."""

    unit: int
    reason: str
    before: list[Answer] = field(default_factory=list)
    after: list[Answer] = field(default_factory=list)


@dataclass(slots=True)
class OrderReplay:
    """The questions about one order. `compared` are stored answers of the base policy, held against what it says
    now; one that is `not_reproduced` rests on facts that the events no longer give."""

    asking: Asking
    order_id: str
    order: Order = field(default_factory=Order)
    pairs: list[Pair] = field(default_factory=list)
    compared: int = 0
    not_reproduced: int = 0
    _requests: dict[int, _Request] = field(default_factory=dict)
    _ages: list[int] = field(default_factory=list)

    def run(self, events: Iterable[Told]) -> None:
        """Fold and ask. Raises ValueError, LookupError, TypeError or AttributeError for events that do not fold."""
        for n, event, at in events:
            self._standing_before(at)
            if n > 1:
                self._hear(event, at)
            was_paid = self.order.paid_at
            evolve(self.order, event, n, at)
            if self.order.paid_at and not was_paid:
                self._ages = sorted(AGES_SECONDS, reverse=True)
        self._standing_before(self.asking.now)
        for case, request in sorted(self._requests.items()):
            before, after = _outcome(request.before), _outcome(request.after)
            self._add(request.unit, case, 0, request.reason, before, after)

    def _add(self, unit: int, case: int, age: int, reason: str, before: Answer, after: Answer) -> None:
        kind = self.order.goods_kind
        self.pairs.append(Pair(self.order_id, kind, unit, case, age, reason, before, after))

    def _hear(self, event: Event, at: datetime) -> None:
        """Ask again where the event holds an answer of a policy to a request; a person's judgement holds none."""
        verdict, n = getattr(event, "verdict", None), getattr(event, "case", 0)
        case = self.order.case(n) if n else None
        if case is None or not isinstance(verdict, dict) or "by" in verdict or "policy" not in verdict:
            return
        before, after = self._ask(case.unit, case.reason, case.amount_fen, at)
        request = self._requests.setdefault(n, _Request(case.unit, case.reason))
        request.before.append(before)
        request.after.append(after)
        if verdict["policy"].get("sha256") == self.asking.base.sha256:
            self.compared += 1
            paid = verdict.get("amount_fen", 0) + verdict.get("compensation_fen", 0)
            self.not_reproduced += (verdict.get("decision"), paid) != (before.decision, before.fen)

    def _standing_before(self, moment: datetime) -> None:
        """Ask the standing answers whose age was reached before this moment."""
        while self._ages:
            at = datetime.fromtimestamp(self.order.paid_at, tz=UTC) + timedelta(seconds=self._ages[-1])
            if at >= moment:
                return
            self._stand(self._ages.pop(), at)

    def _stand(self, age: int, at: datetime) -> None:
        if self.order.status not in PAID:
            return
        for unit in self.order.units:
            if not unit.left_fen() or self.order.open_case_of(unit.n):
                continue
            reason, known = self.asking.likely_reason(self.order, unit.n), unit.issuer_status
            if self.order.goods_kind == "card_code" and self.order.issuer and not known:
                unit.issuer_status = (
                    "unused"  # as the standing answer does: until it is asked, the seal is known
                )
            before, after = self._ask(unit.n, reason, 0, at)
            unit.issuer_status = known
            self._add(unit.n, 0, age, reason, before, after)

    def _ask(self, unit: int, reason: str, amount_fen: int, at: datetime) -> tuple[Answer, Answer]:
        asking = self.asking
        before, after = (
            _answer(
                self.order, unit, reason, amount_fen, at, Context(policy, asking.calendar, asking.outside)
            )
            for policy in (asking.base, asking.draft)
        )
        return before, after


def _answer(order: Order, unit: int, reason: str, amount_fen: int, at: datetime, context: Context) -> Answer:
    try:
        verdict = verdict_on(order, unit, reason, amount_fen, at, context)
    except (FactsError, ArithmeticError, LookupError, ValueError, RuntimeError):
        return Answer(CANNOT, 0)
    due = verdict.deadline.due_at.isoformat() if verdict.deadline else ""
    terms = (verdict.liable, due, verdict.refund_to or "")
    return Answer(verdict.decision, verdict.amount_fen + verdict.compensation_fen, terms)


def _outcome(answers: Sequence[Answer]) -> Answer:
    return next((answer for answer in answers if answer.decision in ENDING), answers[-1])
