"""The benchmark in its smallest size: it runs to its end and gives every figure. How fast it is, is not tested."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tuidan.sandbox.bench import decisions
from tuidan.sandbox.bench.report import lines

FIGURES = ["r4", "command", "hot_seller", "http", "bulk", "claims", "orm"]
SMALLEST = ["--seconds", "0.2", "--rounds", "2", "--bulk-orders", "40"]


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tuidan", "bench", "--json", *SMALLEST],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_figure_is_given_with_its_spread(told: dict[str, Any]) -> None:
    assert [figure["name"] for figure in told["figures"]] == FIGURES
    for figure in told["figures"]:
        for spread in (figure["per_second"], figure.get("ratio", figure["per_second"])):
            assert 0 < spread["min"] <= spread["median"] <= spread["max"]


def test_the_server_flushes_every_commit_and_the_answer_says_so(told: dict[str, Any]) -> None:
    assert (told["server"]["fsync"], told["server"]["synchronous_commit"]) == ("on", "on")


def test_plain_statements_write_the_rows_that_a_refund_writes(told: dict[str, Any]) -> None:
    assert told["one_refund"]["rows"] == {
        "orders_order": 1,
        "orders_event": 2,
        "orders_posting": 1,
        "orders_outbox": 2,
    }
    assert all(size > 0 for size in told["one_refund"]["bytes"].values())


def test_memory_is_measured_at_two_sizes(told: dict[str, Any]) -> None:
    peaks = told["memory"]["peak_bytes"]
    assert sorted(map(int, peaks)) == [10, 40]
    assert told["memory"]["growth_bytes"] == peaks["40"] - peaks["10"]


def test_the_table_for_people_has_a_line_for_each(told: dict[str, Any]) -> None:
    table = "\n".join(lines(told))
    assert all(f"\n{name} " in table for name in (*FIGURES, "memory"))
    assert "fsync on, synchronous_commit on" in table


def test_the_policys_tables_are_measured_against_zen_engine(told: dict[str, Any]) -> None:
    policy = told["policy"]
    assert "missing" not in policy
    assert [figure["name"] for figure in policy["figures"]] == ["table", "table_bulk", "walk", "verdict"]
    for figure in policy["figures"][:3]:
        assert figure["target"] == 20
        assert figure["reached"] is (figure["ratio"]["median"] >= 20)
        assert figure["ratio"]["min"] <= figure["ratio"]["median"] <= figure["ratio"]["max"]
    table = "\n".join(lines(told))
    assert all(f"\n{figure['name']} " in table for figure in policy["figures"])


def test_without_zen_engine_one_sentence_says_so(
    told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "HAS_ZEN", False)
    said: list[str] = []
    alone = decisions.measure(0.01, 1, said.append)
    assert said == [decisions.MISSING]
    assert not any("ratio" in figure for figure in alone["figures"])  # type: ignore[attr-defined]
    assert lines({**told, "policy": alone})[-1] == decisions.MISSING
