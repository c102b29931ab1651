"""People as an operator names them: by e-mail address, with their API keys."""

from __future__ import annotations

from uuid import UUID

from tuidan.store.people import ApiKeyRecord, PersonRecord, api_key_id, api_keys_of, find_person_by_email

__all__ = ["ApiKeyRecord", "api_key_id", "keys_of", "person_by_email"]


def person_by_email(email: str) -> PersonRecord | None:
    """The active person with this address."""
    return find_person_by_email(email)


def keys_of(person_id: UUID) -> list[ApiKeyRecord]:
    """All keys of a person, revoked ones too, the newest first. No key can be read back."""
    return api_keys_of(person_id)
