"""The archive and contents of a bundle: the same state gives the same bytes, and decisions come out again."""

import zipfile
import zlib
from io import BytesIO

import orjson
import pytest

from bundle_kit import contents_of, disputed_order, files_of, links_of, sound
from pure_orders import POLICY
from tuidan.domain.bundle.archive import ARCHIVE_BYTES_MAX, File, archive_size, small_file, write_archive
from tuidan.domain.bundle.ruling import decided_again, find_rulings, said_by_policy
from tuidan.domain.evidence import canonical_bytes
from tuidan.policies import load_calendar

FILES = [
    small_file("README.txt", b"read me"),
    small_file("events/0001.json", b"{}"),
    small_file("empty", b""),
]


def test_an_archive_says_beforehand_how_long_it_is_and_other_programs_read_it() -> None:
    packed = b"".join(write_archive(FILES))
    assert len(packed) == archive_size(FILES)
    with zipfile.ZipFile(BytesIO(packed)) as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == {
            "README.txt": b"read me",
            "events/0001.json": b"{}",
            "empty": b"",
        }


def test_the_same_order_gives_the_same_bytes() -> None:
    contents = contents_of(disputed_order(), stamped=False)
    again = contents_of(disputed_order(), stamped=False)
    assert files_of(contents).packed() == files_of(again).packed()


def test_a_file_that_changes_while_it_is_sent_breaks_the_sending() -> None:
    told = File("evidence/x", 3, "", zlib.crc32(b"one"), lambda: (b"two",))
    with pytest.raises(ValueError, match="changed while it was read"):
        b"".join(write_archive([told]))


def test_an_archive_that_its_format_cannot_hold_is_not_begun() -> None:
    huge = File("evidence/x", ARCHIVE_BYTES_MAX, "", 0, lambda: ())
    with pytest.raises(ValueError, match="too large"):
        next(write_archive([huge]))


def test_every_ruling_that_is_told_with_facts_comes_out_again() -> None:
    bought = disputed_order()
    events = [(n, event, moment) for event, n, moment in bought.history]
    rulings = find_rulings(events, POLICY, load_calendar())
    told = [ruling for ruling in rulings if ruling.facts is not None]
    assert [(ruling.n, ruling.kind) for ruling in told] == [(7, "case_opened"), (13, "refund_decided")]
    for ruling in told:
        said = said_by_policy(ruling.verdict)
        assert said is not None and ruling.facts is not None
        assert decided_again(ruling.facts, POLICY, load_calendar()) == canonical_bytes(said)


def test_the_manifest_names_every_other_file_once() -> None:
    listed = orjson.loads(sound().files["manifest.json"])["files"]
    assert set(listed) == set(sound().files) - {"manifest.json", "manifest.note"}
    assert len(links_of(disputed_order())) == sum(name.startswith("events/0") for name in listed)
