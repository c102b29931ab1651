"""A dispute at Alipay amid an order, with the gateway's real sandbox: signed notices, queries, money back."""

import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from shopfloor import NOW, PRICE_FEN, Bought, kinds, later, placed, rows, state, tell_paid
from tuidan.commands import channel_dispute, delivery, payment
from tuidan.commands.outside import Outside
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.payments import alipay
from tuidan.connectors.payments.alipay.sandbox import start_command
from tuidan.domain import commands as c
from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.store.audit.run import audit_page
from tuidan.store.boards.project import project
from tuidan.worker.channel_disputes import LostNotices, apply_channel_notices
from tuidan.worker.effects import do_effect, due_effects
from tuidan.worker.notices import apply_notices

KEYS = ("app_id", "seller_id", "app_private_key_file", "alipay_public_key_file")
NOBODY = "http://127.0.0.1:9/"


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


def tell(gateway: SandboxProcess, path: str, **wish: Any) -> dict[str, Any]:
    request = urllib.request.Request(f"{gateway.url}/_control/{path}", json.dumps(wish).encode())
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def refunded_fen(gateway: SandboxProcess, bought: Bought) -> int:
    with urllib.request.urlopen(f"{gateway.url}/_control/state?reference={reference(bought)}") as answer:
        return int(json.load(answer)["trades"][0]["refunded_fen"])


def reference(bought: Bought) -> str:
    return write_reference(bought.id, PAYMENT, 1)


def paid_at(gateway: SandboxProcess) -> Bought:
    """An order whose payment the gateway knows."""
    bought = placed()
    payment.start_payment(bought.id, bought.buyer, "alipay", "pay", NOW)
    trade = {"reference": reference(bought), "amount_fen": PRICE_FEN, "notify_url": NOBODY}
    told = tell(gateway, "seed_paid", trades=[trade])
    tell_paid(bought, 1, PRICE_FEN, trade_no=told["trade_nos"][reference(bought)])
    return bought


def short(bought: Bought) -> Bought:
    """Nothing in stock, so a refund is decided."""
    delivery.record_codes(bought.id, {}, [1], NOW, 0)
    return bought


def delivered(bought: Bought) -> Bought:
    delivery.record_codes(bought.id, {1: "0001"}, [], NOW, 0)
    return bought


def message_comes(gateway: SandboxProcess, outside: Outside, bought: Bought, seconds: float) -> int:
    """The channel's latest message about the complaint is verified, stored and applied."""
    said = tell(gateway, "resend_notice", reference=reference(bought), kind="complaint", url=NOBODY)
    body = said["body"].encode("ascii")
    notice = outside.channel("alipay").read_notice({}, body)
    channel_dispute.keep_channel_notice("alipay", notice.number, body, later(seconds))  # type: ignore[union-attr]
    return apply_channel_notices(outside, lambda: later(seconds))


def complain(gateway: SandboxProcess, outside: Outside, bought: Bought, seconds: float = 10) -> str:
    number = str(tell(gateway, "complain", reference=reference(bought))["number"])
    assert message_comes(gateway, outside, bought, seconds) == 1
    return number


def end(
    gateway: SandboxProcess, outside: Outside, bought: Bought, number: str, winner: str, seconds: float = 20
) -> None:
    tell(gateway, "complaint", number=number, winner=winner)
    assert message_comes(gateway, outside, bought, seconds) == 1


def work(outside: Outside, seconds: float, kind: str = "refund") -> int:
    """Do the effects of one kind that are due at a moment."""
    due = [each for each in due_effects(lambda: later(seconds)) if each.kind == kind]
    return sum(do_effect(each, outside, lambda: later(seconds)) for each in due)


def refund_notice_comes(gateway: SandboxProcess, outside: Outside, bought: Bought, seconds: float) -> None:
    said = tell(gateway, "resend_notice", reference=reference(bought), kind="refund", url=NOBODY)
    source, body = "payment:alipay", said["body"].encode("ascii")
    payment.keep_notice(bought.id, source, reference(bought), body, later(seconds))
    apply_notices(outside, lambda: later(seconds))


def alarm(bought: Bought) -> str:
    project([bought.id])
    return str(rows("SELECT alarm FROM boards_order WHERE order_id = %s", bought.id)[0][0])


def sound(bought: Bought) -> bool:
    project([bought.id])
    return audit_page([bought.id]) == []


