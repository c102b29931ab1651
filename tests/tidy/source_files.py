"""The files of the project, as the tidy tests look at them."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tuidan"
TESTS = ROOT / "tests"


@functools.cache
def project_files() -> tuple[Path, ...]:
    """What git keeps or would keep: tracked files, and new ones that are not ignored."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    paths = (ROOT / name.decode() for name in said.stdout.split(b"\0") if name)
    return tuple(sorted(path for path in set(paths) if path.is_file()))


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file that is text, with its text."""
    for path in project_files():
        data = path.read_bytes()
        if b"\0" not in data:
            yield path, data.decode("utf-8")


def python_files(folder: Path, *, migrations: bool = True) -> list[Path]:
    """The Python files under `folder`."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py"
        and path.is_relative_to(folder)
        and (migrations or path.parent.name != "migrations")
    ]


@functools.cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of every import of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (f"{node.module}." if node.module else "")
            yield from ((node.lineno, origin + alias.name) for alias in node.names)


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an attribute chain, or an empty string."""
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return node.id if isinstance(node, ast.Name) else ""


def place(path: Path, line: int | None = None) -> str:
    """A path for people, from the project's root."""
    return str(path.relative_to(ROOT)) + (f":{line}" if line else "")
