"""What callers send and get about money beyond the price: sellers' books, the fund, payouts, recalls, minors."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from tuidan.api.shapes_in import NO_CONTROLS, Asked, Fen, Words, Yes
from tuidan.domain.money import AMOUNT_FEN_MAX

SomeFen = Annotated[int, Field(strict=True, ge=1, le=AMOUNT_FEN_MAX)]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=NO_CONTROLS)]
Why = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROLS)]
Version = Annotated[int, Field(strict=True, ge=0, le=2**53)]


class DepositAsked(Asked):
    """A deposit that came `in` or went `out`, with the bank's reference."""

    direction: Literal["in", "out"]
    amount_fen: SomeFen
    reference: Reference


class SellerPayoutAsked(Asked):
    amount_fen: SomeFen
    reference: Reference


class ReserveAsked(Asked):
    reserve_fen: Fen
    why: Why


class NamingAsked(Asked):
    """Whether the seller's name and address are known."""

    named: Yes
    why: Why


class LimitAsked(Asked):
    """What the fund may lay out in all, and for one order."""

    limit_fen: Fen
    order_fen_max: Fen
    why: Why


class PayerAccountAsked(Asked):
    """What the bank's paper shows of the account that paid, and the operator's words about it."""

    state: Literal["closed", "open"]
    words: Words = ""


class ConsentAsked(Asked):
    """The buyer's own account at a bank, and the name as the bank has it; `agreed` must be true."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NO_CONTROLS)]
    account: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=NO_CONTROLS)]
    agreed: Literal[True]


class EnterAsked(Asked):
    reference: Reference


class FailAsked(Asked):
    why: Why


class RecallAsked(Asked):
    """`amount_fen` 0 recalls all of the refund; `seen_version` is the order's version that was judged on."""

    amount_fen: Fen = 0
    why: Why
    seen_version: Version


class RepaymentAsked(Asked):
    amount_fen: SomeFen
    reference: Reference


class MinorFindingAsked(Asked):
    """What a reviewer found on the guardian's papers; `age` -1: not known. The family's share is 0 or 30 to 70."""

    is_minor: Yes
    age: Annotated[int, Field(strict=True, ge=-1, le=120)]
    own_income: Yes = False
    face_verified: Yes = False
    ratified: Yes = False
    guardian_share_percent: Annotated[int, Field(strict=True, ge=0, le=70)] = 0
    words: Words = ""


class SellerAccountTold(Schema):
    """What a shop has with the platform, and owes it."""

    shop_id: UUID
    payable_fen: int
    held_fen: int
    reserve_fen: int
    deposit_fen: int
    owed_fen: int
    taken_in_fen: int
    paid_out_fen: int
    recovered_fen: int
    named: bool
    version: int


class FundTold(Schema):
    limit_fen: int
    available_fen: int
    out_fen: int
    borne_fen: int
    order_fen_max: int
    version: int


class StatementLineTold(Schema):
    n: int
    at: datetime
    kind: str
    debit: str
    credit: str
    amount_fen: int
    order_id: UUID | None


class StatementTold(Schema):
    """Balances are credits minus debits by account; `cut`: more lines follow, ask for a shorter span."""

    opening: dict[str, int]
    lines: list[StatementLineTold]
    closing: dict[str, int]
    cut: bool


class BookedTold(Schema):
    """What a command on a book did: the kinds of its events."""

    owner_id: UUID
    events: list[str]


class RefundSourceTold(Schema):
    refund: int
    unit: int
    amount_fen: int
    from_escrow_fen: int
    from_advance_fen: int
    fee_fen: int
    by_bank: bool
    owed_fen: int
    borne_fen: int


class HoldTold(Schema):
    case: int
    asked_fen: int
    held_fen: int


class PayoutTold(Schema):
    n: int
    refund: int
    case: int
    amount_fen: int
    charged_fen: int
    why: str
    status: str
    due_at: datetime
    reference: str
    can_consent: bool
    can_enter: bool
    can_confirm: bool
    can_fail: bool


class RecallTold(Schema):
    n: int
    refund: int
    amount_fen: int
    left_fen: int


class MoneyTold(Schema):
    """The money of one order beyond its price. Holds and what a seller owes are not told to the buyer."""

    order_id: UUID
    version: int
    escrow_fen: int
    released_fen: int
    advance_fen: int
    fees_fen: int
    receivable_fen: int
    compensated_fen: int
    sources: list[RefundSourceTold]
    holds: list[HoldTold]
    payouts: list[PayoutTold]
    recalls: list[RecallTold]
    coupon_fen: int
    coupon_returned: bool


class PayoutAccountTold(Schema):
    """Whom to pay: as the buyer agreed; empty once erased."""

    order_id: UUID
    payout: int
    name: str
    account: str


class MoneyStepTold(Schema):
    """What a command about money did to the order: the kinds of its events."""

    order_id: UUID
    events: list[str]
