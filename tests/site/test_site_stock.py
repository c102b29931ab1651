"""`tuidan stock` as a seller's helper uses it: a file in, plain words out, no code on the screen."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from tuidan.site.cli import tuidan
from tuidan.store.shared.models import Listing
from tuidan.store.stock.claim import count_free


def listed(stock_kind: str = "unique") -> UUID:
    listing = Listing.objects.create(
        shop_id=uuid4(), title="点卡 100 元", goods_kind="card_code", price_fen=9_900, stock_kind=stock_kind
    )
    return listing.id


def codes(count: int) -> list[str]:
    mark = uuid4().hex
    return [f"{n:08d}----{mark}{n:06d}" for n in range(count)]


def stock(command: str, *arguments: object, sent: bytes = b"") -> Result:
    return CliRunner().invoke(tuidan, ["stock", command, *map(str, arguments)], input=sent)


def test_a_file_is_imported_and_the_number_is_told(tmp_path: Path) -> None:
    listing_id, file = listed(), tmp_path / "codes.txt"
    file.write_text("\ufeff" + "\r\n".join(codes(3)), encoding="utf-8")
    told = stock("import", listing_id, file, "--separator", "----")
    assert (told.exit_code, "已导入 3 条 · imported 3" in told.stdout) == (0, True)
    assert count_free(listing_id) == 3


def test_the_same_file_again_says_that_nothing_is_new() -> None:
    listing_id, sent = listed(), "\n".join(codes(30)).encode()
    stock("import", listing_id, "-", sent=sent)
    told = stock("import", listing_id, "-", sent=sent)
    assert (told.exit_code, "没有新卡密,库存不变 · nothing new" in told.stdout) == (0, True)
    assert "以前导入过 · imported before: 30" in told.stdout
    assert count_free(listing_id) == 30


def test_a_dry_run_shows_how_lines_are_understood_and_writes_nothing() -> None:
    listing_id, lines = listed(), codes(2)
    told = stock(
        "import", listing_id, "-", "--separator", "----", "--dry-run", sent="\n".join(lines).encode()
    )
    assert "1: 卡号 · number ••••00, 密码 · secret ••••0000" in told.stdout
    assert "可导入 2 条" in told.stdout
    assert count_free(listing_id) == 0


def test_no_code_is_ever_printed() -> None:
    listing_id, lines = listed(), codes(2)
    sent = "\n".join([*lines, lines[0], "broken"]).encode()
    shown = [
        stock("import", listing_id, "-", "--separator", "----", *how, sent=sent).output
        for how in ([], ["--dry-run"])
    ]
    shown.append(
        stock("import", listing_id, "-", "--separator", "----", "--skip-bad-lines", sent=sent).output
    )
    shown.append(stock("show", listing_id).output)
    assert not [output for output in shown for line in lines if line.split("----")[1] in output]


def test_a_file_with_a_broken_line_imports_nothing_and_names_the_line() -> None:
    listing_id = listed()
    told = stock(
        "import", listing_id, "-", "--separator", "----", sent="\n".join([*codes(1), "broken"]).encode()
    )
    assert told.exit_code == 1
    assert "第 2 行 · line 2: 没有分隔符 · no separator" in told.stderr
    assert count_free(listing_id) == 0


def test_broken_lines_can_be_left_out() -> None:
    listing_id, lines = listed(), codes(2)
    sent = "\n".join([lines[0], "broken", lines[1], lines[0]]).encode()
    told = stock("import", listing_id, "-", "--separator", "----", "--skip-bad-lines", sent=sent)
    assert told.exit_code == 0
    assert "第 4 行 · line 4: 文件里重复 · twice in this file(第 1 行 · line 1)" in told.stderr
    assert count_free(listing_id) == 2


def test_a_tab_can_be_named_as_separator() -> None:
    listing_id = listed()
    stock("import", listing_id, "-", "--separator", r"\t", sent=codes(1)[0].replace("----", "\t").encode())
    assert count_free(listing_id) == 1


@pytest.mark.parametrize(
    ("stock_kind", "sent", "options", "said"),
    [
        ("none", b"AB", [], "这个商品不卖卡密"),
        ("unique", "卡密".encode("gb18030"), [], "不是 utf-8 文本"),
        ("unique", b"AB", ["--encoding", "klingon"], "不认识的编码"),
        ("unique", b"AB", ["--separator", ""], "不能为空"),
    ],
)
def test_what_cannot_be_imported_is_said_in_plain_words(
    stock_kind: str, sent: bytes, options: list[str], said: str
) -> None:
    listing_id = listed(stock_kind)
    told = stock("import", listing_id, "-", *options, sent=sent)
    assert (told.exit_code != 0, said in told.stderr) == (True, True)
    assert count_free(listing_id) == 0


def test_an_unknown_listing_is_said_to_be_unknown() -> None:
    told = stock("import", uuid4(), "-", sent=b"AB")
    assert (told.exit_code, "没有这个商品" in told.stderr) == (1, True)


def test_the_stock_of_a_listing_is_shown_in_numbers() -> None:
    listing_id = listed()
    stock("import", listing_id, "-", sent="\n".join(codes(3)).encode())
    told = stock("show", listing_id)
    assert told.exit_code == 0
    assert "3  可售 · free" in told.stdout
    assert "0  作废 · void" in told.stdout


def test_on_a_terminal_the_import_draws_a_progress_bar_to_its_end(tmp_path: Path) -> None:
    listing_id, file = listed(), tmp_path / "codes.txt"
    file.write_text("\n".join(codes(12_000)), encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tuidan", "stock", "import", str(listing_id), str(file)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        drawn = b""
        while chunk := _read(ours):
            drawn += chunk
    os.close(ours)
    assert process.returncode == 0
    assert "100%" in drawn.decode()
    assert count_free(listing_id) == 12_000


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other end is closed
        return b""
