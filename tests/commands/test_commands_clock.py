"""The product's clock: the machine's own time, moved by a file where a rehearsal asks for it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tuidan.commands import clock

HOUR = timedelta(hours=1)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    clock.follow(tmp_path / "clock")
    yield tmp_path / "clock"
    clock.follow(None)


def ahead() -> timedelta:
    return clock.utc_now() - clock.wall_now()


def test_without_a_file_it_is_the_machines_time(file: Path) -> None:
    assert abs(ahead()) < timedelta(seconds=1)


def test_it_follows_every_change_however_quick(file: Path) -> None:
    for hours in [*range(50), *range(50, -50, -1)]:
        clock.write_shift(file, hours * HOUR)
        assert abs(ahead() - hours * HOUR) < timedelta(seconds=1)


def test_the_outside_is_told_its_own_time(file: Path) -> None:
    clock.write_shift(file, 24 * HOUR)
    assert abs(clock.for_outside(clock.utc_now()) - clock.wall_now()) < timedelta(seconds=1)
