"""Bring a seller's codes into stock: sealed, without duplicates, in chunks that are written whole or not at all.

A chunk is one transaction: fingerprints, codes and free codes by COPY. Whoever imports the same file again, after a
crash or twice at once, adds only what is missing. Two imports that meet on one code collide on the fingerprint's
primary key; the loser's chunk is undone, read again and finds the duplicate. Source: complaints B6, B8.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection, transaction

from tuidan.domain.card_code import CodeLine, PlainCode, tail
from tuidan.domain.stock import CodeState, StockKind, StockNo, StockRefused
from tuidan.store.stock.claim import is_unique_violation
from tuidan.store.stock.code_id import code_ids
from tuidan.store.stock.vault import Vault

CHUNK_LINES = 5_000
CHUNK_ATTEMPTS_MAX = 5
NOTES_MAX = 1_000

KNOWN = "SELECT fingerprint, listing_id FROM stock_fingerprint WHERE fingerprint = ANY(%b::bytea[])"
NEXT_SHARED_N = "SELECT coalesce(max(n), 0) FROM stock_shared_secret WHERE listing_id = %s"
COPY_FINGERPRINTS = "COPY stock_fingerprint (fingerprint, seller_id, listing_id, code_id) FROM STDIN"
COPY_CODES = """
COPY stock_code (listing_id, code_id, seller_id, key_id, ciphertext, tail, state, created_at, import_line) FROM STDIN
"""
COPY_FREE = "COPY stock_free (listing_id, code_id) FROM STDIN"
KEEP_FILE = """
INSERT INTO stock_import (listing_id, at, lines, imported) VALUES (%s, %s, %s, %s)
ON CONFLICT (listing_id, at) DO UPDATE
   SET lines = stock_import.lines + excluded.lines, imported = stock_import.imported + excluded.imported
"""
COPY_SHARED = """
COPY stock_shared_secret (listing_id, n, code_id, seller_id, key_id, ciphertext, tail, created_at) FROM STDIN
"""


@dataclass(frozen=True, slots=True)
class LineNote:
    """Why a line brought nothing: a fault, `twice_in_file` (`first_line` says where), `imported_before`, or
    `imported_elsewhere` (the same seller has it under another listing)."""

    line: int
    why: str
    first_line: int | None = None


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do when only tried. `notes` keeps the first 1,000; the counts are complete."""

    lines: int = 0
    imported: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[LineNote] = field(default_factory=list)

    def note(self, line: int, why: str, first_line: int | None = None) -> None:
        """Count a line that brought nothing."""
        self.counts[why] = self.counts.get(why, 0) + 1
        if len(self.notes) < NOTES_MAX:
            self.notes.append(LineNote(line, why, first_line))


@dataclass(frozen=True, slots=True)
class Batch:
    """Where the codes go and under which rules; the same for every line of a file."""

    listing_id: UUID
    seller_id: UUID
    stock_kind: StockKind
    vault: Vault
    now: datetime
    write: bool


@dataclass(frozen=True, slots=True)
class _Card:
    line: int
    fingerprint: bytes
    code: PlainCode


def import_codes(
    batch: Batch, lines: Iterable[CodeLine], progress: Callable[[int], None] | None = None
) -> ImportReport:
    """Import every good line; `progress` gets the number of lines done after each chunk. Faulty lines are reported.

    With `batch.write` false nothing is written and the report says what would be. Raises StockRefused
    (`import_contested`) when another import of the same codes keeps colliding: what was done stays, run it again.
    """
    report = ImportReport()
    seen: dict[bytes, int] = {}
    for chunk in _chunks(lines, CHUNK_LINES):
        cards = list(_new_in_file(batch, chunk, seen, report))
        _import_chunk(batch, cards, report)
        report.lines += len(chunk)
        if progress is not None:
            progress(len(chunk))
    if batch.write and report.imported:
        _keep_file(batch, report)
    return report


