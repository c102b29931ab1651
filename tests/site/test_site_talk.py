"""`tuidan talk`: verify and risks need no database; copy and check read the platform's own order."""

from __future__ import annotations

from pathlib import Path

import orjson
from click.testing import CliRunner

from shopfloor import NOW, sealed, state
from tuidan.commands.talk import Message, send_message
from tuidan.domain import commands as c
from tuidan.reads.chain import chain_hashes
from tuidan.reads.talk import copy_of
from tuidan.site.cli import tuidan


def written(folder: Path) -> tuple[Path, Path]:
    """A copy of a fresh order's talk, and the chain as the API tells it."""
    bought = sealed()
    send_message(bought.id, c.Actor("buyer", str(bought.buyer)), Message("卡密打不开", asks=True), "m", NOW)
    copy, events = folder / "talk.jsonl", folder / "events.json"
    copy.write_bytes(copy_of(bought.id, state(bought), NOW))
    told = [{"n": n, "hash": digest} for n, digest in chain_hashes(bought.id).items()]
    events.write_bytes(orjson.dumps({"events": told}))
    return copy, events


def test_a_copy_holds_by_itself_and_against_the_chain(tmp_path: Path) -> None:
    copy, events = written(tmp_path)
    assert CliRunner().invoke(tuidan, ["talk", "verify", str(copy)]).exit_code == 0
    told = CliRunner().invoke(tuidan, ["talk", "verify", str(copy), "--events", str(events)])
    assert (told.exit_code, "holds against the chain" in told.output) == (0, True)


def test_a_changed_copy_is_named_with_its_line(tmp_path: Path) -> None:
    copy, events = written(tmp_path)
    copy.write_bytes(copy.read_bytes().replace("打不开".encode(), "打得开".encode()))
    told = CliRunner().invoke(tuidan, ["talk", "verify", str(copy), "--events", str(events)])
    assert (told.exit_code, "line 2 words_changed" in told.output) == (1, True)


def test_what_a_text_holds_is_said_one_flag_a_line() -> None:
    told = CliRunner().invoke(tuidan, ["talk", "risks", "-"], input="加我微信 abc_1234 转你，不然人肉你")
    assert told.output.split() == ["private_transfer", "threat"]


def test_an_innocent_text_says_nothing() -> None:
    told = CliRunner().invoke(tuidan, ["talk", "risks", "我要投诉12315"])
    assert (told.exit_code, told.output) == (0, "")


def test_the_score_tells_every_group_of_every_set(tmp_path: Path) -> None:
    lines = tmp_path / "lines.tsv"
    lines.write_text("a\tprivate\t加我微信 abc_1234\na\tok\t你好\nb\tthreat\t退款，不然差评\n", "utf-8")
    told = CliRunner().invoke(tuidan, ["talk", "score", str(lines)])
    assert told.exit_code == 0
    assert "set a  private  found 1/1  false alarms 0/1" in told.output
    assert len(told.output.splitlines()) == 6
