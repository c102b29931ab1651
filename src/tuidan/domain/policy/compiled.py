"""A policy version made ready to decide: its tables compiled, its numbers typed, its name the hash of its bytes.

A version is immutable. It is named by the SHA-256 of its canonical bytes (RFC 8785; for ASCII keys, strings,
booleans and whole numbers the sorted form of orjson is the same bytes, a test holds that against rfc8785).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from tuidan.domain.policy.cell import Value
from tuidan.domain.policy.deadlines import Span, SpanError, read_span
from tuidan.domain.policy.evidence_inputs import ROLES
from tuidan.domain.policy.jdm import Problem, RawTable, read_jdm
from tuidan.domain.policy.numbers import Numbers, NumbersError, numbers_from
from tuidan.domain.policy.table import Table
from tuidan.domain.policy.verdict import PolicyName
from tuidan.domain.policy.vocabulary import INPUTS

FORMAT = "tuidan-policy-1"


class PolicyError(ValueError):
    """The document is not a policy that can decide; `problems` say where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(describe(problem) for problem in problems[:5]))
        self.problems = problems


def describe(problem: Problem) -> str:
    """A problem on one line, for logs and operators."""
    place = " ".join(part for part in (problem.row or problem.table, problem.column) if part)
    return f"{place}: {problem.code}" + (f" ({problem.detail})" if problem.detail else "")


