"""Look at a listing's stock: how many codes stand where. No code is opened."""

from uuid import UUID

from tuidan.store.stock import claim, count
from tuidan.store.stock.count import StockCount

__all__ = ["StockCount", "is_in_stock", "stock_of"]


def stock_of(listing_id: UUID) -> StockCount:
    """All counts of one listing, for the seller's desk and the command line."""
    return count.count_stock(listing_id)


def is_in_stock(listing_id: UUID, stock_kind: str, quantity: int) -> bool:
    """Whether `quantity` units could be delivered now: a hint for the shop page, never a promise."""
    return claim.is_in_stock(listing_id, stock_kind, quantity)
