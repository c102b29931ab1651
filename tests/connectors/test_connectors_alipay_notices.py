"""Notices are believed only when signed, ours, and exact. Everything here is signed with a fresh key for real."""

import base64
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from tuidan.connectors.contract.payment import (
    ForeignNotice,
    ForgedNotice,
    MalformedNotice,
    NoticeRefused,
    PaymentNotice,
    RefundNotice,
)
from tuidan.connectors.payments.alipay.notices import BODY_BYTES_MAX, read

SAMPLES = Path(__file__).parents[2] / "src/tuidan/connectors/payments/alipay/samples"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
APP, SELLER = "2021000100000001", "2088721000000001"


def fields_of(name: str) -> dict[str, str]:
    return dict(
        parse_qsl((SAMPLES / f"{name}.form").read_text(encoding="ascii").strip(), strict_parsing=True)
    )


def signed(fields: dict[str, str], charset: str = "utf-8") -> bytes:
    """The body as Alipay builds it, written here once more from its document."""
    text = "&".join(f"{k}={v}" for k, v in sorted(fields.items()) if k not in ("sign", "sign_type"))
    signature = KEY.sign(text.encode(charset), padding.PKCS1v15(), hashes.SHA256())
    whole = {**fields, "sign": base64.b64encode(signature).decode(), "sign_type": "RSA2"}
    return urlencode(whole, encoding=charset).encode("ascii")


def told(body: bytes) -> PaymentNotice | RefundNotice:
    return read(body, KEY.public_key(), APP, SELLER)


def paid(**changes: str) -> bytes:
    return signed({**fields_of("notice_paid"), **changes})


def test_a_paid_notice_is_read_exactly() -> None:
    notice = told(paid())
    assert isinstance(notice, PaymentNotice)
    assert (notice.reference, notice.outcome, notice.amount_fen) == ("out_trade_no15", "captured", 2000)
    assert notice.captured_at == datetime(2017, 3, 21, 5, 29, 17, tzinfo=UTC)
    assert notice.payer_account_masked == "csq***@sandbox.com"


def test_a_refund_notice_tells_the_total_and_not_the_amount_of_this_refund() -> None:
    notice = told(signed(fields_of("notice_refunded_in_part")))
    assert isinstance(notice, RefundNotice)
    assert (notice.refund_reference, notice.amount_fen, notice.total_refunded_fen) == ("order7r2", None, 1200)
    assert notice.refunded_at == datetime(2017, 3, 22, 1, 0, 1, tzinfo=UTC)


def test_a_notice_of_an_unpaid_trade_closing_is_closed_and_not_a_refund() -> None:
    notice = told(signed(fields_of("notice_closed_unpaid")))
    assert isinstance(notice, PaymentNotice)
    assert (notice.outcome, notice.captured_at) == ("closed", None)


def test_a_refund_made_by_hand_in_the_console_is_read_without_our_reference() -> None:
    fields = fields_of("notice_refunded_in_part")
    del fields["out_biz_no"]
    notice = told(signed(fields))
    assert isinstance(notice, RefundNotice)
    assert notice.refund_reference == ""


def test_a_notice_of_years_ago_is_read_like_one_of_now() -> None:
    notice = told(paid(notify_time="2009-01-01 00:00:00"))
    assert isinstance(notice, PaymentNotice)
    assert notice.outcome == "captured"


def test_a_notice_in_gbk_is_verified_over_the_bytes_it_came_in() -> None:
    fields = {**fields_of("notice_paid"), "charset": "GBK", "subject": "视频会员"}
    notice = told(signed(fields, "gbk"))
    assert isinstance(notice, PaymentNotice)
    assert notice.amount_fen == 2000


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_notice_with_any_one_bit_turned_is_refused(data: st.DataObject) -> None:
    body = bytearray(paid())
    bit = data.draw(st.integers(0, len(body) * 8 - 1))
    body[bit // 8] ^= 1 << bit % 8
    # Upper and lower case of an escape (%2a, %2A) are the same byte; all else must be refused.
    if bytes(body).lower() != paid().lower():
        with pytest.raises(NoticeRefused):
            told(bytes(body))


@pytest.mark.parametrize("dropped", ["sign", "total_amount", "seller_id", "app_id", "out_trade_no"])
def test_a_field_taken_out_after_signing_is_a_forgery(dropped: str) -> None:
    kept = [(name, value) for name, value in parse_qsl(paid().decode()) if name != dropped]
    with pytest.raises(ForgedNotice):
        told(urlencode(kept).encode())


def test_a_replay_in_another_spelling_has_the_same_digest_and_another_notice_has_not() -> None:
    body = paid()
    reordered = b"&".join(reversed(body.split(b"&")))
    respelled = body.replace(b"%2A", b"%2a").replace(b"+", b"%20")
    assert {told(body).digest, told(reordered).digest, told(respelled).digest} == {told(body).digest}
    assert respelled != body
    assert told(paid(notify_id="another")).digest != told(body).digest


def test_a_second_spelling_of_a_true_signature_is_a_forgery() -> None:
    # 256 bytes end in "x==" with four spare bits: the next letter decodes to the same bytes.
    name, end = b"sign=", b"%3D%3D&sign_type"
    body = paid()
    at = body.index(end, body.index(name)) - 1
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    other = letters[letters.index(body[at]) + 1]
    with pytest.raises(ForgedNotice):
        told(body[:at] + bytes([other]) + body[at + 1 :])


def test_a_field_added_after_signing_is_a_forgery() -> None:
    with pytest.raises(ForgedNotice):
        told(paid() + b"&refund_fee=20.00")


def test_an_older_kind_of_signature_is_a_forgery() -> None:
    with pytest.raises(ForgedNotice):
        told(paid().replace(b"sign_type=RSA2", b"sign_type=RSA"))


@pytest.mark.parametrize(
    ("name", "value"), [("app_id", "2021999999999999"), ("seller_id", "2088999999999999")]
)
def test_a_true_notice_for_another_app_or_seller_is_foreign(name: str, value: str) -> None:
    with pytest.raises(ForeignNotice):
        told(paid(**{name: value}))


@pytest.mark.parametrize("missing", ["out_trade_no", "trade_no", "total_amount", "trade_status", "notify_id"])
def test_a_true_notice_that_lacks_a_field_is_malformed(missing: str) -> None:
    fields = fields_of("notice_paid")
    del fields[missing]
    with pytest.raises(MalformedNotice):
        told(signed(fields))


@pytest.mark.parametrize("amount", ["20.005", "-20.00", "2e1", "20,00", "twenty"])
def test_an_amount_that_is_not_exact_fen_is_malformed(amount: str) -> None:
    with pytest.raises(MalformedNotice):
        told(paid(total_amount=amount))


def test_a_name_that_stands_twice_is_malformed() -> None:
    with pytest.raises(MalformedNotice):
        told(paid() + b"&total_amount=0.01")


def test_a_name_that_stands_twice_in_two_spellings_is_malformed() -> None:
    with pytest.raises(MalformedNotice):
        told(paid() + b"&total%5Famount=0.01")


def test_a_body_without_end_is_malformed_before_anything_is_parsed() -> None:
    with pytest.raises(MalformedNotice, match="too large"):
        told(b"a=1&" * (BODY_BYTES_MAX // 4 + 1))


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_refused_and_raise_nothing_else(body: bytes) -> None:
    with pytest.raises(NoticeRefused):
        told(body)
