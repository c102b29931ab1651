"""Tables of (state, event kind) -> state, the only way in which a state changes; and folds, by event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Table = Mapping[tuple[str, str], str]
# What an event does to the rows of one noun: (rows, event, the event's number, seconds since 1970). Each noun's
# file has such a table, `domain/order.py` puts them together; an event without an entry changes nothing there.
Folds = Mapping[type, Callable[[Any, Any, int, int], None]]


class IllegalTransition(ValueError):
    """An event met a state in which its table has no row for it."""


def step(table: Table, state: str, event_kind: str) -> str:
    """The state after the event; raises IllegalTransition when the table has no row."""
    try:
        return table[state, event_kind]
    except KeyError:
        raise IllegalTransition(f"{event_kind} in state {state}") from None


def allows(table: Table, state: str, event_kind: str) -> bool:
    """Whether the table has a row for the event kind in this state."""
    return (state, event_kind) in table
