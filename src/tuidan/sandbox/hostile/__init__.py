"""Files as somebody would make them who means harm, or whose phone was broken: each must be refused.

everything() gives them all, the same on every run; each says what it is and what it claims to be.
"""

from __future__ import annotations

from tuidan.sandbox.hostile.bombs import bombs
from tuidan.sandbox.hostile.broken import broken, cut_short, flipped
from tuidan.sandbox.hostile.documents import documents
from tuidan.sandbox.hostile.kind import HostileFile
from tuidan.sandbox.hostile.others import others
from tuidan.sandbox.hostile.two_forms import two_forms
from tuidan.sandbox.hostile.videos import videos


def everything() -> list[HostileFile]:
    """All of them, at least two hundred."""
    return [*others(), *cut_short(), *broken(), *flipped(), *two_forms(), *bombs(), *documents(), *videos()]
