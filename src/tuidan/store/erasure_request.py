"""Wishes to be erased: kept, carried out a page of orders at a time, listed; and the person's own fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tuidan.store.shared.models import ApiKey, ErasureRequest, Person, PolicyComment, ShopMember

GONE = "gone-{id}@invalid"
REQUESTS_SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One wish: how many orders were emptied, how many must stay, until when the last of them and why."""

    id: UUID
    person_id: UUID
    asked_by: UUID
    asked_at: datetime
    words: str
    close_account: bool
    page: int
    erased: int
    kept: int
    kept_until: datetime | None
    kept_why: str
    account_closed: bool
    done_at: datetime | None


def _record(row: ErasureRequest) -> RequestRecord:
    return RequestRecord(**{name: getattr(row, name) for name in RequestRecord.__slots__})


def keep_request(
    request_id: UUID, person_id: UUID, asked_by: UUID, words: str, close_account: bool, now: datetime
) -> RequestRecord:
    """Keep a wish under its id; the one kept there before stands."""
    row, _ = ErasureRequest.objects.get_or_create(
        id=request_id,
        defaults={
            "person_id": person_id,
            "asked_by": asked_by,
            "asked_at": now,
            "words": words,
            "close_account": close_account,
        },
    )
    return _record(row)


def open_requests(rows_max: int) -> list[RequestRecord]:
    """Wishes that are not carried out to the end, the oldest first."""
    rows = ErasureRequest.objects.filter(done_at=None).order_by("asked_at")[:rows_max]
    return [_record(row) for row in rows]


def has_open_request(person_id: UUID) -> bool:
    """Whether a wish of this person is still being carried out."""
    return ErasureRequest.objects.filter(person_id=person_id, done_at=None).exists()


def requests_of(person_id: UUID | None = None) -> list[RequestRecord]:
    """The wishes of one person, or of all, the newest first, at most REQUESTS_SHOWN_MAX."""
    found = ErasureRequest.objects.order_by("-asked_at")
    if person_id is not None:
        found = found.filter(person_id=person_id)
    return [_record(row) for row in found[:REQUESTS_SHOWN_MAX]]


def note_page(
    request: RequestRecord, erased: int, kept: int, kept_until: datetime | None, kept_why: str
) -> bool:
    """Note one page of orders as done; False where another worker has noted it already."""
    latest = max(filter(None, (request.kept_until, kept_until)), default=None)
    return (
        ErasureRequest.objects.filter(id=request.id, page=request.page, done_at=None).update(
            page=request.page + 1,
            erased=request.erased + erased,
            kept=request.kept + kept,
            kept_until=latest,
            kept_why=kept_why or request.kept_why,
        )
        == 1
    )


def finish_request(request_id: UUID, account_closed: bool, now: datetime) -> None:
    """The wish is carried out as far as the law lets it."""
    ErasureRequest.objects.filter(id=request_id, done_at=None).update(
        done_at=now, account_closed=account_closed
    )


def is_member_of_a_shop(person_id: UUID) -> bool:
    """Whether somebody acts for a shop: who sells must stay named (网络交易办法31)."""
    return ShopMember.objects.filter(person_id=person_id).exists()


def close_account(person_id: UUID, now: datetime) -> None:
    """Take a person's own fields away: the row stays as a number that orders name, nobody can sign in by it."""
    with transaction.atomic():
        ApiKey.objects.filter(person_id=person_id, revoked_at=None).update(revoked_at=now)
        ApiKey.objects.filter(person_id=person_id).update(label="")
        PolicyComment.objects.filter(person_id=person_id).delete()
        person = Person.objects.get(id=person_id)
        person.set_unusable_password()
        person.email = GONE.format(id=person.id.hex)
        person.phone, person.name, person.is_active, person.last_login = "", "", False, None
        person.is_minor = None
        person.save()


def personal_fields(person_id: UUID) -> dict[str, object]:
    """What the site keeps of a person beside orders, for the person's own copy."""
    person = Person.objects.get(id=person_id)
    names = ("email", "phone", "name", "locale", "is_minor", "created_at", "last_login")
    told: dict[str, object] = {"id": str(person.id)} | {name: getattr(person, name) for name in names}
    keys = ApiKey.objects.filter(person_id=person_id).order_by("created_at")
    told["api_keys"] = [
        {"label": key.label, "created_at": key.created_at, "revoked_at": key.revoked_at} for key in keys
    ]
    comments = PolicyComment.objects.filter(person_id=person_id).order_by("created_at")
    told["comments"] = [{"at": row.created_at, "words": row.words} for row in comments]
    return told
