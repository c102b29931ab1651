"""The supplier sandbox as a process: it keeps to the protocol, and misbehaves exactly as told."""

import ast
import json
import secrets
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sandbox_world import Receiver, Sandbox, launch, post, receiving, running, wait_until

from tuidan.connectors.contract.supplier import (
    ForeignNotice,
    ForgedNotice,
    StaleNotice,
    SupplyRequest,
)
from tuidan.connectors.issuers import cardbook
from tuidan.connectors.suppliers import goofish
from tuidan.connectors.suppliers.goofish import GoofishSupplier
from tuidan.connectors.suppliers.goofish.signature import signed_query

MODULE = "tuidan.connectors.suppliers.goofish.sandbox"
ISSUER_MODULE = "tuidan.connectors.issuers.cardbook.sandbox"
GOODS, PRICE, FACE = "HF-050", 4950, 5000


class World:
    """A supplier sandbox, an issuer sandbox it reports to, our connector, and a notify_url."""

    def __init__(self, sandbox: Sandbox, issuer: Sandbox, receiver: Receiver) -> None:
        self.sandbox, self.issuer_sandbox, self.receiver = sandbox, issuer, receiver
        self.supplier = goofish.connect({**sandbox.settings, "total_seconds": "1.0"})
        self.issuer = cardbook.connect(issuer.settings)

    def request(self, behaviour: str = "succeed", *, quantity: int = 1, **fields: Any) -> SupplyRequest:
        account, reference = secrets.token_hex(6), secrets.token_hex(13) + "t1"
        self.sandbox.tell("behave", name=behaviour, account=account, **fields)
        return SupplyRequest(
            reference, GOODS, account, {}, quantity, PRICE * quantity, self.receiver.url, "T-" + reference
        )

    def executed(self, reference: str) -> int:
        return self.sandbox.state(reference)["orders"][reference]["executed"]

    def credits(self, reference: str) -> list[dict[str, Any]]:
        return self.issuer_sandbox.state(reference)["credits"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with (
        running(ISSUER_MODULE, tmp_path_factory.mktemp("issuer")) as issuer,
        running(
            MODULE,
            tmp_path_factory.mktemp("supplier"),
            "--issuer-url",
            issuer.base_url,
            "--retry-seconds",
            "0.05",
        ) as sandbox,
        receiving() as receiver,
    ):
        made = World(sandbox, issuer, receiver)
        yield made
        made.supplier.close_connections()
        made.issuer.close_connections()


def raw_call(
    sandbox: Sandbox, path: str, body: bytes, *, at: float | None = None, **keys: str
) -> dict[str, Any]:
    """A call signed by hand, so that it may be wrong."""
    used = {**sandbox.settings, **keys}
    query = signed_query(
        used["app_id"],
        used["app_secret"],
        body,
        str(int(at or time.time())),
        used["mch_id"],
        used["mch_secret"],
    )
    status, answer = post(f"{sandbox.base_url}{path}?{query}", body)
    assert status == 200
    return json.loads(answer)


def order_body(**fields: Any) -> dict[str, Any]:
    values = {
        "order_no": secrets.token_hex(13),
        "goods_no": GOODS,
        "buy_quantity": 1,
        "max_amount": PRICE,
        "notify_url": "http://127.0.0.1:9/none",
        "biz_order_no": "T-1",
        "biz_content": {"account": "13800000000"},
    }
    return {name: value for name, value in {**values, **fields}.items() if value is not None}


# ---- what it is made of ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "folder",
    [
        Path(goofish.__file__).parent / "sandbox",
        Path(cardbook.__file__).parent / "sandbox",
    ],
    ids=["goofish", "cardbook"],
)
def test_a_sandbox_imports_nothing_of_the_connector(folder: Path) -> None:
    files = sorted(folder.glob("*.py"))
    assert len(files) > 3
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                assert not any(name.name.startswith("tuidan") for name in node.names), file.name
            elif isinstance(node, ast.ImportFrom):
                assert node.level <= 1, file.name
                assert not (node.module or "").startswith("tuidan"), file.name


# ---- signatures, types, codes ------------------------------------------------------------------


def test_info_and_balance_and_goods_are_served(world: World) -> None:
    info = raw_call(world.sandbox, "/goofish/open/info", b"{}")
    assert info["data"]["app_id"] == int(world.sandbox.settings["app_id"])
    assert type(raw_call(world.sandbox, "/goofish/user/info", b"")["data"]["balance"]) is int
    listed = raw_call(
        world.sandbox, "/goofish/goods/list", b'{"keyword":"HF-050","page_no":1,"page_size":10}'
    )
    assert [goods["goods_no"] for goods in listed["data"]["list"]] == [GOODS]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"app_secret": "x"}, 401),
        ({"mch_secret": "x"}, 401),
        ({"app_id": "1"}, 401),
        ({"mch_id": "1"}, 1000),
        ({"at": 1.0}, 408),
    ],
)
def test_a_call_with_a_wrong_signature_is_refused(world: World, wrong: dict[str, Any], code: int) -> None:
    assert raw_call(world.sandbox, "/goofish/user/info", b"{}", **wrong)["code"] == code


