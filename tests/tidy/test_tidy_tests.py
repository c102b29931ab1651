"""The house rules about tests: each can fail, none is left out, none mocks our own code."""

import ast
import re

from source_files import ROOT, SOURCE, TESTS, dotted, functions, imports, place, python_files, tree

ASSERTING = re.compile(r"^(assert_|expect|must_|check|run_state_machine_as_test$)")
LEFT_OUT = {
    "pytest.skip",
    "pytest.importorskip",
    "pytest.mark.skip",
    "pytest.mark.skipif",
    "pytest.mark.xfail",
}
LEFT_OUT |= {"pytest.xfail", "unittest.skip"}


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    function = node.func.value if isinstance(node.func, ast.Subscript) else node.func  # CHECKS[name](…)
    name = dotted(function)
    last = function.attr if isinstance(function, ast.Attribute) else name.lower()
    return name in {"pytest.raises", "pytest.fail", "pytest.warns"} or bool(ASSERTING.match(last))


def test_every_test_can_fail() -> None:
    harmless = [
        f"{place(path, node.lineno)} {node.name}"
        for path in python_files(TESTS)
        for node in functions(path)
        if node.name.startswith("test_") and not any(map(_asserts, ast.walk(node)))
    ]
    assert harmless == []


def test_the_name_of_a_test_is_a_sentence() -> None:
    short = [
        f"{place(path, node.lineno)} {node.name}"
        for path in python_files(TESTS)
        for node in functions(path)
        if node.name.startswith("test_") and node.name.count("_") < 3
    ]
    assert short == []


def test_no_test_is_left_out() -> None:
    found = [
        place(path, node.lineno)
        for path in python_files(TESTS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and dotted(node) in LEFT_OUT
    ]
    assert found == []


def test_no_test_mocks() -> None:
    found = [
        f"{place(path, line)} {name}"
        for path in python_files(TESTS)
        for line, name in imports(path)
        if name.startswith(("unittest.mock", "mock.", "pytest_mock"))
    ]
    assert found == []


def test_a_test_file_names_its_room() -> None:
    wrong = [
        place(path)
        for path in python_files(TESTS)
        if path.name.startswith("test_")
        and not path.name.startswith(f"test_{path.relative_to(TESTS).parts[0]}_")
    ]
    assert wrong == []


def test_names_of_test_modules_are_unique() -> None:
    names = [path.name for path in python_files(TESTS) if path.name != "conftest.py"]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_product_imports_no_test() -> None:
    modules = {path.stem for path in python_files(TESTS)}
    found = [
        f"{place(path, line)} {name}"
        for path in python_files(SOURCE)
        for line, name in imports(path)
        if name.split(".")[0] in modules - {"conftest"}
    ]
    assert found == []
    assert (ROOT / "tests" / "conftest.py").is_file()
