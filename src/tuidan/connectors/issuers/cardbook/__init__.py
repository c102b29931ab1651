"""Issuer connector for Cardbook, a small protocol of our own: signed questions about codes and credits."""

from __future__ import annotations

from collections.abc import Mapping

from tuidan.connectors.issuers.cardbook.client import CardbookIssuer
from tuidan.connectors.issuers.cardbook.config import CardbookConfig

__all__ = ["NAME", "CardbookConfig", "CardbookIssuer", "connect"]

NAME = "cardbook"


def connect(settings: Mapping[str, str]) -> CardbookIssuer:
    """The connector from its settings (names as in `CardbookConfig`). Raises ValueError for wrong ones."""
    return CardbookIssuer(CardbookConfig.from_settings(settings))
