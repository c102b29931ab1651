"""The people, shops and goods that the page tests use: staged once a process, on the real database."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from tuidan.sandbox.goods import Cast, stage_goods


@pytest.fixture(scope="session")
def cast(database: str) -> Cast:
    """Everybody of the small world, with addresses of this process's own."""
    return stage_goods(datetime.now(UTC), f"-{os.getpid()}")


@pytest.fixture(autouse=True)
def _no_brake() -> Iterator[None]:
    """Tries of one test do not count in the next."""
    cache.clear()
    yield
    cache.clear()
