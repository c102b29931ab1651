"""Rows of the books: the version row, the chained events, the postings, the items."""

from tuidan.store.books.models.book import BookRow
from tuidan.store.books.models.coupon import CouponRow
from tuidan.store.books.models.event import BookEventRow
from tuidan.store.books.models.item import BookItem
from tuidan.store.books.models.posting import BookPosting

__all__ = ["BookEventRow", "BookItem", "BookPosting", "BookRow", "CouponRow"]
