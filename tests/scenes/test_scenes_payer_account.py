"""The account that paid is closed: the channel says so by a signed no, and the money goes by bank unasked."""

import json
import urllib.request
from collections.abc import Iterator

import pytest

from shopfloor import NOW, PRICE_FEN, Bought, due_of, kinds, later, placed, state, tell_paid
from tuidan.commands import delivery, dispute, payment
from tuidan.commands.outside import Outside
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.payments import alipay
from tuidan.connectors.payments.alipay.sandbox import start_command
from tuidan.domain import commands as c
from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.worker.effects import do_effect

KEYS = ("app_id", "seller_id", "app_private_key_file", "alipay_public_key_file")


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    folder = tmp_path_factory.mktemp("gateway")
    with SandboxProcess(start_command(folder / "books"), folder / "gateway.log") as process:
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


def refused(gateway: SandboxProcess, outside: Outside, sub_code: str) -> Bought:
    """An order out of stock whose refund the gateway refuses once with this code."""
    bought = placed(2)
    _, n = payment.start_payment(bought.id, bought.buyer, "alipay", "pay", NOW)
    reference, fen = write_reference(bought.id, PAYMENT, n), 2 * PRICE_FEN
    seeded = tell(gateway, "seed_paid", {"trades": [{"reference": reference, "amount_fen": fen}]})
    tell_paid(bought, n, fen, trade_no=seeded["trade_nos"][reference])
    delivery.record_codes(bought.id, {2: "0002"}, [1], NOW, 0)
    tell(gateway, "faults", {"on": "alipay.trade.refund", "fault": "refused", "sub_code": sub_code})
    due = due_of(bought, "refund", later(1))
    assert [do_effect(each, outside, lambda: later(1)) for each in due] == [True]
    return bought


def test_a_channel_that_says_the_payer_is_no_more_sends_the_refund_by_bank(
    gateway: SandboxProcess, outside: Outside
) -> None:
    bought = refused(gateway, outside, "ACQ.BUYER_NOT_EXIST")
    order = state(bought)
    assert (order.refunds[0].status, order.payouts[0].status) == ("by_bank", "wanted")
    steps = ["refund_attempt_failed", "payer_account_known", "refund_rerouted", "payout_wanted"]
    assert kinds(bought)[-4:] == steps
    assert (order.payouts[0].amount_fen, order.totals.refunding) == (PRICE_FEN, PRICE_FEN)


def test_what_is_decided_afterwards_goes_by_bank_from_the_start(
    gateway: SandboxProcess, outside: Outside
) -> None:
    bought = refused(gateway, outside, "ACQ.BUYER_NOT_EXIST")
    asked = dispute.request_refund(bought.id, bought.buyer, 2, "no_reason", "ask", later(60))
    assert asked.ok, asked.refusal
    unused = c.RecordIssuerCheck(2, "unused", None, "")
    delivery.record_issuer_check(bought.id, unused, later(61), 0)
    assert [refund.status for refund in state(bought).refunds] == ["by_bank", "by_bank"]


def test_any_other_no_of_the_channel_closes_no_account(gateway: SandboxProcess, outside: Outside) -> None:
    bought = refused(gateway, outside, "ACQ.TRADE_HAS_FINISHED")
    order = state(bought)
    assert (order.refunds[0].status, order.payments[0].payer_account, order.payouts) == ("parked", "", [])
