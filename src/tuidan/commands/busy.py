"""What every path of a change says when others were first each time."""

from __future__ import annotations


class TooBusy(Exception):
    """Others changed the row each time; nothing was written. Ask again."""
