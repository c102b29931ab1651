"""Give codes to the units of an order: once each, whoever asks how often. Counting what is free.

One call of one database function (`stock_claim_v1`) is one statement and needs no BEGIN. Two calls for the same unit
at the same time collide on the claim's primary key: the loser's whole statement is rolled back, its code stays free,
and it reads the winner's claim. (INSERT … ON CONFLICT DO NOTHING would have removed a code for each of them.)
Source: complaints B1–B5.
"""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection, transaction

from tuidan.domain.stock import StockKind, StockNo, StockRefused

ATTEMPTS_MAX = 10
PAUSE_SECONDS = 0.004

CLAIM_UNIQUE = "SELECT unit, code_id, tail, false FROM stock_claim_v1(%s, %s, %s::int[], %s)"
CLAIM_SHARED = "SELECT unit, code_id, tail, true FROM stock_claim_shared_v1(%s, %s, %s::int[], %s)"
# True when codes are free though fewer were handed out: another claim holds their locks and may yet let go.
MAY_COME_FREE = """
SELECT EXISTS (SELECT 1 FROM stock_free WHERE listing_id = %s)
   AND (SELECT count(*) FROM stock_claim WHERE listing_id = %s AND order_id = %s AND unit = ANY(%s::int[])) < %s
"""


@dataclass(frozen=True, slots=True)
class ClaimedCode:
    """A code that belongs to a unit. `tail` may be shown masked; `shared` marks a secret sold many times on purpose."""

    code_id: UUID
    tail: str
    shared: bool


def claim_codes(
    listing_id: UUID, order_id: UUID, units: Sequence[int], stock_kind: str, now: datetime
) -> dict[int, ClaimedCode]:
    """The codes of these units, claimed now or before. A unit that is missing got none: sold out, or its claim ended.

    Asking again gives the same codes. Inside somebody's transaction the claim is part of it; otherwise it is
    committed on return. Raises StockRefused (`claim_contested`) when other claims for the same units kept colliding.
    """
    wanted = sorted(set(units))
    statement = CLAIM_SHARED if StockKind(stock_kind) is StockKind.SHARED else CLAIM_UNIQUE
    claimed: dict[int, ClaimedCode] | None = None
    for attempt in range(ATTEMPTS_MAX):
        if attempt:
            time.sleep(PAUSE_SECONDS * attempt)
        claimed = _claim_once(statement, listing_id, order_id, wanted, now)
        if claimed is None:
            continue
        short = len(claimed) < len(wanted) and statement is CLAIM_UNIQUE
        if not short or not _may_come_free(listing_id, order_id, wanted):
            break
    if claimed is None:
        raise StockRefused(StockNo.CLAIM_CONTESTED, attempts=ATTEMPTS_MAX)
    return claimed


def count_free(listing_id: UUID) -> int:
    """How many unique codes of the listing nobody has claimed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM stock_free WHERE listing_id = %s", [listing_id])
        return int(cursor.fetchone()[0])


def is_in_stock(listing_id: UUID, stock_kind: str, quantity: int) -> bool:
    """Whether `quantity` units could be delivered now. A hint for pages: only a claim decides."""
    values: list[UUID | int] = [listing_id]
    statement = "SELECT EXISTS (SELECT 1 FROM stock_shared_secret WHERE listing_id = %s)"
    if StockKind(stock_kind) is StockKind.UNIQUE:
        statement = (
            "SELECT count(*) >= %s FROM (SELECT FROM stock_free WHERE listing_id = %s LIMIT %s) AS enough"
        )
        values = [quantity, listing_id, quantity]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.fetchone()[0])


def _claim_once(
    statement: str, listing_id: UUID, order_id: UUID, wanted: list[int], now: datetime
) -> dict[int, ClaimedCode] | None:
    """One try; None when another claim for the same unit came first and this one was rolled back."""
    try:
        with savepoint(), connection.cursor() as cursor:
            cursor.execute(statement, [listing_id, order_id, wanted, now])
            return {
                unit: ClaimedCode(code_id, tail, shared) for unit, code_id, tail, shared in cursor.fetchall()
            }
    except IntegrityError as error:
        if not is_unique_violation(error):
            raise
        return None


def _may_come_free(listing_id: UUID, order_id: UUID, wanted: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(MAY_COME_FREE, [listing_id, listing_id, order_id, wanted, len(wanted)])
        return bool(cursor.fetchone()[0])


def savepoint() -> AbstractContextManager[object]:
    """Inside a transaction a failed statement must not end it all; outside, one statement needs nothing around it."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def is_unique_violation(error: IntegrityError | psycopg.IntegrityError) -> bool:
    """By SQLSTATE: the constraint's name is not always known (S13). Django wraps psycopg's error, COPY does not."""
    return getattr(error.__cause__ or error, "sqlstate", None) == "23505"
