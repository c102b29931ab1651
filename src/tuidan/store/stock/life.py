"""All that the stock knows of one code, in rows: where it came from, who claimed it, its end. Opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

UNIQUE = """
SELECT seller_id, key_id, encode(sha256(ciphertext), 'hex'), tail, state, created_at, changed_at, void_reason,
       import_line
  FROM stock_code WHERE listing_id = %s AND code_id = %s
"""
SHARED = """
SELECT seller_id, key_id, encode(sha256(ciphertext), 'hex'), tail, 'shared', created_at, NULL, NULL, NULL
  FROM stock_shared_secret WHERE listing_id = %s AND code_id = %s
"""
IMPORT = """
SELECT lines, imported FROM stock_import WHERE listing_id = %s AND at = %s
"""
CLAIMS = """
SELECT order_id, unit, claimed_at, revealed_at, ended_as, ended_at, event_n, issuer_status
  FROM stock_claim WHERE listing_id = %s AND code_id = %s ORDER BY claimed_at, order_id, unit LIMIT %s
"""
LISTING = """
SELECT listing_id FROM stock_code WHERE code_id = %s
UNION ALL SELECT listing_id FROM stock_shared_secret WHERE code_id = %s LIMIT 1
"""
CLAIMS_MAX = 200


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code as it lies in stock. `line` is its line in the imported file, None for codes from before it was kept."""

    seller_id: UUID
    key_id: str
    seal_sha256: str
    tail: str
    state: str
    created_at: datetime
    changed_at: datetime | None
    void_reason: str | None
    line: int | None
    import_lines: int | None
    imported: int | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim on the code, for ever: for which unit, when, whether it was shown, how it ended."""

    order_id: UUID
    unit: int
    claimed_at: datetime | None
    revealed_at: datetime | None
    ended_as: str | None
    ended_at: datetime | None
    event_n: int | None
    issuer_status: str | None


def find_code(listing_id: UUID, code_id: UUID) -> CodeRow | None:
    """The code; None when the listing's stock has no such code."""
    with connection.cursor() as cursor:
        cursor.execute(UNIQUE, [listing_id, code_id])
        row = cursor.fetchone()
        if row is None:
            cursor.execute(SHARED, [listing_id, code_id])
            row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(IMPORT, [listing_id, row[5]])
        batch = cursor.fetchone() or (None, None)
    return CodeRow(*row, *batch)


def listing_of(code_id: UUID) -> UUID | None:
    """The listing of a code, looked for in all of the stock: for an operator's command line alone."""
    with connection.cursor() as cursor:
        cursor.execute(LISTING, [code_id, code_id])
        row = cursor.fetchone()
    return row[0] if row else None


def claims_of(listing_id: UUID, code_id: UUID) -> list[ClaimRow]:
    """The claims on the code, oldest first; of a shared secret the first CLAIMS_MAX."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIMS, [listing_id, code_id, CLAIMS_MAX])
        return [ClaimRow(*row) for row in cursor.fetchall()]
