"""The states of one card code in stock, its transition table, and every way stock says no.

A unique code is sold once. What was shown to anybody never goes back on sale (complaint B12); a sealed one only
after the issuer has confirmed it unused. Shared secrets (sold many times on purpose, B8) have no state of their own:
only the claim on them records whether it was shown. What a code looks like is `card_code.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from tuidan.domain.transitions import Table, allows, step


class StockKind(StrEnum):
    """How a listing's codes are sold; the listing says it, stock is told."""

    UNIQUE = "unique"
    SHARED = "shared"


class CodeState(StrEnum):
    """Where a unique code stands. `void` is final."""

    FREE = "free"
    CLAIMED = "claimed"
    REVEALED = "revealed"
    VOID = "void"


class CodeMove(StrEnum):
    """What can be done with a unique code."""

    CLAIM = "claim"
    REVEAL = "reveal"
    FREE = "free"
    RETURN = "return"
    VOID = "void"


TRANSITIONS: Table = MappingProxyType(
    {
        (CodeState.FREE, CodeMove.CLAIM): CodeState.CLAIMED,
        (CodeState.FREE, CodeMove.VOID): CodeState.VOID,
        (CodeState.CLAIMED, CodeMove.REVEAL): CodeState.REVEALED,
        (CodeState.CLAIMED, CodeMove.FREE): CodeState.FREE,
        (CodeState.CLAIMED, CodeMove.RETURN): CodeState.FREE,
        (CodeState.CLAIMED, CodeMove.VOID): CodeState.VOID,
        (CodeState.REVEALED, CodeMove.REVEAL): CodeState.REVEALED,
        (CodeState.REVEALED, CodeMove.VOID): CodeState.VOID,
        (CodeState.VOID, CodeMove.VOID): CodeState.VOID,
    }
)


class ClaimEnd(StrEnum):
    """Why a claim holds nothing any more; a live claim has none of these."""

    FREED = "freed"
    RETURNED = "returned"
    VOID = "void"


class StockNo(StrEnum):
    """Every refusal of stock; the sentence for each belongs to the edge."""

    LISTING_UNKNOWN = "listing_unknown"
    LISTING_WITHOUT_CODES = "listing_without_codes"
    FILE_TOO_LARGE = "file_too_large"
    TOO_MANY_LINES = "too_many_lines"
    NOT_TEXT = "not_text"
    FAULTY_LINES = "faulty_lines"
    IMPORT_CONTESTED = "import_contested"
    CLAIM_UNKNOWN = "claim_unknown"
    CLAIM_ENDED = "claim_ended"
    CLAIM_CONTESTED = "claim_contested"
    CODE_REVEALED = "code_revealed"
    CODE_VOID = "code_void"
    CODE_NOT_FREE = "code_not_free"
    ISSUER_NOT_UNUSED = "issuer_not_unused"
    ISSUER_CHECK_STALE = "issuer_check_stale"


class StockRefused(Exception):
    """Stock says no. `code` and `data` are for programs; nothing has changed when it is raised."""

    def __init__(self, code: StockNo, **data: object) -> None:
        super().__init__(f"{code.value} {data}" if data else code.value)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True)
class IssuerCheck:
    """What the issuer said of a code, and when we received it (UTC, our clock). Only `unused` frees a code."""

    status: str
    checked_at: datetime


def next_state(state: CodeState, move: CodeMove) -> CodeState:
    """The state after `move`; raises StockRefused where the table has no such step."""
    if allows(TRANSITIONS, state, move):
        return CodeState(step(TRANSITIONS, state, move))
    if state is CodeState.VOID:
        raise StockRefused(StockNo.CODE_VOID, move=move.value)
    if state is CodeState.REVEALED:
        raise StockRefused(StockNo.CODE_REVEALED, move=move.value)
    if move is CodeMove.CLAIM:
        raise StockRefused(StockNo.CODE_NOT_FREE, state=state.value)
    raise StockRefused(StockNo.CLAIM_UNKNOWN, state=state.value, move=move.value)


def check_for_return(check: IssuerCheck, claimed_at: datetime, now: datetime) -> None:
    """Let a sealed code return only on the issuer's own word, given while this claim stood; unknown is not unused.

    Raises StockRefused (`issuer_not_unused`, `issuer_check_stale`). Source: S-025, complaint B12.
    """
    if check.status != "unused":
        raise StockRefused(StockNo.ISSUER_NOT_UNUSED, status=check.status)
    if not claimed_at <= check.checked_at <= now:
        raise StockRefused(StockNo.ISSUER_CHECK_STALE, checked_at=check.checked_at.isoformat())
