"""People: register a buyer, hand out an API key."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.store import people
from tuidan.store.people import EmailTaken, PersonRecord, create_api_key, create_person

__all__ = ["EmailTaken", "give_api_key", "note_age", "register_buyer", "register_person", "revoke_api_key"]


def register_buyer(email: str, password: str, name: str, locale: str, now: datetime) -> PersonRecord:
    """Register a person who buys. Raises EmailTaken; the edge has checked the password's strength."""
    return create_person(email, password, name, now, locale=locale)


def register_person(
    email: str,
    password: str,
    name: str,
    now: datetime,
    *,
    reviewer: bool = False,
    operator: bool = False,
    appraiser: bool = False,
) -> PersonRecord:
    """Register a person with roles, on an operator's word. Raises EmailTaken."""
    roles = {"is_reviewer": reviewer, "is_operator": operator, "is_appraiser": appraiser}
    return create_person(email, password, name, now, **roles)


def note_age(person_id: UUID, is_minor: bool | None) -> bool:
    """Note whether a person is under 18 (None: not known); False when there is no such person."""
    return people.mark_minor(person_id, is_minor)


def give_api_key(person_id: UUID, label: str, now: datetime) -> str:
    """A key for machines, shown once."""
    return create_api_key(person_id, label, now)


def revoke_api_key(key_id: str, now: datetime) -> bool:
    """End a key, named by its id or by itself; it stops working within seconds. False when none lives by that name."""
    return people.revoke_api_key(key_id, now)
