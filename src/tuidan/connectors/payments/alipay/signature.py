"""RSA2 of the Alipay gateway v2: what is signed, and how (RSA PKCS#1 v1.5 with SHA-256, base64).

Three texts are signed: a request (all parameters but `sign`), an answer (the exact substring as sent) and a
notice (all parameters but `sign` and `sign_type`). Nothing is ever serialised again to be verified.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

RSA_BITS_MIN = 2048


def request_text(parameters: Mapping[str, str]) -> bytes:
    """The bytes a request signs: without `sign` and empty values, sorted by name, joined un-encoded."""
    kept = sorted((name, value) for name, value in parameters.items() if name != "sign" and value != "")
    return "&".join(f"{name}={value}" for name, value in kept).encode()


def notice_bytes(parameters: Mapping[bytes, bytes]) -> bytes:
    """The bytes a notice is signed over: url-decoded as they came, so that the charset cannot matter."""
    kept = sorted((name, value) for name, value in parameters.items() if name not in (b"sign", b"sign_type"))
    return b"&".join(name + b"=" + value for name, value in kept)


def message_bytes(parameters: Mapping[bytes, bytes]) -> bytes:
    """The bytes a message of the app's gateway is signed over where `sign_type` is covered as well."""
    kept = sorted((name, value) for name, value in parameters.items() if name != b"sign")
    return b"&".join(name + b"=" + value for name, value in kept)


def sign(key: RSAPrivateKey, text: bytes) -> str:
    """The base64 signature of `text`."""
    return base64.b64encode(key.sign(text, padding.PKCS1v15(), hashes.SHA256())).decode("ascii")


def verifies(key: RSAPublicKey, text: bytes, signature: str) -> bool:
    """Whether `signature` (base64 in its one canonical spelling) was made over exactly `text`. Never raises."""
    try:
        raw = base64.b64decode(signature, validate=True)
        # Base64 has spare bits at its end: a second spelling of a true signature is not the one that was sent.
        if base64.b64encode(raw).decode("ascii") != signature:
            return False
        key.verify(raw, text, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def private_key(pem: str) -> RSAPrivateKey:
    """Read the app's private key, with or without PEM lines, PKCS#8 or PKCS#1. Raises ValueError."""
    key = load_der_private_key(_der(pem), password=None)
    if not isinstance(key, RSAPrivateKey) or key.key_size < RSA_BITS_MIN:
        raise ValueError(f"the app private key must be RSA with at least {RSA_BITS_MIN} bits")
    return key


def public_key(pem: str) -> RSAPublicKey:
    """Read Alipay's public key, with or without PEM lines. Raises ValueError."""
    key = load_der_public_key(_der(pem))
    if not isinstance(key, RSAPublicKey) or key.key_size < RSA_BITS_MIN:
        raise ValueError(f"the Alipay public key must be RSA with at least {RSA_BITS_MIN} bits")
    return key


def _der(pem: str) -> bytes:
    # Alipay's console gives bare base64; files usually hold PEM. Both end as the same DER bytes.
    lines = [line.strip() for line in pem.strip().splitlines()]
    body = "".join(line for line in lines if line and not line.startswith("-----"))
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise ValueError("the key is neither PEM nor base64") from error
