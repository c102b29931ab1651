"""A supplier that delivers after an incident had paid the buyer back: its notice makes us ask, and the fact is kept."""

import json
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopfloor import NOW, TOP_UP, Bought, kinds, later, paid, rows, state
from tuidan.commands import payment
from tuidan.commands.outside import Outside
from tuidan.commands.runner import envelop, run
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.suppliers import goofish
from tuidan.connectors.suppliers.goofish.sandbox import start_command
from tuidan.domain import commands as c
from tuidan.domain.reference import TOP_UP as TOP_UP_LETTER
from tuidan.domain.reference import write_reference
from tuidan.store.boards.project import project
from tuidan.worker.effects import do_effect, due_effects
from tuidan.worker.notices import apply_notices

ACCOUNT = "13800138000"
PRICE_FEN = 4_990
WAIT_SECONDS_MAX = 10


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """The supplier's sandbox as a process, which takes a moment for every order, and our connector to it."""
    with SandboxProcess(start_command(tmp_path / "supplier"), tmp_path / "supplier.log") as process:
        wish = {"name": "succeed_later", "after_seconds": 0.5, "callbacks": "none", "account": ACCOUNT}
        told = urllib.request.Request(f"{process.url}/_control/behave", json.dumps(wish).encode())
        urllib.request.urlopen(told, timeout=5).close()
        settings = json.loads(Path(process.ready["credentials"]).read_text(encoding="utf-8"))
        connected = Outside(suppliers={"goofish": goofish.connect({**settings, "total_seconds": "3.0"})})
        yield connected
        connected.close()


def test_goods_that_come_after_the_refund_are_known_and_raise_an_alarm(
    fresh_database: str, outside: Outside
) -> None:
    goods = {"price_fen": PRICE_FEN, "issuer": "", "supplier_goods_no": "HF-050"}
    bought = paid(1, ACCOUNT, **(TOP_UP | goods))
    for work in due_effects(lambda: NOW):
        if work.kind == "supply":
            do_effect(work, outside, lambda: NOW)
    sent = state(bought).units[0]
    assert sent.status == "processing"
    reference = write_reference(bought.id, TOP_UP_LETTER, sent.attempt)
    run(
        bought.id,
        envelop(bought.id, c.FailDelivery("down"), c.Actor("operator"), "incident", later(5)),
    )
    assert state(bought).totals.refunding == PRICE_FEN
    _wait_for_the_supplier(outside, reference)
    _notice(bought, reference, b"first", outside)
    assert kinds(bought)[-1] == "supply_answered"
    assert alarm(bought) == "supplied_after_refund"
    once = state(bought).version
    _notice(bought, reference, b"second", outside)
    assert (state(bought).version, state(bought).totals.refunding) == (once, PRICE_FEN)


def _wait_for_the_supplier(outside: Outside, reference: str) -> None:
    """Until the supplier says that the order is done."""
    end = time.monotonic() + WAIT_SECONDS_MAX
    while outside.supplier("goofish").query(reference).outcome != "succeeded":
        assert time.monotonic() < end, "the supplier never delivered"
        time.sleep(0.1)


def _notice(bought: Bought, reference: str, body: bytes, outside: Outside) -> None:
    assert payment.keep_notice(bought.id, "supplier:goofish", reference, body, later(30)) == "new"
    assert apply_notices(outside, lambda: later(31)) == 1


def alarm(bought: Bought) -> str:
    project([bought.id])
    return str(rows("SELECT alarm FROM boards_order WHERE order_id = %s", bought.id)[0][0])
