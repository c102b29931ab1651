"""Everything of one order, spread by order_id. Read here; written only by the functions in migrations/sql."""

from tuidan.store.orders.models.attempt import Attempt
from tuidan.store.orders.models.channel_notice import ChannelNotice
from tuidan.store.orders.models.claims import PlacingKey, TradeNumber
from tuidan.store.orders.models.event import EventRow, Note
from tuidan.store.orders.models.notice import Notice
from tuidan.store.orders.models.order import OrderRow, Snapshot
from tuidan.store.orders.models.outbox import Outbox, Timer
from tuidan.store.orders.models.posting import PostingRow

__all__ = [
    "Attempt",
    "ChannelNotice",
    "EventRow",
    "Note",
    "Notice",
    "OrderRow",
    "Outbox",
    "PlacingKey",
    "PostingRow",
    "Snapshot",
    "Timer",
    "TradeNumber",
]
