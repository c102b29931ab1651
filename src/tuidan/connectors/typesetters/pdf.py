"""Sets a document in type by a process of its own, so that no document can take the site's time or memory."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from importlib.util import find_spec
from typing import Any

SECONDS_MAX = 90
BYTES_MAX = 8_000_000
AT_ONCE_MAX = 2
WAIT_SECONDS = 20
NEEDED = ("typst", "pylopdf_fonts_zh_cn")
_places = threading.BoundedSemaphore(AT_ONCE_MAX)


class NoTypesetter(RuntimeError):
    """The extra `dossier` is not installed: pages are printed from the browser instead."""


class TypesettingFailed(RuntimeError):
    """The document is too big, took too long, or could not be set; the message says which."""


class TypesetterBusy(RuntimeError):
    """As many documents as allowed are being set already."""


def can_typeset() -> bool:
    """Whether the packages that set type are here."""
    return all(find_spec(name) is not None for name in NEEDED)


def typeset(document: dict[str, Any]) -> bytes:
    """The document as PDF/A-2b, byte for byte the same each time.

    Raises NoTypesetter, TypesetterBusy, TypesettingFailed.
    """
    if not can_typeset():
        raise NoTypesetter("install the extra `dossier` (typst and its Chinese fonts) to write PDF files")
    told = json.dumps(document, ensure_ascii=False).encode()
    if len(told) > BYTES_MAX:
        raise TypesettingFailed(f"the document has {len(told)} bytes, more than {BYTES_MAX}")
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise TypesetterBusy
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tuidan.connectors.typesetters.child"],
            input=told,
            capture_output=True,
            timeout=SECONDS_MAX,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TypesettingFailed(f"setting took more than {SECONDS_MAX} s") from None
    finally:
        _places.release()
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TypesettingFailed(done.stderr.decode(errors="replace").strip()[-500:])
    return done.stdout
