"""The outside's side of notices: keys of a payment channel and a supplier, and notices signed with them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import quote_plus

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tuidan.connectors.contract.payment import PaymentChannel
from tuidan.connectors.contract.registry import connect
from tuidan.connectors.contract.supplier import Supplier

APP_ID, SELLER_ID = "2021000000000001", "2088000000000001"
SUPPLIER = {"app_id": "101", "app_secret": "our-secret", "mch_id": "202", "mch_secret": "their-secret"}


@dataclass
class Alipay:
    """The gateway's private key beside our own."""

    ours: rsa.RSAPrivateKey
    theirs: rsa.RSAPrivateKey

    @classmethod
    def with_new_keys(cls) -> Alipay:
        return cls(rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048))

    def channel(self) -> PaymentChannel:
        """Our connector, which trusts this gateway."""
        private = self.ours.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        public = (
            self.theirs.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        )
        channel: PaymentChannel = connect(
            "payments",
            "alipay",
            {
                "app_id": APP_ID,
                "seller_id": SELLER_ID,
                "app_private_key_pem": private,
                "alipay_public_key_pem": public,
                "base_url": "http://127.0.0.1:9/gateway.do",
            },
        )
        return channel

    def notice(self, reference: str, amount: str = "48.80", **changed: str) -> bytes:
        """A notice "paid", signed as the gateway signs."""
        fields = {
            "app_id": APP_ID,
            "seller_id": SELLER_ID,
            "charset": "utf-8",
            "notify_id": hashlib.sha256(reference.encode()).hexdigest()[:32],
            "notify_time": "2026-11-23 18:00:01",
            "notify_type": "trade_status_sync",
            "out_trade_no": reference,
            "trade_no": hashlib.sha256(reference.encode()).hexdigest()[32:60],
            "trade_status": "TRADE_SUCCESS",
            "total_amount": amount,
            "gmt_payment": "2026-11-23 18:00:00",
            "buyer_id": "2088102169481075",
            "buyer_logon_id": "138****0000",
        } | changed
        return self.signed(fields)

    def dispute(self, number: str, *, with_sign_type: bool = False, **changed: str) -> bytes:
        """The message of the app's gateway that a complaint changed; some gateways sign `sign_type` as well."""
        fields = {
            "app_id": APP_ID,
            "charset": "utf-8",
            "version": "1.1",
            "msg_method": "alipay.merchant.tradecomplain.changed",
            "notify_id": hashlib.sha256(number.encode()).hexdigest()[:32],
            "utc_timestamp": "1795428001000",
            "biz_content": orjson.dumps({"complain_event_id": number}).decode(),
        } | changed
        return self.signed(fields, with_sign_type=with_sign_type)

    def signed(self, fields: dict[str, str], *, with_sign_type: bool = False) -> bytes:
        """A form signed with the gateway's key."""
        covered = fields | ({"sign_type": "RSA2"} if with_sign_type else {})
        fields = dict(fields)
        text = "&".join(f"{name}={covered[name]}" for name in sorted(covered)).encode()
        signature = base64.b64encode(self.theirs.sign(text, padding.PKCS1v15(), hashes.SHA256())).decode()
        told = fields | {"sign_type": "RSA2", "sign": signature}
        return "&".join(f"{name}={quote_plus(value)}" for name, value in told.items()).encode()


def goofish() -> Supplier:
    """Our connector to a supplier that nobody needs to reach."""
    supplier: Supplier = connect("suppliers", "goofish", SUPPLIER | {"base_url": "http://127.0.0.1:9"})
    return supplier


def supplier_notice(reference: str, timestamp: int) -> tuple[dict[str, str], bytes]:
    """A notice "done" as the supplier sends it: query and body."""
    body = orjson.dumps(
        {
            "order_type": 1,
            "order_no": reference,
            "out_order_no": "GF20261123000017",
            "order_status": 20,
            "end_time": timestamp,
            "remark": "充值成功",
        }
    )
    parts = (
        SUPPLIER["app_id"],
        SUPPLIER["app_secret"],
        hashlib.md5(body).hexdigest(),
        str(timestamp),
        SUPPLIER["mch_id"],
        SUPPLIER["mch_secret"],
    )
    sign = hashlib.md5(",".join(parts).encode()).hexdigest()
    return {"mch_id": SUPPLIER["mch_id"], "timestamp": str(timestamp), "sign": sign}, body
