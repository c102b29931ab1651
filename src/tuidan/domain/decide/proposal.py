"""Putting an offer on the table: by command, or out of what the seller answered by one tap (S-054)."""

from __future__ import annotations

from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.stage import deadline, open_stage
from tuidan.domain.dispute import Case
from tuidan.domain.dispute.offer import MONEY, OFFERS_MAX
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import seconds

# Answers of the seller that are offers, and of which kind.
OFFERING = {"agree_partial": "partial", "offer_replacement": "replacement"}


def propose(
    draft: Draft, case: Case, by: str, kind: str, amount_fen: int, context: Context, text_sha256: str = ""
) -> None:
    """Make the offer and arm its end; an open one is replaced. Raises Refused: too_many_offers."""
    n = len(draft.order.offers) + 1
    if n > OFFERS_MAX:
        raise Refused("too_many_offers", max=OFFERS_MAX)
    until = deadline(draft, "offer_answer", context)
    remedy_until = 0 if kind in MONEY else seconds(deadline(draft, "remedy", context))
    draft.add(e.OfferMade(case.n, n, by, kind, amount_fen, seconds(until), remedy_until, text_sha256))
    draft.wake(effects.OFFER_DUE, seconds(until) - seconds(draft.now) + 1, n)


def offers_less(draft: Draft, case: Case) -> bool:
    """Whether the seller's last answer offers something else than what is asked for."""
    contact = draft.order.contact(case.unit)
    if contact.response == "agree_partial":
        asked_fen = case.amount_fen or draft.order.units[case.unit - 1].left_fen()
        return contact.offered_fen < asked_fen
    return contact.response in OFFERING


def propose_answer(draft: Draft, case: Case, context: Context) -> None:
    """Turn the seller's answer into an offer; the buyer has its time to answer before the case goes on."""
    contact = draft.order.contact(case.unit)
    kind = OFFERING[contact.response]
    amount_fen = contact.offered_fen if kind in MONEY else 0
    propose(draft, case, "seller", kind, amount_fen, context)
    if case.status in ("checking", "contact"):
        open_stage(draft, case, "to_seller", {}, context, deadline(draft, "offer_answer", context))
