"""The house rules about form: sizes, first lines, imports, leftovers."""

import ast
import re

from source_files import (
    ROOT,
    SOURCE,
    TESTS,
    functions,
    imports,
    place,
    python_files,
    text_files,
    tree,
)

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
VENDORED = "vendor"
# Put together here, so that this file does not find itself.
LEFTOVERS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
MACHINE = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "/" + "home/\\w", "\\.py" + "env", "/opt/" + "wheels"])
)
REGISTRY = re.compile("|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs"]))


def test_no_file_is_longer_than_one_concept() -> None:
    long = [
        f"{place(path)} has {len(text.splitlines())} lines"
        for path, text in text_files()
        if path.suffix in {".py", ".sql", ".html", ".sh"}
        and VENDORED not in path.parts
        and len(text.splitlines()) > FILE_LINES_MAX
    ]
    assert long == []


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{place(path, node.lineno)} {node.name} has {length} lines"
        for path in python_files(ROOT)
        for node in functions(path)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES_MAX
    ]
    assert long == []


def test_every_file_says_first_what_it_is_for() -> None:
    silent = [
        place(path)
        for folder in (SOURCE, TESTS)
        for path in python_files(folder, migrations=False)
        if not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        place(path, node.lineno)
        for path in python_files(SOURCE)
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_nothing_is_left_for_later() -> None:
    found = [
        f"{place(path, number)} {line.strip()[:80]}"
        for path, text in text_files()
        if VENDORED not in path.parts
        for number, line in enumerate(text.splitlines(), 1)
        if LEFTOVERS.search(line)
    ]
    assert found == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{place(path, number)} {line.strip()[:80]}"
        for path, text in text_files()
        if VENDORED not in path.parts
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line) or REGISTRY.search(line)
    ]
    assert found == []


def test_no_lock_file_keeps_download_addresses() -> None:
    locks = [
        (path, text)
        for path, text in text_files()
        if path.suffix == ".lock" or path.name.endswith(("-lock.json", "-lock.yaml", "npmrc"))
    ]
    assert [place(path) for path, text in locks if '"resolved": "http' in text or "registry" in text] == []


def test_every_pinned_package_has_a_hash() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        pins = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8"))
        assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_no_part_finds_another_through_signals() -> None:
    found = [
        place(path, line)
        for path in python_files(SOURCE)
        for line, name in imports(path)
        if name.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals"))
    ]
    assert found == []
