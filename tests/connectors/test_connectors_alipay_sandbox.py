"""The sandbox gateway itself: it keeps its state, checks signatures, and misbehaves exactly as told."""

import ast
import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from notice_catcher import NoticeCatcher

from tuidan.connectors.contract.conformance_payment import paid, payment, refund
from tuidan.connectors.contract.payment import ForgedNotice, PaymentNotice, PaymentRequest, RefundNotice
from tuidan.connectors.contract.sandbox_process import SandboxFailed, SandboxProcess
from tuidan.connectors.payments.alipay import sandbox
from tuidan.connectors.payments.alipay.conformance import AlipayBench
from tuidan.connectors.payments.alipay.sandbox import start_command

Gateway = AlipayBench


def noticed(gateway: Gateway, catcher: NoticeCatcher, **fault: object) -> PaymentRequest:
    """A paid payment whose notice goes to the catcher, under a notice fault if one is given."""
    request = replace(payment(gateway), notify_url=catcher.url)
    start = gateway.channel.start(request)
    if fault:
        gateway.tell("faults", on="notice.payment", reference=request.reference, **fault)
    gateway.pay(start)
    return request


def read(gateway: Gateway, body: bytes) -> PaymentNotice | RefundNotice:
    return gateway.channel.read_notice({}, body)


def states(gateway: Gateway, reference: str) -> list[str]:
    return [row["state"] for row in gateway.state(reference)["notices"]]


def eventually(fact: Callable[[], bool], seconds: float = 5.0) -> None:
    until = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_paid_trade_is_told_once_when_the_merchant_says_success(
    alipay_gateway: Gateway, notice_catcher: NoticeCatcher
) -> None:
    request = noticed(alipay_gateway, notice_catcher)
    told = read(alipay_gateway, notice_catcher.wait(1)[0])
    assert isinstance(told, PaymentNotice)
    assert (told.reference, told.amount_fen) == (request.reference, request.amount_fen)
    eventually(lambda: states(alipay_gateway, request.reference) == ["delivered"])
    time.sleep(0.5)
    assert len(notice_catcher.bodies) == 1


def test_a_notice_is_sent_again_until_the_merchant_says_success(
    alipay_gateway: Gateway, notice_catcher: NoticeCatcher
) -> None:
    notice_catcher.answers = [b"fail"]
    request = noticed(alipay_gateway, notice_catcher)
    first, again = (read(alipay_gateway, body) for body in notice_catcher.wait(2))
    assert first.notice_id == again.notice_id
    eventually(lambda: states(alipay_gateway, request.reference) == ["delivered"])


def test_a_refund_is_told_to_the_address_of_the_payment(
    alipay_gateway: Gateway, notice_catcher: NoticeCatcher
) -> None:
    request = noticed(alipay_gateway, notice_catcher)
    notice_catcher.wait(1)
    of = refund(alipay_gateway, request, 400)
    alipay_gateway.channel.refund(of)
    told = read(alipay_gateway, notice_catcher.wait(2)[1])
    assert isinstance(told, RefundNotice)
    assert (told.refund_reference, told.total_refunded_fen) == (of.refund_reference, 400)


def test_a_lost_notice_never_comes(alipay_gateway: Gateway, notice_catcher: NoticeCatcher) -> None:
    request = noticed(alipay_gateway, notice_catcher, fault="lost")
    eventually(lambda: states(alipay_gateway, request.reference) == ["lost"])
    assert notice_catcher.bodies == []


def test_a_late_notice_comes_late(alipay_gateway: Gateway, notice_catcher: NoticeCatcher) -> None:
    began = time.monotonic()
    noticed(alipay_gateway, notice_catcher, fault="late", seconds=0.6)
    notice_catcher.wait(1)
    assert time.monotonic() - began >= 0.6


def test_a_doubled_notice_comes_twice_with_the_same_id(
    alipay_gateway: Gateway, notice_catcher: NoticeCatcher
) -> None:
    noticed(alipay_gateway, notice_catcher, fault="doubled", copies=3)
    assert len({read(alipay_gateway, body).notice_id for body in notice_catcher.wait(3)}) == 1


