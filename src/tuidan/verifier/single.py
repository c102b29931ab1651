"""Joins the verifier's parts into the one file `verify.py` that a stranger downloads and reads."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib.resources import files

PARTS = (
    "finding",
    "container",
    "strict_json",
    "merkle",
    "notes",
    "chain",
    "ledger",
    "der",
    "timestamp",
    "manifest",
    "sealing",
    "attached",
    "checks",
    "sentences",
    "main",
)
HEAD = '''#!/usr/bin/env python3
"""Check a bundle of evidence from Tuidan (退单): python3 verify.py BUNDLE.zip --vkey KEY [--lang en]

检查退单平台的证据包。只需要 Python 3.11 以上和 cryptography（pip install cryptography），不联网，不信任平台。
Needs Python 3.11 or later and `cryptography`; asks nobody anything and does not trust the platform.
"""

from __future__ import annotations

'''
OWN_IMPORT = re.compile(r"^from tuidan\.verifier\.\w+ import (?:\([^)]*\)|[^\n]*)\n", re.M)
FUTURE = "from __future__ import annotations\n"
IMPORT = re.compile(r"^(?:import [\w.]+|from [\w.]+ import (?:\([^)]*\)|[^\n]*))\n", re.M)
DOCSTRING = re.compile(r'\A"""(.*?)"""\n', re.S)


@cache
def single_file() -> bytes:
    """The bytes of verify.py: each part once, in order, with all imports at the top."""
    imports: dict[str, None] = {}
    bodies = []
    for part in PARTS:
        text = files("tuidan.verifier").joinpath(f"{part}.py").read_text("utf-8")
        text = OWN_IMPORT.sub("", text).replace(FUTURE, "")
        for found in IMPORT.findall(text):
            imports.setdefault(found)
        told = DOCSTRING.match(text)
        body = IMPORT.sub("", text[told.end() :] if told else text).strip("\n")
        title = "\n".join(f"# {line}".rstrip() for line in (told[1] if told else part).strip().split("\n"))
        bodies.append(f"{'#' * 100}\n{title}\n{'#' * 100}\n\n{body}\n")
    top = "".join(sorted(imports, key=lambda line: (line.split()[1].startswith("cryptography"), line)))
    return (HEAD + top + "\n\n" + "\n\n".join(bodies)).encode()


def single_sha256() -> str:
    """What people compare a downloaded verify.py with."""
    return sha256(single_file()).hexdigest()
