"""Tokens over the log's checkpoints: asked for at a pace, kept with the bytes that they are over, read by openssl."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from log_world import Watching, log_everything, now, watched_log

from shopfloor import rows, sealed
from tuidan.commands.outside import Outside
from tuidan.connectors.contract.registry import connect
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.contract.timestamp import TimestampAuthority
from tuidan.connectors.timestamps.rfc3161.sandbox import start_command
from tuidan.reads.log_witness import newest_token, policy_text, read_token, read_witnesses
from tuidan.worker.witness import Witnessing, stamp_newest

__all__ = ["watched_log"]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    folder = tmp_path_factory.mktemp("tsa")
    with SandboxProcess(start_command(folder), folder / "sandbox.log") as process:
        yield process


def authority(sandbox: SandboxProcess, every_minutes: int = 0, url: str = "") -> TimestampAuthority:
    settings = {"url": url or sandbox.url, "ca": sandbox.ready["ca"], "every_minutes": str(every_minutes)}
    made: TimestampAuthority = connect("timestamps", "rfc3161", settings)
    return made


def test_the_newest_checkpoint_is_stamped_once_and_openssl_accepts_it(
    watched_log: Watching, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    asked = authority(sandbox)
    assert stamp_newest(asked, now) and not stamp_newest(asked, now)
    sealed()
    note = log_everything()
    assert stamp_newest(asked, now)
    found = newest_token()
    assert found is not None and found[0] == note
    for name, content in zip(("checkpoint", "checkpoint.tsr", "ca.pem"), found, strict=True):
        (tmp_path / name).write_bytes(content)
    words = ["openssl", "ts", "-verify", "-data", "checkpoint", "-in", "checkpoint.tsr", "-CAfile", "ca.pem"]
    assert subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    shown = read_token()
    assert shown is not None and abs((shown.at - now()).total_seconds()) < 60
    asked.close_connections()


def test_a_token_waits_for_its_pace(watched_log: Watching, sandbox: SandboxProcess) -> None:
    asked = authority(sandbox, every_minutes=60)
    assert stamp_newest(asked, now)
    sealed()
    log_everything()
    assert not stamp_newest(asked, now)
    asked.close_connections()


def test_an_authority_that_is_away_stops_nothing(watched_log: Watching, sandbox: SandboxProcess) -> None:
    away = authority(sandbox, url="http://127.0.0.1:9/")
    outside = Outside(witnesses={"w": watched_log.client}, timestamps={away.name: away})
    assert Witnessing().look(outside, now) == 1
    assert newest_token() is None
    assert rows("SELECT count(*) FROM log_token") == [(0,)]
    away.close_connections()


def test_the_policy_names_our_keys_and_the_witnesses_that_cosigned(watched_log: Watching) -> None:
    assert policy_text().splitlines()[1:] == ["quorum none"]
    watched_log.ask()
    (seen,) = read_witnesses()
    assert (seen.name, seen.said, seen.contradicts) == ("witness.example", "", False)
    assert policy_text("https://shop.example/log").splitlines()[1:] == [
        f"witness witness-1 {watched_log.client.vkey}",
        "group witnesses any witness-1",
        "quorum witnesses",
    ]


def test_what_verifiers_need_can_be_fetched_and_is_shown(
    watched_log: Watching, sandbox: SandboxProcess, client: Client
) -> None:
    asked = authority(sandbox)
    assert client.get("/log/stamped/token").status_code == 404
    watched_log.ask()
    stamp_newest(asked, now)
    parts = [client.get(f"/log/stamped/{part}") for part in ("checkpoint", "token", "ca")]
    assert tuple(part.content for part in parts) == newest_token()
    assert parts[1]["Content-Type"] == "application/timestamp-reply"
    assert client.get("/log/policy").content.decode().endswith("quorum witnesses\n")
    page = client.get("/log/").content.decode()
    assert "witness.example" in page and "checkpoint.tsr" in page
    asked.close_connections()
