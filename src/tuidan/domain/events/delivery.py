"""What happens to a unit: queued, sent, delivered, shown, checked, failed."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


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
    answer_sha256: str = ""  # of the raw answer with a salt; the words beside the event, erasable


@dataclass(frozen=True, slots=True)
class UnitDelivered(Event):
    """The unit reached the buyer: `how` is code, supplier or seller; `arrived_fen` -1 means not known.

    A code is delivered sealed: `seal_sha256` is the hash of what lies in the vault, so that the same code is shown.
    `trace_no` is the number under which a seller's own hand topped up, so that the issuer can be asked about it.
    """

    unit: int
    how: str
    tail: str = ""
    arrived_fen: int = -1
    account: str = ""
    note_sha256: str = ""
    code_id: str = ""
    seal_sha256: str = ""
    answer_sha256: str = ""
    trace_no: str = ""


@dataclass(frozen=True, slots=True)
class UnitPartial(Event):
    """Less than was bought arrived, as the issuer says (R7)."""

    unit: int
    arrived_fen: int
    account: str = ""
    answer_sha256: str = ""


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
    answer_sha256: str = ""


@dataclass(frozen=True, slots=True)
class CancelRequested(Event):
    """A refund request waits for the supplier to stop the top-up."""

    unit: int


@dataclass(frozen=True, slots=True)
class CancelAnswered(Event):
    """The supplier's answer to that: cancelled, refused or unknown."""

    unit: int
    outcome: str
    answer_sha256: str = ""


@dataclass(frozen=True, slots=True)
class CodeRevealed(Event):
    """The buyer was shown the code. One way: it never goes back on sale (S-009).

    `from_sha256` proves the address and the browser, which lie beside with a salt and can be erased. `complete` is
    yes where the code has the form that the listing names, unstated where it names none; `parts` says whether number
    and secret were there. `code_proof` is made with the vault's key, so that it tells nothing to others.
    """

    unit: int
    session_proof: str
    from_sha256: str = ""
    complete: str = ""
    parts: str = ""
    code_proof: str = ""


@dataclass(frozen=True, slots=True)
class IssuerChecked(Event):
    """What the issuer says of the code, frozen before it decides (S-026).

    `purpose` is claim ("" before there were others) or review; `checked_at` the issuer's own clock, `face_fen` the
    value that the issuer keeps for the code, -1 where it says none.
    """

    unit: int
    status: str
    activated_at: str = ""
    activated_by: str = ""
    purpose: str = ""
    face_fen: int = -1
    checked_at: str = ""
    answer_sha256: str = ""


@dataclass(frozen=True, slots=True)
class IssuerAnswered(Event):
    """An answer of the issuer that by itself moves no state: at delivery, about a top-up, or the same again at review.

    `purpose` is delivery, claim or review; `unknown` is an answer. Amounts fen, -1 where not said.
    """

    unit: int
    purpose: str
    status: str
    checked_at: str = ""
    arrived_fen: int = -1
    account: str = ""  # same | other | unknown, against the account in the snapshot
    face_fen: int = -1
    error: str = ""
    answer_sha256: str = ""
    activated_at: str = ""
    revocable: str = ""  # yes | no: whether whoever keeps the account can take it back (R24)


@dataclass(frozen=True, slots=True)
class MaskedSeen(Event):
    """The buyer saw the delivered code for the first time, masked as `mask`: nothing of it was used yet (S-112)."""

    unit: int
    mask: str


@dataclass(frozen=True, slots=True)
class RevealFailed(Event):
    """The buyer asked for the code and was not shown it: the vault failed, or the code is not whole. Not a reveal."""

    unit: int
    why: str
    from_sha256: str = ""


@dataclass(frozen=True, slots=True)
class CodeCopied(Event):
    """The buyer copied a part of the shown code (number or secret) with the page's button."""

    unit: int
    part: str


@dataclass(frozen=True, slots=True)
class CodeSettled(Event):
    """What became of a refunded code: void, or returned to the seller's stock."""

    unit: int
    result: str
