"""Money by bank: the buyer's consent, what one operator enters and another confirms (R15, R23)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import orjson

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.commands.words import run_with_words
from tuidan.domain import commands as c
from tuidan.domain.refusals import Refusal

NAME_CHARS_MAX = 40
ACCOUNT_CHARS_MAX = 60


def consent_to_payout(
    order_id: UUID, buyer_id: UUID, payout: int, name: str, account: str, key: str, now: datetime
) -> Outcome:
    """The buyer agrees that the money goes by bank to this account, held in the buyer's own name.

    Name and account lie beside the event, salted and erasable. Refused with `payout_account_needed` when
    one is missing.
    """
    name, account = name.strip(), account.strip()
    if not 0 < len(name) <= NAME_CHARS_MAX or not 0 < len(account) <= ACCOUNT_CHARS_MAX:
        return Outcome(order_id, [], Refusal("payout_account_needed"), 0)
    words = orjson.dumps({"account": account, "name": name}, option=orjson.OPT_SORT_KEYS).decode()
    actor = c.Actor("buyer", str(buyer_id))
    return run_with_words(order_id, actor, words, lambda digest: c.ConsentToPayout(payout, digest), key, now)


def act_on_payout(
    order_id: UUID,
    operator_id: UUID,
    command: c.EnterPayout | c.ConfirmPayout | c.FailPayout | c.RerouteRefund,
    key: str,
    now: datetime,
) -> Outcome:
    """An operator's step; the edge has checked that the person is an operator."""
    return run(order_id, envelop(order_id, command, c.Actor("operator", str(operator_id)), key, now))
