"""Story 5: the gateway answers late, twice, out of order and loses a reply. One refund each time, never two."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tuidan.sandbox.stage import Stage
from tuidan.store.orders.claim import hurry_outbox

REFUND_FAULTS: tuple[dict[str, object], ...] = (
    {"fault": "timeout_after_work", "seconds": 4},
    {"fault": "drop_after_work"},
    {"fault": "drop_before_work"},
    {"fault": "pending", "seconds": 2},
    {"fault": "no_fund_change"},
    {"fault": "system_error_after_work"},
    {"fault": "bad_signature"},
    {"fault": "balance_not_enough"},
)
NOTICE_FAULTS: tuple[dict[str, object], ...] = (
    {"fault": "doubled", "copies": 3},
    {"fault": "late", "seconds": 2},
    {"fault": "reordered", "seconds": 2},
)


def gateway_misbehaves(stage: Stage) -> None:
    asked = []
    for fault in NOTICE_FAULTS:
        stage.world.tell(stage.world.alipay, "faults", {"on": "notice.payment", **fault})
        asked.append(stage.buy("card"))
    asked += [stage.buy("card") for _ in range(len(REFUND_FAULTS) - len(NOTICE_FAULTS))]
    for order_id, fault in zip(asked, REFUND_FAULTS, strict=True):
        reference = stage.trade(order_id)["out_trade_no"]
        told = {"on": "alipay.trade.refund", "reference": reference, **fault}
        stage.world.tell(stage.world.alipay, "faults", told)
        stage.buyer.ask_refund(order_id, "no_reason")
    for order_id, fault in zip(asked, REFUND_FAULTS, strict=True):
        if fault["fault"] == "balance_not_enough":
            parked = "an account without money is no alarm"
            stage.buyer.wait(
                order_id, lambda o: o["refunds"] and o["refunds"][0]["status"] == "parked", parked
            )
            # The account has money again; the worker need not wait out its pause.
            hurry_outbox(UUID(order_id), "refund", 1, datetime.now(UTC))
        stage.buyer.wait_refunded(order_id, 2940, seconds=60)
        stage.expect_one_refund(order_id, 2940)
