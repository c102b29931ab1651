"""A draft policy asked about past orders beside the version it would follow: what would have come out otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tuidan.domain.policy import compile_policy
from tuidan.domain.policy.life import living
from tuidan.domain.replay import Replay
from tuidan.domain.replay_order import Asking
from tuidan.reads.answer import likely_reason
from tuidan.store import facts, policies, policy_drafts
from tuidan.store.orders import history


class NoSuchDraft(LookupError):
    """There is no draft with this hash."""


class NothingPublished(LookupError):
    """No version is published yet, so there is nothing to hold a draft against."""


def replay_draft(
    sha256: str,
    now: datetime,
    progress: Callable[[int], None] = lambda orders: None,
    orders_max: int = 0,
) -> dict[str, object]:
    """The summary of a replay over all past orders, or over the newest `orders_max`; changes nothing.

    `progress` gets how many orders each step looked at. Raises NoSuchDraft, NothingPublished.
    """
    draft = policy_drafts.find_draft(sha256)
    if draft is None:
        raise NoSuchDraft(sha256)
    published = living(policies.published_versions())
    if not published:
        raise NothingPublished(sha256)
    base = policies.policy_by_sha256(published[-1].sha256)
    found = compile_policy(draft.body)
    asking = Asking(base, found, policies.calendar(), facts.UNKNOWN_OUTSIDE, likely_reason, now)
    return run_replay(asking, progress, orders_max)


def run_replay(asking: Asking, progress: Callable[[int], None], orders_max: int) -> dict[str, object]:
    """Ask about the orders page by page."""
    replay = Replay(asking)
    for page in history.pages_of_events():
        asked = page[: orders_max - replay.orders] if orders_max else page
        for order_id, bodies in asked:
            replay.add_order(str(order_id), map(history.read_told, bodies))
        progress(len(asked))
        if len(asked) < len(page):
            return replay.summary(complete=False)
    return replay.summary(complete=True)


def count_past_orders() -> int:
    """How many orders a replay will look at."""
    return history.count_orders()
