"""Shops and listings: open a shop, put goods on sale, take them off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tuidan.commands.service_switch import is_off
from tuidan.commands.service_terms import BadService, read_service
from tuidan.domain.code_format import BadFormat, read_format
from tuidan.domain.dispute import REASONS
from tuidan.domain.membership import MONTHS_MAX
from tuidan.domain.money import AMOUNT_FEN_MAX
from tuidan.domain.renewal import NOTICE_DAYS
from tuidan.domain.terms import Hit, lint
from tuidan.store import catalog

SELLER_TYPES = ("self_operated", "third_party")
CHOICES: dict[str, tuple[str, ...]] = {
    "goods_kind": tuple(REASONS),
    "delivery_mode": ("auto", "manual"),
    "settlement": ("escrow", "instant_settlement"),
    "stock_kind": ("none", "unique", "shared"),
}
TEXTS: dict[str, int] = {
    "title": 120,
    "title_en": 120,
    "spec": 120,
    "description": 5_000,
    "supplier": 30,
    "supplier_goods_no": 64,
    "issuer": 30,
    "account_label": 40,
    "account_pattern": 120,
    "terms": 5_000,
}
NUMBERS: dict[str, int] = {
    "price_fen": AMOUNT_FEN_MAX,
    "face_fen": AMOUNT_FEN_MAX,
    "promised_seconds": 90 * 86_400,
    "duration_days": 3_660,
    "plan_months": MONTHS_MAX,
}
FLAGS = ("no_reason_excluded", "renewable")
RENEWABLE_DAYS_MIN = NOTICE_DAYS + 1
LINTED = ("title", "title_en", "spec", "description", "terms")
REQUIRED = ("title", "goods_kind", "price_fen")


class BadListing(ValueError):
    """A field of a listing is missing, unknown or out of its bounds; the message names it and what it may be."""


def open_shop(name: str, seller_type: str, member_ids: list[UUID], now: datetime) -> UUID:
    """Open a shop; its members may act for it. Raises ValueError for a seller type that does not exist."""
    if seller_type not in SELLER_TYPES:
        raise ValueError(f"seller type must be one of {', '.join(SELLER_TYPES)}")
    return catalog.create_shop(name, seller_type, member_ids, now)


def offer_listing(shop_id: UUID, fields: Mapping[str, object], now: datetime) -> UUID:
    """Put goods on sale. Prices in fen, times in seconds. Raises BadListing."""
    for name in REQUIRED:
        if fields.get(name) in (None, ""):
            raise BadListing(f"{name} is needed")
    for name, value in fields.items():
        _check(name, value)
    _check_together(fields)
    return catalog.create_listing(shop_id, now, **fields)


def _check(name: str, value: object) -> None:
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise BadListing(f"{name} must be one of {', '.join(CHOICES[name])}")
    elif name in TEXTS:
        if not isinstance(value, str) or len(value) > TEXTS[name] or "\0" in value:
            raise BadListing(f"{name} must be text of at most {TEXTS[name]} characters")
    elif name in NUMBERS:
        if type(value) is not int or not 1 <= value <= NUMBERS[name]:
            raise BadListing(f"{name} must be a whole number from 1 to {NUMBERS[name]}")
    elif name in FLAGS:
        if not isinstance(value, bool):
            raise BadListing(f"{name} must be true or false")
    elif name == "service":
        _check_service(value)
    elif name == "code_format":
        _check_code_format(value)
    else:
        raise BadListing(f"{name} is not a field of a listing")


def _check_code_format(value: object) -> None:
    try:
        read_format(value)
    except BadFormat as error:
        raise BadListing(str(error)) from None


def _check_together(fields: Mapping[str, object]) -> None:
    """What no field shows alone: how the goods can reach the buyer at all."""
    kind, mode = fields["goods_kind"], fields.get("delivery_mode", "auto")
    if kind == "card_code" and (mode != "auto" or fields.get("stock_kind", "none") == "none"):
        raise BadListing("card codes need delivery_mode auto and stock_kind unique or shared")
    if kind != "card_code" and fields.get("code_format") is not None:
        raise BadListing("only card codes have a code_format")
    if kind != "card_code" and fields.get("stock_kind", "none") != "none":
        raise BadListing("only card codes have stock; leave stock_kind out")
    if kind == "top_up" and mode == "auto" and not fields.get("supplier"):
        raise BadListing("an automatic top-up needs a supplier and its supplier_goods_no")
    if kind in ("membership", "service") and mode != "manual":
        raise BadListing("memberships and services need delivery_mode manual")
    _check_terms(kind, fields)
    try:
        re.compile(str(fields.get("account_pattern", "")))
    except re.error as error:
        raise BadListing(f"account_pattern is no regular expression: {error}") from None


def _check_terms(kind: object, fields: Mapping[str, object]) -> None:
    """Which kind the terms of services and memberships belong to, and what they need of each other."""
    service = fields.get("service")
    if kind == "service" and not isinstance(service, Mapping):
        raise BadListing('a service needs its terms: "service": {"type": …, "milestones": […]}')
    if kind != "service" and service is not None:
        raise BadListing("only a service has service terms")
    if isinstance(service, Mapping) and "working_days" in service and fields.get("promised_seconds"):
        raise BadListing("a service is due by promised_seconds or by service.working_days, not by both")
    if kind != "membership" and (fields.get("plan_months") or fields.get("renewable")):
        raise BadListing("only a membership has plan_months and renewable")
    days = fields.get("duration_days")
    if fields.get("renewable") and (not isinstance(days, int) or days < RENEWABLE_DAYS_MIN):
        raise BadListing(f"a renewable membership needs duration_days of at least {RENEWABLE_DAYS_MIN}")


def _check_service(told: object) -> None:
    try:
        kind = read_service(told).terms.type
    except BadService as error:
        raise BadListing(str(error)) from None
    if is_off(kind):
        raise BadListing(
            f"{kind} is switched off on this site; an operator may switch it on: tuidan services on {kind}"
        )


def write_shop_terms(shop_id: UUID, terms: str) -> bool:
    """Save a shop's own terms, shown with all its listings; False for no such shop. Raises BadListing.

    Void clauses are saved, too: they are marked wherever they are shown and decide nothing (R18, 消法26).
    """
    _check("terms", terms)
    return catalog.set_shop_terms(shop_id, terms)


def lint_listing(fields: Mapping[str, object]) -> list[Hit]:
    """What is void or risky in a listing's title, description and terms, in this order."""
    return [hit for name in LINTED for hit in lint(str(fields.get(name) or ""))]


def take_off_sale(listing_id: UUID) -> bool:
    """Sell no more of a listing; orders that exist keep their terms. False when there is no such listing."""
    return catalog.set_on_sale(listing_id, on_sale=False)
