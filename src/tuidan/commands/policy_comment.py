"""Say what one thinks of coming rules, while their notice runs (电商法34: changes are open to public comment)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from tuidan.domain.refusals import Refusal
from tuidan.store import policies, policy_comments

COMMENT_CHARS_MAX = 1_000
COMMENTS_PER_PERSON_MAX = 5


def comment_on_policy(sha256: str, person_id: UUID, words: str, key: str, now: datetime) -> Refusal | None:
    """Keep a comment on the version whose notice runs; the same key is one comment. A refusal says why not."""
    words = words.strip()
    if not words or len(words) > COMMENT_CHARS_MAX:
        return Refusal("comment_empty")
    comment_id = uuid5(person_id, f"{sha256}:{key}")
    kept = policy_comments.find_comment(comment_id)
    if kept is not None:
        return None if kept == words else Refusal("key_used_for_other_input")
    waiting = policies.waiting_version(now)
    if waiting is None or waiting.sha256 != sha256:
        return Refusal("comment_closed")
    if policy_comments.count_comments(sha256, person_id) >= COMMENTS_PER_PERSON_MAX:
        return Refusal("comment_limit")
    kept = policy_comments.save_comment(comment_id, sha256, person_id, words, now)
    return None if kept == words else Refusal("key_used_for_other_input")
