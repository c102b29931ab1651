"""Deciders for the order itself: place, expire, confirm receipt, release the escrow."""

from __future__ import annotations

from datetime import timedelta

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.delivery import DONE
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.money import AMOUNT_FEN_MAX, split_by_weight
from tuidan.domain.order import UNITS_PER_ORDER_MAX
from tuidan.domain.service import MILESTONES_PER_ORDER_MAX, SWITCHED_TYPES

INSTANT = "instant_settlement"
NEEDS_ACCOUNT = frozenset({"top_up", "membership"})


def place(draft: Draft, command: c.PlaceOrder, context: Context) -> None:
    """Fix price, terms, snapshot and policy version; the units' shares sum to the price (largest remainder)."""
    if draft.order.version:
        raise Refused("order_exists")
    terms = command.terms
    if not 1 <= command.quantity <= UNITS_PER_ORDER_MAX:
        raise Refused("quantity_out_of_range", max=UNITS_PER_ORDER_MAX)
    total_fen = terms.price_fen * command.quantity - command.coupon_fen
    if not terms.price_fen >= 1 or not command.coupon_fen >= 0 or total_fen > AMOUNT_FEN_MAX:
        raise Refused("amount_out_of_range")
    if total_fen < command.quantity:
        # Each unit must cost a fen, or nothing of it can be refunded.
        raise Refused("coupon_not_usable", why="too_much")
    if terms.goods_kind in NEEDS_ACCOUNT and not command.account_proof:
        raise Refused("account_needed")
    _check_service(command, context)
    expires_at = draft.now + timedelta(seconds=terms.expires_seconds)
    draft.add(
        e.OrderPlaced(
            buyer=terms.buyer_id,
            seller=terms.seller_id,
            listing=terms.listing_id,
            seller_type=terms.seller_type,
            goods_kind=terms.goods_kind,
            delivery_mode=terms.delivery_mode,
            settlement=terms.settlement,
            currency=terms.currency,
            unit_paid_fen=split_by_weight(total_fen, [1] * command.quantity),
            face_fen=terms.face_fen,
            stock_kind=terms.stock_kind,
            policy_sha256=command.policy_sha256,
            snapshot_sha256=command.snapshot_sha256,
            promised_seconds=terms.promised_seconds,
            hold_seconds=terms.hold_seconds,
            expires_at=expires_at.isoformat(),
            supplier=terms.supplier,
            issuer=terms.issuer,
            duration_days=terms.duration_days,
            usual_promise=terms.usual_promise,
            account_proof=command.account_proof,
            own_account=command.own_account,
            no_reason_excluded_confirmed=command.no_reason_excluded_confirmed,
            service=terms.service.to_event() if terms.service else {},
            membership=terms.membership.to_event() if terms.membership else {},
            declared_adult=command.declared_adult,
            coupon_id=command.coupon_id,
            coupon_fen=command.coupon_fen,
        )
    )
    draft.wake(effects.EXPIRE, terms.expires_seconds)


def _check_service(command: c.PlaceOrder, context: Context) -> None:
    """Boosting and rented accounts are for adults who say so (未成年人网络保护条例46); an order's row stays small."""
    service = command.terms.service
    if service is None:
        return
    quantity_max = min(UNITS_PER_ORDER_MAX, MILESTONES_PER_ORDER_MAX // len(service.shares))
    if command.quantity > quantity_max:
        raise Refused("quantity_out_of_range", max=quantity_max)
    if service.type in SWITCHED_TYPES and context.outside.is_minor:
        raise Refused("minors_barred")
    if service.type in SWITCHED_TYPES and not command.declared_adult:
        raise Refused("adult_declaration_needed")


def expire(draft: Draft, command: c.ExpireOrder, context: Context) -> None:
    """Close an order that nobody paid in time; the channel is asked once more for money on the way."""
    order = draft.order
    if order.status != "awaiting_payment" or draft.now.timestamp() <= order.expires_at:
        return
    draft.add(e.OrderExpired())
    for payment in order.payments:
        draft.effect(effects.QUERY_PAYMENT, payment.attempt)


def confirm_receipt(draft: Draft, command: c.ConfirmReceipt, context: Context) -> None:
    """The buyer is content: release at once. It cures no defect, a later request is still heard (S-035)."""
    order = draft.order
    if order.status != "paid" or order.confirmed_at:
        raise Refused("already_confirmed" if order.confirmed_at or order.released_at else "order_not_paid")
    if not any(unit.status in DONE for unit in order.units):
        raise Refused("not_delivered_yet")
    if any(case.is_open() for case in order.cases):
        raise Refused("case_open")
    if order.channel_dispute_open():
        raise Refused("channel_dispute_open")
    draft.add(e.ReceiptConfirmed())
    release_if_free(draft, "confirmed")


def release(draft: Draft, command: c.ReleaseEscrow, context: Context) -> None:
    """The hold time is over. Finds nothing to do while a request is open or a unit is still to come."""
    release_if_free(draft, "hold_over")


def release_if_free(draft: Draft, why: str) -> None:
    """Give the seller what the escrow holds, unless a request or a dispute at the channel is open, or a unit waits."""
    order = draft.order
    if order.status != "paid" or not order.totals.escrow or order.channel_dispute_open():
        return
    if any(case.is_open() for case in order.cases):
        return
    if not all(unit.status in DONE or not unit.left_fen() for unit in order.units):
        return
    if why == "hold_over" and draft.now.timestamp() < release_due(draft):
        return
    draft.add(e.OrderReleased(order.totals.escrow, why))


def release_due(draft: Draft) -> int:
    """Seconds since 1970 at which the hold of the last delivered unit ends."""
    order = draft.order
    return max((unit.done_at for unit in order.units), default=0) + order.hold_seconds


def arm_release(draft: Draft) -> None:
    """Wake the order when its hold ends; for instant settlement pay the seller now."""
    order = draft.order
    if order.status != "paid":
        return
    if order.settlement == INSTANT:
        release_if_free(draft, "instant_settlement")
        return
    if all(unit.status in DONE or not unit.left_fen() for unit in order.units):
        draft.wake(effects.RELEASE, max(0, release_due(draft) - int(draft.now.timestamp())))
