"""Deciders for offers: make one, answer it, let it end. What both accept closes the case by itself (S-054, S-129)."""

from __future__ import annotations

from datetime import UTC, datetime

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.proposal import propose
from tuidan.domain.decide.refund import grant, payable_fen_max
from tuidan.domain.decide.ruling import RETURN_DUE, rule
from tuidan.domain.decide.service import move_due
from tuidan.domain.decide.stage import party_of, permit
from tuidan.domain.dispute import Case, open_offer
from tuidan.domain.dispute.offer import KINDS, MONEY, PLATFORM, Offer
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import seconds
from tuidan.domain.service import work_of

# Work that is still to come, whose due time the parties may move.
EXTENDABLE = frozenset({"waiting", "in_progress"})


def make(draft: Draft, command: c.MakeOffer, context: Context) -> None:
    """Propose an end: a counter-offer takes the place of the open one; the platform's needs both."""
    case = permit(draft, command.case, "make_offer", context)
    order = draft.order
    if command.kind not in KINDS:
        raise Refused("offer_unknown", known=list(KINDS))
    left_fen = order.units[case.unit - 1].left_fen()
    amount_fen = {"full": left_fen, "partial": command.amount_fen}.get(command.kind, 0)
    if command.kind in MONEY and not 0 < amount_fen <= min(left_fen, payable_fen_max(order, context.outside)):
        raise Refused("amount_out_of_range", max_fen=min(left_fen, payable_fen_max(order, context.outside)))
    party = party_of(draft)
    by = PLATFORM if party == "reviewer" else party
    propose(draft, case, by, command.kind, amount_fen, context, command.text_sha256)


def answer(draft: Draft, command: c.AnswerOffer, context: Context) -> None:
    """Accept or decline; the last acceptance settles the case."""
    case = permit(draft, command.case, "answer_offer", context)
    offer = open_offer(draft.order.offers, case.n)
    if offer is None or offer.n != command.offer:
        raise Refused("offer_gone", offer=command.offer)
    party = party_of(draft)
    if not command.accept:
        draft.add(e.OfferDeclined(case.n, offer.n, party))
        go_on(draft, case, context)
        return
    draft.add(e.OfferAccepted(case.n, offer.n, party))
    if offer.status == "accepted":
        settle(draft, case, offer)


def settle(draft: Draft, case: Case, offer: Offer) -> None:
    """The parties agree: money goes back at once, another remedy is owed until its own end."""
    draft.add(e.CaseSettled(case.n, offer.n, offer.kind, offer.amount_fen, offer.remedy_until))
    unit = draft.order.units[case.unit - 1]
    amount_fen = min(offer.amount_fen, unit.left_fen())
    if amount_fen:
        full = amount_fen == unit.left_fen()
        record: dict[str, object] = {
            "decision": "approve_full" if full else "approve_partial",
            "amount_fen": amount_fen,
            "by": "agreement",
            "liable": "seller",
            "cause": "unknown",
            "refund_to": "original_path",
            "offer": offer.n,
            "rules": ["R12", "R23"],
            "reasons": [{"code": "settled_by_parties"}],
        }
        grant(draft, unit.n, amount_fen, (draft.now + RETURN_DUE).isoformat(), case.n, record)
    if offer.kind == "extension" and unit.status in EXTENDABLE and work_of(draft.order.works, unit.n):
        move_due(draft, unit.n, datetime.fromtimestamp(offer.remedy_until, tz=UTC), "extended")
    arm_release(draft)


def expire(draft: Draft, command: c.ExpireOffer, context: Context) -> None:
    """Nobody answered the offer in time (timer)."""
    order = draft.order
    if not 1 <= command.offer <= len(order.offers):
        return
    offer = order.offers[command.offer - 1]
    if offer.status != "open" or seconds(draft.now) <= offer.until:
        return
    draft.add(e.OfferExpired(offer.case, offer.n))
    go_on(draft, order.cases[offer.case - 1], context)


def go_on(draft: Draft, case: Case, context: Context) -> None:
    """The offer is off the table: what waited for it goes its way."""
    contact = draft.order.contact(case.unit)
    if case.status == "contact" and not contact.is_waiting():
        rule(draft, case, context)
