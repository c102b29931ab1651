"""A rule: chains that show one clause, what excuses it, and the level where the wording itself decides that."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.terms.guard import Guard


@dataclass(frozen=True, slots=True)
class Rule:
    """`level` is empty where the clause's own level holds."""

    clause: str
    chains: tuple[str, ...]
    unless: tuple[Guard, ...] = ()
    level: str = ""
