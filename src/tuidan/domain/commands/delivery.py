"""Commands about a unit: what stock, supplier and issuer say, and what seller and buyer do with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RecordCodes:
    """Which units got a code from stock, with the tail that the masked view shows; the others found none."""

    tails: dict[int, str]
    missing: tuple[int, ...]
    seals: dict[int, tuple[str, str]] = field(
        default_factory=dict
    )  # unit → code id, SHA-256 of what is sealed


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
    answer_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RecordCredit:
    """What the issuer said of a top-up: credited, partial, not_credited, reversed or unknown.

    `purpose` is delivery, claim, hold or review; with an `answer_sha256` the asking itself is kept as an event.
    """

    unit: int
    status: str
    arrived_fen: int
    account: str  # same | other | unknown, against the account in the snapshot
    purpose: str = ""
    checked_at: str = ""
    error: str = ""
    answer_sha256: str = ""
    revocable: str = ""


@dataclass(frozen=True, slots=True)
class RecordCancel:
    """What the supplier said when asked to stop a top-up: cancelled, refused or unknown."""

    unit: int
    outcome: str
    answer_sha256: str = ""


@dataclass(frozen=True, slots=True)
class DeliverBySeller:
    """The seller hands a unit over; below 100 percent it only tells how far the work is.

    `months` is the plan of a membership that was opened, 0 for the one that was ordered. `trace_no` is the number
    under which whoever keeps the account knows what was done, so that it can be asked.
    """

    unit: int
    note_sha256: str
    progress_percent: int = 100
    months: int = 0
    trace_no: str = ""


@dataclass(frozen=True, slots=True)
class RevealCode:
    """Show the buyer a delivered code: one way and logged (S-009). The code was opened and found whole before."""

    unit: int
    session_proof: str
    from_sha256: str = ""
    complete: str = ""
    parts: str = ""
    code_proof: str = ""


@dataclass(frozen=True, slots=True)
class RecordRevealFailure:
    """The buyer asked for the code and it could not be shown: why, as a code of the vault, the stock or the format."""

    unit: int
    why: str
    from_sha256: str = ""


@dataclass(frozen=True, slots=True)
class NoteMaskedView:
    """The buyer sees the order's delivered codes, masked: for each unit what was shown of it."""

    masks: dict[int, str]


@dataclass(frozen=True, slots=True)
class NoteCopy:
    """The buyer copied a part of the shown code: number or secret."""

    unit: int
    part: str


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """What the issuer said of one sealed code right after delivery; times ISO 8601, `face_fen` -1 where not said."""

    unit: int
    status: str
    activated_at: str = ""
    face_fen: int = -1
    checked_at: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class RecordSealedAnswers:
    """What the issuer said of the delivered codes of an order, asked once; `unknown` is an answer (S-112)."""

    answers: tuple[SealedAnswer, ...]
    answer_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RecordIssuerCheck:
    """The issuer's answer on a code; `unknown` is an answer (S-026). Frozen before it decides."""

    unit: int
    status: str
    activated_at: datetime | None
    activated_by: str  # buyer | other | unknown | "" (not activated)
    purpose: str = ""  # "" and claim: for the request that waits; review: for the person who decides
    face_fen: int = -1
    checked_at: str = ""
    error: str = ""
    answer_sha256: str = ""


@dataclass(frozen=True, slots=True)
class PassPromise:
    """The promised delivery time is over (timer, R1)."""


@dataclass(frozen=True, slots=True)
class FailDelivery:
    """An operator's finding that a supplier will not deliver the waiting units (incident)."""

    incident: str


@dataclass(frozen=True, slots=True)
class RecordCodeSettled:
    """What became of a refunded code: void (for ever) or returned (to the seller's stock)."""

    unit: int
    result: str
