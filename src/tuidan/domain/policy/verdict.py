"""The answer of the policy: frozen records of codes, amounts and moments, never sentences (those are in web/shared)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from tuidan.domain.calendar import CHINA
from tuidan.domain.evidence import ReadyDict, ReadyList
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
class Shared:
    """The parts of a record that all verdicts of one way share, made once; never changed."""

    policy: ReadyDict
    near_misses: ReadyList
    factors: ReadyDict
    carried_by: ReadyList

    @classmethod
    def of(
        cls,
        policy: PolicyName,
        near_misses: tuple[NearMiss, ...],
        factors: Mapping[str, Mapping[str, Value]],
        carried_by: tuple[Carried, ...],
    ) -> Shared:
        """Make them; raises NotCanonical."""
        return cls(
            ReadyDict(_policy_plain(policy)),
            ReadyList([_miss_plain(miss) for miss in near_misses]),
            ReadyDict({name: dict(values) for name, values in factors.items()}),
            ReadyList([_carried_plain(fact) for fact in carried_by]),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole decision. Amounts in fen; `rows` are the table rows that matched, in order; `factors` after S-014;
    `fee_fen` is kept of the price for a repeated mistake (R24) and is no part of `amount_fen`;
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
    shared: Shared | None = field(default=None, compare=False, repr=False)
    fee_fen: int = 0
    records: list[ReadyDict] = field(default_factory=list, compare=False, repr=False)
    """The record, once it was asked for."""

    def to_plain(self) -> dict[str, object]:
        """The decision as JSON-ready data: the same facts always give the same bytes."""
        fee: dict[str, object] = {"fee_fen": self.fee_fen} if self.fee_fen else {}
        return fee | {
            "decision": self.decision,
            "amount_fen": self.amount_fen,
            "compensation_fen": self.compensation_fen,
            "liable": self.liable,
            "deadline": None if self.deadline is None else _deadline_plain(self.deadline),
            "refund_to": self.refund_to,
            "rules": list(self.rules),
            "reasons": [{"code": reason.code, "data": dict(reason.data)} for reason in self.reasons],
            "near_misses": [_miss_plain(miss) for miss in self.near_misses],
            "policy": _policy_plain(self.policy),
            "cause": self.cause,
            "factors": {name: dict(values) for name, values in self.factors.items()},
            "rows": list(self.rows),
            "carried_by": [_carried_plain(fact) for fact in self.carried_by],
        }

    def to_record(self) -> ReadyDict:
        """The same as it stands in an event, written once: what is null is left out. Raises NotCanonical."""
        if not self.records:
            self.records.append(ReadyDict(self._record()))
        return self.records[0]

    def _record(self) -> dict[str, object]:
        shared = self.shared or Shared.of(self.policy, self.near_misses, self.factors, self.carried_by)
        record: dict[str, object] = {
            "decision": self.decision,
            "amount_fen": self.amount_fen,
            "compensation_fen": self.compensation_fen,
            "liable": self.liable,
            "rules": _words(self.rules),
            "reasons": [
                {"code": reason.code, "data": {k: v for k, v in reason.data.items() if v is not None}}
                for reason in self.reasons
            ],
            "near_misses": shared.near_misses,
            "policy": shared.policy,
            "cause": self.cause,
            "factors": shared.factors,
            "rows": _words(self.rows),
            "carried_by": shared.carried_by,
        }
        if self.deadline is not None:
            record["deadline"] = _deadline_plain(self.deadline)
        if self.refund_to is not None:
            record["refund_to"] = self.refund_to
        if self.fee_fen:
            record["fee_fen"] = self.fee_fen
        return record


@lru_cache(maxsize=4096)
def _words(words: tuple[str, ...]) -> ReadyList:
    return ReadyList(list(words))


def _miss_plain(miss: NearMiss) -> dict[str, object]:
    return {"row": miss.row, "condition": miss.condition, "value": miss.value}


def _policy_plain(policy: PolicyName) -> dict[str, object]:
    return {"id": policy.id, "version": policy.version, "sha256": policy.sha256}


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
