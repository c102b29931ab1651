"""People and their API keys: made here, looked up by edges through reads."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from tuidan.store.shared.models import ApiKey, Person

KEY_PREFIX = "td_"
KEY_ID_CHARS = 16


class EmailTaken(ValueError):
    """Somebody registered with this address already."""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person without the password: who, in which language, with which roles."""

    id: UUID
    email: str
    name: str
    locale: str
    is_reviewer: bool
    is_operator: bool
    is_appraiser: bool = False


def _record(person: Person) -> PersonRecord:
    return PersonRecord(
        person.id,
        person.email,
        person.name,
        person.locale,
        person.is_reviewer,
        person.is_operator,
        person.is_appraiser,
    )


def create_person(
    email: str, password: str | None, name: str, now: datetime, **fields: object
) -> PersonRecord:
    """Register a person. Raises EmailTaken."""
    try:
        return _record(Person.objects.create_user(email, password, name=name, created_at=now, **fields))
    except IntegrityError:
        raise EmailTaken(email) from None


def find_person(person_id: UUID) -> PersonRecord | None:
    """The person with this id; None when there is none or the account is closed."""
    person = Person.objects.filter(id=person_id, is_active=True).first()
    return _record(person) if person else None


def find_person_by_email(email: str) -> PersonRecord | None:
    """The person with this address, however it is capitalised; None when there is none or it is closed."""
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    return _record(person) if person else None


def appraisers() -> list[PersonRecord]:
    """Everybody who may be asked for an appraisal, by name."""
    return [
        _record(person)
        for person in Person.objects.filter(is_appraiser=True, is_active=True).order_by("name")
    ]


def is_minor(person_id: UUID) -> bool | None:
    """Whether the person is known to be under 18; None: nobody said."""
    return Person.objects.filter(id=person_id).values_list("is_minor", flat=True).first()


def mark_minor(person_id: UUID, is_minor: bool | None) -> bool:
    """Note whether a person is a minor; False when there is no such person."""
    return Person.objects.filter(id=person_id).update(is_minor=is_minor) == 1


@dataclass(frozen=True, slots=True)
class ApiKeyRecord:
    """A key as people name it: `id` is the start of its digest and opens nothing."""

    id: str
    label: str
    created_at: datetime
    revoked_at: datetime | None


def api_key_id(key: str) -> str:
    """The short name of a key, for lists and for revoking it."""
    return hashlib.sha256(key.encode()).hexdigest()[:KEY_ID_CHARS]


def api_keys_of(person_id: UUID) -> list[ApiKeyRecord]:
    """All keys of a person, the newest first."""
    rows = ApiKey.objects.filter(person_id=person_id).order_by("-created_at")
    return [
        ApiKeyRecord(row.key_hash[:KEY_ID_CHARS], row.label, row.created_at, row.revoked_at) for row in rows
    ]


def revoke_api_key(key_id: str, now: datetime) -> bool:
    """End a key for good, by its id or by the key itself; False when no living key has that name."""
    digest = api_key_id(key_id) if key_id.startswith(KEY_PREFIX) else key_id
    if len(digest) < KEY_ID_CHARS:
        return False
    living = ApiKey.objects.filter(key_hash__startswith=digest, revoked_at=None)
    return living.update(revoked_at=now) > 0


def create_api_key(person_id: UUID, label: str, now: datetime) -> str:
    """A new key, shown this once; only its SHA-256 is kept."""
    key = KEY_PREFIX + secrets.token_urlsafe(32)
    ApiKey.objects.create(
        key_hash=hashlib.sha256(key.encode()).hexdigest(), person_id=person_id, label=label, created_at=now
    )
    return key


def person_of_key(key: str) -> PersonRecord | None:
    """Who a key acts for; None for an unknown or revoked key."""
    key_hash = hashlib.sha256(key.encode()).hexdigest()
    row = ApiKey.objects.filter(key_hash=key_hash, revoked_at=None).values("person_id").first()
    return find_person(row["person_id"]) if row else None
