"""Tables of (state, event kind) -> state; the only way in which a state changes."""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[tuple[str, str], str]


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
