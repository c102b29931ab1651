"""Hands all hostile files to a checking process and prints what became of them as one line of JSON."""

from __future__ import annotations

import sys

import orjson

from tuidan.sandbox.hostile import everything
from tuidan.sandbox.hostile.measure import measure
from tuidan.worker.checker import Checker

if __name__ == "__main__":
    with Checker() as checker:
        told = measure(everything(), checker)
    line = {
        "files": told.files,
        "refused": told.files - len(told.taken),
        "taken": told.taken,
        "seconds": max(told.seconds),
        "memory_mib": max(told.memory_mib),
        "restarts": told.restarts,
    }
    sys.stdout.write(orjson.dumps(line).decode() + "\n")
