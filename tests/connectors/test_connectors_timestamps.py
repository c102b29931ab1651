"""Timestamps over RFC 3161, against an authority that is a process of its own, read by a tool that is not ours."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sandbox_world import fetch, post

from tuidan.connectors.contract.http import NotReached, OutsideError
from tuidan.connectors.contract.registry import connect
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.contract.timestamp import TimestampAuthority, TimestampRefused
from tuidan.connectors.timestamps.rfc3161.sandbox import start_command

CHECKPOINT = b"shop.example/log\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


@dataclass
class Place:
    process: SandboxProcess
    authority: TimestampAuthority

    def misbehave(self, kind: str) -> None:
        assert (
            post(f"{self.process.url}/_control/trouble", json.dumps({"kind": kind, "next": 1}).encode())[0]
            == 200
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("tsa")
    with SandboxProcess(start_command(folder), folder / "sandbox.log") as process:
        settings = {"url": process.url, "ca": process.ready["ca"], "every_minutes": "5"}
        found = Place(process, connect("timestamps", "rfc3161", settings))
        yield found
        found.authority.close_connections()


def openssl_accepts(token: bytes, data: bytes, ca: bytes, folder: Path) -> bool:
    for name, content in (("data", data), ("r.tsr", token), ("ca.pem", ca)):
        (folder / name).write_bytes(content)
    words = ["openssl", "ts", "-verify", "-data", "data", "-in", "r.tsr", "-CAfile", "ca.pem"]
    return subprocess.run(words, cwd=folder, capture_output=True, check=False).returncode == 0


def test_openssl_accepts_the_token_and_refuses_it_for_one_changed_byte(place: Place, tmp_path: Path) -> None:
    token = place.authority.stamp(CHECKPOINT)
    ca = place.authority.ca_pem
    assert openssl_accepts(token.der, CHECKPOINT, ca, tmp_path)
    assert not openssl_accepts(token.der, CHECKPOINT.replace(b"42", b"43"), ca, tmp_path)
    changed = bytearray(token.der)
    changed[token.der.index(token.at.strftime("%Y%m%d").encode()) + 3] ^= 1  # the year that it names
    assert not openssl_accepts(bytes(changed), CHECKPOINT, ca, tmp_path)


@pytest.mark.parametrize("kind", ["other", "stale", "garbage"])
def test_an_answer_that_is_not_over_what_was_asked_is_refused(place: Place, kind: str) -> None:
    place.authority.stamp(CHECKPOINT)  # so that there is an old one to give
    place.misbehave(kind)
    with pytest.raises(TimestampRefused):
        place.authority.stamp(CHECKPOINT)


def test_an_authority_that_is_down_is_trouble_outside_and_answers_later(place: Place) -> None:
    place.misbehave("down")
    with pytest.raises(OutsideError) as told:
        place.authority.stamp(CHECKPOINT)
    assert told.value.retry_can_help
    before = json.loads(fetch(f"{place.process.url}/_control/state"))["given"]
    place.authority.stamp(CHECKPOINT)
    assert json.loads(fetch(f"{place.process.url}/_control/state"))["given"] == before + 1


def test_a_token_of_a_stranger_is_refused(place: Place, tmp_path: Path) -> None:
    with SandboxProcess(start_command(tmp_path), tmp_path / "sandbox.log") as stranger:
        settings = {"url": stranger.url, "ca": place.process.ready["ca"]}
        asked = connect("timestamps", "rfc3161", settings)
        with pytest.raises(TimestampRefused):
            asked.stamp(CHECKPOINT)
        asked.close_connections()


def test_an_authority_that_is_not_there_is_not_reached(place: Place) -> None:
    away = connect("timestamps", "rfc3161", {"url": "http://127.0.0.1:9/", "ca": place.process.ready["ca"]})
    with pytest.raises(NotReached):
        away.stamp(CHECKPOINT)


@pytest.mark.parametrize(
    "wrong", [{"url": ""}, {"url": "ftp://x"}, {"ca": "/nowhere.pem"}, {"every_minutes": "-1"}]
)
def test_wrong_settings_are_refused(place: Place, wrong: dict[str, str]) -> None:
    settings = {"url": place.process.url, "ca": place.process.ready["ca"]} | wrong
    with pytest.raises((ValueError, OSError)):
        connect("timestamps", "rfc3161", settings)
