"""Address, key and limits of one Cardbook issuer, checked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from tuidan.connectors.contract.address import check_base_url, check_seconds

__all__ = ["CardbookConfig"]

KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
SECRET_LENGTH_MIN = 16


@dataclass(frozen=True, slots=True)
class CardbookConfig:
    """`key_id` names our `secret` at the issuer. Seconds are for one HTTP call. Raises ValueError."""

    base_url: str
    key_id: str
    secret: str = field(repr=False)
    total_seconds: float = 10.0
    connect_seconds: float = 5.0

    def __post_init__(self) -> None:
        check_base_url(self.base_url)
        if not KEY_ID.fullmatch(self.key_id):
            raise ValueError("key_id must be 1 to 64 letters, digits, - or _")
        if len(self.secret) < SECRET_LENGTH_MIN:
            raise ValueError(f"secret must have {SECRET_LENGTH_MIN} characters or more")
        check_seconds(self.total_seconds, self.connect_seconds)

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> Self:
        """From text settings. Raises ValueError when one is missing."""
        missing = [name for name in ("base_url", "key_id", "secret") if not settings.get(name)]
        if missing:
            raise ValueError(f"cardbook settings missing: {', '.join(missing)}")
        return cls(
            base_url=settings["base_url"].rstrip("/"),
            key_id=settings["key_id"],
            secret=settings["secret"],
            total_seconds=float(settings.get("total_seconds", 10.0)),
            connect_seconds=float(settings.get("connect_seconds", 5.0)),
        )
