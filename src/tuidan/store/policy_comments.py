"""Comments on a coming policy: one row each, found by the version they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.store.shared.models import Person, PolicyComment

COMMENTS_SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """What somebody wrote about a version, and when; `name` is how others see them."""

    name: str
    words: str
    created_at: datetime


def save_comment(comment_id: UUID, sha256: str, person_id: UUID, words: str, now: datetime) -> str:
    """Keep a comment; gives the words kept under this id, which are others where the id was used before."""
    row, _ = PolicyComment.objects.get_or_create(
        id=comment_id,
        defaults={"sha256": sha256, "person_id": person_id, "words": words, "created_at": now},
    )
    return str(row.words)


def find_comment(comment_id: UUID) -> str | None:
    """The words kept under this id; None where there are none."""
    row = PolicyComment.objects.filter(id=comment_id).values("words").first()
    return str(row["words"]) if row else None


def count_comments(sha256: str, person_id: UUID | None = None) -> int:
    """How many comments a version has, or how many of one person."""
    found = PolicyComment.objects.filter(sha256=sha256)
    return (found.filter(person_id=person_id) if person_id else found).count()


def comments_on(sha256: str) -> list[CommentRecord]:
    """The newest comments on a version, at most COMMENTS_SHOWN_MAX."""
    rows = list(PolicyComment.objects.filter(sha256=sha256).order_by("-created_at")[:COMMENTS_SHOWN_MAX])
    people = Person.objects.filter(id__in={row.person_id for row in rows}).values_list("id", "name")
    names = dict(people)
    return [CommentRecord(names.get(row.person_id, ""), row.words, row.created_at) for row in rows]
