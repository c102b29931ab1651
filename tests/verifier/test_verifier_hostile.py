"""Files made to hurt: every one is refused with a sentence, in little memory, and nothing is unpacked."""

import io
import random
import resource
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from bundle_kit import VKEY, WITNESS_VKEY, Made, sound
from tuidan.domain.bundle.archive import File, large_file, small_file, write_archive
from tuidan.domain.bundle.contents import MANIFEST
from tuidan.verifier.checks import check_bundle
from tuidan.verifier.finding import Report
from tuidan.verifier.main import report_lines
from tuidan.verifier.sealing import Trust
from tuidan.verifier.single import single_file

LARGE_BYTES, PIECE_BYTES = 48 << 20, 1 << 16
SEEDS, FUZZED = 7, 150
# Told by events, by the log or by both; README.txt and what else is only for reading may say anything.
PROVEN = (
    "events/",
    "head.",
    "checkpoint",
    "ledger.json",
    "listing.json",
    "decision-1.json",
    "words/",
    "evidence/",
)


def checked(packed: bytes, folder: Path) -> Report:
    path = folder / "bundle.zip"
    path.write_bytes(packed)
    return check_bundle(path, Trust((VKEY,), (WITNESS_VKEY,)))


def wrong_with(packed: bytes, folder: Path) -> list[str]:
    return [line for line in report_lines(checked(packed, folder), 1) if line.startswith("WRONG")]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """The same files by another program's hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_what_is_packed_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped({"evidence/" + "0" * 64: bytes(64 << 20)}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 1 << 20
    assert wrong_with(bomb, tmp_path) == [
        f"WRONG  the file evidence/{'0' * 64} is compressed: a bundle never is, so it is not unpacked"
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "events/../../x",
        "C:\\x",
        "events/0001.json\\x",
        "CON",
        "events/",
        "a" * 300,
        "\u202etxt.exe",
    ],
)
def test_a_name_that_no_bundle_has_is_refused_and_shown_harmlessly(name: str, tmp_path: Path) -> None:
    (told,) = wrong_with(zipped({name: b"x"}), tmp_path)
    assert told.startswith("WRONG  there is an unknown extra file") and told.isascii() and len(told) < 200


def test_a_file_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    twice = b"".join(write_archive([small_file("README.txt", b"one"), small_file("README.txt", b"two")]))
    assert wrong_with(twice, tmp_path) == ["WRONG  the file README.txt is there twice"]


def test_bytes_between_before_and_behind_the_files_are_found(tmp_path: Path) -> None:
    packed = sound().packed()
    for changed in (b"x" + packed, packed + b"x", packed[:-1], packed[:100] + b"x" + packed[100:]):
        assert wrong_with(changed, tmp_path) != []


def test_the_same_files_packed_by_another_program_are_refused(tmp_path: Path) -> None:
    (told,) = wrong_with(zipped(sound().files), tmp_path)
    assert "altered or packed anew" in told


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"a":1,"a":1}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"n":1e999}',
        b'{"n":NaN}',
        b'{"n":' + b"9" * 100_000 + b"}",
        b'{"format":"tuidan-bundle-1"}',
    ],
)  # fmt: skip
def test_a_list_of_any_shape_is_refused_with_a_sentence(manifest: bytes, tmp_path: Path) -> None:
    assert len(wrong_with(sound().changed(MANIFEST, manifest).packed(), tmp_path)) == 1


def test_a_text_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    told = wrong_with(sound().changed(MANIFEST, b" " * 17_000_000).packed(), tmp_path)
    assert told == ["WRONG  the file manifest.json has more than 16000000 bytes; refused"]


def test_whatever_is_done_to_what_is_proven_the_check_ends_and_refuses(tmp_path: Path) -> None:
    dice = random.Random(SEEDS)
    names = [name for name in sound().files if name.startswith(PROVEN) and name != "checkpoint.tsr"]
    passed = []
    for _ in range(FUZZED):
        made = Made(dict(sound().files))
        for name in dice.sample(names, 2):
            made.files[name] = broken(made.files[name], dice)
        if made.files != sound().files and checked(made.listed().packed(), tmp_path).holds():
            passed.append([name for name in names if made.files[name] != sound().files[name]])
    assert passed == []


def broken(data: bytes, dice: random.Random) -> bytes:
    """Somewhere cut, doubled, emptied, or with another kind of value."""
    at = dice.randrange(len(data))
    return dice.choice(
        [
            data[:at],
            data + data,
            b"",
            data.replace(b'"', b"'", 1),
            data.replace(b":", b":-", 1),
            data.replace(b'"data":{', b'"data":[{', 1),
            data.replace(b"4880", b"null"),
            data.replace(b"4880", b'"4880"'),
            data.replace(b"2000", b"true"),
            data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :],
        ]
    )


def large() -> list[File]:
    """A bundle's files with one large file of evidence behind them, which is never in memory."""

    def pieces():  # type: ignore[no-untyped-def]
        for n in range(LARGE_BYTES // PIECE_BYTES):
            yield bytes([n & 0xFF]) * PIECE_BYTES

    first = large_file("evidence/" + "0" * 64, pieces)
    files = [small_file(name, data) for name, data in sound().files.items()]
    return [*files, File(f"evidence/{first.sha256}", first.size, first.sha256, first.crc, pieces)]


def test_a_large_file_fills_no_memory_on_either_side(tmp_path: Path) -> None:
    files, path = large(), tmp_path / "large.zip"
    tracemalloc.start()
    with path.open("wb") as out:
        for piece in write_archive(files):
            out.write(piece)
    report = check_bundle(path, Trust())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > LARGE_BYTES and peak < 6 << 20
    assert any(line.code == "file_not_listed" for line in report.lines)


def test_the_single_file_lives_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes(single_file())
    (tmp_path / "b.zip").write_bytes(b"".join(write_archive(large())))
    limit = 192 << 20
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "b.zip", "--lang", "en"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)),
    )
    assert done.returncode == 1 and "was put in later" in done.stdout, done.stderr
