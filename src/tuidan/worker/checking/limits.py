"""What the one process that looks into one file may use: memory, time, files, no children, no rights."""

from __future__ import annotations

import contextlib
import os
import resource

from tuidan.domain.upload.kinds import MIB

MEMORY = 512 * MIB
WRITTEN = 700 * MIB
FILES = 64
NOBODY = 65_534


def confine(cpu_seconds: int) -> None:
    """Bind this process for good. A system that lacks one of the limits has the others."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, WRITTEN)
    _limit(resource.RLIMIT_NOFILE, FILES)
    _limit(resource.RLIMIT_AS, MEMORY)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    _limit(resource.RLIMIT_NPROC, 0)


def _limit(which: int, most: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(which, (most, most))
