"""The shop window: listings on sale, one listing with its stock and the rules that will bind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.store import catalog, policies
from tuidan.store.catalog import ListingRecord
from tuidan.store.stock.claim import is_in_stock

__all__ = ["ListingRecord", "ListingView", "browse", "show_listing"]


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
    return catalog.search_listings(words, goods_kind)


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
