"""Supplier connector for the 闲管家 virtual-supply protocol; we are the caller (管家's side)."""

from __future__ import annotations

from collections.abc import Mapping

from tuidan.connectors.suppliers.goofish.client import GoofishSupplier
from tuidan.connectors.suppliers.goofish.config import GoofishConfig

__all__ = ["NAME", "GoofishConfig", "GoofishSupplier", "connect"]

NAME = "goofish"


def connect(settings: Mapping[str, str]) -> GoofishSupplier:
    """The connector from its settings (names as in `GoofishConfig`). Raises ValueError for wrong ones."""
    return GoofishSupplier(GoofishConfig.from_settings(settings))
