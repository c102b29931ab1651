"""Every supplier folder passes the shared checks against its own sandbox, over real HTTP."""

import importlib
import secrets
from collections.abc import Callable, Iterator

import pytest
from sandbox_world import receiving, running

from tuidan.connectors.contract import registry
from tuidan.connectors.contract.conformance_supplier import CHECKS, SupplierBench

GOODS_NO, PRICE_FEN = "CHECK-050", 4900


@pytest.fixture(scope="module", params=registry.folder_names("suppliers"))
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SupplierBench]:
    sandbox_package = importlib.import_module(f"tuidan.connectors.suppliers.{request.param}.sandbox")
    folder = tmp_path_factory.mktemp(request.param)
    with running(sandbox_package.start_command(folder), folder) as sandbox, receiving() as receiver:
        quick = {**sandbox.settings, "total_seconds": "1.0"}
        supplier = registry.connect("suppliers", request.param, quick)
        unreachable = registry.connect(
            "suppliers", request.param, {**quick, "base_url": "http://127.0.0.1:1"}
        )
        sandbox.tell("goods", goods_no=GOODS_NO, price=PRICE_FEN, face_fen=5000)
        yield SupplierBench(
            supplier=supplier,
            unreachable=unreachable,
            goods_no=GOODS_NO,
            price_fen=PRICE_FEN,
            notify_url=receiver.url,
            behave=lambda name, account: sandbox.tell("behave", name=name, account=account) and None,
            executed=lambda reference: (
                sandbox.state(reference)["orders"].get(reference, {}).get("executed", 0)
            ),
            notices=receiver.wait_for,
            fresh=lambda: secrets.token_hex(13) + "t",
        )
        supplier.close_connections()
        unreachable.close_connections()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_supplier_keeps_the_contract(check: Callable[[SupplierBench], None], bench: SupplierBench) -> None:
    check(bench)


def test_the_shared_checks_are_run_for_goofish() -> None:
    assert "goofish" in registry.folder_names("suppliers")
    assert len(CHECKS) >= 20
