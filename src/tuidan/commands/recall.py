"""Money that went to the buyer wrongly: recall it, record what is repaid (S-124). The edge has checked the operator."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c


def recall_refund(
    order_id: UUID, operator_id: UUID, command: c.RecallRefund, key: str, now: datetime
) -> Outcome:
    """The buyer owes a refund that was wrong; the fund pays the seller at once, or refuses with `fund_short`."""
    return run(order_id, envelop(order_id, command, c.Actor("operator", str(operator_id)), key, now))


def record_repayment(
    order_id: UUID, operator_id: UUID, command: c.RecordRepayment, key: str, now: datetime
) -> Outcome:
    """The buyer's money came to our bank."""
    return run(order_id, envelop(order_id, command, c.Actor("operator", str(operator_id)), key, now))
