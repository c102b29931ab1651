"""All that can have happened to one order. Kinds are never reused, fields only added (with a default).

An event's data are ASCII keys with strings, booleans, integers and lists; a field left at its default is not
written, so a later field changes no old bytes. Amounts are fen, times ISO 8601 UTC text. Personal data is
never here, only salted proofs of it.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, fields

from tuidan.domain.events.alarm import AlarmAcknowledged
from tuidan.domain.events.appraisal import (
    AppraisalAccepted,
    AppraisalDeclined,
    AppraisalReported,
    AppraiserAssigned,
)
from tuidan.domain.events.base import Event
from tuidan.domain.events.channel_dispute import (
    ChannelDisputeAnswered,
    ChannelDisputeAnswerTaken,
    ChannelDisputeClosed,
    ChannelDisputeOpened,
    ChargebackDoubled,
    ChargedBack,
    RefundChargedBack,
    RefundOutside,
    RefundReduced,
)
from tuidan.domain.events.coupon import (
    CouponReturned,
)
from tuidan.domain.events.delivery import (
    CancelAnswered,
    CancelRequested,
    CodeCopied,
    CodeRevealed,
    CodeSettled,
    IssuerAnswered,
    IssuerChecked,
    MaskedSeen,
    RevealFailed,
    SupplyAnswered,
    SupplySent,
    UnitDelivered,
    UnitFailed,
    UnitPartial,
    UnitQueued,
    UnitStarted,
)
from tuidan.domain.events.dispute import (
    AppealFiled,
    AppealResumed,
    AppealUpheld,
    CaseFrozen,
    CaseLapsed,
    CaseOpened,
    CaseSettled,
    ComplaintLinked,
    EvidenceSubmitted,
    EvidenceTimeOver,
    LegalLimitNear,
    RefundRequested,
    RequestRejected,
    RequestWithdrawn,
    ReviewEscalated,
    SellerAsked,
)
from tuidan.domain.events.exhibit import (
    ExhibitAnswered,
    ExhibitFiled,
    ExhibitFlagged,
    ExhibitRead,
)
from tuidan.domain.events.funds import (
    AdvanceBorne,
    AdvanceOwed,
    AdvanceRecovered,
    FundsFreed,
    FundsHeld,
)
from tuidan.domain.events.membership import (
    MembershipActivated,
    MembershipStopped,
)
from tuidan.domain.events.minor import (
    MinorFound,
)
from tuidan.domain.events.offer import (
    OfferAccepted,
    OfferDeclined,
    OfferExpired,
    OfferMade,
)
from tuidan.domain.events.order import (
    CommandRefused,
    OrderExpired,
    OrderPlaced,
    OrderReleased,
    ReceiptConfirmed,
)
from tuidan.domain.events.payment import (
    PayerAccountKnown,
    PaymentCaptured,
    PaymentStarted,
    PaymentUnexpected,
    SettlementAsked,
    SettlementKnown,
)
from tuidan.domain.events.payout import (
    CompensationCharged,
    PayoutConfirmed,
    PayoutConsented,
    PayoutEntered,
    PayoutFailed,
    PayoutWanted,
    RefundRerouted,
)
from tuidan.domain.events.recall import (
    MoneyRecalled,
    MoneyRepaid,
)
from tuidan.domain.events.refund import (
    RefundAttempted,
    RefundAttemptFailed,
    RefundDecided,
    RefundParked,
    RefundSucceeded,
    RefundUnexpected,
)
from tuidan.domain.events.renewal import (
    RenewalCancelled,
    RenewalNoticed,
    RenewalTaken,
)
from tuidan.domain.events.retention import (
    LegalHoldLifted,
    LegalHoldPlaced,
    WordsErased,
)
from tuidan.domain.events.service import (
    ClockStarted,
    ClockStopped,
    LoginTried,
    ProgressAccepted,
    ProgressDisputed,
    ProgressReported,
    WorkAccepted,
    WorkDueSet,
    WorkEnded,
    WorkStarted,
    WorkStopped,
)
from tuidan.domain.events.talk import (
    ContactAnswered,
    ContactBlocked,
    ContactSilent,
    MessageSent,
)


def _kind(cls: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


# From the modules' names, not from __subclasses__: slots=True leaves a second, dead class behind.
KINDS: dict[str, type[Event]] = {
    _kind(cls): cls
    for cls in list(globals().values())
    if isinstance(cls, type) and issubclass(cls, Event) and cls is not Event
}
_NAMES: dict[type[Event], str] = {cls: kind for kind, cls in KINDS.items()}
_FIELDS = {
    cls: tuple(
        (f.name, f.default if f.default is not MISSING else ({} if f.default_factory is dict else MISSING))
        for f in fields(cls)
    )
    for cls in _NAMES
}


def kind_of(event: Event) -> str:
    """The name under which an event is stored, such as `refund_decided`."""
    return _NAMES[type(event)]


def event_data(event: Event) -> dict[str, object]:
    """The event's fields without those left at their default."""
    found = {}
    for name, default in _FIELDS[type(event)]:
        value = getattr(event, name)
        if default is MISSING or value != default:
            found[name] = value
    return found