def test_a_reordered_notice_of_payment_comes_after_the_one_of_refund(
    alipay_gateway: Gateway, notice_catcher: NoticeCatcher
) -> None:
    request = noticed(alipay_gateway, notice_catcher, fault="reordered", seconds=20)
    eventually(lambda: states(alipay_gateway, request.reference) == ["held"])
    alipay_gateway.channel.refund(refund(alipay_gateway, request))
    kinds = [type(read(alipay_gateway, body)) for body in notice_catcher.wait(2)]
    assert kinds == [RefundNotice, PaymentNotice]


@pytest.mark.parametrize("fault", ["forged", "one_bit_wrong"])
def test_a_false_notice_is_followed_by_the_true_one(
    alipay_gateway: Gateway, notice_catcher: NoticeCatcher, fault: str
) -> None:
    notice_catcher.answers = [b"fail"]
    noticed(alipay_gateway, notice_catcher, fault=fault)
    false, true = notice_catcher.wait(2)
    with pytest.raises(ForgedNotice):
        read(alipay_gateway, false)
    assert isinstance(read(alipay_gateway, true), PaymentNotice)


def test_a_stale_notice_is_true_and_says_an_old_time(
    alipay_gateway: Gateway, notice_catcher: NoticeCatcher
) -> None:
    noticed(alipay_gateway, notice_catcher, fault="stale")
    told = read(alipay_gateway, notice_catcher.wait(1)[0])
    assert isinstance(told, PaymentNotice)
    assert told.sent_at is not None
    assert told.captured_at is not None
    assert (told.captured_at - told.sent_at).days >= 29


def test_a_fault_ends_after_its_times(alipay_gateway: Gateway) -> None:
    reference = paid(alipay_gateway).reference
    alipay_gateway.tell("faults", on="alipay.trade.query", fault="unavailable", times=2, reference=reference)
    said = [alipay_gateway.channel.query(reference).outcome for _ in range(3)]
    assert said == ["unknown", "unknown", "captured"]


@pytest.mark.parametrize("fault", ["drop_after_work", "bad_signature", "slow", "http_500", "duplicate_key"])
def test_a_spoilt_query_is_unknown_and_the_next_one_is_not(alipay_gateway: Gateway, fault: str) -> None:
    reference = paid(alipay_gateway).reference
    alipay_gateway.tell("faults", on="alipay.trade.query", fault=fault, reference=reference, seconds=2.5)
    assert alipay_gateway.channel.query(reference).outcome == "unknown"
    assert alipay_gateway.channel.query(reference).outcome == "captured"


@pytest.mark.parametrize(
    "asked", [{"on": "alipay.trade.refund", "fault": "lost"}, {"on": "notice.payment", "fault": "slow"}, {}]
)
def test_a_fault_that_does_not_exist_is_refused(alipay_gateway: Gateway, asked: dict[str, str]) -> None:
    assert alipay_gateway.control.post("/_control/faults", json=asked).status_code == 400


@pytest.mark.parametrize(
    ("fault", "advice", "done"),
    [
        ({"fault": "limited"}, "retry_later", 0),
        ({"fault": "unavailable"}, "query_first", 0),
        ({"fault": "unavailable_after_work"}, "query_first", 1),
        ({"fault": "http_500"}, "query_first", 0),
        ({"fault": "timeout_before_work", "seconds": 0.2}, "query_first", 0),
        ({"fault": "timeout_after_work", "seconds": 0.2}, "query_first", 1),
        ({"fault": "no_fund_change", "value": "N"}, "query_first", 1),
    ],
    ids=lambda value: value["fault"] if isinstance(value, dict) else str(value),
)
def test_each_trouble_of_a_refund_is_unknown_and_does_as_much_as_it_says(
    alipay_gateway: Gateway, fault: dict[str, object], advice: str, done: int
) -> None:
    request = paid(alipay_gateway)
    alipay_gateway.tell("faults", on="alipay.trade.refund", reference=request.reference, **fault)
    answer = alipay_gateway.channel.refund(refund(alipay_gateway, request))
    assert (answer.outcome, answer.advice) == ("unknown", advice)
    assert alipay_gateway.refunds_executed(request.reference) == done


