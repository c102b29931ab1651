"""All that can have happened to one order. Kinds are never reused, fields only added (with a default).

An event's data are ASCII keys with strings, booleans, integers and lists; a field left at its default is not
written, so a later field changes no old bytes. Amounts are fen, times ISO 8601 UTC text. Personal data is
never here, only salted proofs of it.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; `kind_of(event)` names it."""


@dataclass(frozen=True, slots=True)
class OrderPlaced(Event):
    """A buyer placed an order; price, terms, snapshot and policy version are fixed from here on (S-101)."""

    buyer: str
    seller: str
    listing: str
    seller_type: str
    goods_kind: str
    delivery_mode: str
    settlement: str
    currency: str
    unit_paid_fen: list[int]
    face_fen: int
    stock_kind: str
    policy_sha256: str
    snapshot_sha256: str
    promised_seconds: int
    hold_seconds: int
    expires_at: str
    supplier: str = ""
    issuer: str = ""
    duration_days: int = 0
    account_proof: str = ""
    own_account: bool = True
    no_reason_excluded_confirmed: bool = False
    usual_promise: bool = False  # the listing names no time of delivery, so the policy's own stands


@dataclass(frozen=True, slots=True)
class PaymentStarted(Event):
    """An attempt to pay the whole price was opened; its number makes the reference that the channel gets."""

    attempt: int
    channel: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class PaymentCaptured(Event):
    """The channel took the buyer's money; `revived` when the order had expired before it came."""

    attempt: int
    channel: str
    trade_no: str
    amount_fen: int
    captured_at: str
    payer_proof: str = ""
    source_sha256: str = ""
    revived: bool = False
    refund_window_days: int = 0


@dataclass(frozen=True, slots=True)
class PaymentUnexpected(Event):
    """Money that the order did not ask for: duplicate, too late, or another amount. Kept apart, then returned."""

    attempt: int
    channel: str
    trade_no: str
    amount_fen: int
    captured_at: str
    why: str
    payer_proof: str = ""
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class OrderExpired(Event):
    """The order was not paid in time."""


@dataclass(frozen=True, slots=True)
class UnitQueued(Event):
    """A top-up waits to be sent to its supplier."""

    unit: int


@dataclass(frozen=True, slots=True)
class SupplySent(Event):
    """Marked before the call: this attempt goes to the supplier now, or may have gone."""

    unit: int
    attempt: int


@dataclass(frozen=True, slots=True)
class SupplyAnswered(Event):
    """An answer that moves no state by itself: accepted, or one that came too late to matter."""

    unit: int
    attempt: int
    outcome: str
    supplier_no: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnitDelivered(Event):
    """The unit reached the buyer: `how` is code, supplier or seller; `arrived_fen` -1 means not known."""

    unit: int
    how: str
    tail: str = ""
    arrived_fen: int = -1
    account: str = ""
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class UnitPartial(Event):
    """Less than was bought arrived, as the issuer says (R7)."""

    unit: int
    arrived_fen: int
    account: str = ""


@dataclass(frozen=True, slots=True)
class UnitStarted(Event):
    """A service's work began or went on."""

    unit: int
    progress_percent: int
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class UnitFailed(Event):
    """The unit will not be delivered: out of stock, refused by the supplier, an incident, or taken back."""

    unit: int
    why: str


@dataclass(frozen=True, slots=True)
class CancelRequested(Event):
    """A refund request waits for the supplier to stop the top-up."""

    unit: int


@dataclass(frozen=True, slots=True)
class CancelAnswered(Event):
    """The supplier's answer to that: cancelled, refused or unknown."""

    unit: int
    outcome: str


@dataclass(frozen=True, slots=True)
class CodeRevealed(Event):
    """The buyer was shown the code. One way: it never goes back on sale (S-009)."""

    unit: int
    session_proof: str


@dataclass(frozen=True, slots=True)
class IssuerChecked(Event):
    """What the issuer says of the code, frozen before it decides (S-026)."""

    unit: int
    status: str
    activated_at: str = ""
    activated_by: str = ""


@dataclass(frozen=True, slots=True)
class RefundRequested(Event):
    """Somebody asked for money back for one unit; `amount_fen` 0 asks for all that is left of it."""

    case: int
    unit: int
    reason: str
    amount_fen: int
    text_sha256: str = ""
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """No rule decides alone: a person does, by the due time."""

    case: int
    route: str
    due_at: str
    verdict: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestRejected(Event):
    """The request was refused; the verdict holds the reasons."""

    case: int
    verdict: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestWithdrawn(Event):
    """The buyer took the request back, or another reason took its place."""

    case: int


@dataclass(frozen=True, slots=True)
class RefundDecided(Event):
    """Money is to go back: for a unit (with its case), or for money that was never asked for (unit 0)."""

    refund: int
    unit: int
    payment: int
    amount_fen: int
    from_escrow_fen: int
    from_advance_fen: int
    from_overpaid_fen: int
    due_at: str
    case: int = 0
    verdict: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefundAttempted(Event):
    """Marked before the call: this attempt goes to the channel now, or may have gone."""

    refund: int
    attempt: int


@dataclass(frozen=True, slots=True)
class RefundSucceeded(Event):
    """The channel says, signed, that the money is on its way back to the account that paid."""

    refund: int
    attempt: int
    amount_fen: int
    channel: str
    channel_refund_no: str = ""


@dataclass(frozen=True, slots=True)
class RefundAttemptFailed(Event):
    """A final no of the channel; nothing moved, so a new attempt with a new reference may follow."""

    refund: int
    attempt: int
    code: str


@dataclass(frozen=True, slots=True)
class RefundParked(Event):
    """The channel cannot pay now and a person must look (no balance, too many attempts)."""

    refund: int
    attempt: int
    code: str


@dataclass(frozen=True, slots=True)
class RefundUnexpected(Event):
    """The channel paid a refund that we did not expect any more; kept in suspense with an alarm."""

    refund: int
    attempt: int
    amount_fen: int
    channel: str
    channel_refund_no: str = ""


@dataclass(frozen=True, slots=True)
class CodeSettled(Event):
    """What became of a refunded code: void, or returned to the seller's stock."""

    unit: int
    result: str


@dataclass(frozen=True, slots=True)
class ReceiptConfirmed(Event):
    """The buyer said that all is well. It cures no defect (S-035)."""


@dataclass(frozen=True, slots=True)
class OrderReleased(Event):
    """The escrow became the seller's: confirmed, hold over, or instant settlement."""

    amount_fen: int
    why: str


@dataclass(frozen=True, slots=True)
class CommandRefused(Event):
    """A no is remembered like a yes: the same key gets the same no."""

    command: str
    code: str
    data: dict[str, object] = field(default_factory=dict)


def _kind(cls: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


# From the module's names, not from __subclasses__: slots=True leaves a second, dead class behind.
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
