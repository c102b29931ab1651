"""RSA2 as Alipay defines it: what is signed, and that nothing else verifies."""

import base64

import pytest
from alipay import AliPay
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tuidan.connectors.payments.alipay.signature import (
    notice_bytes,
    private_key,
    public_key,
    request_text,
    sign,
    verifies,
)

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
PKCS1_PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
PKCS8_PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
SDK = AliPay(
    appid="1", app_private_key_string=PKCS1_PEM, alipay_public_key_string=PUBLIC_PEM, sign_type="RSA2"
)
names = st.text(st.characters(codec="utf-8", exclude_characters="="), min_size=1, max_size=8)
values = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@given(st.binary(max_size=300))
@settings(max_examples=15, deadline=None)
def test_what_was_signed_verifies_with_its_key_only(text: bytes) -> None:
    signature = sign(KEY, text)
    assert verifies(KEY.public_key(), text, signature)
    assert not verifies(OTHER.public_key(), text, signature)


@given(st.binary(min_size=1, max_size=80), st.data())
@settings(max_examples=15, deadline=None)
def test_one_bit_turned_no_longer_verifies(text: bytes, data: st.DataObject) -> None:
    signature = sign(KEY, text)
    bit = data.draw(st.integers(0, len(text) * 8 - 1))
    turned = bytearray(text)
    turned[bit // 8] ^= 1 << bit % 8
    assert not verifies(KEY.public_key(), bytes(turned), signature)


@pytest.mark.parametrize("signature", ["", "x", "====", "c2lnbg==", "签名", " " * 344])
def test_a_text_that_is_no_signature_does_not_verify(signature: str) -> None:
    assert not verifies(KEY.public_key(), b"text", signature)


def test_a_signature_with_line_breaks_inside_does_not_verify() -> None:
    signature = sign(KEY, b"text")
    assert not verifies(KEY.public_key(), b"text", f"{signature[:76]}\n{signature[76:]}")


@given(st.dictionaries(names, values, max_size=6))
@settings(max_examples=15, deadline=None)
def test_the_sdk_verifies_what_we_sign(parameters: dict[str, str]) -> None:
    parameters.pop("sign", None)
    signature = sign(KEY, request_text(parameters))
    message = "&".join(f"{name}={value}" for name, value in SDK._ordered_data(parameters))
    assert SDK._verify(message, signature)


@given(st.dictionaries(names, values, min_size=1, max_size=6))
@settings(max_examples=15, deadline=None)
def test_we_verify_what_the_sdk_signs_for_a_notice(fields: dict[str, str]) -> None:
    for name in ("sign", "sign_type"):
        fields.pop(name, None)
    signature = SDK._sign("&".join(f"{name}={value}" for name, value in SDK._ordered_data(dict(fields))))
    raw = {name.encode(): value.encode() for name, value in fields.items()}
    assert verifies(KEY.public_key(), notice_bytes({**raw, b"sign": b"x", b"sign_type": b"RSA2"}), signature)


def test_a_request_signs_sign_type_and_leaves_out_sign_and_empty_values() -> None:
    text = request_text({"sign_type": "RSA2", "b": "2", "a": "", "sign": "x", "C": "中文 &="})
    assert text == "C=中文 &=&b=2&sign_type=RSA2".encode()


def test_a_notice_leaves_out_sign_and_sign_type_and_keeps_empty_values() -> None:
    assert notice_bytes({b"sign_type": b"RSA2", b"b": b"", b"a": b"1", b"sign": b"x"}) == b"a=1&b="


@pytest.mark.parametrize("text", [PKCS1_PEM, PKCS8_PEM, "".join(PKCS8_PEM.splitlines()[1:-1])])
def test_a_private_key_is_read_in_each_form_the_console_gives(text: str) -> None:
    assert private_key(text).private_numbers() == KEY.private_numbers()


@pytest.mark.parametrize("text", [PUBLIC_PEM, "".join(PUBLIC_PEM.splitlines()[1:-1])])
def test_a_public_key_is_read_in_each_form_the_console_gives(text: str) -> None:
    assert public_key(text).public_numbers() == KEY.public_key().public_numbers()


def _pem(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not a key",
        base64.b64encode(b"junk").decode(),
        _pem(ec.generate_private_key(ec.SECP256R1()).public_key()),
        _pem(rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()),
    ],
    ids=["empty", "text", "junk", "elliptic", "short"],
)
def test_a_key_that_is_not_rsa_of_2048_bits_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        public_key(text)
