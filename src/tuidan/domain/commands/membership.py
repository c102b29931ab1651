"""Commands about a membership that runs. Opening one is `DeliverBySeller`, like handing any unit over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StopMembership:
    """It ended early. The seller may say so of itself or the provider; a buyer's breach is found by the platform.

    `stopped_on` is the last day it could be used, ISO date in China, not after today.
    """

    unit: int
    by: str
    stopped_on: str
    note_sha256: str = ""
