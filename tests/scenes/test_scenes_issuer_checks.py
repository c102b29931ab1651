"""The issuer is asked at delivery, at the claim and for the review, over real HTTP; `unknown` holds nothing up."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import orjson
import pytest

from shopfloor import TOP_UP, Bought, due_of, kinds, later, paid, reveal, rows, state, tamper
from tuidan.commands import delivery, dispute, hearing
from tuidan.commands.outside import Outside
from tuidan.commands.reveal import CodeUnavailable, show_code
from tuidan.commands.stock import import_stock
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.issuers import cardbook
from tuidan.connectors.issuers.cardbook.sandbox import start_command
from tuidan.domain import commands as c
from tuidan.domain.evidence import sha256_hex
from tuidan.worker.effects import do_effect


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    folder = tmp_path_factory.mktemp("issuer")
    with SandboxProcess(start_command(folder / "books"), folder / "issuer.log") as process:
        yield process


@pytest.fixture
def outside(issuer: SandboxProcess) -> Iterator[Outside]:
    settings = json.loads(Path(issuer.ready["credentials"]).read_text(encoding="utf-8"))
    connected = Outside(issuers={"cardbook": cardbook.connect({**settings, "total_seconds": "3.0"})})
    yield connected
    connected.close()


def tell(issuer: SandboxProcess, what: str, **values: object) -> None:
    asked = urllib.request.Request(f"{issuer.url}/_control/{what}", json.dumps(values).encode())
    urllib.request.urlopen(asked, timeout=5).close()


def work(outside: Outside, bought: Bought, kind: str, seconds: int) -> int:
    """Do what is due of this kind for this order at this moment; how much there was."""
    due = due_of(bought, kind, later(seconds))
    return sum(do_effect(each, outside, lambda: later(seconds)) for each in due)


def delivered(outside: Outside) -> tuple[Bought, str]:
    """An order whose code was delivered from stock by the worker, and the code."""
    secret = f"SECRET-{uuid4().hex}"
    bought = paid(1)
    import_stock(bought.listing, secret, None, later(0))
    assert work(outside, bought, "claim_codes", 1) == 1
    return bought, secret


def told(bought: Bought, kind: str) -> list[dict[str, object]]:
    found = rows(
        "SELECT body FROM orders_event WHERE order_id = %s AND kind = %s ORDER BY n", bought.id, kind
    )
    return [orjson.loads(bytes(body))["data"] for (body,) in found]


def test_a_code_is_delivered_with_the_hash_of_its_seal(issuer: SandboxProcess, outside: Outside) -> None:
    bought, _ = delivered(outside)
    [event] = told(bought, "unit_delivered")
    [(code_id, sealed)] = rows(
        "SELECT code_id, ciphertext FROM stock_code WHERE listing_id = %s", bought.listing
    )
    assert (event["code_id"], event["seal_sha256"]) == (str(code_id), sha256_hex(bytes(sealed)))


def test_at_delivery_the_issuers_word_and_its_raw_answer_are_kept(
    issuer: SandboxProcess, outside: Outside
) -> None:
    bought, secret = delivered(outside)
    tell(issuer, "code", code=secret, status="unused", face_fen=5_000)
    assert work(outside, bought, "check_sealed", 2) == 1
    [event] = told(bought, "issuer_answered")
    assert (event["purpose"], event["status"], event["face_fen"]) == ("delivery", "unused", 5_000)
    kept = rows(
        "SELECT w.words FROM orders_note w JOIN orders_event e ON e.order_id = w.order_id AND e.n = w.n"
        " WHERE w.order_id = %s AND e.kind = 'issuer_answered'",
        bought.id,
    )
    assert [sha256_hex(words.encode()) for (words,) in kept] == [event["answer_sha256"]]
    assert secret not in kept[0][0] and "unused" in kept[0][0]


def test_an_issuer_that_is_silent_at_delivery_is_unknown_and_holds_nothing_up(
    issuer: SandboxProcess, outside: Outside
) -> None:
    bought, secret = delivered(outside)
    tell(issuer, "code", code=secret, status="unused")
    tell(issuer, "trouble", kind="down", code=secret, next=3)
    work(outside, bought, "check_sealed", 2)
    assert state(bought).units[0].status == "delivered"
    for seconds in (60, 600, 1200):
        work(outside, bought, "check_sealed", seconds)
    assert [event["status"] for event in told(bought, "issuer_answered")] == ["unknown"]


def test_a_code_that_was_used_before_delivery_is_known_without_the_buyer_proving_anything(
    issuer: SandboxProcess, outside: Outside
) -> None:
    bought, secret = delivered(outside)
    tell(issuer, "code", code=secret, status="activated", activated_at=None)
    work(outside, bought, "check_sealed", 2)
    assert reveal(bought, 1, later(30)).ok
    tell(issuer, "trouble", kind="down", code=secret)
    asked = dispute.request_refund(bought.id, bought.buyer, 1, "item_invalid", "ask", later(60))
    assert asked.ok, asked.refusal
    for seconds in (61, 200, 400, 900):
        work(outside, bought, "check_code", seconds)
    order = state(bought)
    assert (order.cases[0].status, order.units[0].refund_fen) == ("approved", order.units[0].paid_fen)


def in_review(outside: Outside, issuer: SandboxProcess) -> tuple[Bought, str]:
    """A shown code that the issuer could not tell anything of, before a person."""
    bought, secret = delivered(outside)
    assert reveal(bought, 1, later(30)).ok
    tell(issuer, "code", code=secret, status="unknown")
    asked = dispute.request_refund(bought.id, bought.buyer, 1, "item_invalid", "ask", later(60))
    assert asked.ok, asked.refusal
    for seconds in (61, 200, 400, 900):
        work(outside, bought, "check_code", seconds)
    buyer = c.Actor("buyer", str(bought.buyer))
    if state(bought).cases[0].status != "review":
        called = hearing.act(bought.id, buyer, c.CallPlatform(1), "call", later(1_000))
        assert called.ok, called.refusal
    assert state(bought).cases[0].status == "review"
    return bought, secret


def test_for_a_review_the_issuer_is_asked_again_and_what_it_knows_by_then_decides(
    issuer: SandboxProcess, outside: Outside
) -> None:
    bought, secret = in_review(outside, issuer)
    tell(issuer, "code", code=secret, status="invalid")
    assert work(outside, bought, "check_review", 2_000) == 1
    assert [event["purpose"] for event in told(bought, "issuer_checked")][-1] == "review"
    assert state(bought).cases[0].status == "approved"


def test_the_same_unknown_again_is_on_record_and_disturbs_no_reviewer(
    issuer: SandboxProcess, outside: Outside
) -> None:
    bought, _ = in_review(outside, issuer)
    before = state(bought).material
    for seconds in (2_000, 3_000, 4_000, 5_000):
        work(outside, bought, "check_review", seconds)
    order = state(bought)
    assert (order.material, order.cases[0].status) == (before, "review")
    assert [event["purpose"] for event in told(bought, "issuer_answered")][-1] == "review"


def test_a_case_that_was_closed_meanwhile_asks_nobody(issuer: SandboxProcess, outside: Outside) -> None:
    bought, _ = in_review(outside, issuer)
    buyer = c.Actor("buyer", str(bought.buyer))
    assert hearing.act(bought.id, buyer, c.WithdrawRequest(1), "withdraw", later(1_500)).ok
    work(outside, bought, "check_review", 2_000)
    assert kinds(bought)[-1] == "request_withdrawn"


def test_a_code_whose_seal_is_broken_is_paid_back_at_once_and_never_sold_again(outside: Outside) -> None:
    bought, _ = delivered(outside)
    tamper("UPDATE stock_code SET ciphertext = ciphertext || 'x' WHERE listing_id = %s", bought.listing)
    with pytest.raises(CodeUnavailable):
        show_code(bought.id, bought.buyer, 1, "session", "press", later(30))
    asked = dispute.request_refund(bought.id, bought.buyer, 1, "not_received", "ask", later(60))
    assert asked.ok, asked.refusal
    assert work(outside, bought, "check_code", 61) == 1
    assert state(bought).cases[0].status == "approved"
    assert work(outside, bought, "settle_code", 62) == 1
    assert rows("SELECT state, void_reason FROM stock_code WHERE listing_id = %s", bought.listing) == [
        ("void", "broken_seal")
    ]


ACCOUNT, FACE_FEN = "13800138000", 5_000


def by_hand(issuer: SandboxProcess, account: str, **said: object) -> Bought:
    """What a seller's own hand did, with its number at the issuer, and what the issuer knows under that number."""
    goods = {"delivery_mode": "manual", "supplier": "", **said.pop("goods", TOP_UP)}  # type: ignore[dict-item]
    bought = paid(1, ACCOUNT, **{**TOP_UP, **goods})
    trace_no = f"SN{uuid4().hex[:12]}"
    credit = {"reference": trace_no, "account": account, "ordered_fen": FACE_FEN, "arrived_fen": FACE_FEN}
    tell(issuer, "credit", **credit, **said)
    handed = delivery.deliver_by_seller(
        bought.id, bought.shop, 1, "done", 100, "hand over", later(10), 0, trace_no
    )
    assert handed.ok, handed.refusal
    return bought


