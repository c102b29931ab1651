"""Offers between the parties: full, partial, replacement, redo, extension; each with an end and a table (S-129).

The platform may propose one too: then both must accept, and it stays apart from what the platform decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

KINDS = ("full", "partial", "replacement", "redo", "extension")
MONEY = frozenset({"full", "partial"})
OFFERS_MAX = 20
PLATFORM = "platform"
PARTIES = 2
OFFER_TABLE: Table = {
    ("new", "offer_made"): "open",
    ("open", "first_acceptance"): "open",
    ("open", "last_acceptance"): "accepted",
    ("open", "offer_declined"): "declined",
    ("open", "offer_expired"): "expired",
    ("open", "offer_replaced"): "replaced",
}


@dataclass(slots=True)
class Offer:
    """Offer n in a case, made `by` buyer, seller or platform; `until` in seconds, `yes` names who accepted."""

    n: int
    case: int
    by: str
    kind: str
    amount_fen: int
    until: int
    status: str
    yes: str = ""
    remedy_until: int = 0

    def waits_for(self, party: str) -> bool:
        """Whether this party has still to answer."""
        return self.status == "open" and party != self.by and party not in self.yes.split()


def open_offer(offers: list[Offer], case: int) -> Offer | None:
    """The offer of a case that waits for an answer; there is one at most, a counter-offer takes its place."""
    return next((offer for offer in offers if offer.case == case and offer.status == "open"), None)


def _make(offers: list[Offer], event: e.OfferMade, n: int, now: int) -> None:
    replaced = open_offer(offers, event.case)
    if replaced is not None:
        replaced.status = step(OFFER_TABLE, replaced.status, "offer_replaced")
    status = step(OFFER_TABLE, "new", "offer_made")
    terms = (event.by, event.kind, event.amount_fen, event.until)
    offers.append(Offer(event.offer, event.case, *terms, status, remedy_until=event.remedy_until))


def _accept(offers: list[Offer], event: e.OfferAccepted, n: int, now: int) -> None:
    offer = offers[event.offer - 1]
    offer.yes = f"{offer.yes} {event.by}".strip()
    last = offer.by != PLATFORM or len(offer.yes.split()) == PARTIES
    offer.status = step(OFFER_TABLE, offer.status, "last_acceptance" if last else "first_acceptance")


def _end(offers: list[Offer], event: e.OfferDeclined | e.OfferExpired, n: int, now: int) -> None:
    offer = offers[event.offer - 1]
    offer.status = step(OFFER_TABLE, offer.status, e.kind_of(event))


OFFER_FOLDS: Folds = {
    e.OfferMade: _make,
    e.OfferAccepted: _accept,
    e.OfferDeclined: _end,
    e.OfferExpired: _end,
}
