"""Go's own note and tlog as a second opinion on what the log writes: built once, asked many questions in one go."""

import base64
import functools
import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import throwaway

SOURCE = Path(__file__).parent / "go" / "checklog"
# Debian's packages of Go libraries: nothing is fetched.
GO_PATH = "/usr/share/gocode"


@functools.cache
def program() -> Path:
    """The program, built in this process's own folder."""
    built = throwaway.FOLDER / "checklog"
    environ = {**os.environ, "GO111MODULE": "off", "GOPATH": GO_PATH, "GOFLAGS": "", "CGO_ENABLED": "0"}
    environ["GOCACHE"] = str(throwaway.FOLDER / "go-cache")
    subprocess.run(
        ["go", "build", "-o", str(built), "."],
        cwd=SOURCE,
        env=environ,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return built


def ask(questions: Sequence[dict[str, object]]) -> list[str]:
    """The answers: "ok", or "refused …". Bytes in a question are sent as base64."""
    lines = [
        json.dumps(question, default=lambda data: base64.b64encode(data).decode()) for question in questions
    ]
    said = subprocess.run(
        [str(program())], input="\n".join(lines), text=True, check=True, capture_output=True, timeout=60
    )
    return said.stdout.splitlines()
