"""Our client against a supplier in every mood: what it answers, and what was really done."""

import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sandbox_world import wait_until
from supplier_world import FACE, GOODS, PRICE, World, supplier_world

from tuidan.connectors.contract.supplier import (
    SupplyRequest,
)
from tuidan.connectors.suppliers import goofish
from tuidan.connectors.suppliers.goofish import GoofishSupplier


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with supplier_world(tmp_path_factory.mktemp("world")) as made:
        yield made


def test_success_at_once_is_credited_in_full_at_the_issuer(world: World) -> None:
    request = world.request(quantity=2)
    answer = world.supplier.order(request)
    status = world.issuer.check_top_up(request.reference, request.account)
    assert answer.outcome == "succeeded"
    assert (status.status, status.arrived_fen, status.account) == ("credited", 2 * FACE, request.account)


def test_success_after_a_while_is_processing_before(world: World) -> None:
    request = world.request("succeed_later", after_seconds=0.3)
    assert world.supplier.order(request).outcome == "accepted"
    assert world.issuer.check_top_up(request.reference, request.account).status == "not_credited"
    found = wait_until(
        lambda: a if (a := world.supplier.query(request.reference)).outcome != "accepted" else None
    )
    assert found.outcome == "succeeded"
    assert world.issuer.check_top_up(request.reference, request.account).status == "credited"


def test_failure_after_a_while_credits_nothing(world: World) -> None:
    request = world.request("fail_later", after_seconds=0.2)
    assert world.supplier.order(request).outcome == "accepted"
    found = wait_until(
        lambda: a if (a := world.supplier.query(request.reference)).outcome != "accepted" else None
    )
    assert (found.outcome, found.remark) == ("failed", "充值失败")
    assert world.credits(request.reference) == []


def test_ten_of_fifty_yuan_arrive(world: World) -> None:
    request = world.request("short")
    assert world.supplier.order(request).outcome == "succeeded"
    status = world.issuer.check_top_up(request.reference, request.account)
    assert (status.status, status.arrived_fen, status.ordered_fen) == ("partial", 1000, 5000)


def test_a_credit_to_another_account_is_seen_at_the_issuer(world: World) -> None:
    request = world.request("other_account")
    assert world.supplier.order(request).outcome == "succeeded"
    status = world.issuer.check_top_up(request.reference, request.account)
    assert (status.status, status.account) == ("credited", "19900000000")


def test_a_credit_reversed_later_still_reads_success_at_the_supplier(world: World) -> None:
    request = world.request("reversed", reverse_after_seconds=0.3)
    world.supplier.order(request)
    assert world.issuer.check_top_up(request.reference, request.account).status == "credited"
    wait_until(lambda: world.issuer.check_top_up(request.reference, request.account).status == "reversed")
    assert world.supplier.query(request.reference).outcome == "succeeded"


def test_a_dropped_order_that_never_arrived_is_not_found_and_may_be_sent_again(world: World) -> None:
    request = world.request("drop_before", next=1)
    assert world.supplier.order(request).advice == "query_first"
    asked = world.supplier.query(request.reference)
    assert (asked.outcome, asked.advice) == ("not_found", "retry_later")
    assert world.supplier.order(request).outcome == "succeeded"
    assert world.executed(request.reference) == 1


@pytest.mark.parametrize("answer", ["http_500", "garbage"])
def test_a_useless_answer_after_the_work_is_asked_for(world: World, answer: str) -> None:
    request = world.request("succeed", answer=answer)
    lost = world.supplier.order(request)
    assert (lost.outcome, lost.advice) == ("unknown", "query_first")
    assert world.supplier.query(request.reference).outcome == "succeeded"


@pytest.mark.parametrize("code", [1209, 1203, 1102, 1201])
def test_an_error_after_the_work_is_not_believed(world: World, code: int) -> None:
    request = world.request("succeed", answer_code=code)
    assert world.supplier.order(request).outcome == "succeeded"
    assert world.executed(request.reference) == 1


@pytest.mark.parametrize("code", [1100, 1101, 1102, 1201, 1202])
def test_a_refusal_that_left_no_order_is_a_failure(world: World, code: int) -> None:
    answer = world.supplier.order(world.request("succeed", refuse_code=code))
    assert (answer.outcome, answer.advice, answer.error_code) == ("failed", "stop", str(code))


@pytest.mark.parametrize("detail", [{"answer": "http_500"}, {"answer_code": 1209}, {"answer_code": 401}])
def test_a_refusal_that_cannot_be_checked_is_unknown(world: World, detail: dict[str, Any]) -> None:
    request = world.request("succeed", refuse_code=1102)
    world.sandbox.tell("behave", on="detail", goods_no="", next=1, **detail)
    answer = world.supplier.order(request)
    world.sandbox.tell("reset")
    assert (answer.outcome, answer.advice) == ("unknown", "query_first")


