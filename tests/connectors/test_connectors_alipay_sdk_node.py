"""The unmodified npm `alipay-sdk` works against the sandbox: it signs, verifies, pays, refunds, reads notices."""

import fcntl
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tuidan.connectors.contract.conformance_payment import paid, refund
from tuidan.connectors.payments.alipay.conformance import AlipayBench

NPM = Path(__file__).parent / "npm"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def clients() -> Path:
    """The npm packages of `npm/package-lock.json` (pinned with hashes), installed once under var/."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.fail("node with npm is missing: ./run test brings them")
    lock = (NPM / "package-lock.json").read_bytes()
    place = ROOT / "var" / "npm" / hashlib.sha256(lock).hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        for name in ("package.json", "package-lock.json", "alipay.mjs"):
            shutil.copy(NPM / name, place / name)
        if not (place / "installed").exists():
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
            subprocess.run(command, cwd=place, check=True, timeout=120, capture_output=True)
            (place / "installed").touch()
    return place


def run(clients: Path, bench: AlipayBench, **job: Any) -> dict[str, Any]:
    whole = {**bench.ready, **job}
    done = subprocess.run(
        ["node", "alipay.mjs", json.dumps(whole)], cwd=clients, capture_output=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


def test_npm_sdk_queries_and_refunds_once(clients: Path, alipay_gateway: AlipayBench) -> None:
    reference = paid(alipay_gateway, 1000).reference
    part = {
        "out_trade_no": reference,
        "refund_amount": "4.00",
        "out_request_no": "node1",
        "refund_reason": "卡密无效",
    }
    calls = [
        {"method": "alipay.trade.query", "biz": {"out_trade_no": reference}},
        {"method": "alipay.trade.refund", "biz": part},
        {"method": "alipay.trade.refund", "biz": part},
        {
            "method": "alipay.trade.fastpay.refund.query",
            "biz": {"out_trade_no": reference, "out_request_no": "node1"},
        },
    ]
    said = run(clients, alipay_gateway, calls=calls)["calls"]
    assert (said[0]["tradeStatus"], said[0]["totalAmount"]) == ("TRADE_SUCCESS", "10.00")
    assert [answer.get("fundChange") for answer in said] == [None, "Y", "N", None]
    assert (said[3]["refundStatus"], said[3]["refundAmount"]) == ("REFUND_SUCCESS", "4.00")
    assert alipay_gateway.refunds_executed(reference) == 1


def test_npm_sdk_opens_a_page_that_can_be_paid(clients: Path, alipay_gateway: AlipayBench) -> None:
    reference = alipay_gateway.new_reference()
    biz = {
        "out_trade_no": reference,
        "total_amount": "6.50",
        "subject": "点卡",
        "product_code": "FAST_INSTANT_TRADE_PAY",
    }
    page = run(clients, alipay_gateway, page={"notify_url": "http://127.0.0.1:9/n", "biz": biz})["page"]
    alipay_gateway.tell("pay", url=page)
    assert alipay_gateway.channel.query(reference).amount_fen == 650


def test_npm_sdk_verifies_true_notices_and_no_others(clients: Path, alipay_gateway: AlipayBench) -> None:
    request = paid(alipay_gateway)
    alipay_gateway.channel.refund(refund(alipay_gateway, request, 100))
    bodies = [
        alipay_gateway.notice(request.reference, "payment"),
        alipay_gateway.notice(request.reference, "refund"),
        alipay_gateway.notice(request.reference, "payment", "forged"),
        alipay_gateway.notice(request.reference, "payment", "one_bit_wrong"),
    ]
    said = run(clients, alipay_gateway, notices=[body.decode("ascii") for body in bodies])
    assert said["notices"] == [True, True, False, False]
