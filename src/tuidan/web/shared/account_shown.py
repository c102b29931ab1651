"""A seller's book or the fund's, and a statement of it, in words: for operators and for the shop itself."""

from __future__ import annotations

from typing import Any

from tuidan.reads.seller_account import FundView, SellerAccount, Statement
from tuidan.web.shared.words import WORDS, say

PARTS = ("payable", "held", "reserve", "deposit", "owed", "taken_in", "paid_out", "recovered")
FUND_PARTS = ("limit", "available", "out", "borne")


def show_account(account: SellerAccount, language: str) -> list[dict[str, Any]]:
    """Each balance with its word, fen."""
    return [{"word": say(f"book.{name}", language), "fen": getattr(account, f"{name}_fen")} for name in PARTS]


def show_fund(fund: FundView, language: str) -> list[dict[str, Any]]:
    """Each figure of the fund with its word, fen."""
    rows = [
        {"word": say(f"fund.{name}", language), "fen": getattr(fund, f"{name}_fen")} for name in FUND_PARTS
    ]
    return [*rows, {"word": say("fund.order_max", language), "fen": fund.order_fen_max}]


def show_statement(statement: Statement, language: str) -> dict[str, Any]:
    """Opening, lines and closing; accounts by their words."""
    return {
        "opening": _balances(statement.opening, language),
        "lines": [
            {
                "at": line.at,
                "text": say(
                    "book.line",
                    language,
                    debit=_account(line.debit, language),
                    credit=_account(line.credit, language),
                ),
                "fen": line.amount_fen,
                "order_id": line.order_id,
            }
            for line in statement.lines
        ],
        "closing": _balances(statement.closing, language),
        "cut": statement.cut,
    }


def _balances(balances: dict[str, int], language: str) -> list[dict[str, Any]]:
    return [{"word": _account(name, language), "fen": fen} for name, fen in sorted(balances.items()) if fen]


def _account(name: str, language: str) -> str:
    key = f"account.{name}"
    return say(key, language) if key in WORDS else name
