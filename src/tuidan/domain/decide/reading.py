"""Decider for what the platform read on an exhibit: it stands beside the party's claim and decides nothing."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.dispute.exhibit import REUSE_SEEN
from tuidan.domain.draft import Context, Draft, Refused


def record(draft: Draft, command: c.RecordReading, context: Context) -> None:
    """Keep the reading once; note what was filed in another order before, so that a person looks at it (R11).

    A machine finds no forgery: the rules take such a picture as not there, and do not refuse because of it.
    """
    case = draft.order.case(command.case)
    exhibits = draft.order.exhibits_of(command.case) if case else []
    exhibit = next((found for found in exhibits if found.n == command.exhibit), None)
    if case is None or exhibit is None:
        raise Refused("no_such_exhibit", exhibit=command.exhibit)
    if not exhibit.read:
        draft.add(
            e.ExhibitRead(
                case.n, exhibit.n, command.order_no, command.time, command.key_info, list(command.why)
            )
        )
    if command.reused_from and not exhibit.flag and case.is_open():
        draft.add(e.ExhibitFlagged(case.n, exhibit.n, REUSE_SEEN, command.reused_from))
