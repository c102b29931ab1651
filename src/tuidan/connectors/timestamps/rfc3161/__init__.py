"""Timestamp authorities that speak RFC 3161 over HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from tuidan.connectors.timestamps.rfc3161.client import Rfc3161Authority
from tuidan.connectors.timestamps.rfc3161.config import Rfc3161Config

__all__ = ["NAME", "Rfc3161Authority", "Rfc3161Config", "connect"]

NAME = "rfc3161"


def connect(settings: Mapping[str, str]) -> Rfc3161Authority:
    """The connector from its settings (names as in the README). Raises ValueError for wrong ones."""
    return Rfc3161Authority(Rfc3161Config.from_settings(settings))
