"""Money of one order beyond its price: where it is, payments by bank, recalls, and a finding about a minor."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_money as shapes
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import PathNumber
from tuidan.commands.minor import record_minor_finding
from tuidan.commands.payer_account import record_payer_account
from tuidan.commands.payout import act_on_payout, consent_to_payout
from tuidan.commands.recall import recall_refund, record_repayment
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.domain.events import kind_of
from tuidan.reads.money import payout_account, read_money
from tuidan.reads.viewer import visible_order

router = Router(tags=["money"])
PAYOUT = "/{uuid:order_id}/payouts/{int:n}"


def _told(order_id: UUID, outcome: Outcome) -> HttpResponse:
    return told(
        outcome, lambda events: {"order_id": order_id, "events": [kind_of(event) for event in events]}
    )


def _staff(request: HttpRequest, order_id: UUID, role: str) -> UUID:
    """The person, where the order is visible and the role is held."""
    viewer = caller_of(request).viewer
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    if not getattr(viewer, role):
        raise Problem("not_allowed")
    if viewer.is_buyer_of(order) or viewer.is_seller_of(order):
        raise Problem("own_case")
    return viewer.person_id


@router.get("/{uuid:order_id}/money", response=shapes.MoneyTold, summary="Where the money of an order is")
def show_money(request: HttpRequest, order_id: UUID) -> object:
    """What pays each refund, fees, payments by bank, recalls; for the shop and staff also holds and what is owed."""
    view = read_money(order_id, caller_of(request).viewer)
    if view is None:
        raise Problem("not_found")
    return view


@router.post(
    "/{uuid:order_id}/payer-account",
    response=shapes.MoneyStepTold,
    summary="Say that the paying account is closed",
)
def create_payer_account(
    request: HttpRequest, order_id: UUID, asked: shapes.PayerAccountAsked
) -> HttpResponse:
    """For operators, on the bank's paper. Refunds decided from then on go by bank to an account of the same name."""
    operator, key = _staff(request, order_id, "is_operator"), idempotency_key(request)
    return _told(order_id, record_payer_account(order_id, operator, asked.state, asked.words, key, now()))


@router.post(f"{PAYOUT}/consent", response=shapes.MoneyStepTold, summary="Agree to be paid by bank")
def consent_payout(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.ConsentAsked
) -> HttpResponse:
    """For the buyer: name and account are kept erasable; the record holds a salted proof of them."""
    buyer = caller_of(request).viewer.person_id
    key = idempotency_key(request)
    return _told(order_id, consent_to_payout(order_id, buyer, n, asked.name, asked.account, key, now()))


@router.get(f"{PAYOUT}/account", response=shapes.PayoutAccountTold, summary="Whom a payment by bank goes to")
def show_payout_account(request: HttpRequest, order_id: UUID, n: PathNumber) -> dict[str, object]:
    """For operators."""
    _staff(request, order_id, "is_operator")
    found = payout_account(order_id, n, caller_of(request).viewer)
    if found is None:
        raise Problem("not_found")
    return {"order_id": order_id, "payout": n, "name": found.name, "account": found.account}


@router.post(f"{PAYOUT}/enter", response=shapes.MoneyStepTold, summary="Enter a payment made at the bank")
def enter_payout(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.EnterAsked
) -> HttpResponse:
    """For operators: another operator confirms it."""
    return _step(request, order_id, c.EnterPayout(n, asked.reference))


@router.post(f"{PAYOUT}/confirm", response=shapes.MoneyStepTold, summary="Confirm a payment at the bank")
def confirm_payout(request: HttpRequest, order_id: UUID, n: PathNumber) -> HttpResponse:
    """For operators, but not for the one who entered it."""
    return _step(request, order_id, c.ConfirmPayout(n))


@router.post(f"{PAYOUT}/fail", response=shapes.MoneyStepTold, summary="Say that a payment did not go through")
def fail_payout(request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.FailAsked) -> HttpResponse:
    """For operators: the buyer is asked for the account again."""
    return _step(request, order_id, c.FailPayout(n, asked.why))


@router.post(
    "/{uuid:order_id}/refunds/{int:n}/reroute", response=shapes.MoneyStepTold, summary="Send a refund by bank"
)
def reroute_refund(request: HttpRequest, order_id: UUID, n: PathNumber) -> HttpResponse:
    """For operators: a refund that its channel has refused to the end."""
    return _step(request, order_id, c.RerouteRefund(n))


def _step(
    request: HttpRequest,
    order_id: UUID,
    command: c.EnterPayout | c.ConfirmPayout | c.FailPayout | c.RerouteRefund,
) -> HttpResponse:
    operator = _staff(request, order_id, "is_operator")
    return _told(order_id, act_on_payout(order_id, operator, command, idempotency_key(request), now()))


@router.post(
    "/{uuid:order_id}/refunds/{int:n}/recall", response=shapes.MoneyStepTold, summary="Recall a wrong refund"
)
def create_recall(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.RecallAsked
) -> HttpResponse:
    """For operators: the fund pays the seller at once, the buyer owes it. No other order is touched."""
    operator = _staff(request, order_id, "is_operator")
    command = c.RecallRefund(n, asked.amount_fen, asked.why, asked.seen_version)
    return _told(order_id, recall_refund(order_id, operator, command, idempotency_key(request), now()))


@router.post(
    "/{uuid:order_id}/recalls/{int:n}/repayments",
    response=shapes.MoneyStepTold,
    summary="Record what a buyer repaid",
)
def create_repayment(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.RepaymentAsked
) -> HttpResponse:
    """For operators: with the bank's reference."""
    operator = _staff(request, order_id, "is_operator")
    command = c.RecordRepayment(n, asked.amount_fen, asked.reference)
    return _told(order_id, record_repayment(order_id, operator, command, idempotency_key(request), now()))


@router.post(
    "/{uuid:order_id}/cases/{int:n}/minor-finding",
    response=shapes.MoneyStepTold,
    summary="Record a finding about a minor",
)
def create_minor_finding(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.MinorFindingAsked
) -> HttpResponse:
    """For reviewers: the policy decides the case on what was found (R16)."""
    reviewer = _staff(request, order_id, "is_reviewer")
    finding = c.RecordMinorFinding(
        n,
        asked.is_minor,
        asked.age,
        asked.own_income,
        asked.face_verified,
        asked.ratified,
        asked.guardian_share_percent,
    )
    key = idempotency_key(request)
    return _told(order_id, record_minor_finding(order_id, reviewer, finding, asked.words, key, now()))
