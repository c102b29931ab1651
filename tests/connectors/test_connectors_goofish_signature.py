"""The 闲管家 signature against the published vector, and what it must notice."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuidan.connectors.suppliers.goofish.sandbox.signing import signature
from tuidan.connectors.suppliers.goofish.signature import sign, sign_fits, signed_query

APP_ID, APP_SECRET = "677859093659717", "wK63PxlOBaY9NoqMksLeZySzGIW25ifA"
MCH_SECRET, TIMESTAMP = "o9wl81dncmvby3ijpq7eur456zhgtaxs", "1724414553"
BODY = b'{"goods_type":1,"goods_no":"12344532"}'

texts = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=20)


def test_the_body_digest_is_the_published_one() -> None:
    assert hashlib.md5(BODY).hexdigest() == "9b8030f5097d5ed123405b003dd247c5"


@pytest.mark.parametrize(
    ("mch_id", "wanted"),
    [("100", "f8677927fd8421a75718e8cfaaf92221"), ("1001", "fda5954f48ab32b3b271c84450440ead")],
)
def test_the_signature_is_the_one_of_the_vector(mch_id: str, wanted: str) -> None:
    assert sign(APP_ID, APP_SECRET, BODY, TIMESTAMP, mch_id, MCH_SECRET) == wanted


@pytest.mark.parametrize(
    ("body", "md5"),
    [(b"{}", "99914b932bd37a50b983c5e7c90ae93b"), (b"", "d41d8cd98f00b204e9800998ecf8427e")],
)
def test_an_empty_object_and_an_empty_body_are_signed_as_they_are_sent(body: bytes, md5: str) -> None:
    joined = f"1,s,{md5},5,2,t".encode()
    assert sign("1", "s", body, "5", "2", "t") == hashlib.md5(joined).hexdigest()


def test_the_query_string_carries_merchant_time_and_sign() -> None:
    query = signed_query(APP_ID, APP_SECRET, BODY, TIMESTAMP, "100", MCH_SECRET)
    assert query == "mch_id=100&timestamp=1724414553&sign=f8677927fd8421a75718e8cfaaf92221"


@given(st.binary(max_size=200), texts, texts, st.integers(0, 2**40), st.integers(1, 10**9))
def test_the_sandbox_reads_the_rule_the_same_way(
    body: bytes, app_secret: str, mch_secret: str, timestamp: int, mch_id: int
) -> None:
    keys = {"app_id": "7", "app_secret": app_secret, "mch_id": str(mch_id), "mch_secret": mch_secret}
    assert sign("7", app_secret, body, str(timestamp), str(mch_id), mch_secret) == signature(
        keys, body, str(timestamp)
    )


@given(st.binary(min_size=1, max_size=200), st.data())
def test_another_bit_of_the_body_gives_another_signature(body: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 1))
    bit = data.draw(st.integers(0, 7))
    changed = body[:place] + bytes([body[place] ^ (1 << bit)]) + body[place + 1 :]
    assert sign("1", "s", body, "5", "2", "t") != sign("1", "s", changed, "5", "2", "t")


@pytest.mark.parametrize("given_sign", ["", "0" * 31, "0" * 33, "F" * 32, "f" * 31 + "é", "f" * 32 + "\n"])
def test_what_is_not_32_lower_case_hex_digits_never_fits(given_sign: str) -> None:
    assert not sign_fits(given_sign, given_sign)
