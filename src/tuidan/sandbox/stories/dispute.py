"""Stories of disputes: a part agreed, a silent seller, an appeal, an appraisal, a broken settlement, holidays.

Days pass by moving the product's own clock, not by waiting.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tuidan.sandbox.client import expect
from tuidan.sandbox.stage import Stage

PRICE_FEN = 12_000
PART_FEN = 5_000
DONE = "两小时已陪练完"
PROOF = {
    "type": "progress_screenshot",
    "has_order_no": True,
    "has_timestamp": True,
    "has_key_info": True,
    "words": "录屏里只有四十分钟",
}


def _case(stage: Stage, order_id: str, n: int = 1) -> str:
    return f"/orders/{order_id}/cases/{n}"


def _delivered(stage: Stage) -> str:
    """A paid coaching whose seller says that all is done."""
    order_id = stage.buyer.place(stage.cast.listings["coaching"])
    stage.pay(stage.buyer.cashier(order_id))
    stage.buyer.wait(order_id, lambda o: o["status"] == "paid", "the payment was not taken in")
    stage.seller.post(f"/orders/{order_id}/units/1/deliver", {"note": DONE})
    return order_id


def _asked(stage: Stage, n: int = 1, order_id: str = "") -> str:
    """Its buyer says that it is not what was described, with complete evidence: the seller's time runs."""
    order_id = order_id or _delivered(stage)
    stage.buyer.ask_refund(order_id, "not_as_described")
    path = _case(stage, order_id, n)
    stage.buyer.post(f"{path}/exhibits", PROOF)
    stage.buyer.post(f"{path}/submit-evidence")
    expect(stage.buyer.get(path)["status"] == "contact", "the request was not put to the seller")
    return order_id


def _state(stage: Stage, order_id: str, status: str, n: int = 1) -> dict[str, Any]:
    """Wait until the case is in this state; gives the order."""
    return stage.buyer.wait(
        order_id, lambda o: o["cases"][n - 1]["status"] == status, f"the case did not become {status}"
    )


def seller_agrees_to_a_part(stage: Stage) -> None:
    """The seller offers a part, the buyer accepts, and the case closes by itself."""
    order_id = _asked(stage)
    told = {"kind": "agree_partial", "unit": 1, "amount_fen": PART_FEN}
    stage.seller.post(f"/orders/{order_id}/contact-answers", told)
    offers = stage.buyer.get(_case(stage, order_id))["offers"]
    expect([offer["amount_fen"] for offer in offers] == [PART_FEN], "the seller's answer became no offer")
    stage.buyer.post(f"{_case(stage, order_id)}/offers/1/answer", {"accept": True})
    _state(stage, order_id, "settled")
    stage.buyer.wait_refunded(order_id, PART_FEN)
    stage.expect_one_refund(order_id, PART_FEN)


def seller_is_silent(stage: Stage) -> None:
    """24 hours without a word: the record decides for a buyer without many refunds; before that it does not."""
    stage = replace(stage, buyer=stage.person("friend"))  # R13: many refunds would bring a person in
    order_id = _asked(stage)
    with stage.later(timedelta(hours=23, minutes=58)):
        expect(
            stage.buyer.get(_case(stage, order_id))["status"] == "contact", "the seller lost before its time"
        )
    with stage.later(timedelta(hours=24, seconds=5)):
        order = stage.buyer.wait_refunded(order_id, PRICE_FEN)
        expect(order["cases"][0]["status"] == "approved", "silence did not decide")
    stage.expect_one_refund(order_id, PRICE_FEN)


def rejected_then_overturned(stage: Stage) -> None:
    """Refused by a reviewer, supplemented, appealed; another reviewer overturns it."""
    order_id = _asked(stage)
    path = _case(stage, order_id)
    stage.buyer.post(f"{path}/call-platform")
    _decide(stage, order_id, False, "insufficient_evidence", "reviewer")
    early = stage.buyer.try_post(f"{path}/appeal", {"words": "不服"})
    expect(early.status_code == 409, "an appeal without anything new was taken")
    stage.buyer.post(f"{path}/exhibits", {**PROOF, "type": "use_video", "words": "两小时完整录屏"})
    stage.buyer.post(f"{path}/appeal", {"words": "请看完整录屏"})
    same = _try_decide(stage, order_id, True, "evidence_supports_buyer", "reviewer")
    expect(same.status_code == 409, "the reviewer who had decided was let decide again")
    _decide(stage, order_id, True, "evidence_supports_buyer", "senior")
    stage.buyer.wait_refunded(order_id, PRICE_FEN)
    stage.expect_one_refund(order_id, PRICE_FEN)


