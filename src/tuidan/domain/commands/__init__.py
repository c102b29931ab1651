"""All that can be asked of one order: one frozen record each. What is not here cannot be done.

Amounts are fen, times aware UTC. `Actor` says who asks; it is written into the event, so it is evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tuidan.domain.commands.alarm import AcknowledgeAlarm, RecordOutsideRefund
from tuidan.domain.commands.appraisal import (
    AcceptAppraisal,
    AssignAppraiser,
    ReportAppraisal,
)
from tuidan.domain.commands.channel_dispute import (
    AnswerChannelDispute,
    RecordChannelDispute,
)
from tuidan.domain.commands.coupon import (
    RecordCouponReturn,
)
from tuidan.domain.commands.delivery import (
    DeliverBySeller,
    FailDelivery,
    MarkSupplySent,
    NoteCopy,
    NoteMaskedView,
    PassPromise,
    RecordCancel,
    RecordCodes,
    RecordCodeSettled,
    RecordCredit,
    RecordIssuerCheck,
    RecordRevealFailure,
    RecordSealedAnswers,
    RecordSupply,
    RevealCode,
    SealedAnswer,
)
from tuidan.domain.commands.dispute import (
    AskMore,
    CallPlatform,
    DecideCase,
    FileAppeal,
    GiveUpCheck,
    LinkComplaint,
    NoteLegalLimit,
    PassCaseDeadline,
    RequestRefund,
    SendToAppraisal,
    SubmitEvidence,
    WithdrawRequest,
)
from tuidan.domain.commands.exhibit import (
    AnswerExhibit,
    FileExhibit,
    FlagExhibit,
    RecordReading,
)
from tuidan.domain.commands.funds import (
    RecordCharge,
    RecordHold,
    RecordRecovery,
)
from tuidan.domain.commands.membership import (
    StopMembership,
)
from tuidan.domain.commands.minor import (
    RecordMinorFinding,
)
from tuidan.domain.commands.offer import (
    AnswerOffer,
    ExpireOffer,
    MakeOffer,
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
    RecordPayerAccount,
    RecordPayment,
    RecordSettlement,
    StartPayment,
)
from tuidan.domain.commands.payout import (
    ConfirmPayout,
    ConsentToPayout,
    EnterPayout,
    FailPayout,
    RerouteRefund,
)
from tuidan.domain.commands.recall import (
    RecallRefund,
    RecordRepayment,
)
from tuidan.domain.commands.refund import (
    MarkRefundSent,
    RecordRefund,
    RetryRefund,
)
from tuidan.domain.commands.renewal import (
    CancelRenewal,
    NoticeRenewal,
    TakeRenewal,
)
from tuidan.domain.commands.retention import (
    EraseWords,
    LiftLegalHold,
    PlaceLegalHold,
)
from tuidan.domain.commands.service import (
    AcceptWork,
    AnswerProgress,
    PassAnswer,
    RecordLogin,
    ReportProgress,
    StartClock,
    StartWork,
    StopClock,
    StopWork,
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
    | RecordRevealFailure
    | NoteMaskedView
    | NoteCopy
    | RecordSealedAnswers
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
    | RecordHold
    | RecordRecovery
    | RecordCharge
    | RecallRefund
    | RecordRepayment
    | ConsentToPayout
    | EnterPayout
    | ConfirmPayout
    | FailPayout
    | RerouteRefund
    | RecordMinorFinding
    | RecordCouponReturn
    | RecordChannelDispute
    | AcknowledgeAlarm
    | RecordOutsideRefund
    | AnswerChannelDispute
    | RecordSettlement
    | RecordPayerAccount
    | RecordLogin
    | AskSettlement
    | SendMessage
    | AnswerContact
    | RecordSilence
    | RecordBlocked
    | AskMore
    | CallPlatform
    | FileAppeal
    | LinkComplaint
    | NoteLegalLimit
    | PassCaseDeadline
    | SendToAppraisal
    | SubmitEvidence
    | AnswerExhibit
    | FileExhibit
    | FlagExhibit
    | RecordReading
    | AnswerOffer
    | ExpireOffer
    | MakeOffer
    | AcceptAppraisal
    | AssignAppraiser
    | ReportAppraisal
    | StopMembership
    | CancelRenewal
    | NoticeRenewal
    | TakeRenewal
    | AcceptWork
    | AnswerProgress
    | PassAnswer
    | ReportProgress
    | StartClock
    | StartWork
    | StopClock
    | StopWork
    | PlaceLegalHold
    | LiftLegalHold
    | EraseWords
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
    "AcceptAppraisal",
    "AcceptWork",
    "AcknowledgeAlarm",
    "Actor",
    "AnswerChannelDispute",
    "AnswerContact",
    "AnswerExhibit",
    "AnswerOffer",
    "AnswerProgress",
    "AskMore",
    "AskSettlement",
    "AssignAppraiser",
    "CallPlatform",
    "CancelRenewal",
    "Command",
    "ConfirmPayout",
    "ConfirmReceipt",
    "ConsentToPayout",
    "DecideCase",
    "DeliverBySeller",
    "EnterPayout",
    "Envelope",
    "EraseWords",
    "ExpireOffer",
    "ExpireOrder",
    "FailDelivery",
    "FailPayout",
    "FileAppeal",
    "FileExhibit",
    "FlagExhibit",
    "GiveUpCheck",
    "LiftLegalHold",
    "LinkComplaint",
    "MakeOffer",
    "MarkRefundSent",
    "MarkSupplySent",
    "NoteCopy",
    "NoteLegalLimit",
    "NoteMaskedView",
    "NoticeRenewal",
    "PassAnswer",
    "PassCaseDeadline",
    "PassPromise",
    "PlaceLegalHold",
    "PlaceOrder",
    "RecallRefund",
    "RecordBlocked",
    "RecordCancel",
    "RecordChannelDispute",
    "RecordCharge",
    "RecordCodeSettled",
    "RecordCodes",
    "RecordCouponReturn",
    "RecordCredit",
    "RecordHold",
    "RecordIssuerCheck",
    "RecordLogin",
    "RecordMinorFinding",
    "RecordOutsideRefund",
    "RecordPayerAccount",
    "RecordPayment",
    "RecordReading",
    "RecordRecovery",
    "RecordRefund",
    "RecordRepayment",
    "RecordRevealFailure",
    "RecordSealedAnswers",
    "RecordSettlement",
    "RecordSilence",
    "RecordSupply",
    "ReleaseEscrow",
    "ReportAppraisal",
    "ReportProgress",
    "RequestRefund",
    "RerouteRefund",
    "RetryRefund",
    "RevealCode",
    "SealedAnswer",
    "SendMessage",
    "SendToAppraisal",
    "StartClock",
    "StartPayment",
    "StartWork",
    "StopClock",
    "StopMembership",
    "StopWork",
    "SubmitEvidence",
    "TakeRenewal",
    "Terms",
    "WithdrawRequest",
]
