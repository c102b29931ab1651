"""The script ./run: what it says when something is missing, and that every command is explained."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tuidan.site.postgres.place import unprivileged

ROOT = Path(__file__).resolve().parents[2]


def run(
    folder: Path, *words: str, user: int | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    return subprocess.run(
        ["/bin/sh", str(folder / "run"), *words],
        env=kept | {"PATH": "/usr/bin:/bin"} | environment,
        capture_output=True,
        text=True,
        check=False,
        user=user,
    )


def a_copy(tmp_path: Path) -> Path:
    """The script and the requirements, without an environment."""
    folder = tmp_path / "copy"
    folder.mkdir()
    shutil.copy(ROOT / "run", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    return folder


def test_help_names_every_command() -> None:
    said = run(ROOT, "help")
    script = (ROOT / "run").read_text()
    cases = re.findall(r"^([a-z][a-z |]*)\)$", script[script.index("case $command in") :], re.MULTILINE)
    commands = {word for case in cases for word in case.split(" | ")} - {"help"}
    assert said.returncode == 0
    assert commands >= {"demo", "test", "check", "bench", "tuidan"}
    assert [command for command in sorted(commands) if f"./run {command}" not in said.stdout] == []


def test_an_unknown_command_is_refused_with_the_list() -> None:
    said = run(ROOT, "dance")
    assert said.returncode == 1
    assert "there is no command dance" in said.stderr
    assert "./run demo" in said.stderr


def test_a_missing_python_is_said_in_one_sentence(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "cksum", "cat"):
        (programs / name).symlink_to(str(shutil.which(name)))
    said = run(a_copy(tmp_path), "tuidan", "--help", PATH=str(programs))
    assert said.returncode == 1
    assert said.stderr.startswith("run: Python 3.11 or later is missing; install it")
    assert len(said.stderr.splitlines()) == 1


def test_an_old_python_is_not_enough(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "cksum", "cat"):
        (programs / name).symlink_to(str(shutil.which(name)))
    said = run(a_copy(tmp_path), "check", PATH=str(programs), PYTHON=str(old))
    assert "Python 3.11 or later is missing" in said.stderr


def test_data_of_another_user_is_not_touched(walkable_path: Path) -> None:
    folder = a_copy(walkable_path)
    folder.chmod(0o755)
    (folder / "var").mkdir()
    (folder / "var" / "keys").mkdir(mode=0)
    said = run(folder, "tuidan", "--help", user=unprivileged().uid if os.geteuid() == 0 else None)
    assert said.returncode == 1
    assert "belongs to another user" in said.stderr
