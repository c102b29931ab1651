"""Reads the notices Alipay posts: parse without guessing, verify, check whom it is for, translate. No network.

A notice is acted on only when its signature fits, it names our app and our seller, and its amounts are exact.
Its age is no reason to refuse it: a notice hours late is real money. A replay is dropped by the caller, by digest.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from tuidan.connectors.contract.channel_dispute import DisputeNotice
from tuidan.connectors.contract.payment import (
    ForeignNotice,
    ForgedNotice,
    MalformedNotice,
    PaymentNotice,
    RefundNotice,
)
from tuidan.connectors.payments.alipay.channel_dispute import CHANGED
from tuidan.connectors.payments.alipay.signature import message_bytes, notice_bytes, verifies
from tuidan.connectors.payments.alipay.translate import CURRENCY, payer_id, trade_outcome
from tuidan.connectors.payments.alipay.wire import Unreadable, fen, read_object, utc_time

BODY_BYTES_MAX = 64_000
NUMBER_CHARACTERS_MAX = 64
_BAD_PERCENT = re.compile(rb"%(?![0-9a-fA-F]{2})")
_CHARSETS = {"utf-8": "utf-8", "gbk": "gbk", "gb2312": "gb2312", "gb18030": "gb18030"}


def read(
    body: bytes, key: RSAPublicKey, app_id: str, seller_id: str
) -> PaymentNotice | RefundNotice | DisputeNotice:
    """Verify and read one notice body. Raises ForgedNotice, ForeignNotice or MalformedNotice."""
    raw = parse(body)
    if raw.get(b"sign_type", b"RSA2") != b"RSA2":
        raise ForgedNotice("sign_type is not RSA2")
    signed = _verified(raw, key)
    fields = _decoded(raw)
    if fields.get("app_id") != app_id:
        raise ForeignNotice("another app")
    if "msg_method" in fields:
        return _message(fields, hashlib.sha256(signed).hexdigest())
    if fields.get("seller_id") != seller_id:
        raise ForeignNotice("another seller")
    try:
        # Over what was signed, not over the body: a replay with its fields in another order or its escapes in
        # another case is the same notice.
        return _translated(fields, hashlib.sha256(signed).hexdigest())
    except Unreadable as error:
        raise MalformedNotice(error.code) from error


def _verified(raw: dict[bytes, bytes], key: RSAPublicKey) -> bytes:
    """What was signed. The documents differ on whether a message's signature covers sign_type too; both bind all."""
    signature = raw.get(b"sign", b"").decode("ascii", "replace")
    forms = [notice_bytes(raw)]
    if b"msg_method" in raw:
        forms.append(message_bytes(raw))
    for signed in forms:
        if verifies(key, signed, signature):
            return forms[0]
    raise ForgedNotice("the signature does not fit")


def _message(fields: dict[str, str], digest: str) -> DisputeNotice:
    """A message of the app's gateway: that a complaint changed, with nothing but its number."""
    if fields["msg_method"] != CHANGED:
        raise MalformedNotice("a message that nobody asked for")
    try:
        content = read_object(fields.get("biz_content", ""))
    except Unreadable as error:
        raise MalformedNotice(error.code) from error
    number = content.get("complain_event_id", "")
    if not isinstance(number, str) or not 0 < len(number) <= NUMBER_CHARACTERS_MAX or not number.isascii():
        raise MalformedNotice("complain_event_id")
    millis = fields.get("utc_timestamp", "")
    sent_at = None
    if millis.isascii() and millis.isdecimal() and len(millis) == 13:
        sent_at = datetime.fromtimestamp(int(millis) / 1000, tz=UTC)
    return DisputeNotice(number, _required(fields, "notify_id"), sent_at, digest)


def parse(body: bytes) -> dict[bytes, bytes]:
    """The form fields as url-decoded bytes. Raises MalformedNotice for a name twice or a broken escape."""
    if not body or len(body) > BODY_BYTES_MAX:
        raise MalformedNotice("empty or too large")
    fields: dict[bytes, bytes] = {}
    for pair in body.strip(b"\r\n").split(b"&"):
        name, equals, value = pair.partition(b"=")
        if not equals or _BAD_PERCENT.search(pair):
            raise MalformedNotice("not a form")
        name = unquote_to_bytes(name.replace(b"+", b" "))
        if name in fields:
            raise MalformedNotice("a name twice")
        fields[name] = unquote_to_bytes(value.replace(b"+", b" "))
    return fields


def _decoded(raw: dict[bytes, bytes]) -> dict[str, str]:
    charset = _CHARSETS.get(raw.get(b"charset", b"utf-8").decode("ascii", "replace").lower())
    if charset is None:
        raise MalformedNotice("charset")
    try:
        return {name.decode(charset): value.decode(charset) for name, value in raw.items()}
    except UnicodeDecodeError as error:
        raise MalformedNotice("not in its charset") from error


def _translated(fields: dict[str, str], digest: str) -> PaymentNotice | RefundNotice:
    reference, trade_no = _required(fields, "out_trade_no"), _required(fields, "trade_no")
    notice_id, sent_at = _required(fields, "notify_id"), _time(fields, "notify_time")
    if fields.get("refund_fee") and fen(fields["refund_fee"]) > 0:
        # refund_fee is the trade's total so far; which refund it was is out_biz_no, absent for one made by hand
        # in the merchant's console.
        return RefundNotice(
            payment_reference=reference,
            refund_reference=fields.get("out_biz_no", ""),
            outcome="succeeded",
            amount_fen=None,
            total_refunded_fen=fen(fields["refund_fee"]),
            currency=CURRENCY,
            trade_no=trade_no,
            refunded_at=_time(fields, "gmt_refund"),
            notice_id=notice_id,
            sent_at=sent_at,
            digest=digest,
        )
    paid_at = _time(fields, "gmt_payment")
    outcome = trade_outcome(_required(fields, "trade_status"), was_paid=paid_at is not None)
    return PaymentNotice(
        reference=reference,
        outcome=outcome,
        amount_fen=fen(_required(fields, "total_amount")),
        currency=CURRENCY,
        trade_no=trade_no,
        payer_account_masked=fields.get("buyer_logon_id") or None,
        payer_id=payer_id(fields),
        captured_at=paid_at if outcome == "captured" else None,
        notice_id=notice_id,
        sent_at=sent_at,
        digest=digest,
    )


def _required(fields: dict[str, str], name: str) -> str:
    value = fields.get(name, "")
    if not value:
        raise MalformedNotice(f"{name} is missing")
    return value


def _time(fields: dict[str, str], name: str) -> datetime | None:
    return utc_time(fields[name]) if fields.get(name) else None
