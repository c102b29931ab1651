"""Address, keys and limits of one 闲管家 supplier, checked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from tuidan.connectors.contract.address import check_base_url, check_seconds

__all__ = ["GoofishConfig"]

DIGITS = re.compile(r"[0-9]{1,20}")
NAMES = ("base_url", "app_id", "app_secret", "mch_id", "mch_secret")


@dataclass(frozen=True, slots=True)
class GoofishConfig:
    """`app_id`, `app_secret` are ours, `mch_id`, `mch_secret` the supplier's. Seconds are for one HTTP call.

    Raises ValueError for what could not work or would not be safe: answers of this protocol are not signed,
    so only TLS says whose they are; plain http is for the same machine only.
    """

    base_url: str
    app_id: str
    app_secret: str = field(repr=False)
    mch_id: str
    mch_secret: str = field(repr=False)
    total_seconds: float = 15.0
    connect_seconds: float = 5.0

    def __post_init__(self) -> None:
        check_base_url(self.base_url)
        # The signed text is joined by commas: digits only, so that no value can reach into the next.
        for name in ("app_id", "mch_id"):
            if not DIGITS.fullmatch(getattr(self, name)):
                raise ValueError(f"{name} must be 1 to 20 digits")
        for name in ("app_secret", "mch_secret"):
            if not getattr(self, name) or "," in getattr(self, name):
                raise ValueError(f"{name} must not be empty nor hold a comma")
        check_seconds(self.total_seconds, self.connect_seconds)

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> Self:
        """From text settings. Raises ValueError when one is missing."""
        missing = [name for name in NAMES if not settings.get(name)]
        if missing:
            raise ValueError(f"goofish settings missing: {', '.join(missing)}")
        return cls(
            base_url=settings["base_url"].rstrip("/"),
            app_id=settings["app_id"],
            app_secret=settings["app_secret"],
            mch_id=settings["mch_id"],
            mch_secret=settings["mch_secret"],
            total_seconds=float(settings.get("total_seconds", 15.0)),
            connect_seconds=float(settings.get("connect_seconds", 5.0)),
        )