def test_a_refund_waits_while_the_dispute_is_open_and_goes_out_once_when_it_is_won(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = short(paid_at(gateway))
    number = complain(gateway, outside, bought)
    assert alarm(bought) == "channel_dispute"
    assert work(outside, 11) == 1
    assert (refunded_fen(gateway, bought), state(bought).refunds[0].status) == (0, "decided")
    end(gateway, outside, bought, number, "merchant")
    work(outside, 21)
    assert (refunded_fen(gateway, bought), state(bought).refunds[0].status) == (PRICE_FEN, "succeeded")
    assert alarm(bought) == ""
    assert sound(bought)


def test_a_lost_dispute_pays_the_refund_and_nothing_is_sent_again(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = short(paid_at(gateway))
    number = complain(gateway, outside, bought)
    work(outside, 11)
    end(gateway, outside, bought, number, "buyer")
    work(outside, 400)
    assert refunded_fen(gateway, bought) == PRICE_FEN
    assert state(bought).refunds[0].status == "charged_back"
    assert sound(bought)


def test_the_refund_notice_of_a_dispute_books_nothing_twice_whichever_comes_first(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = delivered(paid_at(gateway))
    number = complain(gateway, outside, bought)
    tell(gateway, "complaint", number=number, winner="buyer")
    refund_notice_comes(gateway, outside, bought, 15)
    assert state(bought).totals.refunded == PRICE_FEN
    message_comes(gateway, outside, bought, 16)
    totals = state(bought).totals
    assert (totals.refunded, totals.suspense, totals.chargeback, totals.escrow) == (PRICE_FEN, 0, 0, 0)
    assert state(bought).status == "refunded"
    assert sound(bought)


def test_a_dispute_whose_every_notice_was_lost_is_found_by_looking(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = delivered(paid_at(gateway))
    tell(gateway, "complain", reference=reference(bought))
    assert LostNotices().look(outside, lambda: datetime.now(UTC)) == 1
    assert state(bought).channel_dispute_open()


def test_our_answer_reaches_the_channel(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = delivered(paid_at(gateway))
    complain(gateway, outside, bought)
    operator = c.Actor("operator", "o")
    outcome = channel_dispute.answer_channel_dispute(bought.id, operator, 1, "已交付", "k", later(11))
    assert outcome.ok
    assert work(outside, 12, "answer_dispute") == 1
    assert state(bought).channel_disputes[0].status == "answered"
    with urllib.request.urlopen(f"{gateway.url}/_control/state") as answer:
        assert "已交付" in json.load(answer)["complaints"][0]["said"]


def test_a_refund_that_was_lost_in_flight_is_not_sent_again_once_the_channel_paid(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = short(paid_at(gateway))
    tell(gateway, "faults", on="alipay.trade.refund", fault="drop_before_work")
    work(outside, 1)
    assert state(bought).refunds[0].status == "sent"
    number = complain(gateway, outside, bought)
    work(outside, 100)
    assert refunded_fen(gateway, bought) == 0
    end(gateway, outside, bought, number, "buyer", 101)
    work(outside, 1_000)
    assert refunded_fen(gateway, bought) == PRICE_FEN
    assert state(bought).refunds[0].status == "charged_back"
    assert state(bought).totals.suspense == 0
    assert sound(bought)


def test_settlement_is_asked_and_what_the_channel_says_is_kept(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = delivered(paid_at(gateway))
    tell(gateway, "trade", reference=reference(bought), settled=False)
    assert channel_dispute.ask_settlement(bought.id, c.Actor("operator", "o"), "a", later(10)).ok
    work(outside, 11, "query_settlement")
    assert state(bought).payments[0].settlement == "unsettled"
    tell(gateway, "trade", reference=reference(bought), settled=True)
    assert channel_dispute.ask_settlement(bought.id, c.Actor("operator", "o"), "b", later(400)).ok
    work(outside, 401, "query_settlement")
    assert state(bought).payments[0].settlement == "settled"


def test_money_refunded_by_hand_in_the_console_is_booked_with_an_alarm_and_not_paid_again(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = short(paid_at(gateway))
    tell(gateway, "refund_by_hand", reference=reference(bought), amount_fen=PRICE_FEN)
    refund_notice_comes(gateway, outside, bought, 5)
    assert "refund_outside" in kinds(bought)
    assert state(bought).refunds[0].status == "charged_back"
    work(outside, 6)
    assert refunded_fen(gateway, bought) == PRICE_FEN
    assert alarm(bought) == "refund_outside"
    refund_notice_comes(gateway, outside, bought, 7)
    assert kinds(bought).count("refund_outside") == 1
    assert sound(bought)


def test_our_own_refund_is_no_refund_by_hand(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    bought = short(paid_at(gateway))
    work(outside, 1)
    refund_notice_comes(gateway, outside, bought, 2)
    assert "refund_outside" not in kinds(bought)
    assert state(bought).totals.refunded == PRICE_FEN


def test_a_dispute_about_somebody_elses_payment_is_put_aside_for_an_operator(
    fresh_database: str, gateway: SandboxProcess, outside: Outside
) -> None:
    trade = {"reference": "notoursatall", "amount_fen": 100, "notify_url": NOBODY}
    tell(gateway, "seed_paid", trades=[trade])
    number = str(tell(gateway, "complain", reference="notoursatall")["number"])
    channel_dispute.keep_channel_notice("alipay", number, b"x", NOW)
    apply_channel_notices(outside, lambda: later(1))
    found = rows("SELECT fault FROM orders_channel_notice WHERE number = %s", number)
    assert "BadReference" in str(found[0][0])
