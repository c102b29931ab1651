"""Coupons of a shop: what the caller could use there, and giving one to a buyer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, json_response, now
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import Asked, Fen
from tuidan.api.shapes_money import SomeFen
from tuidan.commands.coupon import DAYS_MAX, give_coupon
from tuidan.reads.coupon import coupons_for

router = Router(tags=["money"])


class CouponAsked(Asked):
    """So much off one order of at least `min_fen`, for so many days."""

    buyer_id: UUID
    amount_fen: SomeFen
    min_fen: Fen = 0
    days: Annotated[int, Field(strict=True, ge=1, le=DAYS_MAX)]


class CouponTold(Schema):
    coupon_id: UUID
    shop_id: UUID
    amount_fen: int
    min_fen: int
    expires_at: datetime


class CouponsTold(Schema):
    shop_id: UUID
    coupons: list[CouponTold]


class CouponGivenTold(Schema):
    coupon_id: UUID


@router.get("/{uuid:shop_id}/coupons", response=CouponsTold, summary="Your coupons in a shop")
def list_coupons(request: HttpRequest, shop_id: UUID) -> dict[str, object]:
    """What the caller could use there now."""
    found = coupons_for(caller_of(request).viewer.person_id, shop_id, now())
    return {"shop_id": shop_id, "coupons": found}


@router.post("/{uuid:shop_id}/coupons", response={201: CouponGivenTold}, summary="Give a buyer a coupon")
def create_coupon(request: HttpRequest, shop_id: UUID, asked: CouponAsked) -> HttpResponse:
    """For the shop's own people: the price falls by it, and with it what a refund can be."""
    idempotency_key(request)
    if str(shop_id) not in caller_of(request).viewer.shops:
        raise Problem("not_allowed")
    coupon = give_coupon(shop_id, asked.buyer_id, asked.amount_fen, asked.days, now(), asked.min_fen)
    return json_response({"coupon_id": str(coupon)}, 201)