def _keep_file(batch: Batch, report: ImportReport) -> None:
    """Remember the file beside its codes. One that was cut off and imported again adds to what it brought."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP_FILE, [batch.listing_id, batch.now, report.lines, report.imported])


def _chunks(lines: Iterable[CodeLine], size: int) -> Iterator[list[CodeLine]]:
    stream = iter(lines)
    while chunk := list(islice(stream, size)):
        yield chunk


def _new_in_file(
    batch: Batch, chunk: Sequence[CodeLine], seen: dict[bytes, int], report: ImportReport
) -> Iterator[_Card]:
    for read in chunk:
        if read.code is None:
            assert read.fault is not None, "a line is a code or a fault"
            report.note(read.line, read.fault.value)
            continue
        fingerprint = batch.vault.fingerprint(batch.seller_id, read.code)
        first = seen.setdefault(fingerprint, read.line)
        if first != read.line:
            report.note(read.line, "twice_in_file", first)
            continue
        yield _Card(read.line, fingerprint, read.code)


def _import_chunk(batch: Batch, cards: list[_Card], report: ImportReport) -> None:
    for _ in range(CHUNK_ATTEMPTS_MAX):
        known = _known(cards)
        new = [card for card in cards if card.fingerprint not in known]
        try:
            if batch.write and new:
                _write(batch, new)
        except (IntegrityError, psycopg.IntegrityError) as error:
            if not is_unique_violation(error):
                raise
            continue
        report.imported += len(new)
        for card in cards:
            if card.fingerprint in known:
                here = known[card.fingerprint] == batch.listing_id
                report.note(card.line, "imported_before" if here else "imported_elsewhere")
        return
    raise StockRefused(StockNo.IMPORT_CONTESTED, line=cards[0].line)


def _known(cards: Sequence[_Card]) -> dict[bytes, UUID]:
    """Which of these are in some stock of the seller already, and in which listing's."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [[card.fingerprint for card in cards]])
        return {bytes(fingerprint): listing_id for fingerprint, listing_id in cursor.fetchall()}


def _write(batch: Batch, new: Sequence[_Card]) -> None:
    """One chunk, whole. Fingerprints are claimed first and in their own order, so two imports cannot deadlock."""
    ids = code_ids(batch.now, len(new), first=new[0].line)
    identified = list(zip(new, ids, strict=True))
    with transaction.atomic(), connection.cursor() as cursor:
        claimed = sorted((card.fingerprint, code_id) for card, code_id in identified)
        with cursor.copy(COPY_FINGERPRINTS) as copy:
            for fingerprint, code_id in claimed:
                copy.write_row((fingerprint, batch.seller_id, batch.listing_id, code_id))
        if batch.stock_kind is StockKind.SHARED:
            _write_shared(batch, identified)
            return
        with cursor.copy(COPY_CODES) as copy:
            for card, code_id in identified:
                copy.write_row(
                    (
                        batch.listing_id,
                        code_id,
                        *_sealed(batch, card, code_id),
                        CodeState.FREE,
                        batch.now,
                        card.line,
                    )
                )
        with cursor.copy(COPY_FREE) as copy:
            for _, code_id in identified:
                copy.write_row((batch.listing_id, code_id))


def _write_shared(batch: Batch, identified: Sequence[tuple[_Card, UUID]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SHARED_N, [batch.listing_id])
        last = int(cursor.fetchone()[0])
        with cursor.copy(COPY_SHARED) as copy:
            for n, (card, code_id) in enumerate(identified, start=last + 1):
                copy.write_row((batch.listing_id, n, code_id, *_sealed(batch, card, code_id), batch.now))


def _sealed(batch: Batch, card: _Card, code_id: UUID) -> tuple[UUID, str, bytes, str]:
    sealed = batch.vault.seal(batch.listing_id, code_id, card.code)
    return batch.seller_id, sealed.key_id, sealed.ciphertext, tail(card.code.secret)
