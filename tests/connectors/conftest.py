"""The Alipay sandbox as a real process, and a listener that takes its notices."""

from collections.abc import Iterator

import pytest
from notice_catcher import NoticeCatcher, catching

from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.payments.alipay.conformance import AlipayBench
from tuidan.connectors.payments.alipay.sandbox import start_command


@pytest.fixture(scope="session")
def alipay_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlipayBench]:
    """One sandbox for all tests of a run; each test uses its own references. Notices retry after 0.3 s, 5 s."""
    state = tmp_path_factory.mktemp("alipay")
    with SandboxProcess(start_command(state, notice_retries="0.3,5"), state / "sandbox.log") as process:
        bench = AlipayBench(process.ready)
        yield bench
        bench.close()


@pytest.fixture
def notice_catcher() -> Iterator[NoticeCatcher]:
    with catching() as catcher:
        yield catcher
