"""The key pairs of the sandbox: the app's, the gateway's, and a wrong one to forge with; kept in the state folder."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

PKCS1 = padding.PKCS1v15()


@dataclass(frozen=True, slots=True)
class Keys:
    """What the gateway holds: the app's public key, its own private key, a wrong key to forge with."""

    app_public: rsa.RSAPublicKey
    gateway_private: rsa.RSAPrivateKey
    wrong_private: rsa.RSAPrivateKey
    app_private_file: Path
    alipay_public_file: Path

    def sign(self, text: bytes, wrong: bool = False) -> str:
        key = self.wrong_private if wrong else self.gateway_private
        return base64.b64encode(key.sign(text, PKCS1, hashes.SHA256())).decode()

    def app_signed(self, text: bytes, signature: str) -> bool:
        try:
            self.app_public.verify(base64.b64decode(signature), text, PKCS1, hashes.SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True


def load(folder: Path) -> Keys:
    """The keys in `folder`, made on the first start."""
    app = _pair(folder, "app")
    gateway = _pair(folder, "alipay")
    return Keys(
        app_public=app.public_key(),
        gateway_private=gateway,
        wrong_private=_pair(folder, "wrong"),
        app_private_file=folder / "app_private.pem",
        alipay_public_file=folder / "alipay_public.pem",
    )


def _pair(folder: Path, name: str) -> rsa.RSAPrivateKey:
    path = folder / f"{name}_private.pem"
    if path.exists():
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError(f"{path} is not an RSA key")
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        # PKCS#1 is what all SDKs read; the file is ours alone.
        text = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        _write(path, text)
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    _write(folder / f"{name}_public.pem", public)
    return key


def _write(path: Path, text: bytes) -> None:
    # Whole or not at all, so that a killed start leaves no half key behind.
    part = path.with_suffix(".part")
    with open(part, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)
    part.replace(path)
