"""The bundle over HTTP: whoever sees the order takes it along, with the words that are theirs; it verifies alone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from uuid import UUID

import httpx
import orjson
import pytest
from api_world import PRICE_FEN, Caller, Shopfront, now
from click.testing import CliRunner

from evidence_files import jpeg_with_place, uploaded
from tuidan.commands import upload
from tuidan.domain import commands as c
from tuidan.reads.bundle import inside_viewer, read_bundle
from tuidan.reads.log import log_keys
from tuidan.site.cli import tuidan
from tuidan.store.log.append import append_heads
from tuidan.store.log.checkpoints import sign_newest
from tuidan.verifier.checks import check_bundle
from tuidan.verifier.finding import Report
from tuidan.verifier.main import report_lines
from tuidan.verifier.sealing import Trust
from tuidan.verifier.single import single_file
from tuidan.worker.checker import Checker
from tuidan.worker.files import check_files


def logged(*orders: UUID) -> None:
    """What the worker does with feed rows: leaves, and a signature over them."""
    append_heads(orders)
    sign_newest(now())


@pytest.fixture(scope="module")
def disputed(front: Shopfront, caller: Caller) -> UUID:
    """An order with a talk and a case in review, in the log."""
    order_id = front.in_review()
    caller.post(f"/orders/{order_id}/messages", {"words": "说好两小时，只有四十分钟"})
    logged(order_id)
    return order_id


def taken(caller: Caller, order_id: UUID, role: str = "owner", query: str = "") -> httpx.Response:
    answer = caller.send(role, "GET", f"/orders/{order_id}/bundle{query}")
    assert answer.status_code == 200, answer.text
    return answer


def names_in(answer: httpx.Response) -> set[str]:
    return set(zipfile.ZipFile(BytesIO(answer.content)).namelist())


def checked(content: bytes, folder: Path) -> Report:
    path = folder / "bundle.zip"
    path.write_bytes(content)
    return check_bundle(path, Trust(tuple(log_keys())))


def test_a_stranger_with_one_file_and_a_key_verifies_what_the_buyer_took_along(
    disputed: UUID, caller: Caller, tmp_path: Path
) -> None:
    answer = taken(caller, disputed)
    (tmp_path / "bundle.zip").write_bytes(answer.content)
    (tmp_path / "verify.py").write_bytes(single_file())
    words = [sys.executable, "-I", "verify.py", "bundle.zip", "--vkey", log_keys()[0]]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert answer.headers["Content-Type"] == "application/zip"
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    events, covered = answer.headers["Tuidan-Covered"].split("/")
    assert events == covered


def test_the_same_state_gives_the_same_bytes(disputed: UUID, caller: Caller) -> None:
    assert taken(caller, disputed).content == taken(caller, disputed).content


def test_buyer_and_seller_hold_the_same_events_and_the_same_proof(disputed: UUID, caller: Caller) -> None:
    buyers, sellers = (
        zipfile.ZipFile(BytesIO(taken(caller, disputed, role).content)) for role in ("owner", "seller")
    )
    same = [name for name in buyers.namelist() if name.startswith(("events/", "head.", "policy/"))]
    assert len(same) > 8
    assert [name for name in same if buyers.read(name) != sellers.read(name)] == []


def test_the_page_inside_says_what_happened_in_both_languages(disputed: UUID, caller: Caller) -> None:
    archive = zipfile.ZipFile(BytesIO(taken(caller, disputed).content))
    page, readme = archive.read("index.html").decode(), archive.read("README.txt").decode()
    for words in ("说好两小时，只有四十分钟", "经过", "What happened", "代练"):
        assert words in page
    assert "<script" not in page and "http-equiv" not in page
    assert log_keys()[0] in readme and "verify.py" in readme


def test_words_that_are_not_shown_to_somebody_are_not_in_their_bundle(
    front: Shopfront, caller: Caller, tmp_path: Path
) -> None:
    order_id = front.alarming()
    caller.post(f"/orders/{order_id}/alarm-acknowledgements", {"reason": "已联系渠道核实"}, "operator")
    logged(order_id)
    owner, operator = taken(caller, order_id), taken(caller, order_id, "operator")
    assert len(names_in(operator)) >= len(names_in(owner))
    assert not any(name.startswith("words/") for name in names_in(owner))
    assert checked(owner.content, tmp_path).holds()


def test_what_the_log_does_not_cover_yet_is_said(front: Shopfront, tmp_path: Path) -> None:
    order_id = front.codes()
    logged(order_id)
    bundle = read_bundle(order_id, inside_viewer(), wait_seconds=0)
    assert bundle is not None and bundle.covered == bundle.events
    fresh = front.codes()
    bundle = read_bundle(fresh, inside_viewer(), wait_seconds=0)
    assert bundle is not None and bundle.covered == 0
    report = checked(b"".join(bundle.pieces()), tmp_path)
    assert "there is no proof of the log" in "\n".join(report_lines(report, 1))


def test_a_case_that_is_not_there_is_not_found(disputed: UUID, caller: Caller) -> None:
    assert caller.send("owner", "GET", f"/orders/{disputed}/bundle?case=7").status_code == 404
    assert caller.send("owner", "GET", f"/orders/{disputed}/bundle?case=x").status_code == 422


def test_the_decision_stands_in_the_bundle_with_its_facts_and_can_be_made_again(
    front: Shopfront, caller: Caller, tmp_path: Path
) -> None:
    order_id = front.codes()
    caller.post(f"/orders/{order_id}/refund-requests", {"unit": 1, "reason": "no_reason"})
    logged(order_id)
    answer = taken(caller, order_id, query="?case=1")
    archive = zipfile.ZipFile(BytesIO(answer.content))
    facts = orjson.loads(archive.read("decision-1.facts.jsonl").splitlines()[-1])["facts"]
    assert facts["amount_paid_fen"] == PRICE_FEN
    (tmp_path / "bundle.zip").write_bytes(answer.content)
    words = ["verify", str(tmp_path / "bundle.zip"), "--lang", "en", "--vkey", log_keys()[0]]
    done = CliRunner().invoke(tuidan, words)
    assert done.exit_code == 0, done.output
    assert "made again from the rules and facts in the bundle, is the same" in done.output


def test_the_operators_command_writes_the_same_evidence(disputed: UUID, tmp_path: Path) -> None:
    path = tmp_path / "out.zip"
    bundle = read_bundle(disputed, inside_viewer())
    assert bundle is not None
    path.write_bytes(b"".join(bundle.pieces()))
    assert (path.stat().st_size, bundle.covered) == (bundle.size(), bundle.events)
    changed = path.read_bytes().replace(b'"kind":"order_placed"', b'"kind":"order_placer"')
    path.write_bytes(changed)
    done = CliRunner().invoke(tuidan, ["verify", str(path), "--lang", "en"])
    assert done.exit_code == 1 and "event 1 was changed" in done.output


def test_the_single_file_is_written_by_the_command() -> None:
    done = CliRunner().invoke(tuidan, ["verify", "--single-file"])
    assert done.exit_code == 0 and done.stdout_bytes == single_file()


@pytest.fixture(scope="module")
def shown(front: Shopfront, caller: Caller) -> tuple[UUID, str, str]:
    """An order whose buyer filed a photograph that says where it was taken; its hashes, as it came and cleaned."""
    order_id = front.in_evidence()
    actor = c.Actor("buyer", str(front.people["owner"]))
    file = uploaded(order_id, actor, jpeg_with_place())
    with Checker() as checker:
        check_files(checker, now)
    told = {"type": "progress_screenshot", "files": [file.n], "words": "见照片"}
    answer = caller.post(f"/orders/{order_id}/cases/1/exhibits", told)
    assert answer.status_code < 300, answer.text
    logged(order_id)
    event = caller.get(f"/orders/{order_id}/events").json()["events"]
    data = next(d for d in (orjson.loads(one["body"])["data"] for one in event) if d.get("files"))
    return order_id, data["files"][0], data["cleaned"][0]


def test_each_side_gets_the_files_that_it_may_see_and_the_rest_is_named(
    shown: tuple[UUID, str, str], caller: Caller, tmp_path: Path
) -> None:
    order_id, came, cleaned = shown
    mine, theirs = taken(caller, order_id), taken(caller, order_id, "seller")
    assert {f"evidence/{came}", f"evidence/{cleaned}"} <= names_in(mine)
    assert f"evidence/{came}" not in names_in(theirs) and f"evidence/{cleaned}" in names_in(theirs)
    report = checked(theirs.content, tmp_path)
    assert report.holds(), report_lines(report, 1)
    assert [line.code for line in report.lines if line.data.get("sha256") == came] == [
        "evidence_absent_not_shown"
    ]
    assert b"GPS" not in theirs.content and checked(mine.content, tmp_path).holds()


def test_an_erased_file_is_named_as_erased_and_the_rest_still_verifies(
    shown: tuple[UUID, str, str], caller: Caller, tmp_path: Path
) -> None:
    order_id, came, _ = shown
    assert upload.erase_file(order_id, 1, now())
    report = checked(taken(caller, order_id).content, tmp_path)
    assert report.holds(), report_lines(report, 1)
    assert "evidence_absent_erased" in {line.code for line in report.lines if line.data.get("sha256") == came}
