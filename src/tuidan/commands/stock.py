"""Change the stock of codes: import a seller's file, claim for an order, free, void, take back after the issuer spoke.

Whether an order may do this is decided by the order; here stand the rules of the shelf itself.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from tuidan.domain.card_code import CodeLine, LineFault, read_lines
from tuidan.domain.code_format import CodeFormat, fault_of, read_format
from tuidan.domain.stock import ClaimEnd, CodeState, IssuerCheck, StockKind, StockNo, StockRefused
from tuidan.store.shared.models import Listing
from tuidan.store.stock import claim, importing, keys, release
from tuidan.store.stock.claim import ClaimedCode
from tuidan.store.stock.importing import Batch, ImportReport

STOCK_KINDS = frozenset(kind.value for kind in StockKind)
FAULTS_NAMED_MAX = 20
# What the issuer may say that ends a sealed code for good; anything else but `unused` means: ask again later.
DEAD_STATUSES = frozenset({"activated", "invalid"})


def import_stock(
    listing_id: UUID,
    text: str,
    separator: str | None,
    now: datetime,
    *,
    write: bool = True,
    skip_faults: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Put the codes of a seller's file into a listing's stock, one code a line, each at most once.

    `separator` splits number and secret; None: the whole line is the secret. `write` false only tells what would
    happen. `progress` gets the number of lines done after each chunk. Importing the same file again adds nothing.
    Raises StockRefused: `listing_unknown`, `listing_without_codes`, `faulty_lines` (nothing is imported unless
    `skip_faults`; data: lines, faults), `import_contested`; VaultError when a master key is missing.
    """
    seller_id, stock_kind, wanted = _listing(listing_id)
    if not skip_faults:
        _refuse_faults(text, separator, wanted)
    vault = keys.vault()
    keys.refuse_lost_keys(vault)
    batch = Batch(listing_id, seller_id, stock_kind, vault, now, write)
    return importing.import_codes(batch, _lines(text, separator, wanted), progress)


def _lines(text: str, separator: str | None, wanted: CodeFormat | None) -> Iterator[CodeLine]:
    """The lines of a file; a code that is not whole by the listing's own words is a fault, so that none is sold."""
    for read in read_lines(text, separator):
        if read.code is not None and fault_of(read.code, wanted):
            yield CodeLine(read.line, None, LineFault.NOT_OF_THE_FORMAT)
        else:
            yield read


def claim_for_order(
    listing_id: UUID, order_id: UUID, units: Sequence[int], stock_kind: str, now: datetime
) -> dict[int, ClaimedCode]:
    """Codes for these units of an order; the same ones however often it is called, fewer when stock ran out."""
    return claim.claim_codes(listing_id, order_id, units, stock_kind, now)


def free_for_order(listing_id: UUID, order_id: UUID, unit: int, event_n: int, now: datetime) -> bool:
    """Undo a claim whose delivery the order's event `event_n` bars. See `release.free_claim`."""
    return release.free_claim(listing_id, order_id, unit, event_n, now)


def void_for_order(listing_id: UUID, order_id: UUID, unit: int, reason: str, now: datetime) -> bool:
    """The unit's code is never sold again. See `release.void_code`."""
    return release.void_code(listing_id, order_id, unit, reason, now)


def taken_back(listing_id: UUID, order_id: UUID, unit: int) -> CodeState | None:
    """What became of the unit's code when it was taken from the order: free or void; None while the order has it.

    Ask this before asking the issuer: after a crash the code may be back on sale, even another order's by now.
    """
    end = release.claim_end(listing_id, order_id, unit)
    if end is None:
        return None
    return CodeState.VOID if end is ClaimEnd.VOID else CodeState.FREE


def take_back_sealed(
    listing_id: UUID, order_id: UUID, unit: int, event_n: int, check: IssuerCheck, now: datetime
) -> CodeState:
    """After a refund of a code that was never shown: what becomes of it, by the issuer's word.

    `unused` → free again; `activated`, `invalid` → void; anything else → still claimed, ask again later.
    What was settled once stays settled, whatever the issuer says later. `event_n` is the order's event that bars
    showing it. Raises StockRefused as `release.return_to_stock` does.
    """
    before = taken_back(listing_id, order_id, unit)
    if before is not None:
        return before
    if check.status in DEAD_STATUSES:
        release.void_code(listing_id, order_id, unit, f"issuer_{check.status}", now)
        return CodeState.VOID
    if check.status != "unused":
        return CodeState.CLAIMED
    release.return_to_stock(listing_id, order_id, unit, event_n, check, now)
    return CodeState.FREE


def _listing(listing_id: UUID) -> tuple[UUID, StockKind, CodeFormat | None]:
    row = Listing.objects.filter(id=listing_id).values_list("shop_id", "stock_kind", "code_format").first()
    if row is None:
        raise StockRefused(StockNo.LISTING_UNKNOWN, listing_id=str(listing_id))
    seller_id, stock_kind, told = row
    if stock_kind not in STOCK_KINDS:
        raise StockRefused(StockNo.LISTING_WITHOUT_CODES, listing_id=str(listing_id), stock_kind=stock_kind)
    return seller_id, StockKind(stock_kind), read_format(told)


def _refuse_faults(text: str, separator: str | None, wanted: CodeFormat | None) -> None:
    """Read the whole file before anything is written, so that a wrong separator does not import half of it."""
    faults: Counter[str] = Counter()
    named: list[tuple[int, str]] = []
    for read in _lines(text, separator, wanted):
        if read.fault is not None:
            faults[read.fault.value] += 1
            if len(named) < FAULTS_NAMED_MAX:
                named.append((read.line, read.fault.value))
    if faults:
        raise StockRefused(StockNo.FAULTY_LINES, faults=dict(faults), lines=named)
