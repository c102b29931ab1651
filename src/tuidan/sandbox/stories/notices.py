"""Story 6: forged, one-bit-wrong, foreign and replayed notices. Refused or without effect, nothing changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.sandbox.client import expect
from tuidan.sandbox.stage import Stage

REFUSED = ("forged", "one_bit_wrong", "foreign_seller", "foreign_app")


def notices_refused(stage: Stage) -> None:
    order_id = stage.buyer.place(stage.cast.listings["card"])
    url = stage.buyer.cashier(order_id)
    stage.world.tell(stage.world.alipay, "faults", {"on": "notice.payment", "fault": "lost"})
    reference = str(stage.pay(url)["reference"])
    for fault in REFUSED:
        for refused in _resend(stage, reference, fault=fault):
            expect(refused["status"] >= 400, f"a {fault} notice was answered {refused['status']}")
        expect(_version(stage, order_id) == 2, f"a {fault} notice changed the order")
    sent = _resend(stage, reference, fields={"total_amount": "0.01"})
    expect(all(row["status"] == 200 for row in sent), "a signed notice with another amount was not taken in")
    order = stage.buyer.wait_refunded(order_id, 1)
    expect(order["status"] == "awaiting_payment", "an order was paid with another amount than its price")

    paid = stage.buy("card")
    stage.buyer.wait_event(
        paid, "issuer_answered"
    )  # the issuer's word on the sealed code, or that it is unknown
    reference = write_reference(UUID(paid), PAYMENT, 1)
    before = _version(stage, paid)
    for replay in _resend(stage, reference, copies=3) + _resend(stage, reference, fault="stale"):
        expect(replay["status"] == 200, "a replay was not answered, so it would come again for ever")
    stage.run_tuidan("worker", "--once")
    expect(_version(stage, paid) == before, "a replayed notice changed the order")


def _resend(stage: Stage, reference: str, **options: object) -> list[dict[str, Any]]:
    told = stage.world.tell(stage.world.alipay, "resend_notice", {"reference": reference, **options})
    sent = told["sent"]
    assert isinstance(sent, list)
    return sent


def _version(stage: Stage, order_id: str) -> int:
    return int(stage.buyer.order(order_id)["version"])
