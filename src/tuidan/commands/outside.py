"""The connectors that this process speaks through, put together once by `site/wiring.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from tuidan.connectors.contract.issuer import Issuer
from tuidan.connectors.contract.payment import PaymentChannel
from tuidan.connectors.contract.reader import Reader
from tuidan.connectors.contract.supplier import Supplier
from tuidan.connectors.contract.timestamp import TimestampAuthority
from tuidan.connectors.contract.witness import LogWitness

T = TypeVar("T")


class NotConnected(LookupError):
    """No connector of this name is configured; an operator must add it to the connectors' file."""


@dataclass(slots=True)
class Outside:
    """Connectors by name, the address under which the outside reaches us, the longest that one call may take."""

    public_url: str = ""
    call_seconds: int = 20
    channels: dict[str, PaymentChannel] = field(default_factory=dict)
    suppliers: dict[str, Supplier] = field(default_factory=dict)
    issuers: dict[str, Issuer] = field(default_factory=dict)
    witnesses: dict[str, LogWitness] = field(default_factory=dict)
    timestamps: dict[str, TimestampAuthority] = field(default_factory=dict)
    reader: Reader | None = None  # what looks at pictures; none in a process that looks at none

    def channel(self, name: str) -> PaymentChannel:
        """The payment channel of this name. Raises NotConnected."""
        return _find(self.channels, name, "payment channel")

    def supplier(self, name: str) -> Supplier:
        """The supplier of this name. Raises NotConnected."""
        return _find(self.suppliers, name, "supplier")

    def issuer(self, name: str) -> Issuer:
        """The issuer of this name. Raises NotConnected."""
        return _find(self.issuers, name, "issuer")

    def payment_notify_url(self, channel: str) -> str:
        """Where a channel posts its notices."""
        return f"{self.public_url}/api/v1/notices/{channel}"

    def supply_notify_url(self, supplier: str) -> str:
        """Where a supplier posts its notices."""
        return f"{self.public_url}/api/v1/notices/suppliers/{supplier}"

    def close(self) -> None:
        """Let go of the connections of all connectors."""
        for channel in self.channels.values():
            channel.close_connections()
        for supplier in self.suppliers.values():
            supplier.close_connections()
        for issuer in self.issuers.values():
            issuer.close_connections()
        for witness in self.witnesses.values():
            witness.close_connections()
        for authority in self.timestamps.values():
            authority.close_connections()
        if self.reader is not None:
            self.reader.close()


def _find(found: dict[str, T], name: str, what: str) -> T:
    try:
        return found[name]
    except KeyError:
        raise NotConnected(f"no {what} named {name!r} is configured") from None


_connected = Outside()


def connect(outside: Outside) -> None:
    """Put the connectors in place; called by wiring at the start of a process, and by tests."""
    global _connected
    _connected = outside


def connected() -> Outside:
    """The connectors that `connect` put in place; none before that."""
    return _connected
