"""Who looks: a person with the shops they act for and the roles they hold. Decides who may see an order."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tuidan.domain.commands import Actor
from tuidan.domain.order import Order
from tuidan.store import catalog
from tuidan.store.orders.load import NoSuchOrder, load_order
from tuidan.store.people import PersonRecord, find_person, person_of_key


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who looks, with the shops they act for and the roles they hold."""

    person_id: UUID
    shops: frozenset[str]
    is_reviewer: bool
    is_operator: bool
    is_appraiser: bool = False

    def may_see(self, order: Order) -> bool:
        """Buyer, the shop's members, reviewers, operators, and who appraises a case of it; nobody else."""
        return (
            order.buyer == str(self.person_id)
            or order.seller in self.shops
            or self.is_reviewer
            or self.is_operator
            or self.is_appraiser_of(order)
        )

    def is_buyer_of(self, order: Order) -> bool:
        """Whether the person placed the order."""
        return order.buyer == str(self.person_id)

    def is_seller_of(self, order: Order) -> bool:
        """Whether the person acts for the order's shop."""
        return order.seller in self.shops

    def is_appraiser_of(self, order: Order) -> bool:
        """Whether the person was named to appraise a case of the order."""
        return self.is_appraiser and any(
            hearing.appraiser == str(self.person_id) for hearing in order.hearings
        )

    def speaks_as(self, order: Order) -> Actor:
        """Who this person is in the talk of an order that they may see: a party first, else the platform's people."""
        if self.is_buyer_of(order):
            return Actor("buyer", str(self.person_id))
        if self.is_seller_of(order):
            return Actor("seller", order.seller)
        return Actor("reviewer" if self.is_reviewer else "operator", str(self.person_id))


def viewer_of(person_id: UUID) -> Viewer | None:
    """The viewer for a signed-in person; None when the person is gone or inactive."""
    person = find_person(person_id)
    return viewer_from(person) if person else None


def viewer_of_key(key: str) -> Viewer | None:
    """The viewer that an API key acts for; None for an unknown or revoked key, or a person who is gone."""
    person = person_of_key(key)
    return viewer_from(person) if person else None


def visible_order(order_id: UUID, viewer: Viewer) -> Order | None:
    """The order's state where this person may see it; None for an unknown order and for a foreign one alike."""
    try:
        order, _ = load_order(order_id)
    except NoSuchOrder:
        return None
    return order if viewer.may_see(order) else None


def viewer_from(person: PersonRecord) -> Viewer:
    """The viewer that a person's record makes."""
    shops = frozenset(str(shop) for shop in catalog.shops_of(person.id))
    return Viewer(person.id, shops, person.is_reviewer, person.is_operator, person.is_appraiser)
