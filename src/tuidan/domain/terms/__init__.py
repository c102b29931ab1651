"""Sellers' wording that is void or risky: the clauses as data, and a reader that finds them in any text."""

from __future__ import annotations

from tuidan.domain.terms.clause import CLAUSE_VERSION, CLAUSES, RISKY, VOID, Clause
from tuidan.domain.terms.lint import Hit, has_void, lint
from tuidan.domain.terms.page import Extra, PageFault, PageSettings, check_page

__all__ = [
    "CLAUSES",
    "CLAUSE_VERSION",
    "RISKY",
    "VOID",
    "Clause",
    "Extra",
    "Hit",
    "PageFault",
    "PageSettings",
    "check_page",
    "has_void",
    "lint",
]
