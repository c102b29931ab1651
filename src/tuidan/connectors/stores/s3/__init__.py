"""An S3-compatible store (Amazon, MinIO, Ceph, the S3 interfaces of Aliyun OSS and Tencent COS). Needs the extra `s3`.

Settings: `bucket`; `endpoint` (its address, unset: Amazon's own), `region`, `prefix`, `access_key` and `secret_key`
(unset: what boto3 finds by itself), `path_style` (on for stores without a name for each bucket).
"""

from __future__ import annotations

from collections.abc import Mapping

from tuidan.connectors.stores.s3.client import S3Store
from tuidan.connectors.stores.s3.config import read_config

NAME = "s3"


def connect(settings: Mapping[str, str]) -> S3Store:
    """The store in one bucket. Raises ValueError for bad settings or when the extra is not installed."""
    return S3Store(read_config(settings))
