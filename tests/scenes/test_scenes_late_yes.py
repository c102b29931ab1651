"""An old refund attempt is paid after all while a newer one is on its way: the second payment must be seen."""

import json
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopfloor import NOW, PRICE_FEN, Bought, kinds, later, placed, rows, state, tell_paid
from tuidan.commands import delivery, payment, refund
from tuidan.commands.outside import Outside
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.payments import alipay
from tuidan.connectors.payments.alipay.sandbox import start_command
from tuidan.domain import commands as c
from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.store.boards.project import project
from tuidan.worker.effects import do_effect, due_effects

KEYS = ("app_id", "seller_id", "app_private_key_file", "alipay_public_key_file")
PENDING_SECONDS = 0.5


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(start_command(tmp_path / "gateway"), tmp_path / "gateway.log") as process:
        yield process


@pytest.fixture
def outside(gateway: SandboxProcess) -> Iterator[Outside]:
    settings = {name: str(gateway.ready[name]) for name in KEYS}
    settings |= {"base_url": str(gateway.ready["gateway_url"]), "total_seconds": "3"}
    connected = Outside(channels={"alipay": alipay.connect(settings)})
    yield connected
    connected.close()


def tell(gateway: SandboxProcess, path: str, wish: dict[str, object]) -> dict[str, dict[str, str]]:
    request = urllib.request.Request(f"{gateway.url}/_control/{path}", json.dumps(wish).encode())
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def paid_at(gateway: SandboxProcess) -> Bought:
    """An order whose payment the gateway knows, and whose refund is decided because stock ran out."""
    bought = placed()
    _, n = payment.start_payment(bought.id, bought.buyer, "alipay", "pay", NOW)
    reference = write_reference(bought.id, PAYMENT, n)
    told = tell(gateway, "seed_paid", {"trades": [{"reference": reference, "amount_fen": PRICE_FEN}]})
    tell_paid(bought, n, PRICE_FEN, trade_no=told["trade_nos"][reference])
    delivery.record_codes(bought.id, {}, [1], NOW, 0)
    return bought


def work_on_refund(outside: Outside, seconds: float) -> None:
    """Do the order's refund effect at a moment."""
    due = [work for work in due_effects(lambda: later(seconds)) if work.kind == "refund"]
    assert len(due) == 1
    assert do_effect(due[0], outside, lambda: later(seconds))


def test_a_newer_attempt_that_was_paid_too_goes_to_suspense_with_an_alarm(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = paid_at(gateway)
    effect = next(work for work in due_effects(lambda: NOW) if work.kind == "refund")
    after, _ = refund.mark_refund_sent(bought.id, 1, effect.n, NOW)
    older = after.refunds[0].attempt
    refund.record_refund(bought.id, c.RecordRefund(1, older, "failed", 0), NOW, (effect.n,))
    tell(gateway, "faults", {"on": "alipay.trade.refund", "fault": "pending", "seconds": PENDING_SECONDS})
    work_on_refund(outside, 100)
    assert state(bought).refunds[0].status == "sent"
    refund.record_refund(bought.id, c.RecordRefund(1, older, "succeeded", PRICE_FEN), later(101))
    time.sleep(PENDING_SECONDS * 2)
    work_on_refund(outside, 200)
    assert kinds(bought)[-2:] == ["refund_succeeded", "refund_unexpected"]
    assert state(bought).totals.suspense == PRICE_FEN
    project([bought.id])
    assert rows("SELECT alarm FROM boards_order WHERE order_id = %s", bought.id) == [("suspense",)]
    assert [work for work in due_effects(lambda: later(9_999)) if work.kind == "refund"] == []


def test_a_newer_attempt_that_was_never_sent_is_left_alone(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = paid_at(gateway)
    effect = next(work for work in due_effects(lambda: NOW) if work.kind == "refund")
    after, _ = refund.mark_refund_sent(bought.id, 1, effect.n, NOW)
    older = after.refunds[0].attempt
    refund.record_refund(bought.id, c.RecordRefund(1, older, "failed", 0), NOW, (effect.n,))
    newer = next(work for work in due_effects(lambda: later(100)) if work.kind == "refund")
    refund.mark_refund_sent(bought.id, 1, newer.n, later(100))
    refund.record_refund(bought.id, c.RecordRefund(1, older, "succeeded", PRICE_FEN), later(101))
    work_on_refund(outside, 200)
    assert kinds(bought)[-1] == "refund_succeeded"
    assert state(bought).totals.suspense == 0
    assert [work for work in due_effects(lambda: later(9_999)) if work.kind == "refund"] == []