@pytest.mark.parametrize(
    "fields",
    [
        {"buy_quantity": "1"},
        {"buy_quantity": 1.0},
        {"buy_quantity": True},
        {"buy_quantity": 0},
        {"order_no": None},
        {"surprise": 1},
        {"biz_content": {}},
        {"biz_content": {"account": "1", "password": "2"}},
        {"max_amount": "4950"},
    ],
)
def test_a_body_that_is_not_the_protocols_is_refused(world: World, fields: dict[str, Any]) -> None:
    body = json.dumps(order_body(**fields)).encode()
    assert raw_call(world.sandbox, "/goofish/order/recharge/create", body)["code"] == 1201


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"goods_no": "none"}, 1100),
        ({"buy_quantity": 10**7, "max_amount": None}, 1102),
        ({"max_amount": 1}, 1202),
    ],
)
def test_an_order_that_cannot_be_taken_has_its_code(world: World, fields: dict[str, Any], code: int) -> None:
    body = json.dumps(order_body(**fields)).encode()
    assert raw_call(world.sandbox, "/goofish/order/recharge/create", body)["code"] == code


def test_goods_taken_off_are_refused_with_their_code(world: World) -> None:
    world.sandbox.tell("goods", goods_no="OFF", price=100, status=2)
    body = json.dumps(order_body(goods_no="OFF")).encode()
    assert raw_call(world.sandbox, "/goofish/order/recharge/create", body)["code"] == 1101


def test_the_same_number_for_another_order_exists_already(world: World) -> None:
    first = order_body()
    raw_call(world.sandbox, "/goofish/order/recharge/create", json.dumps(first).encode())
    other = {**first, "biz_content": {"account": "13900000000"}}
    answer = raw_call(world.sandbox, "/goofish/order/recharge/create", json.dumps(other).encode())
    assert answer["code"] == 1203


def test_a_failed_order_gives_the_balance_back(world: World) -> None:
    def balance() -> int:
        return raw_call(world.sandbox, "/goofish/user/info", b"{}")["data"]["balance"]

    before = balance()
    world.supplier.order(world.request("fail"))
    assert balance() == before
    world.supplier.order(world.request())
    assert balance() == before - PRICE


# ---- the client against its moods --------------------------------------------------------------


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


def test_a_refusal_that_cannot_be_checked_is_unknown(world: World) -> None:
    request = world.request("succeed", refuse_code=1102)
    world.sandbox.tell("behave", on="detail", answer="http_500", goods_no="", next=1)
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


# ---- stopping ----------------------------------------------------------------------------------


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


# ---- callbacks ---------------------------------------------------------------------------------


def outcomes(world: World, reference: str, count: int) -> list[str]:
    """What our reader makes of the callbacks about one order, in the order they came."""
    made = []
    for query, body in world.receiver.wait_for(reference, count):
        try:
            made.append(world.supplier.read_notice(query, body, datetime.now(UTC)).outcome)
        except (ForgedNotice, ForeignNotice, StaleNotice) as refused:
            made.append(refused.code)
    return made


def test_a_callback_comes_after_a_while(world: World) -> None:
    request = world.request("succeed_later", after_seconds=0.1)
    world.supplier.order(request)
    assert outcomes(world, request.reference, 1) == ["succeeded"]


def test_a_callback_comes_twice_with_the_same_body(world: World) -> None:
    request = world.request("twice")
    world.supplier.order(request)
    assert outcomes(world, request.reference, 2) == ["succeeded", "succeeded"]
    assert len({body for _, body in world.receiver.about(request.reference)}) == 1


def test_callbacks_come_out_of_order_and_the_query_tells_the_truth(world: World) -> None:
    request = world.request("out_of_order")
    world.supplier.order(request)
    assert outcomes(world, request.reference, 2) == ["succeeded", "accepted"]
    assert world.supplier.query(request.reference).outcome == "succeeded"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("forged", "notice_forged"),
        ("changed", "notice_forged"),
        ("foreign", "notice_foreign"),
        ("stale", "notice_stale"),
    ],
)
def test_a_wrong_callback_is_refused_and_the_query_tells_the_truth(
    world: World, kind: str, code: str
) -> None:
    request = world.request("silent", callbacks=kind)
    world.supplier.order(request)
    wait_until(lambda: any(request.reference.encode() in body for _, body in world.receiver.arrived))
    assert outcomes(world, request.reference, 1) == [code]
    assert world.supplier.query(request.reference).outcome == "accepted"


