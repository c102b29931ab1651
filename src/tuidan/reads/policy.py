"""Policy versions and drafts for showing: what is in force, what comes, what was, and how two versions differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.domain.policy import CompiledPolicy, compile_policy
from tuidan.domain.policy.difference import Change, find_changes
from tuidan.domain.policy.life import Version, coming, in_force, living, status_at
from tuidan.store import policies, policy_comments, policy_drafts
from tuidan.store.policy_comments import CommentRecord
from tuidan.store.policy_drafts import DraftRecord

HASH_CHARS_MIN = 6


class NoSuchVersion(LookupError):
    """No draft and no published version has this hash, or several begin like it."""


@dataclass(frozen=True, slots=True)
class VersionView:
    """A published version with its state at the moment asked about."""

    version: Version
    status: str


@dataclass(frozen=True, slots=True)
class Versions:
    """All published versions, the latest first; `latest_n` is the number a publisher has seen."""

    listed: tuple[VersionView, ...]
    in_force: Version | None
    coming: Version | None
    latest_n: int


def list_versions(now: datetime) -> Versions:
    """What was, is and will be in force."""
    found = policies.published_versions()
    listed = tuple(VersionView(one, status_at(one, found, now)) for one in reversed(found))
    return Versions(listed, in_force(found, now), coming(found, now), found[-1].n if found else 0)


def coming_version(now: datetime) -> Version | None:
    """The version whose notice runs, for the notice on the home page."""
    return policies.waiting_version(now)


def list_comments(sha256: str) -> list[CommentRecord]:
    """What people said about a version while its notice ran, the newest first."""
    return policy_comments.comments_on(sha256)


def count_comments(sha256: str) -> int:
    """How many comments a version has."""
    return policy_comments.count_comments(sha256)


def list_drafts() -> list[DraftRecord]:
    """All drafts, the newest first."""
    return policy_drafts.all_drafts()


def find_draft(sha256: str) -> DraftRecord | None:
    """One draft by its whole hash; None when there is none."""
    return policy_drafts.find_draft(sha256)


def full_sha256(start: str, *, drafts: bool = True) -> str:
    """The whole hash of the one version or draft whose hash begins like this. Raises NoSuchVersion."""
    known = {one.sha256 for one in policies.published_versions()}
    if drafts:
        known |= {draft.sha256 for draft in policy_drafts.all_drafts()}
    found = [sha256 for sha256 in known if sha256.startswith(start)] if len(start) >= HASH_CHARS_MIN else []
    if len(found) != 1:
        raise NoSuchVersion(start)
    return found[0]


def policy_of(sha256: str) -> CompiledPolicy:
    """A published version or a draft, ready to decide. Raises NoSuchVersion."""
    try:
        return policies.policy_by_sha256(sha256)
    except policies.NoPolicy:
        draft = policy_drafts.find_draft(sha256)
        if draft is None:
            raise NoSuchVersion(sha256) from None
        return compile_policy(draft.body)


def changes_between(before: str, after: str) -> list[Change]:
    """How two versions differ, drafts too. Raises NoSuchVersion."""
    return find_changes(policy_of(before), policy_of(after))


def changes_published(before: str, after: str) -> list[Change]:
    """How two published versions differ; a draft is nobody's business outside. Raises NoSuchVersion."""
    try:
        return find_changes(policies.policy_by_sha256(before), policies.policy_by_sha256(after))
    except policies.NoPolicy as error:
        raise NoSuchVersion(str(error)) from None


def follows(sha256: str, now: datetime) -> str:
    """The hash of the version that this one follows, or that a draft would follow; "" for the first."""
    found = living(policies.published_versions())
    place = next((n for n, one in enumerate(found) if one.sha256 == sha256), len(found))
    return found[place - 1].sha256 if place else ""
