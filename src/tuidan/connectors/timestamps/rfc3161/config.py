"""Address, certificates and pace of one RFC 3161 authority, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.x509 import Certificate, load_pem_x509_certificates

from tuidan.connectors.contract.address import check_seconds, check_web_address

__all__ = ["Rfc3161Config"]

EVERY_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Rfc3161Config:
    """`ca_pem` holds the roots that its tokens must lead to. Seconds are for one HTTP call. Raises ValueError."""

    url: str
    ca_pem: bytes = field(repr=False)
    every_minutes: int = EVERY_MINUTES
    total_seconds: float = 10.0
    connect_seconds: float = 5.0

    def __post_init__(self) -> None:
        check_web_address("url", self.url)
        self.roots()
        if self.every_minutes < 0:
            raise ValueError("every_minutes must not be below 0")
        check_seconds(self.total_seconds, self.connect_seconds)

    def roots(self) -> list[Certificate]:
        """The root certificates. Raises ValueError when the file holds none."""
        return load_pem_x509_certificates(self.ca_pem)

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> Self:
        """From text settings: `url`, `ca` (a PEM file), `every_minutes`. Raises ValueError, OSError."""
        missing = [name for name in ("url", "ca") if not settings.get(name)]
        if missing:
            raise ValueError(f"rfc3161 settings missing: {', '.join(missing)}")
        return cls(
            url=settings["url"],
            ca_pem=Path(settings["ca"]).read_bytes(),
            every_minutes=int(settings.get("every_minutes", EVERY_MINUTES)),
            total_seconds=float(settings.get("total_seconds", 10.0)),
            connect_seconds=float(settings.get("connect_seconds", 5.0)),
        )
