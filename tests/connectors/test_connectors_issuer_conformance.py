"""Every issuer folder passes the shared checks against its own sandbox, over real HTTP."""

import importlib
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sandbox_world import Sandbox, running

from tuidan.connectors.contract import registry
from tuidan.connectors.contract.conformance_issuer import CHECKS, IssuerBench


@pytest.fixture(scope="module", params=registry.folder_names("issuers"))
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IssuerBench]:
    sandbox_package = importlib.import_module(f"tuidan.connectors.issuers.{request.param}.sandbox")
    folder = tmp_path_factory.mktemp(request.param)
    with running(sandbox_package.start_command(folder), folder) as sandbox:
        quick = {**sandbox.settings, "total_seconds": "0.5"}
        issuer = registry.connect("issuers", request.param, quick)
        unreachable = registry.connect("issuers", request.param, {**quick, "base_url": "http://127.0.0.1:1"})
        yield bench_of(sandbox, issuer, unreachable)
        issuer.close_connections()
        unreachable.close_connections()


def bench_of(sandbox: Sandbox, issuer: object, unreachable: object) -> IssuerBench:
    def set_code(code: str, status: str, at: datetime | None, by: str | None) -> None:
        at_ms = int(at.timestamp() * 1000) if at else None
        sandbox.tell("code", code=code, status=status, activated_at=at_ms, activated_by=by)

    def credit(reference: str, account: str, ordered_fen: int, arrived_fen: int, taken_back: bool) -> None:
        values = {"reference": reference, "account": account, "ordered_fen": ordered_fen}
        sandbox.tell(
            "credit", **values, arrived_fen=arrived_fen, reversed_at=1_790_000_000 if taken_back else None
        )

    return IssuerBench(
        issuer=issuer,
        unreachable=unreachable,
        set_code=set_code,
        credit=credit,
        trouble=lambda kind, **where: sandbox.tell("trouble", kind=kind, seconds=2, **where),
        fresh=lambda: secrets.token_hex(13) + "t",
        some_time=datetime(2026, 11, 23, 8, 30, 0, 250_000, UTC),
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_an_issuer_keeps_the_contract(check: Callable[[IssuerBench], None], bench: IssuerBench) -> None:
    check(bench)


def test_the_shared_checks_are_run_for_cardbook() -> None:
    assert "cardbook" in registry.folder_names("issuers")
    assert len(CHECKS) >= 15