@dataclass(frozen=True, slots=True)
class CompiledPolicy:
    """One version of a policy, ready to decide. `canonical` are the bytes that `name.sha256` names."""

    name: PolicyName
    numbers: Numbers
    spans: Mapping[str, Span]
    evidence_roles: Mapping[str, frozenset[str]]
    start: str
    deciding: Mapping[str, Table]
    paying: Mapping[str, int]
    """By deciding table: its rows that pay, as bits."""
    authority: Table
    destination: Table
    canonical: bytes
    ways: dict[tuple[Value, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    """What `decide` found before, by inputs."""

    @property
    def sha256(self) -> str:
        """The name that pins this version in a decision and in an order."""
        return self.name.sha256


@dataclass(frozen=True, slots=True)
class PolicyParts:
    """A policy document taken apart, before its tables are compiled or examined."""

    name: PolicyName
    numbers: Numbers
    spans: Mapping[str, Span]
    evidence_roles: Mapping[str, frozenset[str]]
    start: str
    deciding: Mapping[str, RawTable]
    authority: RawTable
    destination: RawTable
    canonical: bytes


def canonical_bytes(plain: object) -> bytes:
    """The bytes that are hashed: sorted keys, no spaces, UTF-8."""
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)


def read_policy(document: bytes) -> PolicyParts:
    """Take a policy document apart; raises PolicyError with everything found wrong on the way."""
    try:
        plain = orjson.loads(document)
    except orjson.JSONDecodeError as error:
        raise PolicyError([Problem("policy", "", "", "not_json", str(error))]) from error
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise PolicyError([Problem("policy", "", "format", "unknown_format")])
    problems = [Problem("policy", "", path, "float_or_null") for path in _not_exact(plain, "")]
    for name in ("id", "version"):
        if not isinstance(plain.get(name), str) or not plain[name]:
            problems.append(Problem("policy", "", name, "missing"))
    numbers = _numbers(plain.get("numbers"), problems)
    spans = _spans(plain.get("deadlines"), problems)
    roles = _roles(plain.get("evidence_roles"), problems)
    order = plain["order"] if isinstance(plain.get("order"), dict) else {}
    tables = _tables(plain.get("tables"), problems)
    if not _order_fits(order, tables):
        problems.append(Problem("policy", "", "order", "names_no_table"))
    if problems or numbers is None:
        raise PolicyError(problems)
    canonical = canonical_bytes(plain)
    return PolicyParts(
        name=PolicyName(plain["id"], plain["version"], hashlib.sha256(canonical).hexdigest()),
        numbers=numbers,
        spans=spans,
        evidence_roles=roles,
        start=order["start"],
        deciding={name: tables[name] for name in order["deciding"]},
        authority=tables[order["authority"]],
        destination=tables[order["destination"]],
        canonical=canonical,
    )


def compile_policy(document: bytes) -> CompiledPolicy:
    """Make a policy document ready to decide; raises PolicyError. `check_policy` examines it for publishing."""
    return compile_parts(read_policy(document))


def compile_parts(parts: PolicyParts) -> CompiledPolicy:
    """Compile the tables of a policy already taken apart; raises PolicyError for an input no fact can give."""
    raw = [*parts.deciding.values(), parts.authority, parts.destination]
    problems = [
        Problem(table.name, "", column, "unknown_input")
        for table in raw
        for column in table.columns
        if column not in INPUTS
    ]
    if problems:
        raise PolicyError(problems)
    deciding = {name: compile_table(table) for name, table in parts.deciding.items()}
    return CompiledPolicy(
        name=parts.name,
        numbers=parts.numbers,
        spans=parts.spans,
        evidence_roles=parts.evidence_roles,
        start=parts.start,
        deciding=deciding,
        paying={name: table.rows_with("decision", "approve") for name, table in deciding.items()},
        authority=compile_table(parts.authority),
        destination=compile_table(parts.destination),
        canonical=parts.canonical,
    )


def compile_table(table: RawTable) -> Table:
    """Compile one table against the domains of the vocabulary."""
    return Table(table.name, table.columns, table.rows, INPUTS)


def _not_exact(value: object, path: str) -> list[str]:
    """Where floats or nulls stand: a policy has neither."""
    if value is None or isinstance(value, float):
        return [path]
    if isinstance(value, dict):
        return [
            found for key, item in value.items() for found in _not_exact(item, f"{path}.{key}".lstrip("."))
        ]
    if isinstance(value, list):
        return [found for place, item in enumerate(value) for found in _not_exact(item, f"{path}[{place}]")]
    return []


def _numbers(plain: object, problems: list[Problem]) -> Numbers | None:
    try:
        return numbers_from(plain)
    except NumbersError as error:
        problems.append(Problem("policy", "", "numbers", "bad_number", str(error)))
        return None


def _spans(plain: object, problems: list[Problem]) -> dict[str, Span]:
    if not isinstance(plain, dict) or not plain:
        problems.append(Problem("policy", "", "deadlines", "missing"))
        return {}
    spans: dict[str, Span] = {}
    for name, span in plain.items():
        try:
            spans[name] = read_span(span)
        except SpanError as error:
            problems.append(Problem("policy", "", f"deadlines.{name}", "bad_span", str(error)))
    return spans


def _roles(plain: object, problems: list[Problem]) -> dict[str, frozenset[str]]:
    if not isinstance(plain, dict):
        problems.append(Problem("policy", "", "evidence_roles", "missing"))
        return {}
    for kind, roles in plain.items():
        if not isinstance(roles, list) or not set(map(str, roles)) <= set(ROLES):
            problems.append(Problem("policy", "", f"evidence_roles.{kind}", "unknown_role"))
    return {kind: frozenset(map(str, roles)) for kind, roles in plain.items() if isinstance(roles, list)}


def _tables(plain: object, problems: list[Problem]) -> dict[str, RawTable]:
    if not isinstance(plain, dict) or not plain:
        problems.append(Problem("policy", "", "tables", "missing"))
        return {}
    tables: dict[str, RawTable] = {}
    for name, document in plain.items():
        table, found = read_jdm(name, document)
        problems.extend(found)
        if table is not None:
            tables[name] = table
    return tables


def _order_fits(order: dict[str, object], tables: Mapping[str, RawTable]) -> bool:
    deciding = order.get("deciding")
    if not isinstance(deciding, list) or order.get("start") not in deciding:
        return False
    return all(name in tables for name in (*deciding, order.get("authority"), order.get("destination")))
