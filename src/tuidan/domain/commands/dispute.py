"""Commands about a refund request."""

from __future__ import annotations

from dataclasses import dataclass


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
    exhibits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CallPlatform:
    """Either party calls the platform in (S-083)."""

    case: int


@dataclass(frozen=True, slots=True)
class SubmitEvidence:
    """A party says that all it has is filed."""

    case: int


@dataclass(frozen=True, slots=True)
class AskMore:
    """A reviewer asks a party for more, naming the kinds."""

    case: int
    party: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SendToAppraisal:
    """A reviewer passes the question to a third party (S-119)."""

    case: int


@dataclass(frozen=True, slots=True)
class FileAppeal:
    """The side that lost brings new facts, once, in time (R19)."""

    case: int
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class LinkComplaint:
    """The buyer complained outside too; keep where and under which number."""

    case: int
    where: str
    number: str


@dataclass(frozen=True, slots=True)
class PassCaseDeadline:
    """A deadline of the case may be over (timer): carry out the stated default."""

    case: int


@dataclass(frozen=True, slots=True)
class NoteLegalLimit:
    """A legal limit may be near (timer)."""

    case: int
