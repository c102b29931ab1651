"""add-checkpoint as the protocol names its answers, over HTTP, with the signatures verified."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from little_log import LittleLog, post

from tuidan.domain.tlog.note import TIME_BYTES, open_note, read_note
from tuidan.witness.key import make_key
from tuidan.witness.server import WitnessServer
from tuidan.witness.watch import Witness

NOW = 1_764_000_000


@dataclass
class Place:
    witness: Witness
    log: LittleLog
    url: str

    def ask(self, body: bytes) -> tuple[int, str, bytes]:
        return post(self.url, "/add-checkpoint", body)

    def seen(self) -> int:
        note = self.witness.memory.last(self.log.origin)
        return int(read_note(note).text.split("\n")[1]) if note else 0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    log = LittleLog(5)
    witness = Witness(tmp_path, make_key(tmp_path, "witness.example"), [log.key], lambda: NOW)
    server = WitnessServer("127.0.0.1", 0, witness)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Place(witness, log, f"http://127.0.0.1:{server.port}")
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_first_checkpoint_is_cosigned_and_lies_on_disk(place: Place) -> None:
    status, _, body = place.ask(place.log.request(0))
    assert status == 200
    whole = place.log.note() + body
    opened = open_note(whole, [place.witness.key.public])
    assert opened.by == (place.witness.key.public,)
    assert int.from_bytes(read_note(whole).signatures[1].blob[:TIME_BYTES], "big") == NOW
    assert place.witness.memory.last(place.log.origin) == whole


def test_a_log_that_grew_is_cosigned_with_its_proof(place: Place) -> None:
    place.ask(place.log.request(0))
    assert place.ask(place.log.add(300).request(5))[0] == 200
    assert place.seen() == 305


def test_the_same_checkpoint_again_is_cosigned_again_and_the_first_time_is_kept(place: Place) -> None:
    place.ask(place.log.request(0))
    kept = place.witness.memory.last(place.log.origin)
    later = Witness(place.witness.folder, place.witness.key, [place.log.key], lambda: NOW + 9)
    answer = later.add_checkpoint(place.log.request(5))
    assert answer.status == 200 and answer.body not in (kept or b"")
    assert place.witness.memory.last(place.log.origin) == kept


def test_the_wrong_old_size_gets_the_size_that_was_seen(place: Place) -> None:
    place.ask(place.log.request(0))
    place.log.add(3)
    assert place.ask(place.log.request(4)) == (409, "text/x.tlog.size", b"5\n")
    assert place.seen() == 5


def test_a_rewritten_history_is_refused_and_its_head_kept_as_proof(place: Place) -> None:
    place.ask(place.log.request(0))
    forged = place.log.rewrite(2).add(4)
    assert place.ask(forged.request(5))[0] == 422
    assert place.seen() == 5
    assert [path.read_bytes() for path in (place.witness.folder / "forks").iterdir()] == [forged.note()]


def test_one_size_with_two_roots_is_refused(place: Place) -> None:
    place.ask(place.log.request(0))
    assert place.ask(place.log.rewrite(0).request(5))[0] == 422


def test_a_log_that_nobody_named_is_not_found(place: Place) -> None:
    assert place.ask(LittleLog(5, "other.example/log").request(0))[0] == 404


def test_a_checkpoint_that_another_key_signed_is_forbidden(place: Place) -> None:
    assert place.ask(LittleLog(5).request(0))[0] == 403
    assert place.seen() == 0


def test_an_old_size_above_the_checkpoints_is_a_bad_request(place: Place) -> None:
    place.ask(place.log.request(0))
    body = place.log.request(0, 3).replace(b"old 0\n", b"old 5\n")
    assert place.ask(body)[0] == 400


def broken(body: bytes) -> list[bytes]:
    return [
        b"",
        body.replace(b"old 0\n", b"old 00\n"),
        body.replace(b"old 0\n", b"0\n"),
        body.replace(b"old 0\n", b"old -1\n"),
        body.replace(b"old 0\n", b"old 0\nnot base64\n"),
        body.replace(b"old 0\n", b"old 0\n" + b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n" * 64),
        body.replace(b"old 0\n\n", b"old 0\n"),
        body[: body.rindex(b"\n\n")],
    ]


@pytest.mark.parametrize("which", range(8))
def test_a_body_of_another_form_is_a_bad_request(place: Place, which: int) -> None:
    assert place.ask(broken(place.log.request(0))[which])[0] == 400


def test_a_proof_where_none_belongs_is_refused(place: Place) -> None:
    extra = b"old 0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert place.ask(place.log.request(0).replace(b"old 0\n", extra))[0] == 422


def test_of_two_requests_at_once_one_wins_and_the_size_never_falls(place: Place) -> None:
    place.ask(place.log.request(0))
    place.log.add(40)
    bodies = [place.log.request(5, size) for size in (20, 45) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(status for status, _, _ in pool.map(place.ask, bodies))
    assert statuses == [200] + [409] * 7
    assert place.seen() in (20, 45)


def test_a_checkpoint_lasts_over_a_restart(place: Place) -> None:
    place.ask(place.log.request(0))
    again = Witness(place.witness.folder, place.witness.key, [place.log.key], lambda: NOW)
    answer = again.add_checkpoint(place.log.rewrite(1).add(2).request(5))
    assert answer.status == 422


def test_what_was_seen_and_the_key_can_be_looked_at(place: Place) -> None:
    place.ask(place.log.request(0))
    for path, wanted in (
        ("/checkpoints", place.log.note()),
        ("/key", place.witness.key.public.vkey().encode()),
    ):
        assert wanted in _get(place.url, path)


def _get(url: str, path: str) -> bytes:
    with urlopen(url + path, timeout=10) as answer:
        return bytes(answer.read())
