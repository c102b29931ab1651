"""The life of a policy: keep a draft, give it examples, keep its replay, publish with notice, withdraw.

The one write path for pages and command line. What may be published is decided by `domain/policy/life.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import orjson

from tuidan.domain.policy import CompiledPolicy, PolicyError, canonical_bytes, check_policy, compile_policy
from tuidan.domain.policy.examples import ExamplesError, ExamplesRun, read_examples, run_examples
from tuidan.domain.policy.jdm import Problem
from tuidan.domain.policy.life import (
    Obstacle,
    Proof,
    Publication,
    Version,
    notice_days,
    obstacles,
)
from tuidan.store import policies, policy_drafts

DRAFT_BYTES_MAX = 2_000_000
EXAMPLES_BYTES_MAX = 20_000_000
CHECKS_KEPT_MAX = 16


class NoSuchPolicy(LookupError):
    """There is no draft, or no published version that may be withdrawn, with this hash."""


class NotADraft(ValueError):
    """The file is no policy that could ever decide; `problems` say where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].code)
        self.problems = problems


class NotPublished(ValueError):
    """The draft may not be published yet; `obstacles` say everything that is in the way."""

    def __init__(self, found: list[Obstacle]) -> None:
        super().__init__(" ".join(obstacle.code for obstacle in found))
        self.obstacles = found


@dataclass(frozen=True, slots=True)
class DraftProof:
    """What stands for and against a draft now: the check, its examples, what keeps it from being published."""

    policy: CompiledPolicy
    problems: list[Problem]
    examples: ExamplesRun | None
    proof: Proof


def import_draft(document: bytes, created_by: UUID | None, now: datetime) -> str:
    """Keep a policy document as a draft; gives its SHA-256. The same bytes twice are one draft. Raises NotADraft."""
    if len(document) > DRAFT_BYTES_MAX:
        raise NotADraft([Problem("policy", "", "", "too_large", str(DRAFT_BYTES_MAX))])
    try:
        policy = compile_policy(canonical_bytes(orjson.loads(document)))
    except orjson.JSONDecodeError as error:
        raise NotADraft([Problem("policy", "", "", "not_json", str(error))]) from error
    except PolicyError as error:
        raise NotADraft(error.problems) from error
    policy_drafts.save_draft(policy, created_by, now)
    return policy.sha256


def give_examples(sha256: str, lines: bytes) -> ExamplesRun:
    """Keep examples with a draft, instead of those before, and run them. Raises NoSuchPolicy, ExamplesError."""
    if len(lines) > EXAMPLES_BYTES_MAX:
        raise ExamplesError(f"more than {EXAMPLES_BYTES_MAX} bytes")
    examples = read_examples(lines)
    draft = _draft(sha256)
    run = run_examples(examples, compile_policy(draft.body), policies.calendar())
    if not policy_drafts.keep_examples(sha256, lines):
        raise NoSuchPolicy(sha256)
    return run


def keep_replay(sha256: str, summary: dict[str, object]) -> None:
    """Keep what a replay of this draft found (`reads/replay.py`). Raises NoSuchPolicy."""
    if summary.get("draft") != sha256 or not policy_drafts.keep_replay(sha256, summary):
        raise NoSuchPolicy(sha256)


def drop_draft(sha256: str) -> None:
    """Forget a draft. Raises NoSuchPolicy."""
    if not policy_drafts.drop_draft(sha256):
        raise NoSuchPolicy(sha256)


def prove_draft(sha256: str) -> DraftProof:
    """Check a draft and run its examples, anew each time. Raises NoSuchPolicy."""
    draft = _draft(sha256)
    policy = compile_policy(draft.body)
    problems = _problems(draft.body)
    run = None
    if draft.examples:
        run = run_examples(read_examples(draft.examples), policy, policies.calendar())
    proof = Proof(
        sha256,
        policy.name.id,
        policy.name.version,
        len(problems),
        run.count if run else 0,
        run.failed if run else 0,
        run.uncovered if run else (),
        str(draft.replay.get("base", "")),
        draft.replay.get("complete") is True,
    )
    return DraftProof(policy, problems, run, proof)


def publish_draft(
    sha256: str, publication: Publication, published_by: UUID | None, now: datetime, seen_n: int | None = None
) -> Version:
    """Publish a draft for orders from its moment of effect on. Orders that exist keep theirs.

    `seen_n` is the number of the latest version that the person saw. Raises NoSuchPolicy, NotPublished.
    """
    proved = prove_draft(sha256)
    versions = policies.published_versions()
    latest = max((one.n for one in versions), default=0)
    found = obstacles(proved.proof, publication, versions, now)
    if seen_n is not None and seen_n != latest:
        found = [Obstacle("changed_meanwhile"), *found]
    if found:
        raise NotPublished(found)
    effective_at = publication.effective_at if versions else now
    record = _record(proved, publication, policy_drafts.find_draft(sha256), bool(versions))
    if not policies.insert_version(proved.policy, latest + 1, now, effective_at, published_by, record):
        raise NotPublished([Obstacle("changed_meanwhile")])
    policy_drafts.drop_draft(sha256)
    return next(one for one in policies.published_versions() if one.sha256 == sha256)


def _record(
    proved: DraftProof, publication: Publication, draft: policy_drafts.DraftRecord | None, is_change: bool
) -> dict[str, object]:
    """What stands beside the version for good: what was proved about it, and the notice."""
    record: dict[str, object] = {"major": publication.major}
    if is_change:
        record["notice_days"] = notice_days(publication)
    if proved.examples is not None:
        record["examples"] = proved.examples.to_plain()
        record["accepted_uncovered"] = sorted(publication.accept_uncovered)
    if draft is not None and draft.replay:
        record["replay"] = draft.replay
    return record


def withdraw_version(sha256: str, withdrawn_by: UUID | None, now: datetime) -> None:
    """Take a published version back before it takes effect; no order was placed under it. Raises NoSuchPolicy."""
    if not policies.mark_withdrawn(sha256, withdrawn_by, now):
        raise NoSuchPolicy(sha256)


def publish_shipped_policy(now: datetime) -> str:
    """Publish the policy that ships with the product, with effect at once, as the first version ever.

    Gives the SHA-256 in force: where another was published before, that one; a change needs notice.
    """
    return policies.publish_standard(now)


@lru_cache(maxsize=CHECKS_KEPT_MAX)
def _problems(body: bytes) -> list[Problem]:
    """The check takes about a second and asks nothing but the bytes."""
    return check_policy(body)


def _draft(sha256: str) -> policy_drafts.DraftRecord:
    draft = policy_drafts.find_draft(sha256)
    if draft is None:
        raise NoSuchPolicy(sha256)
    return draft


__all__ = [
    "DraftProof",
    "ExamplesError",
    "NoSuchPolicy",
    "NotADraft",
    "NotPublished",
    "drop_draft",
    "give_examples",
    "import_draft",
    "keep_replay",
    "prove_draft",
    "publish_draft",
    "publish_shipped_policy",
    "withdraw_version",
]
