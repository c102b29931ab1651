"""Cases beside a channel's dispute: frozen while it is open, going on when it ends (R20)."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain.decide import channel_dispute
from tuidan.domain.decide.duty import thaw_cases
from tuidan.domain.decide.stage import freeze_cases
from tuidan.domain.draft import Context, Draft


def record_channel_dispute(draft: Draft, command: c.RecordChannelDispute, context: Context) -> None:
    """Take in what the channel says, then let every case of the order follow."""
    channel_dispute.record(draft, command, context)
    if draft.order.channel_dispute_open():
        freeze_cases(draft, context)
    else:
        thaw_cases(draft, context)
