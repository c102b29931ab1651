"""The people, shops and goods that the page tests use: staged once a process, on the real database."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from tuidan.sandbox.goods import Cast, stage_goods
from tuidan.store.watch.attempts import forget_attempts

# One world serves every test of a process: enough of each kind for all of them.
CODES_EACH = 500


@pytest.fixture(scope="session")
def cast(database: str) -> Cast:
    """Everybody of the small world, with addresses of this process's own."""
    return stage_goods(datetime.now(UTC), f"-{os.getpid()}", CODES_EACH)


@pytest.fixture(autouse=True)
def _no_brake(database: str) -> Iterator[None]:
    """Tries of one test do not count in the next."""
    forget_attempts(datetime.now(UTC) + timedelta(days=1))
    cache.clear()
    yield
    cache.clear()
