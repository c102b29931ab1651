"""The query guard: rules S2, S10, S11 and S14 for every statement that reaches PostgreSQL in the tests.

It looks at the text of a statement (values are parameters and not seen) and knows the distributed tables from
the manifest. It is installed under Django, in psycopg's cursor, so that a cursor taken below Django is seen too.
Statements of the owner and of the superuser are not looked at: tests tamper with rows through them on purpose.
"""

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from tuidan.site.postgres.roles import APP_ROLE
from tuidan.store.manifest import distribution_column

NAME = r'(?:public\.)?"?(\w+)"?'
QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
CHANGES = re.compile(
    rf"(?<!FOR )(?<!KEY )(?<!DO )\bUPDATE\s+(?:ONLY\s+)?{NAME}|\bDELETE\s+FROM\s+(?:ONLY\s+)?{NAME}", re.I
)
LOCKS = re.compile(r"\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b|\bFOR\s+(?:KEY\s+)?SHARE\b", re.I)
SELECTED = re.compile(rf"\b(?:FROM|JOIN)\s+(?:ONLY\s+)?{NAME}", re.I)
INSERTS = re.compile(rf"\bINSERT\s+INTO\s+{NAME}", re.I)
CLOCK_OR_CHANCE = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|random|gen_random_uuid|uuidv7|uuidv4)"
    r"\s*\(|\b(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME)\b",
    re.I,
)
NODE_LOCAL = re.compile(r"\bpg_(?:try_)?advisory_\w+", re.I)
SELECT_IN_VALUES = re.compile(r"\bVALUES\b[^;]*\(\s*SELECT\b", re.I | re.DOTALL)


@functools.lru_cache(maxsize=4096)
def breaches(statement: str) -> tuple[str, ...]:
    """Which rules `statement` breaks, each as one sentence; empty when it keeps them all."""
    text = QUOTED.sub(" ", statement)
    found = list(_changes(text)) + list(_locks(text)) + list(_inserts(text))
    if NODE_LOCAL.search(text):
        found.append("S14: an advisory lock is known to one node only")
    return tuple(found)


def _changes(text: str) -> Iterator[str]:
    for match in CHANGES.finditer(text):
        table = (match[1] or match[2]).lower()
        column = distribution_column(table)
        if column is None:
            continue
        part = _part_around(text, match.start())
        if not _names_its_shard(part, column):
            yield f"S10: {table} is changed without {column} ="
        if CLOCK_OR_CHANCE.search(part):
            yield f"S11: {table} is changed with the database's own clock or chance"
        assigned = re.search(r"\bSET\b(.*?)(?:\bWHERE\b|\bFROM\b|\bRETURNING\b|$)", part, re.I | re.DOTALL)
        if match[1] and assigned and re.search(rf'(?:^|,)\s*"?{column}"?\s*=', assigned[1], re.I):
            yield f"S2: {table}.{column} is changed"


def _locks(text: str) -> Iterator[str]:
    for match in LOCKS.finditer(text):
        part = _part_around(text, match.start())
        for table in {name.lower() for name in SELECTED.findall(part)}:
            column = distribution_column(table)
            if column is not None and not _names_its_shard(part, column):
                yield f"S10: rows of {table} are locked without {column} ="


def _inserts(text: str) -> Iterator[str]:
    for match in INSERTS.finditer(text):
        table = match[1].lower()
        if distribution_column(table) is None:
            continue
        part = _part_around(text, match.start())
        if SELECT_IN_VALUES.search(part):
            yield f"S11: a value inserted into {table} is a sub-select"
        for clause in re.findall(r"\b(?:ON\s+CONFLICT|RETURNING)\b.*", part, re.I | re.DOTALL):
            if CLOCK_OR_CHANCE.search(clause):
                yield f"S11: a conflict or answer of {table} takes the database's own clock or chance"


def _names_its_shard(part: str, column: str) -> bool:
    """Whether the condition pins the column: `= …`, `IN (…)`, `= ANY (…)`, or first in a row comparison."""
    condition = re.split(r"\bWHERE\b", part, maxsplit=1, flags=re.I)
    pinned = rf'(?:\w+"?\.)?"?{column}"?\s*(?:=|IN\b)|\(\s*(?:\w+"?\.)?"?{column}"?\s*,[^()]*\)\s*(?:=|IN\b)'
    reversed_pin = rf'=\s*(?:\w+"?\.)?"?{column}"?\b'
    return len(condition) == 2 and bool(re.search(f"{pinned}|{reversed_pin}", condition[1], re.I))


def _part_around(text: str, position: int) -> str:
    """The statement, or the parenthesised part of one, that `position` stands in."""
    depth, start = 0, position
    while start > 0:
        previous = text[start - 1]
        if depth == 0 and previous in "(;":
            break
        depth += (previous == ")") - (previous == "(")
        start -= 1
    depth, end = 0, position
    while end < len(text):
        if text[end] == ";" or (text[end] == ")" and depth == 0):
            break
        depth += (text[end] == "(") - (text[end] == ")")
        end += 1
    return text[start:end]


WATCHERS: list[list[str]] = []


def _is_the_application(connection: psycopg.Connection[Any]) -> bool:
    info = connection.info
    return info.user == APP_ROLE or f"role={APP_ROLE}" in info.options


def _text_of(query: Any, cursor: psycopg.Cursor[Any]) -> str:
    if isinstance(query, sql.Composable):
        return query.as_string(cursor)
    return query.decode() if isinstance(query, bytes) else str(query)


@contextmanager
def watching() -> Iterator[list[str]]:
    """Note the breach of every statement that the application's role sends within the block.

    Of two blocks, one inside the other, the inner one notes.
    """
    originals = {name: getattr(psycopg.Cursor, name) for name in ("execute", "executemany", "stream", "copy")}
    seen: list[str] = []
    WATCHERS.append(seen)
    for name, original in originals.items():
        setattr(psycopg.Cursor, name, _watched(original, seen))
    try:
        yield seen
    finally:
        WATCHERS.remove(seen)
        for name, original in originals.items():
            setattr(psycopg.Cursor, name, original)


def _watched(original: Any, seen: list[str]) -> Any:
    @functools.wraps(original)
    def run(self: psycopg.Cursor[Any], query: Any, *args: Any, **kwargs: Any) -> Any:
        if WATCHERS[-1] is seen and _is_the_application(self.connection):
            text = _text_of(query, self)
            seen.extend(f"{breach}: {text}" for breach in breaches(text))
        return original(self, query, *args, **kwargs)

    return run
