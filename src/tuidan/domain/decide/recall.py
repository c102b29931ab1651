"""Deciders for money that went to the buyer wrongly: the seller is made whole at once, the buyer owes (S-124).

Nothing here touches another order of the buyer: what is owed is repaid by the buyer's own act, and recorded.
"""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.money import AMOUNT_FEN_MAX

WHY_CHARS_MAX = 200
REFERENCE_CHARS_MAX = 64


def recalled_fen(draft: Draft, refund: int) -> int:
    """What of a refund was recalled before."""
    return sum(recall.amount_fen for recall in draft.order.recalls if recall.refund == refund)


def recall(draft: Draft, refund: int, amount_fen: int, case: int, why: str) -> None:
    """Ask the buyer for a wrong refund; the fund pays the seller now. Nothing happens where all was recalled before."""
    order = draft.order
    known = order.refunds[refund - 1]
    amount_fen = min(amount_fen, known.amount_fen - recalled_fen(draft, refund))
    if amount_fen <= 0:
        return
    draft.add(
        e.MoneyRecalled(
            recall=len(order.recalls) + 1,
            refund=refund,
            case=case,
            amount_fen=amount_fen,
            why=why[:WHY_CHARS_MAX],
        )
    )


def by_operator(draft: Draft, command: c.RecallRefund, context: Context) -> None:
    """An operator's judgement on what `seen_version` showed; only what has arrived can be recalled."""
    order = draft.order
    refund = order.refund(command.refund)
    if refund is None or refund.status != "succeeded" or not refund.unit:
        raise Refused("refund_not_arrived")
    if not order.material <= command.seen_version <= order.version:
        raise Refused("case_changed", case=refund.case)
    left = refund.amount_fen - recalled_fen(draft, refund.n)
    if not 0 <= command.amount_fen <= left or not left:
        raise Refused("amount_out_of_range", max_fen=left)
    recall(draft, refund.n, command.amount_fen or left, refund.case, command.why.strip())


def record_repayment(draft: Draft, command: c.RecordRepayment, context: Context) -> None:
    """Money of the buyer came to our bank for a recall; more than is owed is refused and goes back by bank."""
    recalls = draft.order.recalls
    if not 1 <= command.recall <= len(recalls):
        raise Refused("no_such_recall", recall=command.recall)
    left = recalls[command.recall - 1].left_fen()
    if not 0 < command.amount_fen <= min(left, AMOUNT_FEN_MAX):
        raise Refused("amount_out_of_range", max_fen=left)
    reference = command.reference.strip()
    if not 0 < len(reference) <= REFERENCE_CHARS_MAX:
        raise Refused("reference_missing")
    draft.add(e.MoneyRepaid(command.recall, command.amount_fen, reference))
