"""What must follow when one thing about a decided case is different: each case of the files seen from four more sides.

Own goods: the platform sold it, so it bears and decides what the seller would have (R21, 电商法37). Asked less: whoever
asks for half gets half (消法实施条例18), unless the whole goods stay or go back, then the whole price does (民法典157,
985). Deposits shown: only who is late or stops pays the efficiency deposit, only a ban during the work the safety
deposit (R10). Abnormal history: stops only what rests on the buyer's own evidence, for a person to look (R13,
个人信息保护法24).
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policy_cases import rule_cases

Facts = dict[str, Any]
Expected = dict[str, Any]
GIVEN = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
PAYS = ("approve_full", "approve_partial")
REFUSED = {
    "decision": "to_platform",
    "amount_fen": 0,
    "liable": "undetermined",
    "within": "P3WD",
    "refund_to": None,
}
TO_A_PERSON = {**REFUSED, "compensation_fen": 0}
EFFICIENCY_FEN, SAFETY_FEN = 3_000, 7_000

WHOLE = frozenset({
    # nothing was handed over, or it never worked
    "delivery_failed", "order_cancelled", "promise_passed", "promise_passed_in_flight", "service_not_started",
    "intercepted", "intercepted_by_seller", "reveal_failed", "rental_login_failed", "not_activated",
    # it goes back unused
    "instant_window", "delivered_late_sealed", "sealed_unused", "eu_withdrawal_kept", "undone",
    # the second payment, whole
    "duplicate_payment",
})  # fmt: skip
PAYS_EFFICIENCY = frozenset({"work_late", "work_stopped_by_seller", "promise_passed"})
PAYS_SAFETY = frozenset({"banned_during_service"})
ON_THE_BUYERS_EVIDENCE = frozenset({"seller_silent", "banned_during_service", "not_as_described_on_record"})


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case with its answer: `expected` holds decision, sums, liable, span and destination; `ground` its reasons."""

    name: str
    facts: Facts = field(repr=False)
    expected: Expected
    rule: str
    grounds: tuple[str, ...] = ()


def known_cases() -> Iterator[KnownCase]:
    """The given cases and the rule cases, with all that is expected of each."""
    for line in GIVEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected = {name: row["expected"][name] for name in ("decision", "amount_fen", "liable", "refund_to")}
        expected["within"] = row["expected"]["deadline"]["within"]
        expected["compensation_fen"] = row["expected"].get("compensation_fen", 0)
        yield KnownCase(row["id"], row["facts"], expected, "")
    for case in rule_cases():
        usual = "original_path" if case.expected["decision"] in PAYS else None
        filled = {"amount_fen": 0, "liable": "undetermined", "refund_to": usual, "compensation_fen": 0}
        yield KnownCase(case.name, case.facts, {**filled, **case.expected}, case.rule, case.grounds)


def part(facts: Facts, name: str) -> Facts:
    return dict(facts.get(name) or {})


def own_goods(case: KnownCase, grounds: frozenset[str]) -> tuple[Facts, Expected] | None:
    if case.facts.get("seller_type") != "third_party":
        return None
    if case.facts["reason_claimed"] == "service_stopped" and case.facts["goods_kind"] == "membership":
        return None  # what the platform says of its own goods' end is no neutral record: rule cases of R9
    expected = dict(case.expected)
    if expected["decision"] == "to_seller":
        expected |= REFUSED
    elif expected["liable"] == "seller":
        expected["liable"] = "platform"
    return {**case.facts, "seller_type": "self_operated"}, expected


def asked_less(case: KnownCase, grounds: frozenset[str]) -> tuple[Facts, Expected] | None:
    facts, response = case.facts, part(case.facts, "seller_response")
    paid = facts.get("unit_paid_fen") or facts.get("amount_paid_fen")
    sealed_and_agreed = "seller_agreed" in grounds and part(facts, "card").get("revealed") is False
    if case.expected["decision"] != "approve_full" or facts.get("refunded_fen") or sealed_and_agreed:
        return None
    if response.get("status") == "agree_partial" or not paid:
        return None
    # what a seller once offered counts only where it was agreed on
    changed = {
        **facts,
        "requested_fen": paid // 2,
        "seller_response": {**response, "offered_fen": paid // 5},
    }
    if grounds & WHOLE:
        return changed, case.expected
    return changed, {**case.expected, "decision": "approve_partial", "amount_fen": paid // 2}


def deposits_shown(case: KnownCase, grounds: frozenset[str]) -> tuple[Facts, Expected] | None:
    service = part(case.facts, "service")
    if "efficiency_deposit_fen" in service or "safety_deposit_fen" in service:
        return None
    facts = {
        **case.facts,
        "service": {**service, "efficiency_deposit_fen": EFFICIENCY_FEN, "safety_deposit_fen": SAFETY_FEN},
    }
    due = 0
    if case.facts["goods_kind"] == "service" and case.expected["decision"] in PAYS:
        due = EFFICIENCY_FEN if grounds & PAYS_EFFICIENCY else SAFETY_FEN if grounds & PAYS_SAFETY else 0
    return facts, {**case.expected, "compensation_fen": due}


def abnormal_history(case: KnownCase, grounds: frozenset[str]) -> tuple[Facts, Expected] | None:
    buyer = part(case.facts, "buyer")
    if (buyer.get("refunds_90d") or 0) >= 3:
        return None
    facts = {**case.facts, "buyer": {**buyer, "orders_90d": 9, "refunds_90d": 9}}
    only_stated = "work_late" in grounds and not part(case.facts, "service").get("progress_agreed")
    if case.expected["decision"] in PAYS and (grounds & ON_THE_BUYERS_EVIDENCE or only_stated):
        return facts, {**case.expected, **TO_A_PERSON}
    return facts, case.expected


VARIANTS: dict[str, Callable[[KnownCase, frozenset[str]], tuple[Facts, Expected] | None]] = {
    "own goods": own_goods,
    "asked less": asked_less,
    "deposits shown": deposits_shown,
    "abnormal history": abnormal_history,
}


def variants_of(case: KnownCase, grounds: frozenset[str]) -> Iterator[KnownCase]:
    """The case from its other sides; `grounds` are the reason codes it is decided on."""
    for name, vary in VARIANTS.items():
        varied = vary(case, grounds)
        if varied is not None:
            yield KnownCase(f"{case.name} ({name})", *varied, rule="")
