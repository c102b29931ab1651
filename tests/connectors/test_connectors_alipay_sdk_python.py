"""The unmodified `python-alipay-sdk` works against the sandbox, and its verify code accepts our requests."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from alipay import AliPay
from alipay.exceptions import AliPayValidationError

from tuidan.connectors.contract.conformance_payment import paid, payment, refund
from tuidan.connectors.payments.alipay.conformance import AlipayBench


@pytest.fixture(scope="module")
def sdk(alipay_gateway: AlipayBench) -> AliPay:
    ready = alipay_gateway.ready
    made = AliPay(
        appid=ready["app_id"],
        app_private_key_string=Path(ready["app_private_key_file"]).read_text(encoding="ascii"),
        alipay_public_key_string=Path(ready["alipay_public_key_file"]).read_text(encoding="ascii"),
        sign_type="RSA2",
    )
    made._gateway = ready["gateway_url"]
    return made


def test_python_sdk_opens_a_page_that_can_be_paid(sdk: AliPay, alipay_gateway: AlipayBench) -> None:
    reference = alipay_gateway.new_reference()
    query = sdk.api_alipay_trade_page_pay(
        "充值 100 元", reference, "99.50", notify_url="http://127.0.0.1:9/n"
    )
    alipay_gateway.tell("pay", url=f"{alipay_gateway.ready['gateway_url']}?{query}")
    said = sdk.api_alipay_trade_query(out_trade_no=reference)
    assert (said["trade_status"], said["total_amount"]) == ("TRADE_SUCCESS", "99.50")


def test_python_sdk_makes_a_qr_code_that_can_be_paid(sdk: AliPay, alipay_gateway: AlipayBench) -> None:
    reference = alipay_gateway.new_reference()
    code = sdk.api_alipay_trade_precreate("月卡", reference, "3.00")["qr_code"]
    alipay_gateway.tell("pay", url=code)
    assert sdk.api_alipay_trade_query(out_trade_no=reference)["trade_status"] == "TRADE_SUCCESS"


def test_python_sdk_refunds_once_and_asks_for_it(sdk: AliPay, alipay_gateway: AlipayBench) -> None:
    reference = paid(alipay_gateway, 1000).reference
    said = [
        sdk.api_alipay_trade_refund(
            "4.00", out_trade_no=reference, out_request_no="py1", refund_reason="卡密无效"
        )
        for _ in range(2)
    ]
    assert [answer["fund_change"] for answer in said] == ["Y", "N"]
    asked = sdk.api_alipay_trade_fastpay_refund_query("py1", out_trade_no=reference)
    assert (asked["refund_status"], asked["refund_amount"]) == ("REFUND_SUCCESS", "4.00")
    assert alipay_gateway.refunds_executed(reference) == 1


def test_python_sdk_closes_an_unpaid_trade(sdk: AliPay, alipay_gateway: AlipayBench) -> None:
    request = payment(alipay_gateway, mode="qr")
    alipay_gateway.channel.start(request)
    assert sdk.api_alipay_trade_close(out_trade_no=request.reference)["code"] == "10000"


def test_python_sdk_refuses_an_answer_signed_with_a_wrong_key(
    sdk: AliPay, alipay_gateway: AlipayBench
) -> None:
    request = paid(alipay_gateway)
    alipay_gateway.tell("faults", on="alipay.trade.query", fault="bad_signature", reference=request.reference)
    with pytest.raises(AliPayValidationError):
        sdk.api_alipay_trade_query(out_trade_no=request.reference)


@pytest.mark.parametrize(
    ("change", "believed"), [("true", True), ("stale", True), ("forged", False), ("one_bit_wrong", False)]
)
def test_python_sdk_believes_true_notices_only(
    sdk: AliPay, alipay_gateway: AlipayBench, change: str, believed: bool
) -> None:
    request = paid(alipay_gateway)
    alipay_gateway.channel.refund(refund(alipay_gateway, request, 100))
    for kind in ("payment", "refund"):
        body = alipay_gateway.notice(request.reference, kind, change)  # type: ignore[arg-type]
        fields = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True))
        assert sdk.verify(fields, fields.pop("sign")) is believed


def test_the_sdk_verifies_the_requests_we_make(alipay_gateway: AlipayBench) -> None:
    # The SDK of the other side: it holds our app's public key as the key to verify with.
    state = Path(alipay_gateway.ready["app_private_key_file"]).parent
    other = AliPay(
        appid="x",
        app_private_key_string=(state / "wrong_private.pem").read_text(encoding="ascii"),
        alipay_public_key_string=(state / "app_public.pem").read_text(encoding="ascii"),
        sign_type="RSA2",
    )
    url = alipay_gateway.channel.start(payment(alipay_gateway)).url or ""
    fields = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    signature = fields.pop("sign")
    message = "&".join(f"{name}={value}" for name, value in other._ordered_data(fields))
    assert other._verify(message, signature)
    assert not other._verify(message.replace("12.34", "12.35"), signature)