def test_a_refund_the_bank_sent_back_says_where_the_money_is(alipay_gateway: Gateway) -> None:
    of = refund(alipay_gateway, paid(alipay_gateway))
    alipay_gateway.tell(
        "faults", on="alipay.trade.refund", fault="deposit_back", status="P", reference=of.refund_reference
    )
    alipay_gateway.channel.refund(of)
    asked = alipay_gateway.channel.query_refund(of.payment_reference, of.refund_reference)
    assert (asked.outcome, asked.destination) == ("succeeded", "BANKCARD")


def test_a_request_with_a_changed_amount_is_refused(alipay_gateway: Gateway) -> None:
    url = alipay_gateway.channel.start(payment(alipay_gateway)).url or ""
    fields = dict(parse_qsl(urlsplit(url).query))
    fields["biz_content"] = fields["biz_content"].replace("12.34", "0.01")
    said = alipay_gateway.control.get("/gateway.do", params=fields)
    assert "isv.invalid-signature" in said.text


def test_an_empty_seller_account_parks_and_a_funded_one_pays(alipay_gateway: Gateway) -> None:
    seller = alipay_gateway.ready["seller_id"]
    before = next(row for row in alipay_gateway.state()["accounts"] if row["user_id"] == seller)[
        "balance_fen"
    ]
    of = refund(alipay_gateway, paid(alipay_gateway))
    alipay_gateway.tell("account", user_id=seller, balance_fen=0)
    first = alipay_gateway.channel.refund(of)
    alipay_gateway.tell("account", user_id=seller, balance_fen=before)
    assert (first.outcome, first.advice) == ("pending", "park")
    assert alipay_gateway.channel.refund(of).outcome == "succeeded"


def test_the_money_of_a_refund_is_at_the_account_that_paid(alipay_gateway: Gateway) -> None:
    def balance() -> int:
        rows = alipay_gateway.state()["accounts"]
        return int(next(row for row in rows if row["user_id"] == "2088102100000033")["balance_fen"])

    before = balance()
    request = payment(alipay_gateway, 4000)
    url = alipay_gateway.channel.start(request).url
    alipay_gateway.tell("pay", url=url, account="2088102100000033")
    assert balance() == before - 4000
    alipay_gateway.channel.refund(refund(alipay_gateway, request, 2500))
    assert balance() == before - 1500


def test_a_trade_past_its_refund_window_refuses(alipay_gateway: Gateway) -> None:
    request = paid(alipay_gateway)
    alipay_gateway.tell("trade", reference=request.reference, status="TRADE_FINISHED")
    answer = alipay_gateway.channel.refund(refund(alipay_gateway, request))
    assert (answer.outcome, answer.advice, answer.error_code) == ("failed", "park", "ACQ.TRADE_HAS_FINISHED")


def test_seeded_trades_are_paid_and_refundable(alipay_gateway: Gateway) -> None:
    wanted = [{"reference": alipay_gateway.new_reference(), "amount_fen": 100 + n} for n in range(50)]
    made = alipay_gateway.tell("seed_paid", trades=wanted)["trade_nos"]
    assert set(made) == {row["reference"] for row in wanted}
    assert alipay_gateway.channel.query(str(wanted[7]["reference"])).amount_fen == 107


def test_all_is_kept_when_the_sandbox_is_killed(tmp_path: Path, notice_catcher: NoticeCatcher) -> None:
    first = SandboxProcess(start_command(tmp_path), tmp_path / "log")
    gateway = AlipayBench(first.ready)
    request = noticed(gateway, notice_catcher, fault="late", seconds=1.5)
    gateway.tell("faults", on="alipay.trade.query", fault="unavailable", reference=request.reference)
    of = refund(gateway, request, 400)
    gateway.channel.refund(of)
    first.kill()
    gateway.close()
    process = SandboxProcess(start_command(tmp_path), tmp_path / "log")
    with process as second, contextlib.closing(AlipayBench(second.ready)) as again:
        asked = again.channel.query_refund(of.payment_reference, of.refund_reference)
        assert (asked.outcome, asked.amount_fen) == ("succeeded", 400), asked
        assert again.channel.query(request.reference).outcome == "unknown"
        # At least once: what was being sent at the kill may come twice, so two bodies need not be both kinds.
        end, kinds = time.monotonic() + 10, set()
        while kinds != {PaymentNotice, RefundNotice} and time.monotonic() < end:
            time.sleep(0.05)
            kinds = {type(read(again, body)) for body in list(notice_catcher.bodies)}
        assert kinds == {PaymentNotice, RefundNotice}


