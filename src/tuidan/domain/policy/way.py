"""Where the tables lead: inputs and a policy in, everything out that follows from the inputs alone.

The same inputs always lead the same way, so ways are kept by their inputs, up to a limit; what amounts and moments
of one case add is `decide.py`.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from tuidan.domain.policy.cell import Value
from tuidan.domain.policy.compiled import CompiledPolicy
from tuidan.domain.policy.sources import UPLOAD, Carried, carried_by
from tuidan.domain.policy.table import Row, Table
from tuidan.domain.policy.verdict import NearMiss, Shared, Verdict

NEAR_MISSES_MAX = 5
FAULT_OF = {"third_party": "seller", "self_operated": "platform"}
WAYS_MAX = 4096
VERDICTS_MAX = 16
NOWHERE: Mapping[str, Value] = {"rules": "", "reasons": "", "deadline": "", "refund_to": ""}
TERMS = ("decision", "amount", "deadline", "liable")


class UndecidedError(RuntimeError):
    """A table had no row for these inputs; a policy that passed the publishing check cannot come here."""


@dataclass(frozen=True, slots=True)
class Hit:
    """The rows that matched on the way, the table that decided, and the outcome so far."""

    rows: tuple[str, ...]
    table: Table
    row: int
    outcome: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Ending:
    """What a way says in its end; `deadline` names a span of the policy, `reasons` are codes."""

    liable: str
    deadline: str
    refund_to: str | None
    rules: tuple[str, ...]
    reasons: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Where the tables lead with one set of inputs.

    `decision` is the tables' own word: an approval still needs its amount, by the formula of that name; where that
    comes to nothing, all that this ground owes went back before, and `nothing_left` is the ending.
    """

    decision: str
    formula: str
    compensation: str
    ending: Ending
    nothing_left: Ending
    cause: str
    near_misses: tuple[NearMiss, ...]
    factors: Mapping[str, Mapping[str, Value]]
    carried_by: tuple[Carried, ...]
    has_uploads: bool
    shared: Shared
    verdicts: dict[Hashable, Verdict] = field(default_factory=dict, compare=False, repr=False)
    """Those of the latest cases that went this way, by all that a case adds: one incident's orders share theirs."""

    def keep(self, told: Hashable, verdict: Verdict) -> None:
        """Keep the verdict of a case by what it added to the way; the oldest are forgotten together."""
        if len(self.verdicts) >= VERDICTS_MAX:
            self.verdicts.clear()
        self.verdicts[told] = verdict


def way_of(policy: CompiledPolicy, inputs: Mapping[str, Value]) -> Way:
    """The way of these inputs. Raises UndecidedError."""
    key = tuple(inputs.values())  # the inputs of one goods kind always come in one order
    way = policy.ways.get(key)
    if way is None:
        way = _find_way(policy, inputs)
        if len(policy.ways) < WAYS_MAX:
            policy.ways[key] = way
    return way


def walk(policy: CompiledPolicy, inputs: Mapping[str, Value]) -> Hit:
    """Follow the deciding tables until a row decides. Raises UndecidedError."""
    rows: list[str] = []
    table = policy.deciding[policy.start]
    for _ in policy.deciding:
        place = table.first_hit(inputs)
        if place < 0:
            raise UndecidedError(table.name)
        outcome = table.outcomes[place]
        rows.append(table.rows[place].id)
        following = outcome["next"]
        if not following:
            return Hit(tuple(rows), table, place, outcome)
        table = policy.deciding[str(following)]
    raise UndecidedError(table.name)