def test_exists_already_is_asked_for(world: World) -> None:
    request = world.request("succeed", repeat="1203")
    first, again = world.supplier.order(request), world.supplier.order(request)
    assert (again.outcome, again.supplier_no) == ("succeeded", first.supplier_no)
    assert world.executed(request.reference) == 1


def test_our_reference_on_another_account_is_for_a_person(world: World) -> None:
    request = world.request()
    world.supplier.order(request)
    other = SupplyRequest(request.reference, GOODS, "13999999999", {}, 1, PRICE, request.notify_url, "T-2")
    answer = world.supplier.order(other)
    assert (answer.outcome, answer.advice, answer.error_code) == ("unknown", "stop", "reference_taken")
    assert world.executed(request.reference) == 1


def test_wrong_keys_end_no_order(world: World) -> None:
    stranger = goofish.connect({**world.sandbox.settings, "mch_secret": "another"})
    request = world.request()
    answer = stranger.order(request)
    stranger.close_connections()
    assert (answer.outcome, answer.advice, answer.error_code) == ("unknown", "stop", "401")


def test_a_wrong_clock_is_told_and_nothing_is_done(world: World) -> None:
    config = goofish.GoofishConfig.from_settings(world.sandbox.settings)
    late = GoofishSupplier(config, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    answer = late.order(world.request())
    late.close_connections()
    assert (answer.outcome, answer.advice, answer.error_code) == ("unknown", "retry_later", "408")


def test_cards_are_sold_once_each(world: World) -> None:
    codes = [{"card_no": f"N{n}", "card_pwd": f"P{n}"} for n in range(3)]
    world.sandbox.tell("goods", goods_no="YK-MONTH", goods_type=2, price=1500, cards=codes)

    def buy(quantity: int) -> SupplyRequest:
        reference = secrets.token_hex(13) + "t1"
        return SupplyRequest(
            reference, "YK-MONTH", "", {}, quantity, 1500 * quantity, world.receiver.url, "T-3", "card_code"
        )

    first = buy(2)
    answer = world.supplier.order(first)
    assert sorted(card.card_pwd for card in answer.cards) == ["P0", "P1"]
    assert world.supplier.query(first.reference, "card_code").cards == answer.cards
    assert world.supplier.order(first).cards == answer.cards
    assert [card.card_pwd for card in world.supplier.order(buy(1)).cards] == ["P2"]
    assert world.supplier.order(buy(1)).error_code == "1102"


def test_the_wrong_kind_finds_no_order(world: World) -> None:
    request = world.request()
    world.supplier.order(request)
    assert world.supplier.query(request.reference, "card_code").outcome == "not_found"


def cancel(world: World, request: SupplyRequest, supplier_no: str | None) -> str:
    assert supplier_no is not None
    return world.supplier.cancel(request.reference, supplier_no, PRICE, "买家退款").outcome


def test_an_order_being_worked_on_is_not_stopped(world: World) -> None:
    request = world.request("silent")
    placed = world.supplier.order(request)
    assert cancel(world, request, placed.supplier_no) == "refused"
    assert world.supplier.query(request.reference).outcome == "accepted"


def test_a_stopped_order_is_not_executed_later(world: World) -> None:
    request = world.request("succeed_later", queued=True, after_seconds=0.3)
    placed = world.supplier.order(request)
    assert cancel(world, request, placed.supplier_no) == "cancelled"
    time.sleep(0.5)
    assert world.executed(request.reference) == 0
    assert world.supplier.query(request.reference).outcome == "failed"
    assert world.credits(request.reference) == []


def test_a_stop_whose_answer_is_lost_can_be_asked_again(world: World) -> None:
    request = world.request("queued")
    placed = world.supplier.order(request)
    world.sandbox.tell("behave", on="refund", answer="drop", account=request.account, next=1)
    assert cancel(world, request, placed.supplier_no) == "unknown"
    assert cancel(world, request, placed.supplier_no) == "cancelled"


def test_agreed_but_not_paid_back_is_unknown(world: World) -> None:
    request = world.request("queued", cancel="processing")
    placed = world.supplier.order(request)
    assert cancel(world, request, placed.supplier_no) == "unknown"


def test_an_order_that_does_not_exist_cannot_be_stopped(world: World) -> None:
    answer = world.supplier.cancel(secrets.token_hex(13), "GFnone", PRICE, "买家退款")
    assert (answer.outcome, answer.error_code) == ("unknown", "1200")


def test_a_supplier_without_the_call_refuses(world: World) -> None:
    config = {**world.sandbox.settings, "base_url": world.sandbox.base_url + "/elsewhere"}
    supplier = goofish.connect(config)
    answer = supplier.cancel("abc", "GF1", PRICE, "买家退款")
    supplier.close_connections()
    assert (answer.outcome, answer.error_code) == ("refused", "cancel_not_supported")