def _try_decide(stage: Stage, order_id: str, approve: bool, reason: str, role: str) -> Any:
    seen = stage.buyer.order(order_id)["version"]
    told = {"approve": approve, "reasons": [reason], "seen_version": seen}
    return stage.person(role).try_post(f"{_case(stage, order_id)}/decision", told)


def _decide(stage: Stage, order_id: str, approve: bool, reason: str, role: str) -> None:
    answer = _try_decide(stage, order_id, approve, reason, role)
    expect(answer.status_code == 200, f"the decision was answered {answer.status_code}: {answer.text[:200]}")


def description_is_appraised(stage: Stage) -> None:
    """The seller disputes; a third party without an interest looks; a reviewer decides on the report."""
    order_id = _asked(stage)
    path = _case(stage, order_id)
    stage.seller.post(f"/orders/{order_id}/contact-answers", {"kind": "refuse", "unit": 1})
    expect(stage.buyer.get(path)["status"] == "appraisal", "a disputed description was not sent to appraisal")
    who = str(stage.cast.people["appraiser"].id)
    stage.reviewer.post(f"{path}/appraisal/assign", {"appraiser": who})
    appraiser = stage.person("appraiser")
    appraiser.post(f"{path}/appraisal/accept", {"has_interest": False})
    appraiser.post(f"{path}/appraisal/report", {"finding": "not_as_described", "words": "只有三分之一"})
    _decide(stage, order_id, True, "evidence_supports_buyer", "reviewer")
    stage.buyer.wait_refunded(order_id, PRICE_FEN)


def settled_then_disputed(stage: Stage) -> None:
    """A replacement is agreed and never comes: the buyer asks again, and the settled case bars nothing."""
    order_id = _asked(stage)
    path = _case(stage, order_id)
    stage.seller.post(f"/orders/{order_id}/contact-answers", {"kind": "offer_replacement", "unit": 1})
    stage.buyer.post(f"{path}/offers/1/answer", {"accept": True})
    order = _state(stage, order_id, "settled")
    expect(not order["refunds"], "money went back although a replacement was agreed")
    with stage.later(timedelta(hours=49)):
        _asked(stage, 2, order_id)
        told = {"kind": "agree_full", "unit": 1}
        stage.seller.post(f"/orders/{order_id}/contact-answers", told)
        stage.buyer.wait_refunded(order_id, PRICE_FEN)
    stage.expect_one_refund(order_id, PRICE_FEN)


def holidays_are_left_out(stage: Stage) -> None:
    """Called in on 29 September 2026: three working days end on 9 October, after the National Day holidays."""
    with stage.at(datetime(2026, 9, 29, 4, 0, tzinfo=UTC)):
        order_id = _asked(stage)
        stage.buyer.post(f"{_case(stage, order_id)}/call-platform")
        due_at = datetime.fromisoformat(stage.buyer.get(_case(stage, order_id))["due_at"])
        expected = datetime(2026, 10, 9, 15, 59, 59, tzinfo=UTC)
        expect(due_at == expected, f"the review is due at {due_at.isoformat()}")
        stage.buyer.post(f"{_case(stage, order_id)}/withdraw")


def minor_is_refunded(stage: Stage) -> None:
    """A child of seven bought: the guardian proves it, a reviewer finds it so, and all of it goes back."""
    order_id = _delivered(stage)
    stage.buyer.ask_refund(order_id, "minor")
    path = _case(stage, order_id)
    expect(stage.buyer.get(path)["status"] == "evidence", "the guardian was not asked for proofs")
    for kind in ("guardian_relation", "minor_identity", "usage_record"):
        stage.buyer.post(f"{path}/exhibits", {**PROOF, "type": kind, "words": "见附件"})
    stage.buyer.post(f"{path}/submit-evidence")
    found = {"is_minor": True, "age": 7, "ratified": False, "words": "户口本与使用记录相符"}
    stage.reviewer.post(f"{path}/minor-finding", found)
    stage.buyer.wait_refunded(order_id, PRICE_FEN)
    stage.expect_one_refund(order_id, PRICE_FEN)
