"""Keeps each object in one bucket. The store sees sealed bytes under names that tell nothing.

An upload in parts appears whole or not at all; what an upload that broke left behind is taken away by it. A bucket
should have a rule that ends unfinished uploads after a day, for the machine that loses power in between.
"""

from __future__ import annotations

import re
from pathlib import Path

from tuidan.connectors.stores.s3.config import S3Config
from tuidan.domain.upload.objects import FULL, MISSING, UNAVAILABLE, StoreTrouble

try:
    import boto3
    from boto3.exceptions import Boto3Error
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    INSTALLED = True
except ImportError:
    INSTALLED = False

NAME = re.compile(r"[0-9a-f]{32,64}")
PART_BYTES = 16 * 1024 * 1024
TRIES = 3
GONE = frozenset({"404", "NoSuchKey", "NotFound"})
BEYOND = frozenset({"416", "InvalidRange"})
NO_ROOM = frozenset({"507", "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage"})


class S3Store:
    """One bucket. See `domain/upload/objects.py:ObjectStore`. Raises ValueError without the extra `s3`."""

    def __init__(self, config: S3Config) -> None:
        if not INSTALLED:
            raise ValueError("stores.s3 needs the extra s3: pip install 'tuidan[s3]'")
        self._config = config
        self._client = boto3.client(
            "s3",
            endpoint_url=config.endpoint or None,
            region_name=config.region or None,
            aws_access_key_id=config.access_key or None,
            aws_secret_access_key=config.secret_key or None,
            config=Config(
                connect_timeout=config.timeout_seconds,
                read_timeout=config.timeout_seconds,
                retries={"max_attempts": TRIES, "mode": "standard"},
                s3={"addressing_style": "path" if config.path_style else "auto"},
            ),
        )

    def put(self, name: str, source: Path) -> None:
        """Upload the file; it is gone from here when it is there."""
        parts = TransferConfig(
            multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, use_threads=False
        )
        try:
            self._client.upload_file(str(source), self._config.bucket, self._key(name), Config=parts)
        except (ClientError, BotoCoreError, Boto3Error) as error:
            raise _trouble(error) from error
        source.unlink(missing_ok=True)

    def read(self, name: str, start: int, length: int) -> bytes:
        """At most `length` bytes from `start`."""
        if length < 1:
            return b""
        try:
            told = self._client.get_object(
                Bucket=self._config.bucket,
                Key=self._key(name),
                Range=f"bytes={start}-{start + length - 1}",
            )
            data: bytes = told["Body"].read()
        except (ClientError, BotoCoreError) as error:
            if _code(error) in BEYOND:
                return b""
            raise _trouble(error) from error
        return data

    def local(self, name: str) -> Path | None:
        """Never here."""
        return None

    def size(self, name: str) -> int:
        """How many bytes the object has."""
        try:
            told = self._client.head_object(Bucket=self._config.bucket, Key=self._key(name))
        except (ClientError, BotoCoreError) as error:
            raise _trouble(error) from error
        return int(told["ContentLength"])

    def delete(self, name: str) -> None:
        """Take the object away."""
        try:
            self._client.delete_object(Bucket=self._config.bucket, Key=self._key(name))
        except (ClientError, BotoCoreError) as error:
            raise _trouble(error) from error

    def _key(self, name: str) -> str:
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of an object")
        return f"{self._config.prefix}{name[:2]}/{name}"


def _code(error: Exception) -> str:
    """What the store calls its trouble; "" where it did not answer."""
    return str(error.response.get("Error", {}).get("Code", "")) if isinstance(error, ClientError) else ""


def _trouble(error: Exception) -> StoreTrouble:
    code = _code(error)
    if code in GONE:
        return StoreTrouble(MISSING, "no such object")
    return StoreTrouble(FULL if code in NO_ROOM else UNAVAILABLE, f"the store of files: {error}")
