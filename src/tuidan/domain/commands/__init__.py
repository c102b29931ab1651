"""All that can be asked of one order: one frozen record each. What is not here cannot be done.

Amounts are fen, times aware UTC. `Actor` says who asks; it is written into the event, so it is evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tuidan.domain.commands.channel_dispute import (
    AnswerChannelDispute,
    RecordChannelDispute,
)
from tuidan.domain.commands.delivery import (
    DeliverBySeller,
    FailDelivery,
    MarkSupplySent,
    PassPromise,
    RecordCancel,
    RecordCodes,
    RecordCodeSettled,
    RecordCredit,
    RecordIssuerCheck,
    RecordSupply,
    RevealCode,
)
from tuidan.domain.commands.dispute import (
    DecideCase,
    GiveUpCheck,
    RequestRefund,
    WithdrawRequest,
)
from tuidan.domain.commands.order import (
    ConfirmReceipt,
    ExpireOrder,
    PlaceOrder,
    ReleaseEscrow,
    Terms,
)
from tuidan.domain.commands.payment import (
    AskSettlement,
    RecordPayment,
    RecordSettlement,
    StartPayment,
)
from tuidan.domain.commands.refund import (
    MarkRefundSent,
    RecordRefund,
    RetryRefund,
)
from tuidan.domain.commands.talk import (
    AnswerContact,
    RecordBlocked,
    RecordSilence,
    SendMessage,
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: buyer, seller, reviewer, operator, or a machine (channel, supplier, issuer, timer, policy)."""

    kind: str
    id: str = ""


Command = (
    PlaceOrder
    | StartPayment
    | RecordPayment
    | ExpireOrder
    | RecordCodes
    | MarkSupplySent
    | RecordSupply
    | RecordCredit
    | RecordCancel
    | DeliverBySeller
    | RevealCode
    | RecordIssuerCheck
    | RequestRefund
    | WithdrawRequest
    | GiveUpCheck
    | DecideCase
    | ConfirmReceipt
    | ReleaseEscrow
    | PassPromise
    | FailDelivery
    | MarkRefundSent
    | RecordRefund
    | RetryRefund
    | RecordCodeSettled
    | RecordChannelDispute
    | AnswerChannelDispute
    | RecordSettlement
    | AskSettlement
    | SendMessage
    | AnswerContact
    | RecordSilence
    | RecordBlocked
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A command with who, when and under which idempotency key it was asked; the time never changes in retries."""

    command: Command
    actor: Actor
    key: str
    input_sha256: str
    now: datetime
    done_outbox: tuple[int, ...] = field(default=())
    done_timers: tuple[int, ...] = field(default=())


__all__ = [
    "Actor",
    "AnswerChannelDispute",
    "AnswerContact",
    "AskSettlement",
    "Command",
    "ConfirmReceipt",
    "DecideCase",
    "DeliverBySeller",
    "Envelope",
    "ExpireOrder",
    "FailDelivery",
    "GiveUpCheck",
    "MarkRefundSent",
    "MarkSupplySent",
    "PassPromise",
    "PlaceOrder",
    "RecordBlocked",
    "RecordCancel",
    "RecordChannelDispute",
    "RecordCodeSettled",
    "RecordCodes",
    "RecordCredit",
    "RecordIssuerCheck",
    "RecordPayment",
    "RecordRefund",
    "RecordSettlement",
    "RecordSilence",
    "RecordSupply",
    "ReleaseEscrow",
    "RequestRefund",
    "RetryRefund",
    "RevealCode",
    "SendMessage",
    "StartPayment",
    "Terms",
    "WithdrawRequest",
]
