"""What changing the policy would have changed on past orders: counts and money, in memory that does not grow."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from tuidan.domain.replay_order import Asking, OrderReplay, Pair, Told

WORST_MAX = 20
CASE, STANDING = "case", "standing"


@dataclass(slots=True)
class Tally:
    """Counts of one group of questions; money in fen. `terms`: only who bears it, the deadline or the place differ."""

    looked: int = 0
    changed: int = 0
    terms: int = 0
    more_fen: int = 0
    less_fen: int = 0

    def add(self, pair: Pair) -> None:
        """Count one question."""
        self.looked += 1
        if not pair.is_changed():
            self.terms += pair.before.terms != pair.after.terms
            return
        self.changed += 1
        self.more_fen += max(0, pair.fen())
        self.less_fen += max(0, -pair.fen())


@dataclass(slots=True)
class Replay:
    """The sums over all orders looked at so far; `worst` is a heap of the changes that move most money."""

    asking: Asking
    orders: int = 0
    unreadable: int = 0
    compared: int = 0
    not_reproduced: int = 0
    groups: dict[tuple[str, str], Tally] = field(default_factory=dict)
    changes: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    worst: list[tuple[int, int, int, Pair]] = field(default_factory=list)

    def add_order(self, order_id: str, events: Iterable[Told]) -> None:
        """Ask everything about one order. One whose events do not fold is counted and left out."""
        self.orders += 1
        one = OrderReplay(self.asking, order_id)
        try:
            one.run(events)
        except (ValueError, LookupError, TypeError, AttributeError):
            self.unreadable += 1
            return
        self.compared += one.compared
        self.not_reproduced += one.not_reproduced
        for pair in one.pairs:
            self._count(pair)

    def _count(self, pair: Pair) -> None:
        source = CASE if pair.case else STANDING
        names = ["all", pair.goods_kind] if pair.case else ["all", pair.goods_kind, f"age:{pair.age:07d}"]
        for name in names:
            self.groups.setdefault((source, name), Tally()).add(pair)
        if not pair.is_changed():
            return
        change = self.changes.setdefault((source, pair.before.decision, pair.after.decision), [0, 0])
        change[0] += 1
        change[1] += pair.fen()
        # a request that was really made weighs more than an answer that would only have been shown
        entry = (
            int(source == CASE),
            abs(pair.fen()),
            -sum(count for count, _ in self.changes.values()),
            pair,
        )
        if len(self.worst) < WORST_MAX:
            heapq.heappush(self.worst, entry)
        else:
            heapq.heappushpop(self.worst, entry)

    def summary(self, *, complete: bool) -> dict[str, object]:
        """JSON-ready sums; `complete` says that every past order was looked at."""
        return {
            "base": self.asking.base.sha256,
            "draft": self.asking.draft.sha256,
            "at": self.asking.now.isoformat(),
            "complete": complete,
            "orders": self.orders,
            "unreadable": self.unreadable,
            "compared": self.compared,
            "not_reproduced": self.not_reproduced,
            "groups": [
                {
                    "source": source,
                    "group": group,
                    "looked": tally.looked,
                    "changed": tally.changed,
                    "terms": tally.terms,
                    "more_fen": tally.more_fen,
                    "less_fen": tally.less_fen,
                }
                for (source, group), tally in sorted(self.groups.items(), key=_place)
            ],
            "changes": [
                {"source": source, "before": before, "after": after, "count": count, "fen": fen}
                for (source, before, after), (count, fen) in sorted(self.changes.items())
            ],
            "worst": [
                _plain(pair) for *_, pair in sorted(self.worst, key=lambda entry: entry[:3], reverse=True)
            ],
        }


def _place(entry: tuple[tuple[str, str], Tally]) -> tuple[str, bool, bool, str]:
    """Requests before standing answers, the sum of each before its kinds, its ages last."""
    source, group = entry[0]
    return source, group != "all", group.startswith("age:"), group


def _plain(pair: Pair) -> dict[str, object]:
    return {
        "order": pair.order_id,
        "kind": pair.goods_kind,
        "unit": pair.unit,
        "case": pair.case,
        "age": pair.age,
        "reason": pair.reason,
        "before": pair.before.decision,
        "before_fen": pair.before.fen,
        "after": pair.after.decision,
        "after_fen": pair.after.fen,
        "fen": pair.fen(),
    }
