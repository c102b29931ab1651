"""One cell of a decision table: the strict subset of the open JDM format that a policy may use.

Allowed: nothing or `-` (anything), a quoted string, a whole number, `true`/`false`, a list of these with commas,
a comparison `< <= > >=` with a whole number, an interval `[1..5]` `(1..5)` of whole numbers. No floats, no null,
no clock, no functions: every cell is a set of values that can be compared, drawn and exhausted.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = str | int | bool

_STRING = r'"([a-z0-9_]+)"'
_TOKEN = re.compile(rf"\s*(?:{_STRING}|(-?\d+)|(true|false))\s*(,|$)")
_COMPARE = re.compile(r"(<=|>=|<|>)\s*(-?\d+)")
_RANGE = re.compile(r"([\[(])\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*([\])])")
_OUTPUT = re.compile(r'"([a-z0-9_ ,A-Z]*)"|(-?\d+)|(true|false)')


class CellError(ValueError):
    """The cell is outside the subset."""


@dataclass(frozen=True, slots=True)
class Anything:
    """An empty cell: every value fits."""

    def fits(self, value: Value) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class OneOf:
    """A list of values."""

    values: frozenset[Value]

    def fits(self, value: Value) -> bool:
        return value in self.values


@dataclass(frozen=True, slots=True)
class Between:
    """Whole numbers from `low` to `high`, both included; None is without end."""

    low: int | None
    high: int | None

    def fits(self, value: Value) -> bool:
        if isinstance(value, str):
            return False
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


Cell: TypeAlias = Anything | OneOf | Between
ANYTHING = Anything()


def parse_cell(text: str) -> Cell:
    """Read one condition cell; raises CellError when it is outside the subset or can never be true."""
    text = text.strip()
    if text in ("", "-"):
        return ANYTHING
    if compare := _COMPARE.fullmatch(text):
        operator, number = compare[1], int(compare[2])
        if operator.startswith("<"):
            return Between(None, number if operator == "<=" else number - 1)
        return Between(number if operator == ">=" else number + 1, None)
    if interval := _RANGE.fullmatch(text):
        low = int(interval[2]) + (interval[1] == "(")
        high = int(interval[3]) - (interval[4] == ")")
        if low > high:
            raise CellError(f"the interval holds no number: {text}")
        return Between(low, high)
    return OneOf(frozenset(_listed(text)))


def _listed(text: str) -> list[Value]:
    values: list[Value] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if not token:
            raise CellError(f"not a value, a list, a comparison or an interval: {text}")
        if token[1] is not None:
            values.append(token[1])
        elif token[2] is not None:
            values.append(int(token[2]))
        else:
            values.append(token[3] == "true")
        if token[4] == "," and token.end() == len(text):
            raise CellError(f"a value is missing after the comma: {text}")
        position = token.end()
    if len({type(value) for value in values}) != 1:
        raise CellError(f"values of different types in one cell: {text}")
    if len(set(values)) != len(values):
        raise CellError(f"the same value twice: {text}")
    return values


def parse_output(text: str) -> Value:
    """Read one outcome cell: a quoted string, a whole number or a boolean; empty is the empty string."""
    text = text.strip()
    if not text:
        return ""
    token = _OUTPUT.fullmatch(text)
    if not token:
        raise CellError(f"not a quoted string, a whole number or a boolean: {text}")
    if token[1] is not None:
        return token[1]
    return int(token[2]) if token[2] is not None else token[3] == "true"
