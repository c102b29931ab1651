"""Bucket, address, keys and limits of one S3-compatible store, checked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

KNOWN = frozenset(
    {"bucket", "endpoint", "region", "prefix", "access_key", "secret_key", "path_style", "timeout_seconds"}
)
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"[A-Za-z0-9._/-]{0,200}")
TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class S3Config:
    """`endpoint` "": Amazon's own; keys "": what the machine offers (environment, role)."""

    bucket: str
    endpoint: str = ""
    region: str = ""
    prefix: str = ""
    access_key: str = ""
    secret_key: str = ""
    path_style: bool = False
    timeout_seconds: int = TIMEOUT_SECONDS


def read_config(settings: Mapping[str, str]) -> S3Config:
    """Raises ValueError that names the setting."""
    strange = sorted(set(settings) - KNOWN)
    if strange:
        raise ValueError(f"stores.s3: unknown setting {strange[0]!r}; known are {', '.join(sorted(KNOWN))}")
    bucket, endpoint = settings.get("bucket", ""), settings.get("endpoint", "").rstrip("/")
    prefix = settings.get("prefix", "").strip("/")
    if not BUCKET.fullmatch(bucket):
        raise ValueError("stores.s3: bucket must be the name of a bucket")
    address = urlsplit(endpoint)
    if endpoint and (address.scheme not in ("http", "https") or not address.hostname):
        raise ValueError("stores.s3: endpoint must be an http or https address")
    if not PREFIX.fullmatch(prefix):
        raise ValueError("stores.s3: prefix may hold letters, digits, dots, dashes and slashes")
    if bool(settings.get("access_key")) != bool(settings.get("secret_key")):
        raise ValueError("stores.s3: access_key and secret_key belong together")
    seconds = settings.get("timeout_seconds", str(TIMEOUT_SECONDS))
    if not seconds.isdecimal() or not 1 <= int(seconds) <= 300:
        raise ValueError("stores.s3: timeout_seconds must be a whole number from 1 to 300")
    return S3Config(
        bucket,
        endpoint,
        settings.get("region", ""),
        f"{prefix}/" if prefix else "",
        settings.get("access_key", ""),
        settings.get("secret_key", ""),
        settings.get("path_style", "False").lower() in ("true", "on", "1"),
        int(seconds),
    )
