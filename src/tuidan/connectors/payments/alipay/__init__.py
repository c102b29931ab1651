"""Alipay, gateway v2 with RSA2: page and QR payments, refunds, notices. See README.md beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from tuidan.connectors.payments.alipay.client import AlipayChannel, AlipayConfig

__all__ = ["NAME", "AlipayChannel", "AlipayConfig", "config_from", "connect"]

NAME = "alipay"
_NUMBERS = {
    "refund_window_days": int,
    "answer_dispute_hours": int,
    "answer_bytes_max": int,
    "connections_max": int,
}
_SECONDS = ("total_seconds", "connect_seconds")
_REQUIRED = ("app_id", "seller_id", "app_private_key_pem", "alipay_public_key_pem")


def config_from(settings: Mapping[str, str]) -> AlipayConfig:
    """Settings of text to an AlipayConfig. A key may be given as `…_pem` or as `…_file`. Raises ValueError."""
    values: dict[str, str] = dict(settings)
    for name in ("app_private_key", "alipay_public_key"):
        path = values.pop(f"{name}_file", "")
        if path:
            values[f"{name}_pem"] = Path(path).read_text(encoding="ascii")
    unknown = sorted(set(values) - {field.name for field in fields(AlipayConfig)})
    missing = [name for name in _REQUIRED if not values.get(name)]
    if unknown or missing:
        raise ValueError(f"alipay settings: unknown {unknown}, missing {missing}")
    numbers = {name: read(values.pop(name)) for name, read in _NUMBERS.items() if name in values}
    seconds = {name: float(values.pop(name)) for name in _SECONDS if name in values}
    return AlipayConfig(**values, **numbers, **seconds)  # type: ignore[arg-type]


def connect(settings: Mapping[str, str]) -> AlipayChannel:
    """The channel built from its settings. Raises ValueError for settings or keys that cannot be used."""
    return AlipayChannel(config_from(settings))
