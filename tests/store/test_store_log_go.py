"""What the log writes is checked by programs that are not ours: Go's sumdb packages and OpenSSL."""

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from log_leaves import holds_as_files, logged

import go_checklog
from shopfloor import later
from tuidan.domain.tlog.note import open_note, read_note, read_vkey
from tuidan.domain.tlog.tiles import TileAt, edge_tiles, tile_path, width_at
from tuidan.reads import log
from tuidan.store.log.checkpoints import note_at
from tuidan.store.log.rotate import rotate_key

pytestmark = pytest.mark.usefixtures("fresh_database")
# A key and a note as Go's own package makes them; the private key is that of its documentation.
GO_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def vkey() -> str:
    return log.log_keys()[0]


def changed(data: bytes) -> Iterator[bytes]:
    """The data with one byte changed, at every place."""
    for at in range(len(data)):
        yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def fetch_all_tiles(folder: Path, size: int) -> None:
    """What a stranger who mirrors the log has on disk afterwards."""
    ats = [TileAt(partial.level, n) for partial in edge_tiles(size) for n in range(partial.n + 1)]
    for at in ats:
        width = width_at(at, size)
        tile = log.read_tile(at, width) if width else None
        if tile is not None:
            _put(folder / tile_path(at, at.n, width), tile)
        bundle = log.read_bundle(at.n, width) if width and at.level == 0 else None
        if bundle is not None:
            _put(folder / tile_path(None, at.n, width), bundle)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_go_proves_leaves_of_a_large_tree() -> None:
    found = logged(700)
    asked = []
    for at in (0, 1, 255, 256, 511, 512, 698, 699):
        told = log.proof_of(found[at].order_id)
        assert told is not None
        asked.append({"kind": "record", "vkey": vkey(), "entry": told.entry, "proof": told.proof})
    assert go_checklog.ask(asked) == ["ok"] * 8


def test_one_byte_changed_anywhere_in_entry_or_proof_is_refused_by_go_and_by_us() -> None:
    """Go reads base64 more loosely: the last character before the padding may have bits that mean nothing."""
    found = logged(300)
    told = log.proof_of(found[42].order_id)
    assert told is not None
    pairs = [(data, told.proof) for data in changed(told.entry)]
    pairs += [(told.entry, data) for data in changed(told.proof)]
    asked = [{"kind": "record", "vkey": vkey(), "entry": entry, "proof": proof} for entry, proof in pairs]
    said = go_checklog.ask(
        [{"kind": "record", "vkey": vkey(), "entry": told.entry, "proof": told.proof}, *asked]
    )
    assert said[0] == "ok"
    loose = [n - len(told.entry) for n, answer in enumerate(said[1:]) if not answer.startswith("refused")]
    assert {told.proof[at + 1 : at + 2] for at in loose} <= {b"="}
    assert [pair for pair in pairs if holds_as_files(*pair, [vkey()])] == []
    assert holds_as_files(told.entry, told.proof, [vkey()])


def test_go_finds_that_each_checkpoint_continues_the_others() -> None:
    sizes = []
    for count in (1, 69, 186, 1, 300):
        logged(count)
        sizes.append(log.log_health().signed_size)
    asked = [
        {
            "kind": "tree",
            "vkey": vkey(),
            "old": note_at(old),
            "note": note_at(new),
            "path": [base64.b64encode(each).decode() for each in log.consistency(old, new)],
        }
        for old in sizes
        for new in sizes
        if old <= new
    ]
    assert go_checklog.ask(asked) == ["ok"] * len(asked)
    wrong = asked[2] | {"path": asked[3]["path"]}
    assert go_checklog.ask([wrong])[0].startswith("refused")


def test_go_mirrors_the_tiles_and_proves_every_entry(tmp_path: Path) -> None:
    logged(513)
    note = log.newest_checkpoint()
    fetch_all_tiles(tmp_path, 513)
    assert go_checklog.ask([{"kind": "tiles", "vkey": vkey(), "note": note, "dir": str(tmp_path)}]) == ["ok"]
    for name in (
        "tile/0/001",
        "tile/0/002.p/1",
        "tile/1/000.p/2",
        "tile/entries/000",
        "tile/entries/002.p/1",
    ):
        path = tmp_path / name
        kept = path.read_bytes()
        path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        said = go_checklog.ask([{"kind": "tiles", "vkey": vkey(), "note": note, "dir": str(tmp_path)}])
        assert said[0].startswith("refused"), name
        path.write_bytes(kept)


def test_go_opens_the_checkpoint_at_which_the_keys_changed_with_either_key() -> None:
    logged(5)
    rotate_key(later(5))
    note = log.newest_checkpoint()
    new, old = log.log_keys()
    assert go_checklog.ask([{"kind": "note", "vkey": key, "note": note} for key in (old, new)]) == [
        "ok",
        "ok",
    ]


def test_a_note_that_go_signed_opens_here() -> None:
    said = go_checklog.ask([{"kind": "sign", "skey": GO_KEY, "text": "from Go\n\nwith love\n"}])[0]
    data = base64.b64decode(said.removeprefix("ok "))
    assert open_note(data, [read_vkey(GO_VKEY)]).note.text == "from Go\n\nwith love\n"


def test_openssl_verifies_the_signature_and_refuses_a_changed_text(tmp_path: Path) -> None:
    logged(7)
    note = log.newest_checkpoint()
    assert note is not None
    told, key = read_note(note), read_vkey(vkey())
    public = Ed25519PublicKey.from_public_bytes(key.public)
    (tmp_path / "log.pub.pem").write_bytes(
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    (tmp_path / "checkpoint.sig").write_bytes(told.signatures[0].blob)
    codes = []
    for text in (told.text, told.text.replace("\n7\n", "\n8\n")):
        (tmp_path / "checkpoint.body").write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "log.pub.pem", "-rawin", "-in", "checkpoint.body",
             "-sigfile", "checkpoint.sig"],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        codes.append(done.returncode)
    assert codes == [0, 1]
