"""The eight stories as `demo --check` plays them: real processes, HTTP and signatures, in a place of their own.

The incident has fewer orders here than in the command's default, so that the whole suite stays short.
"""

import subprocess
import sys
from functools import cache

import pytest

from tuidan.sandbox.stories import STORIES

INCIDENT_ORDERS = 400
STORY_SECONDS_MAX = 600


@cache
def played() -> subprocess.CompletedProcess[str]:
    """Play all stories once for this process of tests."""
    return subprocess.run(
        [sys.executable, "-m", "tuidan", "demo", "--check", "--orders", str(INCIDENT_ORDERS)],
        capture_output=True,
        text=True,
        timeout=STORY_SECONDS_MAX,
        check=False,
    )


@pytest.mark.parametrize("number", range(1, len(STORIES) + 1))
def test_the_story_ends_as_promised(number: int) -> None:
    said = played()
    lines = [line for line in said.stdout.splitlines() if line.split()[1:2] == [str(number)]]
    assert [line.split()[0] for line in lines] == ["ok"], said.stdout + said.stderr


def test_the_check_counts_what_passed_and_ends_well() -> None:
    said = played()
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[-1] == f"{len(STORIES)} passed, 0 failed"


def test_the_check_leaves_no_process_running() -> None:
    played()
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "demo-check" not in running
