"""A minor's purchase (R16): the proofs are asked for, a person finds, and the policy decides on what was found."""

from dataclasses import replace

import pytest

from pure_orders import BUYER, REVIEWER, TOP_UP, PureOrder, at, placed_order
from tuidan.domain import commands as c

ASKER = c.Actor("buyer", str(BUYER))
PAPERS = ("guardian_relation", "minor_identity", "usage_record", "payment_proof", "order_screenshot")
PRICE = 40_000


def claimed(price_fen: int = PRICE) -> PureOrder:
    """A guardian asks for a delivered top-up and files all papers."""
    order = placed_order(replace(TOP_UP, price_fen=price_fen, issuer=""))
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", price_fen, at(0), "", "ab" * 32))
    order.do(c.MarkSupplySent(1))
    order.do(c.RecordSupply(1, order.order().units[0].attempt, "succeeded"), 10)
    order.do(c.RequestRefund(1, "minor"), 100, ASKER)
    for n, paper in enumerate(PAPERS):
        order.do(c.FileExhibit(1, paper, True, True, True, f"{n:02d}" * 32), 110 + n, ASKER)
    order.do(c.SubmitEvidence(1), 120, ASKER)
    return order


def finding(age: int, **told: object) -> c.RecordMinorFinding:
    fields: dict[str, object] = {
        "case": 1,
        "is_minor": age < 18,
        "age": age,
        "own_income": False,
        "face_verified": False,
        "ratified": False,
        "guardian_share_percent": 0,
    }
    return c.RecordMinorFinding(**(fields | told))  # type: ignore[arg-type]


def found(order: PureOrder, age: int, **told: object) -> str:
    return order.refusal(finding(age, **told), 200, REVIEWER)


def refunded(order: PureOrder) -> int:
    return sum(refund.amount_fen for refund in order.order().refunds)


def test_a_claim_without_papers_asks_for_them() -> None:
    order = placed_order(replace(TOP_UP, issuer=""))
    order.do(c.StartPayment("alipay"))
    order.do(c.RecordPayment(1, "alipay", "T1", order.order().price_fen(), at(0), "", "ab" * 32))
    order.do(c.MarkSupplySent(1))
    order.do(c.RecordSupply(1, order.order().units[0].attempt, "succeeded"), 10)
    order.do(c.RequestRefund(1, "minor"), 100, ASKER)
    assert order.order().cases[0].status == "evidence"


def test_with_the_papers_a_person_looks_before_anything_is_paid() -> None:
    order = claimed()
    assert order.order().cases[0].is_open()
    assert refunded(order) == 0


def test_under_eight_everything_goes_back() -> None:
    order = claimed()
    assert found(order, 7) == ""
    assert refunded(order) == PRICE


@pytest.mark.parametrize(("price", "back"), [(PRICE, PRICE), (500, 0)])
def test_from_eight_on_only_what_is_out_of_proportion_goes_back(price: int, back: int) -> None:
    order = claimed(price)
    assert found(order, 13) == ""
    assert refunded(order) == back


def test_what_the_guardian_ratified_stands() -> None:
    order = claimed()
    assert found(order, 13, ratified=True) == ""
    assert refunded(order) == 0


def test_a_family_that_shares_the_fault_keeps_its_share() -> None:
    order = claimed(40_001)
    assert found(order, 13, guardian_share_percent=30) == ""
    assert refunded(order) == 28_001


@pytest.mark.parametrize("told", [{"guardian_share_percent": 29}, {"guardian_share_percent": 71}])
def test_a_share_outside_the_courts_range_is_refused(told: dict[str, object]) -> None:
    order = claimed()
    assert found(order, 13, **told) == "finding_unknown"
    assert order.order().minors == []


def test_an_adult_who_claims_to_be_a_minor_gets_nothing_by_rule() -> None:
    order = claimed()
    assert found(order, 30) == ""
    assert refunded(order) == 0