def _find_way(policy: CompiledPolicy, found: Mapping[str, Value]) -> Way:
    hit = walk(policy, found)
    outcome = hit.outcome
    inputs = {**found, "proposed": outcome["decision"], "proof": outcome["proof"]}
    authority_row, authority = _follow(policy.authority, inputs)
    rows = (*hit.rows, authority_row)
    destination = NOWHERE
    decision = str(authority["decision"] or outcome["decision"])
    to_rows = rows
    if decision == "approve":
        destination_row, destination = _follow(policy.destination, inputs)
        to_rows = (*rows, destination_row)
    carrying = carried_by(
        _matched(policy, to_rows),
        (column for _, column, _ in hit.table.one_short(inputs, (1 << hit.row) - 1)),
        inputs,
    )
    ending = Ending(
        liable="undetermined"
        if authority["decision"]
        else _fault(str(outcome["liable"]), inputs, "platform"),
        deadline=str(destination["deadline"] or authority["deadline"] or outcome["deadline"]),
        refund_to=str(destination["refund_to"]) if decision == "approve" else None,
        rules=_words(authority["rules"], outcome["rules"], destination["rules"]),
        reasons=_words(authority["reasons"], outcome["reasons"], destination["reasons"]),
        rows=to_rows,
    )
    near_misses, factors = _near_misses(hit, policy.paying[hit.table.name], inputs), _factors(inputs)
    return Way(
        decision=decision,
        formula=str(outcome["amount"]),
        compensation=str(outcome["compensation"]),
        ending=ending,
        nothing_left=Ending("none", "buyer_appeal", None, ("R19",), ("already_returned",), rows),
        # a person who is still to look has not found whose doing it was
        cause="unknown" if authority["decision"] else _fault(str(outcome["cause"]), inputs, "unknown"),
        near_misses=near_misses,
        factors=factors,
        carried_by=carrying,
        has_uploads=any(fact.sources == UPLOAD for fact in carrying),
        shared=Shared.of(policy.name, near_misses, factors, carrying),
    )


def _follow(table: Table, inputs: Mapping[str, Value]) -> tuple[str, Mapping[str, Value]]:
    place = table.first_hit(inputs)
    if place < 0:
        raise UndecidedError(table.name)
    return table.rows[place].id, table.outcomes[place]


def _words(*cells: Value) -> tuple[str, ...]:
    """The words of several cells in order, each once."""
    return tuple(dict.fromkeys(word for cell in cells for word in str(cell).split()))


def _matched(policy: CompiledPolicy, rows: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Row]]:
    """The columns and the row of each row id."""
    tables = {
        **policy.deciding,
        policy.authority.name: policy.authority,
        policy.destination.name: policy.destination,
    }
    for found in rows:
        table = tables[found.partition(".")[0]]
        yield table.columns, next(row for row in table.rows if row.id == found)


def _fault(word: str, inputs: Mapping[str, Value], doubtful: str) -> str:
    """`fault` means whoever sold: the third-party seller, or the platform for its own goods (R21).

    For a seller that nobody can name the platform pays (消法44).
    """
    return FAULT_OF.get(str(inputs["seller_type"]), doubtful) if word == "fault" else word


def _near_misses(hit: Hit, paying: int, inputs: Mapping[str, Value]) -> tuple[NearMiss, ...]:
    """Rows before the hit that would have paid, or paid on other terms, had one condition held."""
    terms = [hit.outcome[name] for name in TERMS]
    found: list[NearMiss] = []
    for row, column, value in hit.table.one_short(inputs, paying & ((1 << hit.row) - 1)):
        outcome = hit.table.outcomes[row]
        if [outcome[name] for name in TERMS] != terms:
            condition = f"{column}: {hit.table.text_of(row, column)}"
            found.append(NearMiss(hit.table.rows[row].id, condition, value))
    return tuple(found[:NEAR_MISSES_MAX])


def _factors(inputs: Mapping[str, Value]) -> dict[str, dict[str, Value]]:
    """The three factors of S-014."""
    return {
        "platform": {"seller_type": inputs["seller_type"], "risk": inputs["risk"]},
        "goods": {name: inputs[name] for name in ("goods_kind", "delivery", "promise")},
        "acts": {name: inputs[name] for name in ("reason", "response", "evidence", "exclusion")},
    }
