"""A seller's book by an operator's hand: deposit in and out, payout, reserve, and whether the seller can be named."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.books import BookOutcome, run_on_book
from tuidan.domain.books import commands as q
from tuidan.domain.commands import Actor
from tuidan.store import catalog


class NoSuchShop(LookupError):
    """There is no shop with this id."""


def act_on_seller(
    shop_id: UUID,
    command: q.PayDeposit | q.PayOut | q.SetReserve | q.NameSeller,
    operator_id: UUID,
    key: str,
    now: datetime,
) -> BookOutcome:
    """An operator's command on a shop's book; the edge has checked that the person is an operator.

    Raises NoSuchShop, TooBusy, OutcomeUnknown. A no is in the outcome's `refusal`.
    """
    if not catalog.shop_exists(shop_id):
        raise NoSuchShop(str(shop_id))
    return run_on_book(shop_id, command, Actor("operator", str(operator_id)), now, f"operator:{key}")