def test_a_top_up_by_hand_to_another_account_is_found_by_its_number_and_paid_back_unasked(
    issuer: SandboxProcess, outside: Outside
) -> None:
    bought = by_hand(issuer, "13999999999")
    assert work(outside, bought, "check_credit", 20) == 1
    order = state(bought)
    assert (order.cases[0].status, order.units[0].refund_fen) == ("approved", order.units[0].paid_fen)
    assert "13999999999" not in json.dumps(told(bought, "issuer_answered"))


def test_a_top_up_by_hand_to_the_right_account_stays_and_is_on_record(
    issuer: SandboxProcess, outside: Outside
) -> None:
    bought = by_hand(issuer, ACCOUNT)
    assert work(outside, bought, "check_credit", 20) == 1
    unit = state(bought).units[0]
    assert (unit.status, unit.account, unit.arrived_fen) == ("delivered", "same", FACE_FEN)
    assert state(bought).cases == []


@pytest.mark.parametrize(("revocable", "status"), [(True, "approved"), (False, "rejected")])
def test_whether_a_membership_for_the_wrong_account_can_be_taken_back_its_keeper_says(
    issuer: SandboxProcess, outside: Outside, revocable: bool, status: str
) -> None:
    member = {"goods_kind": "membership", "duration_days": 31, "title": "月卡"}
    bought = by_hand(issuer, ACCOUNT, goods=member, revocable=revocable)
    asked = dispute.request_refund(bought.id, bought.buyer, 1, "wrong_account", "ask", later(60))
    assert asked.ok, asked.refusal
    assert state(bought).cases[0].status == "checking"
    assert work(outside, bought, "check_credit", 61) == 1
    assert state(bought).cases[0].status == status


def test_a_suppliers_answer_is_kept_as_it_came_and_heard_twice_it_is_one(outside: Outside) -> None:
    bought = paid(1, ACCOUNT, **TOP_UP)
    delivery.mark_supply_sent(bought.id, 1, later(0))
    command = c.RecordSupply(1, state(bought).units[0].attempt, "failed", "S1", "no_stock")
    for _ in range(2):
        assert delivery.record_supply(bought.id, command, later(5), (), '{"code":1201}').ok
    [event] = told(bought, "unit_failed")
    kept = rows("SELECT words FROM orders_note WHERE order_id = %s", bought.id)
    assert [sha256_hex(words.encode()) for (words,) in kept] == [event["answer_sha256"]]
    assert kept[0][0].endswith('{"code":1201}')
