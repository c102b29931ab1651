"""The log's part of the worker: heads of orders become leaves with their feed rows, and the tree is signed.

A checkpoint follows at least each second under load, and at once when there is nothing else to do.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta

import structlog

from tuidan.domain.tlog.trouble import NotSigned
from tuidan.store.log.append import append_heads
from tuidan.store.log.checkpoints import is_behind, sign_newest, tell_trouble
from tuidan.store.log.edge import MissingTile, tree_size
from tuidan.store.orders.claim import Work, postpone_outbox
from tuidan.worker.job import Clock

log = structlog.get_logger()
SIGN_SECONDS = 1.0
TROUBLE_SECONDS = 5.0
BROKEN_LOG_SECONDS = 60.0


def log_orders(rows: Sequence[Work], clock: Clock) -> bool:
    """Log the heads of the orders of these feed rows. False: not possible, and the rows wait for a person's repair.

    Until then everything else goes on; an operator hears of it, and no row is lost.
    """
    try:
        append_heads(row.order_id for row in rows)
    except MissingTile as error:
        now = clock()
        log.error("log_is_broken", why=str(error))
        tell_trouble("rows_missing", tree_size(), 0, now)
        for row in rows:
            postpone_outbox(row, now + timedelta(seconds=BROKEN_LOG_SECONDS), str(error))
        return False
    return True


class Signing:
    """When this worker signs the tree. Others may do so too: what they sign is the same."""

    def __init__(self) -> None:
        self.due = 0.0

    def look(self, clock: Clock, *, idle: bool) -> None:
        """Sign what is not signed yet; while there is work only once in SIGN_SECONDS."""
        started = time.monotonic()
        if started < self.due - (SIGN_SECONDS if idle else 0.0):
            return
        wait = SIGN_SECONDS
        try:
            if is_behind():
                sign_newest(clock())
        except NotSigned as error:
            log.error("log_not_signed", code=error.code, here=error.size, seen=error.seen_size)
            wait += TROUBLE_SECONDS
        self.due = started + wait
