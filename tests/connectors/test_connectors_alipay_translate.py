"""Samples in Alipay's form through the pure translation, and the meaning of every code."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tuidan.connectors.contract.payment import PaymentAnswer, PaymentRequest, RefundAnswer, RefundRequest
from tuidan.connectors.payments.alipay import codes, translate
from tuidan.connectors.payments.alipay.wire import SignedAnswer, Unreadable, split_answer

SAMPLES = Path(__file__).parents[2] / "src/tuidan/connectors/payments/alipay/samples"
REFUND = RefundRequest("6823789339978248", None, "order7r1", 8888, "CNY", "卡密无效")


def sample(name: str, method: str) -> SignedAnswer:
    return split_answer((SAMPLES / f"{name}.json").read_bytes(), f"alipay_trade_{method}_response")


def queried(name: str) -> PaymentAnswer:
    return translate.payment_answer(sample(name, "query"), "out_trade_no15")


def refunded(**changes: str) -> RefundAnswer:
    answer = sample("refund_done", "refund")
    return translate.refund_answer(
        SignedAnswer(answer.key, {**answer.fields, **changes}, answer.text, answer.signature), REFUND
    )


def test_a_paid_trade_is_captured() -> None:
    answer = queried("trade_query_paid")
    assert (answer.outcome, answer.amount_fen) == ("captured", 2000)
    assert answer.captured_at == datetime(2017, 3, 21, 5, 29, 17, tzinfo=UTC)
    assert (answer.payer_account_masked, answer.payer_id) == ("csq***@sandbox.com", "2088102169481075")


def test_a_trade_refunded_in_full_was_captured_though_its_status_is_closed() -> None:
    assert queried("trade_query_refunded_in_full").outcome == "captured"


def test_a_trade_closed_before_payment_is_closed() -> None:
    answer = queried("trade_query_closed_unpaid")
    assert (answer.outcome, answer.captured_at) == ("closed", None)


def test_a_trade_that_does_not_exist_may_still_come_to_exist() -> None:
    answer = queried("trade_query_not_exist")
    assert (answer.outcome, answer.error_code) == ("waiting", "ACQ.TRADE_NOT_EXIST")


def test_an_answer_about_another_trade_is_not_taken_for_ours() -> None:
    with pytest.raises(Unreadable, match=translate.MISMATCH):
        translate.payment_answer(sample("trade_query_paid", "query"), "another")


def test_a_trade_status_from_the_future_is_unknown() -> None:
    assert translate.trade_outcome("TRADE_SOMETHING", was_paid=True) == "unknown"


def test_fund_change_yes_is_a_refund() -> None:
    answer = refunded()
    assert (answer.outcome, answer.advice, answer.amount_fen) == ("succeeded", "done", 8888)
    assert answer.destination == "159****5620"


@pytest.mark.parametrize("value", ["N", "", "y", "YES"])
def test_code_10000_without_fund_change_yes_is_not_a_refund(value: str) -> None:
    answer = refunded(fund_change=value)
    assert (answer.outcome, answer.advice, answer.amount_fen) == ("unknown", "query_first", None)


def test_a_repeated_refund_says_nothing_about_this_one() -> None:
    answer = translate.refund_answer(sample("refund_repeated", "refund"), REFUND)
    assert (answer.outcome, answer.advice) == ("unknown", "query_first")


def test_a_total_below_this_refund_is_not_believed() -> None:
    assert refunded(refund_fee="88.87").outcome == "unknown"


def test_a_total_above_this_refund_does_not_change_its_amount() -> None:
    assert refunded(refund_fee="100.00").amount_fen == 8888


def test_a_refund_answer_for_another_trade_is_unreadable() -> None:
    with pytest.raises(Unreadable, match=translate.MISMATCH):
        refunded(out_trade_no="another")


def test_an_empty_balance_parks_the_attempt() -> None:
    answer = translate.refund_answer(sample("refund_no_balance", "refund"), REFUND)
    assert (answer.outcome, answer.advice) == ("pending", "park")
    assert answer.error_code == "ACQ.SELLER_BALANCE_NOT_ENOUGH"


def query_refund(name: str, reference: str = "20150320010101001") -> RefundAnswer:
    return translate.refund_query_answer(sample(name, "fastpay_refund_query"), "20150320010101001", reference)


def test_refund_success_in_a_query_is_a_refund_of_its_own_amount() -> None:
    answer = query_refund("refund_query_done")
    assert (answer.outcome, answer.amount_fen, answer.destination) == ("succeeded", 1233, "ALIPAYACCOUNT")


def test_money_a_bank_sent_back_is_at_the_alipay_balance() -> None:
    assert query_refund("refund_query_sent_back_by_bank").destination == "ALIPAYACCOUNT"


def test_a_query_without_status_lets_the_same_reference_be_sent_again() -> None:
    answer = query_refund("refund_query_nothing")
    assert (answer.outcome, answer.advice, answer.amount_fen) == ("unknown", "retry_later", None)


def test_a_query_answer_about_another_refund_is_unreadable() -> None:
    with pytest.raises(Unreadable, match=translate.MISMATCH):
        query_refund("refund_query_done", reference="order7r2")


@pytest.mark.parametrize(
    ("code", "sub_code", "outcome", "advice"),
    [
        ("20000", "isp.unknow-error", "unknown", "query_first"),
        ("40004", "ACQ.SYSTEM_ERROR", "unknown", "query_first"),
        ("40004", "aop.ACQ.SYSTEM_ERROR", "unknown", "query_first"),
        ("40004", "ACQ.DISCORDANT_REPEAT_REQUEST", "unknown", "query_first"),
        ("40004", "ACQ.REFUND_CHARGE_ERROR", "unknown", "query_first"),
        ("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH", "pending", "park"),
        ("40004", "ACQ.REASON_TRADE_BEEN_FREEZEN", "failed", "new_attempt"),
        ("40004", "ACQ.TRADE_HAS_FINISHED", "failed", "park"),
        ("40004", "ACQ.REASON_TRADE_REFUND_FEE_ERR", "failed", "park"),
        ("40005", "isv.app-call-limited", "unknown", "retry_later"),
        ("40002", "isv.invalid-signature", "pending", "park"),
        ("40004", "ACQ.A_CODE_OF_NEXT_YEAR", "unknown", "query_first"),
        ("40099", "whatever", "unknown", "query_first"),
        ("", "", "unknown", "query_first"),
    ],
)
def test_each_code_says_what_may_be_done_next(code: str, sub_code: str, outcome: str, advice: str) -> None:
    assert codes.judge_refund(code, sub_code) == (outcome, advice)


def test_no_code_but_10000_ever_means_that_money_moved() -> None:
    judged = [*codes.REFUND.values(), *codes.TOP.values()]
    assert not [entry for entry in judged if entry[0] == "succeeded" or entry[1] == "done"]
    assert not [entry for entry in judged if entry[1] == "new_attempt" and entry[0] != "failed"]


def request(**changes: object) -> PaymentRequest:
    expires_at = datetime(2026, 11, 23, 16, 0, tzinfo=UTC) + timedelta(minutes=15)
    fields = {
        "reference": "a",
        "amount_fen": 1,
        "currency": "CNY",
        "subject": "月卡",
        "notify_url": "http://n",
    }
    return PaymentRequest(**{**fields, "return_url": "", "expires_at": expires_at, **changes})  # type: ignore[arg-type]


def test_a_payment_is_sent_in_yuan_and_china_time() -> None:
    fields = translate.payment_fields(request())
    assert fields["total_amount"] == "0.01"
    assert fields["time_expire"] == "2026-11-24 00:15:00"
    assert fields["product_code"] == "FAST_INSTANT_TRADE_PAY"


@pytest.mark.parametrize(
    ("subject", "sent"),
    [
        ("月卡/季卡", "月卡 季卡"),
        ("a&b=c", "a b c"),
        ("x\n\ty", "x  y"),
        ("", "订单"),
        ("长" * 300, "长" * 256),
    ],
)
def test_a_title_carries_no_sign_the_gateway_refuses(subject: str, sent: str) -> None:
    assert translate.payment_fields(request(subject=subject))["subject"] == sent


def test_a_refund_always_carries_its_own_number() -> None:
    fields = translate.refund_fields(REFUND)
    assert (fields["out_request_no"], fields["refund_amount"]) == ("order7r1", "88.88")
    assert "trade_no" not in fields
