"""The answer of the policy: frozen records of codes, amounts and moments, never sentences (those are in web/shared)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tuidan.domain.calendar import CHINA
from tuidan.domain.policy.cell import Value
from tuidan.domain.policy.sources import Carried


@dataclass(frozen=True, slots=True)
class Deadline:
    """What must happen, within which span (ISO 8601; WD = Chinese working days), and the moment it ends (+08:00)."""

    what: str
    within: str
    due_at: datetime
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code with the facts it rests on: amounts in fen, spans in seconds."""

    code: str
    data: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A row that would have decided had this one condition held: its id, the condition, and the value it met."""

    row: str
    condition: str
    value: Value


@dataclass(frozen=True, slots=True)
class PolicyName:
    """Which policy decided: id, version and the SHA-256 of its canonical bytes."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole decision. Amounts in fen; `rows` are the table rows that matched, in order; `factors` after S-014;
    `carried_by` says of each fact in the conditions of those rows whose evidence carries it (S-077)."""

    decision: str
    amount_fen: int
    compensation_fen: int
    liable: str
    deadline: Deadline | None
    refund_to: str | None
    rules: tuple[str, ...]
    reasons: tuple[Reason, ...]
    near_misses: tuple[NearMiss, ...]
    policy: PolicyName
    cause: str
    factors: Mapping[str, Mapping[str, Value]]
    rows: tuple[str, ...]
    carried_by: tuple[Carried, ...] = ()

    def to_plain(self) -> dict[str, object]:
        """The decision as JSON-ready data: the same facts always give the same bytes."""
        return {
            "decision": self.decision,
            "amount_fen": self.amount_fen,
            "compensation_fen": self.compensation_fen,
            "liable": self.liable,
            "deadline": None if self.deadline is None else _deadline_plain(self.deadline),
            "refund_to": self.refund_to,
            "rules": list(self.rules),
            "reasons": [{"code": reason.code, "data": dict(reason.data)} for reason in self.reasons],
            "near_misses": [
                {"row": miss.row, "condition": miss.condition, "value": miss.value}
                for miss in self.near_misses
            ],
            "policy": {"id": self.policy.id, "version": self.policy.version, "sha256": self.policy.sha256},
            "cause": self.cause,
            "factors": {name: dict(values) for name, values in self.factors.items()},
            "rows": list(self.rows),
            "carried_by": [_carried_plain(fact) for fact in self.carried_by],
        }


def _carried_plain(fact: Carried) -> dict[str, object]:
    plain: dict[str, object] = {"fact": fact.fact, "value": fact.value, "by": list(fact.sources)}
    if fact.weight:
        plain["weight"] = fact.weight
    if fact.items:
        plain["items"] = list(fact.items)
    return plain


def _deadline_plain(deadline: Deadline) -> dict[str, object]:
    plain: dict[str, object] = {
        "what": deadline.what,
        "within": deadline.within,
        "due_at": deadline.due_at.astimezone(CHINA).isoformat(),
    }
    if deadline.provisional:
        plain["provisional"] = True
    return plain
