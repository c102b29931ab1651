"""Shops, listings and people as plain records, for commands and reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tuidan.store.shared.models import Listing, Shop, ShopMember

PAGE_ROWS_MAX = 100


@dataclass(frozen=True, slots=True)
class ListingRecord:
    """A listing with its shop; prices fen, times seconds."""

    id: UUID
    shop_id: UUID
    shop_name: str
    seller_type: str
    title: str
    title_en: str
    spec: str
    description: str
    goods_kind: str
    delivery_mode: str
    settlement: str
    currency: str
    price_fen: int
    face_fen: int
    stock_kind: str
    supplier: str
    supplier_goods_no: str
    issuer: str
    account_label: str
    account_pattern: str
    promised_seconds: int
    duration_days: int
    terms: str
    no_reason_excluded: bool
    on_sale: bool
    plan_months: int = 0
    renewable: bool = False
    service: dict[str, object] | None = None
    shop_terms: str = ""
    code_format: dict[str, object] | None = None


def _record(listing: Listing, shop: Shop) -> ListingRecord:
    return ListingRecord(
        id=listing.id,
        shop_id=shop.id,
        shop_name=shop.name,
        seller_type=shop.seller_type,
        title=listing.title,
        title_en=listing.title_en,
        spec=listing.spec,
        description=listing.description,
        goods_kind=listing.goods_kind,
        delivery_mode=listing.delivery_mode,
        settlement=listing.settlement,
        currency=listing.currency,
        price_fen=listing.price_fen,
        face_fen=listing.face_fen or 0,
        stock_kind=listing.stock_kind,
        supplier=listing.supplier,
        supplier_goods_no=listing.supplier_goods_no,
        issuer=listing.issuer,
        account_label=listing.account_label,
        account_pattern=listing.account_pattern,
        promised_seconds=listing.promised_seconds or 0,
        duration_days=listing.duration_days or 0,
        terms=listing.terms,
        no_reason_excluded=listing.no_reason_excluded,
        on_sale=listing.on_sale,
        plan_months=listing.plan_months or 0,
        renewable=listing.renewable,
        service=listing.service,
        shop_terms=shop.terms,
        code_format=listing.code_format,
    )


def find_listing(listing_id: UUID) -> ListingRecord | None:
    """The listing with its shop, on sale or not; None when there is none."""
    listing = Listing.objects.filter(id=listing_id).first()
    if listing is None:
        return None
    return _record(listing, Shop.objects.get(id=listing.shop_id))


def search_listings(
    words: str = "", goods_kind: str = "", shop_id: UUID | None = None
) -> list[ListingRecord]:
    """Listings on sale, newest first, at most PAGE_ROWS_MAX; `words` are looked for in titles and spec."""
    found = Listing.objects.filter(on_sale=True)
    if goods_kind:
        found = found.filter(goods_kind=goods_kind)
    if shop_id:
        found = found.filter(shop_id=shop_id)
    for word in words.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(title_en__icontains=word) | Q(spec__icontains=word))
    listings = list(found.order_by("-created_at", "title")[:PAGE_ROWS_MAX])
    shops = Shop.objects.in_bulk({listing.shop_id for listing in listings})
    return [_record(listing, shops[listing.shop_id]) for listing in listings if listing.shop_id in shops]


def shops_of(person_id: UUID) -> list[UUID]:
    """The shops a person may act for."""
    return list(ShopMember.objects.filter(person_id=person_id).values_list("shop_id", flat=True))


def has_member(shop_id: UUID) -> bool:
    """Whether anybody acts for the shop, so that a question to it can be answered."""
    return ShopMember.objects.filter(shop_id=shop_id).exists()


def shop_names(shop_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these shops; an unknown one is left out."""
    return dict(Shop.objects.filter(id__in=list(shop_ids)).values_list("id", "name"))


def shop_exists(shop_id: UUID) -> bool:
    """Whether there is a shop with this id."""
    return Shop.objects.filter(id=shop_id).exists()


def create_shop(name: str, seller_type: str, member_ids: list[UUID], now: datetime) -> UUID:
    """Open a shop; `seller_type` is self_operated or third_party, its members may act for it."""
    shop = Shop.objects.create(name=name, seller_type=seller_type, created_at=now)
    for person_id in member_ids:
        ShopMember.objects.create(shop_id=shop.id, person_id=person_id)
    return shop.id


def create_listing(shop_id: UUID, now: datetime, **fields: object) -> UUID:
    """Put a listing on sale; fields as in the model."""
    return Listing.objects.create(shop_id=shop_id, created_at=now, **fields).id


def set_shop_terms(shop_id: UUID, terms: str) -> bool:
    """Whether there is such a shop; its terms for all its listings are these from now on."""
    return Shop.objects.filter(id=shop_id).update(terms=terms) == 1


def set_on_sale(listing_id: UUID, *, on_sale: bool) -> bool:
    """Whether there is such a listing; it is on sale or off sale afterwards."""
    return Listing.objects.filter(id=listing_id).update(on_sale=on_sale) == 1
