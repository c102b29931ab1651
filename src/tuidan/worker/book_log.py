"""The books' heads come into the log now and then, whoever moved them."""

from __future__ import annotations

import time

import structlog

from tuidan.store.log.append import LogBusy
from tuidan.store.log.books import append_books
from tuidan.store.log.edge import MissingTile

log = structlog.get_logger()
EVERY_SECONDS = 2.0


class BookLogging:
    """When this worker looks; two workers that look at once add one leaf."""

    def __init__(self) -> None:
        self.due = 0.0

    def look(self) -> int:
        """Log what moved; gives how many leaves were added. A log that is broken or busy is tried again later."""
        if time.monotonic() < self.due:
            return 0
        self.due = time.monotonic() + EVERY_SECONDS
        try:
            return append_books()
        except (LogBusy, MissingTile) as error:
            log.warning("books_not_logged", why=str(error))
            return 0
