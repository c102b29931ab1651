"""The log in public: what programs fetch from it without a login, and what its page says and offers."""

import base64
import html
import re
import subprocess
import urllib.parse
from pathlib import Path

import pytest
from django.test import Client
from storefront import Shelf, now, project_boards

import go_checklog
from tuidan.domain.tlog.handover import read_handover
from tuidan.domain.tlog.proof_text import read_proof_text
from tuidan.domain.tlog.tiles import TileAt, edge_tiles, read_bundle, tile_path, width_at
from tuidan.reads import log
from tuidan.sandbox.goods import Cast
from tuidan.store.log.checkpoints import sign_newest, tell_trouble
from tuidan.store.log.rotate import rotate_key
from tuidan.web.shared.words import say


@pytest.fixture
def order_id(cast: Cast) -> object:
    """A fresh order that the log has."""
    made = Shelf(cast).sealed()
    project_boards()
    sign_newest(now())
    return made


def fetched(path: str, content_type: str, keep: str) -> bytes:
    """What anybody gets, with the type and the time it may be kept; no cookie plays a part in it."""
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert answer.headers["Cache-Control"] == keep
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    return bytes(answer.content)


TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
FOR_EVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"


def test_a_stranger_fetches_checkpoint_leaf_and_proof_and_go_verifies_them(order_id: object) -> None:
    entry = fetched(f"/log/orders/{order_id}/entry", BYTES, ASK_AGAIN)
    proof = fetched(f"/log/orders/{order_id}/proof", TEXT, ASK_AGAIN)
    checkpoint = fetched("/log/checkpoint", TEXT, ASK_AGAIN)
    vkey = fetched("/log/keys", TEXT, ASK_AGAIN).decode().splitlines()[0].split(" ")[0]
    assert read_proof_text(proof).checkpoint == checkpoint
    assert go_checklog.ask([{"kind": "record", "vkey": vkey, "entry": entry, "proof": proof}]) == ["ok"]


def test_a_stranger_mirrors_the_whole_log_over_http(order_id: object, tmp_path: Path) -> None:
    head = log.newest_head()
    assert head is not None
    entries: list[bytes] = []
    for partial in edge_tiles(head.size):
        for n in range(partial.n + 1):
            at = TileAt(partial.level, n)
            width = width_at(at, head.size)
            for kind in (at, None) if width and at.level == 0 else (at,) if width else ():
                path = tile_path(kind, n, width)
                data = fetched(f"/log/{path}", BYTES, FOR_EVER)
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path).write_bytes(data)
                entries += read_bundle(data) if kind is None else []
    assert len(entries) == head.size
    asked = {
        "kind": "tiles",
        "vkey": log.log_keys()[0],
        "note": log.newest_checkpoint(),
        "dir": str(tmp_path),
    }
    assert go_checklog.ask([asked]) == ["ok"]


def test_a_proof_between_two_checkpoints_is_fetched_and_go_verifies_it(cast: Cast, order_id: object) -> None:
    old = log.newest_checkpoint()
    first = log.log_health().signed_size
    Shelf(cast).sealed()
    project_boards()
    sign_newest(now())
    second = log.log_health().signed_size
    lines = fetched(f"/log/consistency/{first}/{second}", TEXT, FOR_EVER).decode().splitlines()
    kept = fetched(f"/log/checkpoint/{first}", TEXT, ASK_AGAIN)
    assert kept == old
    asked = {
        "kind": "tree", "vkey": log.log_keys()[0], "old": old, "note": log.newest_checkpoint(), "path": lines,
    }  # fmt: skip
    assert go_checklog.ask([asked]) == ["ok"]


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/x009/999", "tile/0/000.p/0", "tile/9/000", "tile/entries/x009/999", "tile/entries/1", "tile/0/../keys",
        "checkpoint/99999999", "keys/99", "keys/99.pem", "consistency/2/1", "consistency/0/99999999",
        "orders/00000000-0000-4000-8000-000000000000/proof", "orders/00000000-0000-4000-8000-000000000000/entry",
    ],
)  # fmt: skip
def test_what_is_not_there_is_one_line_and_is_not_kept(path: str) -> None:
    answer = Client().get(f"/log/{urllib.parse.quote(path)}")
    assert (answer.status_code, answer.content) == (404, b"not here\n")
    assert answer.headers["Cache-Control"] == ASK_AGAIN