def test_a_callback_that_is_not_taken_comes_again(world: World) -> None:
    request = world.request("fail_later", after_seconds=0.1)
    world.receiver.refuse_next = 2
    world.supplier.order(request)
    assert outcomes(world, request.reference, 3) == ["failed"] * 3
    state = wait_until(
        lambda: c if (c := world.sandbox.state(request.reference)["orders"][request.reference]["callbacks"])
        and c[0]["done"] else None
    )  # fmt: skip
    assert [entry["tries"] for entry in state] == [3]


def test_a_callback_can_be_sent_on_request(world: World) -> None:
    request = world.request("silent")
    world.supplier.order(request)
    world.sandbox.tell("notify", reference=request.reference, kind="forged")
    assert outcomes(world, request.reference, 1) == ["notice_forged"]


# ---- many at once, and restarts ----------------------------------------------------------------


def test_eight_senders_of_one_reference_make_one_order(world: World) -> None:
    request = world.request()
    found: list[str | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(world.supplier.order(request).supplier_no))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert world.executed(request.reference) == 1
    assert len(world.credits(request.reference)) == 1


def test_a_behaviour_for_the_next_two_orders_ends_after_them(world: World) -> None:
    world.sandbox.tell("goods", goods_no="NEXT", price=PRICE)
    world.sandbox.tell("behave", name="fail", goods_no="NEXT", next=2)

    def order() -> str:
        reference = secrets.token_hex(13)
        return world.supplier.order(
            SupplyRequest(reference, "NEXT", "13800000000", {}, 1, PRICE, world.receiver.url, "T-4")
        ).outcome

    assert [order() for _ in range(3)] == ["failed", "failed", "succeeded"]


def test_a_wish_that_is_not_understood_is_refused(world: World) -> None:
    for wish in ({"name": "nonsense"}, {"surprise": 1}, {"answer": "maybe"}):
        status, _ = post(f"{world.sandbox.base_url}/_control/behave", json.dumps(wish).encode())
        assert status == 400


def test_a_killed_sandbox_finishes_after_its_restart(tmp_path: Path) -> None:
    request = SupplyRequest(
        secrets.token_hex(13), GOODS, "13800000000", {}, 1, PRICE, "http://127.0.0.1:9/none", "T-5"
    )
    first = launch(MODULE, tmp_path)
    first.tell("behave", name="succeed_later", after_seconds=0.6)
    supplier = goofish.connect(first.settings)
    placed = supplier.order(request)
    supplier.close_connections()
    first.kill()
    with running(MODULE, tmp_path) as again:
        supplier = goofish.connect(again.settings)
        assert {**again.settings, "base_url": ""} == {**first.settings, "base_url": ""}
        found = wait_until(
            lambda: a if (a := supplier.query(request.reference)).outcome == "succeeded" else None
        )
        supplier.close_connections()
        assert (placed.outcome, found.supplier_no) == ("accepted", placed.supplier_no)
        assert again.state(request.reference)["orders"][request.reference]["executed"] == 1


def test_a_sandbox_ends_when_its_starter_is_gone(tmp_path: Path) -> None:
    sandbox = launch(MODULE, tmp_path)
    assert sandbox.process.stdin is not None
    sandbox.process.stdin.close()
    assert sandbox.ended() == 0


def test_a_sandbox_ends_cleanly_when_told(tmp_path: Path) -> None:
    assert launch(MODULE, tmp_path).stop() == 0


def test_an_issuer_that_is_down_gets_the_credit_later(tmp_path: Path) -> None:
    issuer = launch(ISSUER_MODULE, tmp_path / "issuer")
    port = issuer.base_url.rsplit(":", 1)[1]
    issuer.stop()
    reference = secrets.token_hex(13)
    with running(
        MODULE, tmp_path / "s", "--issuer-url", issuer.base_url, "--retry-seconds", "0.05"
    ) as sandbox:
        supplier = goofish.connect(sandbox.settings)
        answer = supplier.order(
            SupplyRequest(reference, GOODS, "13800000000", {}, 1, PRICE, "http://127.0.0.1:9/none", "T-6")
        )
        supplier.close_connections()
        assert answer.outcome == "succeeded"
        with running(ISSUER_MODULE, tmp_path / "issuer", "--port", port) as back:
            credits = wait_until(lambda: back.state(reference)["credits"])
            assert [credit["arrived_fen"] for credit in credits] == [FACE]
