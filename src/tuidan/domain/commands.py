"""All that can be asked of one order: one frozen record each. What is not here cannot be done.

Amounts are fen, times aware UTC. `Actor` says who asks; it is written into the event, so it is evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: buyer, seller, reviewer, operator, or a machine (channel, supplier, issuer, timer, policy)."""

    kind: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """Place an order on a listing as shown; `terms` is the snapshot the buyer confirmed (S-101, 电商法49)."""

    terms: Terms
    quantity: int
    no_reason_excluded_confirmed: bool
    own_account: bool
    account_proof: str
    policy_sha256: str
    snapshot_sha256: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What binds the order later, copied from the listing at placing."""

    buyer_id: str
    seller_id: str
    listing_id: str
    seller_type: str
    goods_kind: str
    delivery_mode: str
    settlement: str
    currency: str
    price_fen: int
    face_fen: int
    stock_kind: str
    supplier: str
    issuer: str
    promised_seconds: int
    hold_seconds: int
    expires_seconds: int
    duration_days: int = 0
    usual_promise: bool = False


@dataclass(frozen=True, slots=True)
class StartPayment:
    """Open an attempt to pay the whole price through a channel."""

    channel: str


@dataclass(frozen=True, slots=True)
class RecordPayment:
    """A channel says that money came in. Always recorded, however impossible."""

    payment_n: int
    channel: str
    trade_no: str
    amount_fen: int
    captured_at: datetime
    payer_proof: str
    source_sha256: str
    refund_window_days: int = 0


@dataclass(frozen=True, slots=True)
class ExpireOrder:
    """The time to pay is over (timer)."""


@dataclass(frozen=True, slots=True)
class RecordCodes:
    """Which units got a code from stock, with the tail that the masked view shows; the others found none."""

    tails: dict[int, str]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MarkSupplySent:
    """Mark a top-up sent, before the supplier is called (ADR outbox-rows)."""

    unit: int


@dataclass(frozen=True, slots=True)
class RecordSupply:
    """What the supplier said of one attempt: accepted, succeeded or failed. Unknown is never recorded."""

    unit: int
    attempt: int
    outcome: str
    supplier_no: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class RecordCredit:
    """What the issuer said of a top-up: credited, partial, not_credited, reversed or unknown."""

    unit: int
    status: str
    arrived_fen: int
    account: str  # same | other | unknown, against the account in the snapshot


@dataclass(frozen=True, slots=True)
class RecordCancel:
    """What the supplier said when asked to stop a top-up: cancelled, refused or unknown."""

    unit: int
    outcome: str


@dataclass(frozen=True, slots=True)
class DeliverBySeller:
    """The seller hands a unit over; below 100 percent it only tells how far the work is."""

    unit: int
    note_sha256: str
    progress_percent: int = 100


@dataclass(frozen=True, slots=True)
class RevealCode:
    """Show the buyer a delivered code: one way and logged (S-009)."""

    unit: int
    session_proof: str


@dataclass(frozen=True, slots=True)
class RecordIssuerCheck:
    """The issuer's answer on a code; `unknown` is an answer (S-026). Frozen before it decides."""

    unit: int
    status: str
    activated_at: datetime | None
    activated_by: str  # buyer | other | unknown | "" (not activated)


@dataclass(frozen=True, slots=True)
class RequestRefund:
    """Ask for money back for one unit. `amount_fen` 0 means all that is left of the unit."""

    unit: int
    reason: str
    amount_fen: int = 0
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """The buyer takes an open refund request back."""

    case: int


@dataclass(frozen=True, slots=True)
class GiveUpCheck:
    """The outside facts that a request waits for did not come in time (timer); decide without them."""

    case: int


@dataclass(frozen=True, slots=True)
class DecideCase:
    """A reviewer's judgement; refused when something material came in after `seen_version`."""

    case: int
    approve: bool
    amount_fen: int
    reasons: tuple[str, ...]
    seen_version: int


@dataclass(frozen=True, slots=True)
class ConfirmReceipt:
    """The buyer confirms; releases the escrow and does not cure defects (法释〔2022〕8号 1)."""


@dataclass(frozen=True, slots=True)
class ReleaseEscrow:
    """The hold time is over (timer)."""


@dataclass(frozen=True, slots=True)
class PassPromise:
    """The promised delivery time is over (timer, R1)."""


@dataclass(frozen=True, slots=True)
class FailDelivery:
    """An operator's finding that a supplier will not deliver the waiting units (incident)."""

    incident: str


@dataclass(frozen=True, slots=True)
class MarkRefundSent:
    """Mark a refund attempt sent, before the channel is called (ADR outbox-rows)."""

    refund: int


@dataclass(frozen=True, slots=True)
class RecordRefund:
    """What the channel said of one refund attempt: succeeded, failed or parked. Pending is never recorded."""

    refund: int
    attempt: int
    outcome: str
    amount_fen: int
    channel_refund_no: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class RetryRefund:
    """An operator has looked at a parked refund whose attempts are used up: try anew with a new reference."""

    refund: int


@dataclass(frozen=True, slots=True)
class RecordCodeSettled:
    """What became of a refunded code: void (for ever) or returned (to the seller's stock)."""

    unit: int
    result: str


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
