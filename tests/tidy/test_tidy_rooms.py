"""The house rules about rooms: what a part may know that the import contracts cannot say."""

import ast
from pathlib import Path

from source_files import SOURCE, dotted, imports, place, python_files, tree

# A clock, chance, or the outside, in any spelling. `uuid.UUID` as a type is fine.
CLOCKS_AND_CHANCE = {
    "datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now", "datetime.datetime.utcnow",
    "date.today", "datetime.date.today", "time.time", "time.monotonic", "time.perf_counter", "time.time_ns",
    "os.urandom", "uuid.uuid1", "uuid.uuid4", "uuid.uuid7", "uuid1", "uuid4", "uuid7", "print", "open", "input",
}  # fmt: skip
BANNED_MODULES = (
    "time",
    "random",
    "secrets",
    "os",
    "socket",
    "subprocess",
    "asyncio",
    "threading",
    "logging",
)


def test_the_domain_asks_neither_clock_nor_chance() -> None:
    calls = [
        f"{place(path, node.lineno)} {dotted(node.func)}"
        for path in python_files(SOURCE / "domain")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func) in CLOCKS_AND_CHANCE
    ]
    known = [
        f"{place(path, line)} {name}"
        for path in python_files(SOURCE / "domain")
        for line, name in imports(path)
        if name.split(".")[0] in BANNED_MODULES or name in {"uuid.uuid1", "uuid.uuid4", "uuid.uuid7"}
    ]
    assert calls + known == []


def test_a_sandbox_borrows_nothing_from_the_connector_it_tests() -> None:
    """`sandboxing` holds what no protocol is in, and borrows nothing itself."""
    shared = SOURCE / "connectors" / "sandboxing"
    sandboxes = [path for path in (SOURCE / "connectors").glob("*/*/sandbox") if path.is_dir()]
    assert sandboxes
    borrowed = [
        f"{place(path, line)} {name}"
        for sandbox in [*sandboxes, shared]
        for path in python_files(sandbox)
        for line, name in imports(path)
        if (full := _absolute(path, name)).startswith("tuidan.")
        and not full.startswith((f"{_module(sandbox)}.", f"{_module(shared)}."))
    ]
    assert borrowed == []


# The point at which a worker is to die is no setting: only the tests name one, and only a process of theirs sees it.
READS_A_KILL_POINT = SOURCE / "worker" / "job.py"


def test_only_the_site_reads_the_environment() -> None:
    found = [
        place(path, node.lineno)
        for path in python_files(SOURCE)
        if not path.is_relative_to(SOURCE / "site")
        and "sandbox" not in path.parts
        and path != READS_A_KILL_POINT
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv"}
    ]
    assert found == []


def test_edges_and_reads_open_no_connection_of_their_own() -> None:
    found = [
        f"{place(path, line)} {name}"
        for room in ("web", "api", "reads", "worker", "connectors", "domain")
        for path in python_files(SOURCE / room)
        for line, name in imports(path)
        if name.startswith(("psycopg", "django.db.connection"))
    ]
    assert found == []


def test_nothing_is_decided_by_the_name_of_a_constraint() -> None:
    found = [
        place(path, node.lineno)
        for path in python_files(SOURCE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "constraint_name"
    ]
    assert found == []


def _absolute(path: Path, name: str) -> str:
    """A relative import, spelled out."""
    level = len(name) - len(name.lstrip("."))
    if level == 0:
        return name
    return ".".join([*_module(path.parent).split(".")[: None if level == 1 else 1 - level], name.lstrip(".")])


def _module(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE.parent).parts)
