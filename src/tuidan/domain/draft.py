"""What a command is about to do: events with their postings, effects, timers and attempts, not yet written.

Each event is applied to the order as it is added, so the next rule of the same command sees it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tuidan.domain import events as e
from tuidan.domain.calendar import Calendar
from tuidan.domain.commands import Actor
from tuidan.domain.effects import AttemptClosed, AttemptOpened, Effect, Timer
from tuidan.domain.evidence import LEAVES
from tuidan.domain.facts import Outside
from tuidan.domain.ledger import Posting
from tuidan.domain.order import Order, evolve
from tuidan.domain.policy import CompiledPolicy
from tuidan.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Context:
    """What a decision needs beside the order: its pinned policy, the calendar, facts from outside."""

    policy: CompiledPolicy
    calendar: Calendar
    outside: Outside


class Refused(Exception):
    """Raised by a decider before it adds anything."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, data)


@dataclass(slots=True)
class Draft:
    """The working copy of one command; `postings` are pairs of event number and posting."""

    order: Order
    now: datetime
    actor: Actor
    events: list[e.Event] = field(default_factory=list)
    postings: list[tuple[int, Posting]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    opened: list[AttemptOpened] = field(default_factory=list)
    closed: list[AttemptClosed] = field(default_factory=list)

    def add(self, event: e.Event) -> None:
        """Let an event happen: the working copy of the order moves on, its postings are kept."""
        n = self.order.version + 1
        for posting in evolve(self.order, event, n, self.now):
            self.postings.append((n, posting))
        self.events.append(event)

    def effect(self, kind: str, target: int = 0, delay_seconds: int = 0) -> None:
        """Ask the outside for something, at once or after a pause."""
        self.effects.append(Effect(kind, target, delay_seconds))

    def wake(self, kind: str, in_seconds: int, target: int = 0) -> None:
        """Look at the order again in so many seconds."""
        self.timers.append(Timer(kind, self.now + timedelta(seconds=in_seconds), target))

    def open_attempt(self, kind: str, target: int) -> int:
        """Give out the number of a new attempt; the event that follows carries it."""
        n = self.order.attempts + 1
        self.opened.append(AttemptOpened(n, kind, target))
        return n

    def close_attempt(self, n: int, status: str) -> None:
        """Note the final answer to an attempt: `succeeded` or `failed`."""
        self.closed.append(AttemptClosed(n, status))


def plain(value: object) -> object:
    """A value for an event: mappings and sequences copied, None left out, moments as text."""
    if isinstance(value, dict):
        return {
            key: inner if type(inner) in LEAVES else plain(inner)
            for key, inner in value.items()
            if inner is not None
        }
    if isinstance(value, list | tuple):
        return [inner if type(inner) in LEAVES else plain(inner) for inner in value if inner is not None]
    return value.isoformat() if isinstance(value, datetime) else value