def test_the_log_takes_nothing_from_outside() -> None:
    for path in ("/log/", "/log/checkpoint", "/log/tile/0/000", "/log/keys"):
        assert Client().post(path).status_code in (403, 405)


def test_the_page_shows_the_checkpoint_and_the_key_in_both_languages(order_id: object) -> None:
    note = log.newest_checkpoint()
    assert note is not None
    for language in ("zh", "en"):
        client = Client()
        client.cookies["lang"] = language
        page = client.get("/log/").content.decode()
        assert say("log.lead", language) in page
        assert note.decode().splitlines()[2].replace("+", "&#x2B;") in page.replace("+", "&#x2B;")
        assert log.log_keys()[0] in page


def test_the_page_finds_the_proof_of_an_order(order_id: object) -> None:
    page = Client().get("/log/", {"order": str(order_id)}).content.decode()
    found = log.proof_of(order_id)  # type: ignore[arg-type]
    assert found is not None
    assert f"/log/orders/{order_id}/proof" in page
    assert say("log.order.found", "zh", n=found.n, index=found.index, size=found.size) in page


@pytest.mark.parametrize(("asked", "word"), [("abc", "log.no_number"), ("0" * 32, "log.no_proof")])
def test_the_page_says_why_it_finds_nothing(asked: str, word: str) -> None:
    answer = Client().get("/log/", {"order": asked})
    assert answer.status_code == 404
    assert say(word, "zh") in answer.content.decode()


def test_what_is_typed_comes_back_as_text(order_id: object) -> None:
    page = Client().get("/log/", {"order": "<b>'\"x"}).content.decode()
    assert "<b>'" not in page


def test_a_log_that_must_not_sign_says_so_on_its_page_and_to_operators(fresh_database: str) -> None:
    sign_newest(now())
    tell_trouble("published_ahead", 3, 9, now())
    assert say("log.trouble.published_ahead", "zh") in Client().get("/log/").content.decode()


def test_an_empty_log_has_a_page(fresh_database: str) -> None:
    answer = Client().get("/log/")
    assert answer.status_code == 200
    assert say("log.none", "zh") in answer.content.decode()


def test_a_new_key_and_its_handover_are_public(fresh_database: str) -> None:
    sign_newest(now())
    rotate_key(now())
    lines = [line.split(" ") for line in fetched("/log/keys", TEXT, ASK_AGAIN).decode().splitlines()]
    assert [line[1:] for line in lines] == [["0", "-"], ["0", "0"]]
    told = read_handover(fetched("/log/keys/2", TEXT, FOR_EVER))
    assert [told.new.vkey(), told.old.vkey()] == [line[0] for line in lines]
    pem = fetched("/log/keys/2.pem", TEXT, FOR_EVER).decode().splitlines()
    assert base64.b64decode(pem[1])[-32:] == told.new.public


def test_the_commands_of_the_page_verify_the_signature(fresh_database: str, tmp_path: Path) -> None:
    """As they stand there, with openssl and the shell; also after the key changed."""
    sign_newest(now())
    rotate_key(now())
    page = html.unescape(Client().get("/log/").content.decode())
    commands = re.findall(r"^(?:head|grep|openssl) .*$", page, re.M)
    assert len(commands) == 3
    (tmp_path / "checkpoint").write_bytes(Client().get("/log/checkpoint").content)
    (tmp_path / "log.pem").write_bytes(Client().get("/log/keys/2.pem").content)
    script = "set -e\n" + "\n".join(commands).removesuffix("</pre>")
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Verified Successfully" in done.stdout) == (0, True), done.stderr
