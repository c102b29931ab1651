"""An operator's finding about the account that paid, with the operator's words kept erasable (R15, 七日办法14)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome
from tuidan.commands.words import run_with_words
from tuidan.domain import commands as c


def record_payer_account(
    order_id: UUID, operator_id: UUID, state: str, words: str, key: str, now: datetime
) -> Outcome:
    """Record that the account which paid is `closed` or `open`, as the bank's paper shows; what is decided from then
    on goes by it. The edge has checked that the person is an operator and no party.
    """
    actor = c.Actor("operator", str(operator_id))
    return run_with_words(
        order_id, actor, words, lambda digest: c.RecordPayerAccount(state, digest), key, now
    )