def test_the_sandbox_ends_when_its_starter_is_gone(tmp_path: Path) -> None:
    process = SandboxProcess(start_command(tmp_path), tmp_path / "log")
    assert process._process.stdin is not None
    process._process.stdin.close()
    assert process._process.wait(5) == 0
    process.stop()


def test_a_sandbox_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "alipay_private.pem").write_text("no key", encoding="ascii")
    with pytest.raises(SandboxFailed, match="PEM"):
        SandboxProcess(start_command(tmp_path), tmp_path / "log")


def test_the_sandbox_shares_no_code_with_the_connector() -> None:
    here = Path(sandbox.__file__).parent
    imported = {
        name
        for path in here.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    # `sandboxing` starts processes and knows no protocol; an import contract keeps it from ours.
    allowed = (sandbox.__name__, "tuidan.connectors.sandboxing")
    assert {name for name in imported if name.startswith("tuidan") and not name.startswith(allowed)} == set()


def browser(gateway: Gateway) -> httpx.Client:
    return httpx.Client(base_url=gateway.ready["url"], follow_redirects=True, trust_env=False)


def test_a_person_pays_at_the_cashier_and_comes_back_to_the_shop(
    alipay_gateway: Gateway, notice_catcher: NoticeCatcher
) -> None:
    request = replace(
        payment(alipay_gateway, 1990), notify_url=notice_catcher.url, return_url="http://shop.test/back?o=1"
    )
    url = alipay_gateway.channel.start(request).url or ""
    with browser(alipay_gateway) as person:
        page = person.get(url)
        assert "¥</small>19.90" in page.text
        assert "视频会员 月卡" in page.text
        sent = person.post(
            f"{page.url.path}/pay", data={"account": "2088102100000022"}, follow_redirects=False
        )
    assert sent.status_code == 303
    assert sent.headers["location"].startswith("http://shop.test/back?o=1&")
    assert dict(parse_qsl(urlsplit(sent.headers["location"]).query))["out_trade_no"] == request.reference
    told = read(alipay_gateway, notice_catcher.wait(1)[0])
    assert isinstance(told, PaymentNotice)
    assert (told.amount_fen, told.payer_account_masked) == (1990, "138****2022")


def test_an_account_without_enough_money_is_refused_in_words(alipay_gateway: Gateway) -> None:
    code = alipay_gateway.channel.start(payment(alipay_gateway, 2000, "qr")).qr_code or ""
    with browser(alipay_gateway) as person:
        path = urlsplit(code).path.replace("/qr/", "/cashier/")
        said = person.post(f"{path}/pay", data={"account": "2088102100000044"})
    assert "账户余额不足" in said.text


def test_paying_twice_takes_the_money_once(alipay_gateway: Gateway) -> None:
    request = payment(alipay_gateway, 300, "qr")
    code = alipay_gateway.channel.start(request).qr_code or ""
    before = alipay_gateway.state()["accounts"][0]["balance_fen"]
    for _ in range(2):
        alipay_gateway.tell("pay", url=code, notify=False)
    assert alipay_gateway.state()["accounts"][0]["balance_fen"] == before - 300


def test_a_closed_trade_cannot_be_paid_and_says_so(alipay_gateway: Gateway) -> None:
    request = payment(alipay_gateway, mode="qr")
    code = alipay_gateway.channel.start(request).qr_code or ""
    alipay_gateway.channel.close(request.reference)
    with browser(alipay_gateway) as person:
        assert "交易已关闭" in person.get(code).text
    assert alipay_gateway.control.post("/_control/pay", json={"url": code}).status_code == 400


def test_what_a_shop_writes_cannot_change_the_cashier_page(alipay_gateway: Gateway) -> None:
    # Signed by hand: our connector takes such signs out, another client may not.
    request = replace(payment(alipay_gateway), subject='"><script>alert(1)</script>')
    fields = alipay_gateway.channel._signed(  # type: ignore[attr-defined]
        "alipay.trade.page.pay",
        {"out_trade_no": request.reference, "total_amount": "1.00", "subject": request.subject},
        {},
    )
    with browser(alipay_gateway) as person:
        page = person.get(f"/gateway.do?{urlencode(fields)}").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
