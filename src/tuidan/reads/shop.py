"""The shop window: listings on sale, one listing with its stock and the rules that will bind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.domain.service import SWITCHED_TYPES
from tuidan.store import catalog, policies
from tuidan.store.catalog import ListingRecord
from tuidan.store.service_switch import switched_on
from tuidan.store.stock.claim import is_in_stock

VARIANTS_MAX = 5
__all__ = ["ListingRecord", "ListingView", "browse", "show_listing", "variants"]


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing, whether it can be delivered now, and the windows of the policy in force (seconds)."""

    listing: ListingRecord
    in_stock: bool
    policy_sha256: str
    policy_version: str
    instant_window_seconds: int
    hold_seconds: int
    sealed_days: int


def browse(words: str = "", goods_kind: str = "") -> list[ListingRecord]:
    """A page of what is on sale, newest first; `words` are looked for in titles and spec."""
    off = SWITCHED_TYPES - switched_on()
    found = catalog.search_listings(words, goods_kind)
    return [each for each in found if not each.service or each.service.get("type") not in off]


def variants(listing_id: UUID) -> list[ListingRecord]:
    """Other memberships of the same shop, the shortest first, to be told apart side by side (S-104)."""
    listing = catalog.find_listing(listing_id)
    if listing is None or listing.goods_kind != "membership":
        return []
    found = catalog.search_listings("", "membership", listing.shop_id)
    others = [each for each in found if each.id != listing_id]
    return sorted(others, key=lambda each: (each.duration_days, each.price_fen))[:VARIANTS_MAX]


def show_listing(listing_id: UUID, now: datetime) -> ListingView | None:
    """A listing on sale with what the page says about refunds before payment (S-003); None when there is none."""
    listing = catalog.find_listing(listing_id)
    if listing is None or not listing.on_sale:
        return None
    policy = policies.policy_in_force(now)
    in_stock = listing.stock_kind == "none" or is_in_stock(listing.id, listing.stock_kind, 1)
    return ListingView(
        listing,
        in_stock,
        policy.sha256,
        policy.name.version,
        policy.numbers.instant_window_seconds,
        policy.numbers.hold_seconds[listing.goods_kind],
        policy.numbers.sealed_days,
    )
