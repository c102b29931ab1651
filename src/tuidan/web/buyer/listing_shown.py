"""A listing made ready to show before payment: what it is, whether it can be refunded, why no-return applies or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.commands.service_terms import service_of
from tuidan.domain.calendar import china_day
from tuidan.domain.membership import last_day
from tuidan.domain.policy import CompiledPolicy
from tuidan.domain.service import SWITCHED_TYPES
from tuidan.reads.shop import ListingRecord, ListingView
from tuidan.web.shared.moments import duration_text
from tuidan.web.shared.service_shown import day_text, share_text
from tuidan.web.shared.terms_shown import TermsShown, show_terms
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.words import say


@dataclass(frozen=True, slots=True)
class ListingShown:
    """What shop, listing page and checkout say about one listing. Amounts fen."""

    id: UUID
    title: str
    spec: str
    description: str
    goods_kind: str
    seller_type: str
    shop_name: str
    price_fen: int
    face_fen: int
    duration_days: int
    settlement: str
    settlement_text: str
    delivery_text: str
    stock_text: str
    can_buy: bool
    hold_text: str
    terms_line: str
    has_window: bool
    window_text: str
    sealed_days: int
    faulty_text: str
    no_reason_text: str
    no_reason_why: str
    no_reason_excluded: bool
    seller_words: TermsShown | None
    description_words: TermsShown | None
    shop_words: TermsShown | None
    asks_account: bool
    account_label: str
    account_pattern: str
    service: ServiceShown | None
    adults_only: bool
    renewable: bool
    plan_text: str
    if_today: str
    shop_id: UUID


@dataclass(frozen=True, slots=True)
class ServiceShown:
    """The terms of a service before payment: steps with their shares in words, when it is due, deposits in fen."""

    type_word: str
    steps: tuple[tuple[str, str], ...]
    due_text: str
    hours_text: str
    efficiency_fen: int
    safety_fen: int


def terms_line(listing: ListingRecord, policy: CompiledPolicy, language: str) -> str:
    """The refund terms of the listing's kind in one sentence, with the numbers of the policy in force."""
    window = duration_text(policy.numbers.instant_window_seconds, language)
    key = f"terms.{listing.goods_kind}"
    if listing.goods_kind != "card_code":
        return say(key, language)
    if listing.delivery_mode != "auto":
        key += ".manual"
    return say(key, language, window=window, days=policy.numbers.sealed_days)


def show_listing(view: ListingView, policy: CompiledPolicy, language: str, now: datetime) -> ListingShown:
    """The listing for its own page and for the checkout."""
    listing = view.listing
    kind = listing.goods_kind
    why = say(f"no_reason.why.{kind}", language)
    excluded = listing.no_reason_excluded
    no_reason = "listing.no_reason.excluded" if excluded else "listing.no_reason.applies"
    return ListingShown(
        shop_id=listing.shop_id,
        id=listing.id,
        title=title_of(listing),
        spec=listing.spec,
        description=listing.description,
        goods_kind=kind,
        seller_type=listing.seller_type,
        shop_name=listing.shop_name,
        price_fen=listing.price_fen,
        face_fen=listing.face_fen,
        duration_days=listing.duration_days,
        settlement=listing.settlement,
        settlement_text=say(f"listing.settlement.{listing.settlement}", language),
        delivery_text=_delivery(listing, language),
        stock_text=say("shop.stock_enough" if view.in_stock else "shop.sold_out", language),
        can_buy=view.in_stock,
        hold_text=_hold(view, language),
        terms_line=terms_line(listing, policy, language),
        has_window=kind == "card_code" and listing.delivery_mode == "auto",
        window_text=duration_text(view.instant_window_seconds, language),
        sealed_days=view.sealed_days,
        faulty_text=say(f"listing.faulty.{kind}", language),
        no_reason_text=say(no_reason, language, why=why) if excluded else say(no_reason, language),
        no_reason_why=why,
        no_reason_excluded=excluded,
        # A void term is struck out and never read by the engine (R18, 消法26).
        seller_words=show_terms(listing.terms, language, only_void=True),
        shop_words=show_terms(listing.shop_terms, language, only_void=True),
        description_words=show_terms(listing.description, language, only_void=True),
        asks_account=bool(listing.account_label),
        account_label=listing.account_label or say("checkout.account", language),
        account_pattern=listing.account_pattern,
        service=_service(listing, language),
        adults_only=bool(listing.service and listing.service.get("type") in SWITCHED_TYPES),
        renewable=listing.renewable,
        plan_text=say("plan.months_value", language, n=listing.plan_months) if listing.plan_months else "",
        if_today=_if_today(listing, now, language),
    )


def _service(listing: ListingRecord, language: str) -> ServiceShown | None:
    if listing.goods_kind != "service" or not listing.service:
        return None
    offer = service_of(listing.service)
    terms = offer.terms
    steps = tuple(
        (
            str((language == "en" and each.get("name_en")) or each["name"]),
            say("service.share", language, share=share_text(int(str(each["share"])))),
        )
        for each in offer.milestones
    )
    return ServiceShown(
        type_word=say(f"service.type.{terms.type}", language),
        steps=steps,
        due_text=say("service.due_days", language, n=terms.working_days) if terms.working_days else "",
        hours_text=say("service.hours_value", language, n=terms.minutes_total // 60)
        if terms.minutes_total
        else "",
        efficiency_fen=terms.efficiency_deposit_fen,
        safety_fen=terms.safety_deposit_fen,
    )


def _if_today(listing: ListingRecord, now: datetime, language: str) -> str:
    """The last day of a membership opened today (S-104)."""
    ends = last_day(china_day(now), listing.duration_days) if listing.goods_kind == "membership" else None
    return say("plan.if_today", language, day=day_text(ends, language)) if ends else ""


def _delivery(listing: ListingRecord, language: str) -> str:
    if listing.delivery_mode == "auto":
        return say("listing.delivery.auto", language)
    if listing.promised_seconds:
        time = duration_text(listing.promised_seconds, language)
        return say("listing.delivery.manual", language, time=time)
    return say("listing.delivery.manual_open", language)


def _hold(view: ListingView, language: str) -> str:
    if view.listing.settlement != "escrow":
        return ""
    return say("listing.hold", language, time=duration_text(view.hold_seconds, language))
