"""What the documents name is there: files, functions in files, addresses of other documents, code names."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn_pages import ROOT, SOURCE

DOCUMENTS = sorted(
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *SOURCE.rglob("*.md")] if path.is_file()
)
PLACE = re.compile(r"`([\w.<>-][\w./<>-]*?\.(?:py|sql|html|json|jsonl|md|txt))(?::(\w+))?`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
INVENTED = re.compile(r"[<>…]")


def named_places(document: Path) -> Iterator[tuple[str, str]]:
    """Each (path, name) that a document puts in backticks; invented ones with <…> are left out."""
    for path, name in PLACE.findall(document.read_text(encoding="utf-8")):
        if not INVENTED.search(path):
            yield path, name


def found_at(document: Path, path: str) -> Path | None:
    """The file that a document means: beside it, below the package or the root; a bare name may be anywhere."""
    for base in (document.parent, SOURCE, SOURCE / "connectors", ROOT, ROOT / "docs"):
        if (base / path).is_file():
            return base / path
    return None if "/" in path else next(SOURCE.rglob(path), None)


def has_name(file: Path, name: str) -> bool:
    """Whether a file defines a function, a class, a method or a constant of this name."""
    text = file.read_text(encoding="utf-8")
    return (
        re.search(rf"^\s*(def|class) {name}\b|^{name}\b *[:=]|FUNCTION {name}\b", text, re.MULTILINE)
        is not None
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_and_function_that_a_document_names_is_there(document: Path) -> None:
    missing = []
    for path, name in named_places(document):
        file = found_at(document, path)
        if file is None or (name and not has_name(file, name)):
            missing.append(f"{path}:{name}" if name else path)
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_flow_follows_a_refund_through_every_room() -> None:
    rooms = {path.split("/")[0] for path, _ in named_places(ROOT / "docs/flow.md")}
    assert rooms >= {"web", "commands", "store", "domain", "worker", "connectors", "reads", "site"}


def glossary_rows() -> list[list[str]]:
    """The cells of each row of the glossary, without headings."""
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows if row[0].strip() != "中文"]


def test_every_code_name_of_the_glossary_stands_in_the_code() -> None:
    said = subprocess.run(
        ["git", "grep", "--untracked", "-ohwE", r"[A-Za-z_][A-Za-z_0-9]*", "--", "src/tuidan", ":!*.md"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    words = set(said.stdout.split())
    names = [name for row in glossary_rows() for name in re.findall(r"`(\w+)`", row[2])]
    assert len(names) > 70
    assert [name for name in names if name not in words] == []


def test_the_glossary_has_one_word_for_a_thing_and_one_thing_for_a_word() -> None:
    rows = glossary_rows()
    for column, separator in ((0, " / "), (1, ", ")):
        words = [word for row in rows for word in row[column].split(separator)]
        assert [word for word in words if words.count(word) > 1] == []


def test_every_mark_of_a_source_in_the_code_is_explained() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    marks = set(re.findall(r"\bS-\d{3}\b|\b[SI]\d{1,2}\b", code))
    for listed in re.findall(r"complaints? ((?:[A-Z]\d+(?:, |–| and )?)+)", code):
        marks |= set(re.findall(r"[A-Z]\d+", listed))
    page = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    assert len(marks) > 25
    assert sorted(mark for mark in marks if f"| {mark} |" not in page) == []


def test_every_decision_that_the_code_points_to_is_written() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    named = set(re.findall(r"\bADR ([a-z-]+)", code))
    assert named
    assert sorted(name for name in named if not (ROOT / f"docs/adr/{name}.md").is_file()) == []
    assert "design §" not in code
