"""Every payment folder passes the shared suite; adding a folder adds its tests here by itself."""

import importlib
from collections.abc import Iterator

import pytest

from tuidan.connectors.contract.conformance_payment import CHECKS, PaymentBench
from tuidan.connectors.contract.registry import folder, folder_names

NAMES = folder_names("payments")


@pytest.fixture(scope="module", params=NAMES)
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaymentBench]:
    suite = importlib.import_module(f"tuidan.connectors.payments.{request.param}.conformance")
    with suite.bench(tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.mark.parametrize("check", CHECKS)
def test_a_payment_channel_holds(bench: PaymentBench, check: str) -> None:
    CHECKS[check](bench)


def test_every_payment_folder_says_its_own_name() -> None:
    assert NAMES
    assert [folder("payments", name).NAME for name in NAMES] == list(NAMES)
