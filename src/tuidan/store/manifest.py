"""How the rows of every table are spread (S1): by a column over the shards, the same on every node, or local.

One PostgreSQL does not care; a cluster does. The catalog lint and the query guard of the tests hold schema and
statements against this table, so that growing later is a matter of moving rows and not of changing rules.
A table that is missing here fails the tests.
"""

from dataclasses import dataclass
from typing import Literal

Spread = Literal["distributed", "reference", "local"]


@dataclass(frozen=True, slots=True)
class Table:
    """How one table is spread; `column` names what a distributed one is spread by."""

    spread: Spread
    column: str | None = None


BY_ORDER = Table("distributed", "order_id")
BY_LISTING = Table("distributed", "listing_id")
BY_OWNER = Table("distributed", "owner_id")
BY_CONTENT = Table("distributed", "sha256")
REFERENCE = Table("reference")
LOCAL = Table("local")

TABLES: dict[str, Table] = {
    # people, shops, goods and rules: few rows, read everywhere
    "shared_api_key": REFERENCE,
    "shared_erasure_request": REFERENCE,
    "shared_listing": REFERENCE,
    "shared_person": REFERENCE,
    "shared_policy_comment": REFERENCE,
    "shared_policy_draft": REFERENCE,
    "shared_policy_version": REFERENCE,
    "shared_service_switch": REFERENCE,
    "shared_shop": REFERENCE,
    "shared_shop_member": REFERENCE,
    # everything of one order, with the row that carries its version first
    "orders_order": BY_ORDER,
    "orders_attempt": BY_ORDER,
    "orders_event": BY_ORDER,
    "orders_note": BY_ORDER,
    "orders_notice": BY_ORDER,
    "orders_outbox": BY_ORDER,
    "orders_posting": BY_ORDER,
    "orders_snapshot": BY_ORDER,
    "orders_timer": BY_ORDER,
    # what is unique over all orders is claimed before the order is touched, in a table keyed by that value (S3)
    "orders_placing_key": Table("distributed", "owner_id"),
    "orders_trade_number": Table("distributed", "trade_no"),
    # which order a channel's dispute belongs to is only known after asking, so its notices are keyed by its number
    "orders_channel_notice": Table("distributed", "number"),
    # lists that can be dropped and rebuilt
    "boards_case": LOCAL,
    "boards_order": LOCAL,
    "boards_question": LOCAL,
    # stock belongs to a listing; a code exists once in the whole world, so its fingerprint is a key of its own (S3)
    "stock_claim": BY_LISTING,
    "stock_code": BY_LISTING,
    "stock_fingerprint": Table("distributed", "fingerprint"),
    "stock_free": BY_LISTING,
    "stock_import": BY_LISTING,
    "stock_shared_secret": BY_LISTING,
    # books beside the orders: a seller's money after the escrow, the platform's advance fund
    "books_book": BY_OWNER,
    "books_event": BY_OWNER,
    "books_item": BY_OWNER,
    "books_posting": BY_OWNER,
    "coupons_coupon": BY_OWNER,
    # uploaded files hang on their order; a content is kept once in the whole world, so it is keyed by its SHA-256 (S3)
    "files_blob": BY_CONTENT,
    "files_file": BY_ORDER,
    "files_loose": Table("distributed", "name"),
    "files_part": BY_ORDER,
    "files_use": BY_CONTENT,
    # what was read on them; a band finds the same picture in other orders, so it is a key of its own (S3)
    "readings_band": Table("distributed", "band"),
    "readings_reading": BY_ORDER,
    # the log that strangers verify: one tree, one sequencer, so one place; an order's rows never wait for it (S12)
    "log_checkpoint": LOCAL,
    "log_key": LOCAL,
    "log_leaf": LOCAL,
    "log_tile": LOCAL,
    "log_token": LOCAL,
    "log_tree": LOCAL,
    "log_trouble": LOCAL,
    "log_witness": LOCAL,
    # what the product watches about itself; may be dropped
    "watch_attempt": LOCAL,
    "watch_audit": LOCAL,
    "watch_finding": LOCAL,
    # Django's own
    "auth_group": LOCAL,
    "auth_group_permissions": LOCAL,
    "auth_permission": LOCAL,
    "django_content_type": LOCAL,
    "django_migrations": LOCAL,
    "django_session": LOCAL,
}

# Whoever an order names is a plain uuid column, never a foreign key (S5): they live elsewhere.
NEVER_REFERENCED_BY_ORDERS = frozenset(
    {"shared_person", "shared_shop", "shared_shop_member", "shared_api_key"}
)


def distribution_column(table: str) -> str | None:
    """The column that `table` is spread by, or None for a table that every node has or that one node keeps."""
    entry = TABLES.get(table)
    return entry.column if entry else None
