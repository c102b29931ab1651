"""Reading a JDM document (the open decision-table format of GoRules) in the strict subset that a policy may use.

One document = one first-hit decision table between an input and an output node. Conditions are cells of the subset
(cell.py), outcomes are quoted strings. Everything else (function nodes, expressions, other hit policies, unknown
keys in a rule) is refused, with the table, the row and the column named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tuidan.domain.policy.cell import CellError, Value, parse_cell, parse_output
from tuidan.domain.policy.table import Row

NODE_TYPES = ["decisionTableNode", "inputNode", "outputNode"]
ROWS_MAX = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a policy: where, a code, and what was met."""

    table: str
    row: str
    column: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as read: columns, outcome names, rows."""

    name: str
    columns: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]


def read_jdm(name: str, document: object) -> tuple[RawTable | None, list[Problem]]:
    """The table of a document, or None with the problems that kept it from being read."""
    content = _table_content(document)
    if content is None:
        return None, [Problem(name, "", "", "not_one_decision_table")]
    if content.get("hitPolicy") != "first":
        return None, [Problem(name, "", "", "hit_policy_not_first", str(content.get("hitPolicy")))]
    inputs, outputs, rules = (content.get(part) for part in ("inputs", "outputs", "rules"))
    in_ids, out_ids = _columns(inputs), _columns(outputs)
    if in_ids is None or out_ids is None or not isinstance(rules, list) or len(rules) > ROWS_MAX:
        return None, [Problem(name, "", "", "table_malformed")]
    problems: list[Problem] = []
    rows: list[Row] = []
    seen: set[str] = set()
    for place, rule in enumerate(rules):
        row_id = str(rule.get("_id") or "") if isinstance(rule, Mapping) else ""
        if not row_id or row_id in seen:
            problems.append(Problem(name, row_id or f"#{place + 1}", "", "row_id_missing_or_twice"))
            continue
        seen.add(row_id)
        rows.append(_read_row(name, f"{name}.{row_id}", rule, in_ids, out_ids, problems))
    columns = tuple(in_ids.values())
    return RawTable(name, columns, tuple(out_ids.values()), tuple(rows)), problems


def _table_content(document: object) -> Mapping[str, object] | None:
    nodes = document.get("nodes") if isinstance(document, Mapping) else None
    if not isinstance(nodes, list) or not all(isinstance(node, Mapping) for node in nodes):
        return None
    if sorted(str(node.get("type")) for node in nodes) != NODE_TYPES:
        return None
    content = next(node for node in nodes if node["type"] == "decisionTableNode").get("content")
    return content if isinstance(content, Mapping) else None


def _columns(listed: object) -> dict[str, str] | None:
    """Column id → field name."""
    if not isinstance(listed, list) or not all(isinstance(column, Mapping) for column in listed):
        return None
    columns = {str(column.get("id")): str(column.get("field")) for column in listed}
    unique = len(columns) == len(listed) and len(set(columns.values())) == len(listed)
    return columns if unique else None


def _read_row(
    name: str,
    row_id: str,
    rule: Mapping[str, object],
    in_ids: Mapping[str, str],
    out_ids: Mapping[str, str],
    problems: list[Problem],
) -> Row:
    for key in _strangers(rule, in_ids, out_ids):
        problems.append(Problem(name, row_id, key, "unknown_column"))
    cells, texts = [], []
    for key, field in in_ids.items():
        text = rule.get(key, "")
        texts.append(str(text))
        try:
            cells.append(parse_cell(text if isinstance(text, str) else f"!{text!r}"))
        except CellError as error:
            problems.append(Problem(name, row_id, field, "broken_cell", str(error)))
    outcome: dict[str, Value] = {}
    for key, field in out_ids.items():
        text = rule.get(key, "")
        try:
            outcome[field] = parse_output(text if isinstance(text, str) else f"!{text!r}")
        except CellError as error:
            problems.append(Problem(name, row_id, field, "broken_outcome", str(error)))
    return Row(row_id, tuple(cells), tuple(texts), outcome)


def _strangers(rule: Mapping[str, object], *known: Iterable[str]) -> list[str]:
    names = {"_id", "_description", *(key for keys in known for key in keys)}
    return sorted(str(key) for key in rule if key not in names)
