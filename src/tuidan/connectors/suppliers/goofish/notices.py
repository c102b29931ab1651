"""Verifies and reads the order notices a 闲管家 supplier posts back to us (§1.7). Pure: time is an argument.

A fitting notice is still only a hint: 管家's side re-queries order/detail before believing it, and so do we.
Codes that a notice carries are neither read nor kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from tuidan.connectors.contract import strict_json as read
from tuidan.connectors.contract.supplier import (
    ForeignNotice,
    ForgedNotice,
    MalformedNotice,
    StaleNotice,
    SupplyNotice,
)
from tuidan.connectors.suppliers.goofish.config import GoofishConfig
from tuidan.connectors.suppliers.goofish.signature import sign, sign_fits
from tuidan.connectors.suppliers.goofish.translate import ORDER_TYPE, OUTCOME, masked

__all__ = ["ACKNOWLEDGEMENT", "read_notice"]

ACKNOWLEDGEMENT = b'{"code":0,"msg":"OK"}'
NOTICE_BYTES_MAX = 65_536
WINDOW = timedelta(minutes=5)
DIGITS = re.compile(r"[0-9]{1,20}")


def read_notice(
    config: GoofishConfig, query_params: Mapping[str, str], body: bytes, now: datetime
) -> SupplyNotice:
    """Raises ForgedNotice, ForeignNotice, StaleNotice (older or newer than 5 min) or MalformedNotice."""
    if len(body) > NOTICE_BYTES_MAX:
        raise MalformedNotice("too_large")
    mch_id, timestamp = query_params.get("mch_id", ""), query_params.get("timestamp", "")
    if not DIGITS.fullmatch(mch_id) or not DIGITS.fullmatch(timestamp):
        raise ForgedNotice("mch_id_or_timestamp")
    wanted = sign(config.app_id, config.app_secret, body, timestamp, mch_id, config.mch_secret)
    if not sign_fits(query_params.get("sign", ""), wanted):
        raise ForgedNotice("sign")
    if mch_id != config.mch_id:
        raise ForeignNotice("mch_id")
    if abs(int(timestamp) - now.timestamp()) > WINDOW.total_seconds():
        raise StaleNotice("timestamp")
    try:
        return _translate(body)
    except read.Unreadable as error:
        raise MalformedNotice(error.why) from error


def _translate(body: bytes) -> SupplyNotice:
    values = read.read_object(body, NOTICE_BYTES_MAX)
    if read.integer(values, "order_type") not in ORDER_TYPE.values():
        raise read.Unreadable("order_type_unknown")
    reference = read.text(values, "order_no", length_max=32)
    supplier_no = read.text(values, "out_order_no", length_max=64)
    if reference is None or supplier_no is None:
        raise read.Unreadable("order_no_not_text")
    return SupplyNotice(
        reference=reference,
        supplier_no=supplier_no,
        outcome=OUTCOME.get(read.integer(values, "order_status"), "unknown"),
        ended_at=read.time_or_none(values, "end_time"),
        remark=read.text(values, "remark", required=False),
        digest=hashlib.sha256(body).hexdigest(),
        raw=masked(body.decode(), values),
    )
