"""People as an operator names them: by e-mail address, with their API keys."""

from __future__ import annotations

from uuid import UUID

from tuidan.store import catalog
from tuidan.store.orders.load import load_order
from tuidan.store.people import (
    ApiKeyRecord,
    PersonRecord,
    api_key_id,
    api_keys_of,
    appraisers,
    find_person_by_email,
)

__all__ = ["ApiKeyRecord", "api_key_id", "appraiser_named", "appraisers", "keys_of", "person_by_email"]


def person_by_email(email: str) -> PersonRecord | None:
    """The active person with this address."""
    return find_person_by_email(email)


def keys_of(person_id: UUID) -> list[ApiKeyRecord]:
    """All keys of a person, revoked ones too, the newest first. No key can be read back."""
    return api_keys_of(person_id)


def appraiser_named(person_id: UUID, order_id: UUID) -> bool:
    """Whether this person may appraise a case of the order: has the role, and is no party. Raises NoSuchOrder."""
    order, _ = load_order(order_id)
    if person_id not in {person.id for person in appraisers()} or order.buyer == str(person_id):
        return False
    return order.seller not in {str(shop) for shop in catalog.shops_of(person_id)}
