"""The supplier sandbox as a process: it keeps to the protocol, to its orders, and ends when it should."""

import ast
import json
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sandbox_world import launch, post, running, wait_until
from supplier_world import (
    FACE,
    GOODS,
    NOWHERE,
    PRICE,
    World,
    order_body,
    raw_call,
    supplier_world,
)

from tuidan.connectors.contract.supplier import (
    SupplyRequest,
)
from tuidan.connectors.issuers import cardbook
from tuidan.connectors.issuers.cardbook.sandbox import start_command as issuer_command
from tuidan.connectors.suppliers import goofish
from tuidan.connectors.suppliers.goofish.sandbox import start_command as supplier_command


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with supplier_world(tmp_path_factory.mktemp("world")) as made:
        yield made


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
                ours = (node.module or "").startswith("tuidan")
                assert not ours or node.module.startswith("tuidan.connectors.sandboxing."), file.name


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
    request = SupplyRequest(secrets.token_hex(13), GOODS, "13800000000", {}, 1, PRICE, NOWHERE, "T-5")
    folder = tmp_path / "supplier"
    first = launch(supplier_command(folder), folder)
    first.tell("behave", name="succeed_later", after_seconds=0.6)
    supplier = goofish.connect(first.settings)
    placed = supplier.order(request)
    supplier.close_connections()
    first.process.kill()
    with running(supplier_command(folder), folder) as again:
        supplier = goofish.connect(again.settings)
        assert {**again.settings, "base_url": ""} == {**first.settings, "base_url": ""}
        found = wait_until(
            lambda: a if (a := supplier.query(request.reference)).outcome == "succeeded" else None
        )
        supplier.close_connections()
        assert (placed.outcome, found.supplier_no) == ("accepted", placed.supplier_no)
        assert again.state(request.reference)["orders"][request.reference]["executed"] == 1


@pytest.mark.parametrize("command", [supplier_command, issuer_command], ids=["goofish", "cardbook"])
def test_a_sandbox_ends_when_its_starter_is_killed(
    command: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    start = (
        "import sys, subprocess; p = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE);"
        "print(p.pid, flush=True); p.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", start, *command(tmp_path)], stdout=subprocess.PIPE
    ) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        assert json.loads(starter.stdout.readline())["pid"] == pid
        starter.kill()
    wait_until(lambda: not alive(pid))


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended but was not collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_an_issuer_that_is_down_gets_the_credit_later(tmp_path: Path) -> None:
    issuer_folder, folder = tmp_path / "issuer", tmp_path / "supplier"
    issuer = launch(issuer_command(issuer_folder), issuer_folder)
    port = issuer.process.ready["port"]
    issuer.process.stop()
    reference = secrets.token_hex(13)
    with running(supplier_command(folder, issuer_url=issuer.base_url), folder) as sandbox:
        supplier = goofish.connect(sandbox.settings)
        answer = supplier.order(SupplyRequest(reference, GOODS, "13800000000", {}, 1, PRICE, NOWHERE, "T-6"))
        supplier.close_connections()
        assert answer.outcome == "succeeded"
        with running(issuer_command(issuer_folder, port=port), issuer_folder) as back:
            credits = wait_until(lambda: back.state(reference)["credits"])
            assert [credit["arrived_fen"] for credit in credits] == [FACE]
