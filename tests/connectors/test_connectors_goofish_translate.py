"""Records to wire and back, without a network: samples, strict types, and every outcome."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuidan.connectors.contract.strict_json import Unreadable
from tuidan.connectors.contract.supplier import SuppliedCard, SupplyRequest
from tuidan.connectors.suppliers import goofish
from tuidan.connectors.suppliers.goofish import translate

SAMPLES = Path(goofish.__file__).parent / "samples"
TOP_UP = "aebagbafaydqqcikbmga2dqpca3t1"
CARDS = "aebagbafaydqqcikbmga2dqpca3t2"
ENDED = datetime(2026, 11, 23, 8, 1, 0, tzinfo=UTC)
NOTIFY = "https://shop.example/notices/goofish"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.json").read_bytes()


def changed(name: str, **fields: Any) -> translate.Envelope:
    """A sample whose data has other fields; None takes a field away."""
    values = json.loads(sample(name))
    values["data"].update(fields)
    values["data"] = {key: value for key, value in values["data"].items() if value is not None}
    return translate.envelope(json.dumps(values).encode())


def request(**fields: Any) -> SupplyRequest:
    values = {
        "reference": TOP_UP,
        "goods_no": "HF-050",
        "account": "13800000000",
        "extra": {},
        "quantity": 1,
        "max_amount_fen": 4950,
        "notify_url": NOTIFY,
        "our_order_no": "T-1",
    }
    return SupplyRequest(**{**values, **fields})


def test_a_top_up_goes_out_with_the_names_and_types_of_the_protocol() -> None:
    values = translate.order_values(request(extra={"game_area": "华东"}))
    assert values == {
        "order_no": TOP_UP,
        "goods_no": "HF-050",
        "buy_quantity": 1,
        "max_amount": 4950,
        "notify_url": NOTIFY,
        "biz_order_no": "T-1",
        "biz_content": {"account": "13800000000", "game_area": "华东"},
    }
    assert translate.order_path("top_up") == "/goofish/order/recharge/create"


def test_a_card_order_has_no_account_and_its_own_path() -> None:
    values = translate.order_values(request(kind="card_code", account=""))
    assert "biz_content" not in values
    assert translate.order_path("card_code") == "/goofish/order/purchase/create"


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": ""},
        {"reference": "x" * 33},
        {"quantity": 0},
        {"max_amount_fen": -1},
        {"account": ""},
        {"goods_no": ""},
        {"notify_url": ""},
        {"our_order_no": ""},
        {"extra": {"password": "x"}},
        {"kind": "card_code"},
    ],
)
def test_a_request_that_could_never_be_sent_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        translate.order_values(request(**wrong))


def test_processing_means_wait() -> None:
    answer = translate.order_answer(translate.envelope(sample("create_processing")), TOP_UP, "top_up")
    assert (answer.outcome, answer.advice, answer.ended_at) == ("accepted", "wait", None)
    assert (answer.supplier_no, answer.amount_fen) == ("GF20261123000017", 4950)


def test_success_has_its_time_in_utc() -> None:
    answer = translate.order_answer(translate.envelope(sample("detail_success")), TOP_UP, "top_up")
    assert (answer.outcome, answer.advice, answer.ended_at) == ("succeeded", "stop", ENDED)


def test_failure_is_final_and_keeps_its_remark() -> None:
    answer = translate.order_answer(translate.envelope(sample("detail_failed")), TOP_UP, "top_up")
    assert (answer.outcome, answer.advice, answer.remark) == ("failed", "stop", "号码已停机")


def test_cards_are_read_with_and_without_a_number() -> None:
    answer = translate.order_answer(translate.envelope(sample("create_cards")), CARDS, "card_code")
    assert answer.cards == (SuppliedCard("8800123", "QW12-ER34"), SuppliedCard(None, "ONE-PIECE-CODE"))


def test_codes_stand_neither_in_what_is_kept_nor_in_what_is_printed() -> None:
    answer = translate.order_answer(translate.envelope(sample("create_cards")), CARDS, "card_code")
    for code in ("QW12-ER34", "ONE-PIECE-CODE"):
        assert code not in answer.raw
        assert code not in repr(answer)
    assert "GF20261123000018" in answer.raw


@pytest.mark.parametrize("status", [10, 30])
def test_cards_of_an_order_that_is_not_done_are_not_taken(status: int) -> None:
    answer = translate.order_answer(changed("create_cards", order_status=status), CARDS, "card_code")
    assert answer.cards == ()


def test_cards_that_are_promised_but_absent_are_unknown() -> None:
    answer = translate.order_answer(changed("create_cards", card_items=None), CARDS, "card_code")
    assert (answer.outcome, answer.error_code) == ("unknown", "cards_missing")


@pytest.mark.parametrize("status", [0, 11, 21, 40, 99])
def test_an_order_status_without_a_name_is_unknown(status: int) -> None:
    answer = translate.order_answer(changed("detail_success", order_status=status), TOP_UP, "top_up")
    assert (answer.outcome, answer.advice) == ("unknown", "query_first")


@pytest.mark.parametrize("field", [{"order_no": "another"}, {"order_type": 2}])
def test_an_answer_about_another_order_is_unknown(field: dict[str, Any]) -> None:
    answer = translate.order_answer(changed("detail_success", **field), TOP_UP, "top_up")
    assert (answer.outcome, answer.error_code) == ("unknown", "answer_mismatch")


@pytest.mark.parametrize(
    "field",
    [
        {"order_status": "20"},
        {"order_status": 20.0},
        {"order_status": True},
        {"order_amount": "4950"},
        {"order_amount": -1},
        {"order_amount": 2**60},
        {"end_time": "1795420860"},
        {"end_time": 10**15},
        {"out_order_no": 17},
        {"out_order_no": ""},
    ],
)
def test_a_wrong_type_is_not_read(field: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        translate.order_answer(changed("detail_success", **field), TOP_UP, "top_up")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"<html>",
        b'{"code":"0","msg":"OK"}',
        b'{"code":0.0}',
        b'{"code":true}',
        b'{"msg":"OK"}',
        b'{"code":0,"data":[]}',
        b'{"code":0,"code":1}',
        b'{"code":0,"data":{"a":1,"a":2}}',
        b'{"code":NaN}',
        b'{"code":0,"msg":7}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"code":' + b"9" * 5000 + b"}",
    ],
)
def test_an_envelope_that_needs_guessing_is_not_read(body: bytes) -> None:
    with pytest.raises(Unreadable):
        translate.envelope(body)


@given(json_values)
def test_no_answer_whatever_breaks_the_reading(value: Any) -> None:
    for body in (json.dumps(value).encode(), json.dumps({"code": 0, "msg": "", "data": value}).encode()):
        try:
            found = translate.envelope(body)
            outcome = translate.order_answer(found, TOP_UP, "top_up").outcome
        except Unreadable:
            continue
        assert outcome == "unknown"


@given(st.binary(max_size=60))
def test_no_bytes_whatever_break_the_reading(body: bytes) -> None:
    try:
        found = translate.envelope(body)
    except Unreadable:
        return
    assert found.code >= 0
    assert json.loads(body)["code"] == found.code


@pytest.mark.parametrize("code", [1100, 1101, 1102, 1201, 1202])
def test_refusals_of_the_request_are_failures(code: int) -> None:
    answer = translate.refusal(translate.Envelope(code, "不行", {}, ""))
    assert (answer.outcome, answer.advice, answer.error_code) == ("failed", "stop", str(code))


@pytest.mark.parametrize("code", [401, 403, 1000])
def test_trouble_with_our_keys_ends_no_order(code: int) -> None:
    answer = translate.refusal(translate.Envelope(code, "", {}, ""))
    assert (answer.outcome, answer.advice) == ("unknown", "stop")


@pytest.mark.parametrize(
    ("code", "advice"), [(408, "retry_later"), (1209, "query_first"), (7777, "query_first")]
)
def test_every_other_code_is_unknown(code: int, advice: str) -> None:
    answer = translate.refusal(translate.Envelope(code, "", {}, ""))
    assert (answer.outcome, answer.advice) == ("unknown", advice)


def test_a_missing_order_is_not_found() -> None:
    answer = translate.refusal(translate.envelope(sample("detail_missing")))
    assert (answer.outcome, answer.advice) == ("not_found", "retry_later")


def test_an_agreed_refund_is_a_cancellation() -> None:
    answer = translate.cancel_answer(translate.envelope(sample("refund_agree")))
    assert (answer.outcome, answer.refunded_fen) == ("cancelled", 4950)


def test_a_refused_refund_keeps_its_reason() -> None:
    answer = translate.cancel_answer(translate.envelope(sample("refund_refuse")))
    assert (answer.outcome, answer.remark) == ("refused", "订单已充值")


@pytest.mark.parametrize("status", [10, 30, 0])
def test_agreed_but_not_paid_back_yet_is_unknown(status: int) -> None:
    money = {"apply_time": 1, "refund_status": status, "refund_amount": 4950, "refund_time": 0}
    answer = translate.cancel_answer(changed("refund_agree", refund_data=money))
    assert (answer.outcome, answer.refunded_fen) == ("unknown", None)


@pytest.mark.parametrize("result", ["AGREE", "ok", "rejected"])
def test_a_result_without_a_name_is_unknown(result: str) -> None:
    assert translate.cancel_answer(changed("refund_agree", result=result)).outcome == "unknown"


@pytest.mark.parametrize("code", [401, 1200, 9999])
def test_an_error_is_no_refusal_to_stop(code: int) -> None:
    assert translate.cancel_answer(translate.Envelope(code, "", {}, "")).outcome == "unknown"


def test_a_quote_is_read_in_fen() -> None:
    quote = translate.quote(translate.envelope(sample("goods_detail")), "HF-050", "top_up")
    assert (quote.price_fen, quote.stock, quote.on_sale) == (4950, 1000, True)


@pytest.mark.parametrize("status", [0, 2, 3])
def test_goods_are_on_sale_only_when_the_supplier_says_so(status: int) -> None:
    assert translate.quote(changed("goods_detail", status=status), "HF-050", "top_up").on_sale is False


def test_a_quote_for_other_goods_says_nothing() -> None:
    quote = translate.quote(translate.envelope(sample("goods_detail")), "HF-100", "top_up")
    assert (quote.price_fen, quote.error_code) == (None, "answer_mismatch")
