"""Refund requests: ask, withdraw, and a reviewer's judgement."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.commands.words import run_with_words
from tuidan.domain import commands as c
from tuidan.domain.draft import Context
from tuidan.domain.order import Order
from tuidan.store.boards.history import history_question, history_told
from tuidan.store.facts import gather_asking

WORDS_MAX = 500


def request_refund(
    order_id: UUID,
    buyer_id: UUID,
    unit: int,
    reason: str,
    key: str,
    now: datetime,
    amount_fen: int = 0,
    words: str = "",
) -> Outcome:
    """Ask for money back for one unit; 0 fen asks for all that is left. The words are kept erasable."""
    actor = c.Actor("buyer", str(buyer_id))
    history = history_question(buyer_id, now)  # of the asker, who is the order's buyer or is refused

    def gather(order: Order) -> Context:
        return gather_asking(order, history_told(history.answer))

    def build(text_sha256: str) -> c.Command:
        return c.RequestRefund(unit, reason, amount_fen, text_sha256)

    return run_with_words(order_id, actor, words.strip()[:WORDS_MAX], build, key, now, gather, history)


def withdraw_request(order_id: UUID, buyer_id: UUID, case: int, key: str, now: datetime) -> Outcome:
    """The buyer takes an open request back; refused with `case_closed` when it was decided already."""
    actor = c.Actor("buyer", str(buyer_id))
    return run(order_id, envelop(order_id, c.WithdrawRequest(case), actor, key, now))


def decide_case(order_id: UUID, reviewer_id: UUID, command: c.DecideCase, key: str, now: datetime) -> Outcome:
    """A reviewer's judgement on what `seen_version` showed; the edge has checked that the person is a reviewer."""
    return run(order_id, envelop(order_id, command, c.Actor("reviewer", str(reviewer_id)), key, now))