def read_event(kind: str, data: dict[str, object]) -> Event:
    """The event from its stored form; raises KeyError for a kind that was never written."""
    return KINDS[kind](**data)


__all__ = [
    "KINDS",
    "AdvanceBorne",
    "AdvanceOwed",
    "AdvanceRecovered",
    "AlarmAcknowledged",
    "AppealFiled",
    "AppealResumed",
    "AppealUpheld",
    "AppraisalAccepted",
    "AppraisalDeclined",
    "AppraisalReported",
    "AppraiserAssigned",
    "CancelAnswered",
    "CancelRequested",
    "CaseFrozen",
    "CaseLapsed",
    "CaseOpened",
    "CaseSettled",
    "ChannelDisputeAnswerTaken",
    "ChannelDisputeAnswered",
    "ChannelDisputeClosed",
    "ChannelDisputeOpened",
    "ChargebackDoubled",
    "ChargedBack",
    "ClockStarted",
    "ClockStopped",
    "CodeCopied",
    "CodeRevealed",
    "CodeSettled",
    "CommandRefused",
    "CompensationCharged",
    "ComplaintLinked",
    "ContactAnswered",
    "ContactBlocked",
    "ContactSilent",
    "CouponReturned",
    "Event",
    "EvidenceSubmitted",
    "EvidenceTimeOver",
    "ExhibitAnswered",
    "ExhibitFiled",
    "ExhibitFlagged",
    "ExhibitRead",
    "FundsFreed",
    "FundsHeld",
    "IssuerAnswered",
    "IssuerChecked",
    "LegalHoldLifted",
    "LegalHoldPlaced",
    "LegalLimitNear",
    "LoginTried",
    "MaskedSeen",
    "MembershipActivated",
    "MembershipStopped",
    "MessageSent",
    "MinorFound",
    "MoneyRecalled",
    "MoneyRepaid",
    "OfferAccepted",
    "OfferDeclined",
    "OfferExpired",
    "OfferMade",
    "OrderExpired",
    "OrderPlaced",
    "OrderReleased",
    "PayerAccountKnown",
    "PaymentCaptured",
    "PaymentStarted",
    "PaymentUnexpected",
    "PayoutConfirmed",
    "PayoutConsented",
    "PayoutEntered",
    "PayoutFailed",
    "PayoutWanted",
    "ProgressAccepted",
    "ProgressDisputed",
    "ProgressReported",
    "ReceiptConfirmed",
    "RefundAttemptFailed",
    "RefundAttempted",
    "RefundChargedBack",
    "RefundDecided",
    "RefundOutside",
    "RefundParked",
    "RefundReduced",
    "RefundRequested",
    "RefundRerouted",
    "RefundSucceeded",
    "RefundUnexpected",
    "RenewalCancelled",
    "RenewalNoticed",
    "RenewalTaken",
    "RequestRejected",
    "RequestWithdrawn",
    "RevealFailed",
    "ReviewEscalated",
    "SellerAsked",
    "SettlementAsked",
    "SettlementKnown",
    "SupplyAnswered",
    "SupplySent",
    "UnitDelivered",
    "UnitFailed",
    "UnitPartial",
    "UnitQueued",
    "UnitStarted",
    "WordsErased",
    "WorkAccepted",
    "WorkDueSet",
    "WorkEnded",
    "WorkStarted",
    "WorkStopped",
    "event_data",
    "kind_of",
    "read_event",
]
