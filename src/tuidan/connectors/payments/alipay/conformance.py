"""The channel beside its sandbox, for the shared checks of `contract/conformance_payment.py`."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tuidan.connectors.contract.conformance_channel_dispute import Winner
from tuidan.connectors.contract.conformance_payment import (
    NoticeChange,
    NoticeKind,
    PaymentBench,
    RefundTrouble,
)
from tuidan.connectors.contract.payment import PaymentChannel, PaymentStart
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.payments.alipay import AlipayChannel, config_from
from tuidan.connectors.payments.alipay.sandbox import start_command

TOTAL_SECONDS = 2.0  # a loaded machine must not look like a silent gateway
REFUND = "alipay.trade.refund"
FAULTS: dict[RefundTrouble, dict[str, Any]] = {
    "lost_after_work": {"fault": "drop_after_work"},
    "lost_before_work": {"fault": "drop_before_work"},
    "silent_after_work": {"fault": "timeout_after_work", "seconds": 3},
    "accepted_then_done": {"fault": "pending", "seconds": 0.5},
    "accepted_never_done": {"fault": "pending_then_failed"},
    "system_error": {"fault": "system_error"},
    "system_error_after_work": {"fault": "system_error_after_work"},
    "balance_not_enough": {"fault": "balance_not_enough"},
    "refused": {"fault": "refused"},
    "wrong_signature": {"fault": "bad_signature"},
    "no_signature": {"fault": "unsigned"},
    "changed_after_signing": {"fault": "one_bit_wrong"},
    "two_answers": {"fault": "duplicate_key"},
    "too_large": {"fault": "huge"},
    "not_json": {"fault": "garbage"},
    "accepted_without_proof": {"fault": "no_fund_change"},
}


class AlipayBench:
    """Moves the sandbox through its control address."""

    total_seconds = TOTAL_SECONDS

    def __init__(self, ready: dict[str, Any]) -> None:
        self.ready = ready
        self.channel: PaymentChannel = AlipayChannel(config_from(settings_from(ready)))
        self.control = httpx.Client(base_url=ready["url"], timeout=30, trust_env=False)

    def new_reference(self, letter: str = "p") -> str:
        return f"t{uuid.uuid4().hex[:24]}{letter}1"

    def pay(self, start: PaymentStart) -> None:
        self.tell("pay", url=start.url or start.qr_code)

    def trouble(self, trouble: RefundTrouble, payment_reference: str) -> None:
        self.tell("faults", on=REFUND, reference=payment_reference, **FAULTS[trouble])

    def notice(self, reference: str, kind: NoticeKind, change: NoticeChange = "true") -> bytes:
        fault = "" if change == "true" else change
        # Nobody listens on port 9: the body is looked at here, not delivered.
        said = self.tell(
            "resend_notice", reference=reference, kind=kind, fault=fault, url="http://127.0.0.1:9/"
        )
        return str(said["body"]).encode("ascii")

    def refunded_fen(self, reference: str) -> int:
        return int(self.trade(reference)["refunded_fen"])

    def refunds_executed(self, reference: str) -> int:
        return int(self.trade(reference)["refunds_executed"])

    def complain(self, reference: str) -> str:
        return str(self.tell("complain", reference=reference)["number"])

    def end_dispute(self, number: str, winner: Winner, amount_fen: int | None = None) -> int:
        return int(self.tell("complaint", number=number, winner=winner, amount_fen=amount_fen)["moved_fen"])

    def dispute_notice(self, reference: str, change: NoticeChange = "true") -> bytes:
        return self.notice(reference, "complaint", change)  # type: ignore[arg-type]

    def heard(self, number: str) -> list[str]:
        found = [row for row in self.state()["complaints"] if row["number"] == number]
        return [said["words"] for said in json.loads(found[0]["said"] or "[]")]

    def break_dispute_answer(self) -> None:
        self.tell("faults", on="alipay.merchant.tradecomplain.query", fault="one_bit_wrong")

    def settle(self, reference: str, settled: bool) -> None:
        self.tell("trade", reference=reference, settled=settled)

    def trade(self, reference: str) -> dict[str, Any]:
        """The sandbox's own view of one trade."""
        return self.state(reference)["trades"][0]  # type: ignore[no-any-return]

    def state(self, reference: str = "") -> dict[str, Any]:
        """The sandbox's own view, of all or of one trade."""
        said = self.control.get("/_control/state", params={"reference": reference} if reference else {})
        return said.raise_for_status().json()  # type: ignore[no-any-return]

    def tell(self, what: str, **asked: Any) -> dict[str, Any]:
        """POST to a control address; the answer. Raises AssertionError with the sandbox's words."""
        said = self.control.post(f"/_control/{what}", json=asked)
        if said.status_code != 200:
            raise AssertionError(f"{what} {asked}: {said.text}")
        return said.json()  # type: ignore[no-any-return]

    def close(self) -> None:
        """Let go of all connections."""
        self.channel.close_connections()
        self.control.close()


def settings_from(ready: dict[str, Any]) -> dict[str, str]:
    """The channel's settings that fit a sandbox's ready line."""
    return {
        "app_id": ready["app_id"],
        "seller_id": ready["seller_id"],
        "base_url": ready["gateway_url"],
        "app_private_key_file": ready["app_private_key_file"],
        "alipay_public_key_file": ready["alipay_public_key_file"],
        "total_seconds": str(TOTAL_SECONDS),
    }


@contextmanager
def bench(state: Path) -> Iterator[PaymentBench]:
    """A sandbox of its own with the channel connected to it."""
    state.mkdir(parents=True, exist_ok=True)
    with SandboxProcess(start_command(state), state / "sandbox.log") as process:
        made = AlipayBench(process.ready)
        try:
            yield made
        finally:
            made.close()
