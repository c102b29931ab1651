"""A code's life on one page, from import to end: the stock's rows and the orders' events together, the code masked.

For the shop whose code it is, reviewers and operators. No code is opened for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tuidan.domain.card_code import masked
from tuidan.reads.viewer import Viewer
from tuidan.store.orders.load import NoSuchOrder
from tuidan.store.orders.story import EventRecord, load_events
from tuidan.store.stock.life import ClaimRow, CodeRow, claims_of, find_code, listing_of

# Events that say something of the unit's code itself.
OF_CODES = frozenset(
    {
        "unit_delivered",
        "issuer_answered",
        "issuer_checked",
        "masked_seen",
        "reveal_failed",
        "code_revealed",
        "code_copied",
        "code_settled",
    }
)
OF_CASES = frozenset({"refund_requested", "request_rejected", "request_withdrawn", "refund_decided"})
ORDERS_SHOWN_MAX = 20


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One thing that happened to the code: `kind` is a kind of event or imported, sealed, claimed, ended, void."""

    at: datetime
    kind: str
    data: dict[str, object] = field(default_factory=dict)
    order_id: UUID | None = None
    n: int = 0
    proof: str = ""


@dataclass(frozen=True, slots=True)
class CodeLife:
    """The code, masked, where it stands now, and its steps in the order of time."""

    listing_id: UUID
    code_id: UUID
    masked: str
    state: str
    seal_sha256: str
    steps: tuple[LifeStep, ...]


def read_life(listing_id: UUID, code_id: UUID, viewer: Viewer) -> CodeLife | None:
    """The life of a code for its shop, a reviewer or an operator; None for everybody else and for no such code."""
    code = find_code(listing_id, code_id)
    if code is None:
        return None
    if not (viewer.is_reviewer or viewer.is_operator or str(code.seller_id) in viewer.shops):
        return None
    return life_of(listing_id, code_id, code)


def life_now(code_id: UUID) -> CodeLife | None:
    """The same for an operator's own command line, which names no listing."""
    listing_id = listing_of(code_id)
    code = find_code(listing_id, code_id) if listing_id else None
    return life_of(listing_id, code_id, code) if listing_id and code else None


def life_of(listing_id: UUID, code_id: UUID, code: CodeRow) -> CodeLife:
    """The steps of a code that was found."""
    steps = [_imported(code), LifeStep(code.created_at, "sealed", {"key_id": code.key_id})]
    for claim in claims_of(listing_id, code_id)[:ORDERS_SHOWN_MAX]:
        steps += _claimed(claim)
        steps += _told(claim)
    if code.state == "void" and code.changed_at:
        steps.append(LifeStep(code.changed_at, "void", {"why": code.void_reason or ""}))
    # a stable sort: what has one time stays in the order in which it is told here
    ordered = tuple(sorted(steps, key=lambda step: step.at))
    return CodeLife(listing_id, code_id, masked(code.tail), code.state, code.seal_sha256, ordered)


def _imported(code: CodeRow) -> LifeStep:
    told = {"line": code.line, "lines": code.import_lines, "imported": code.imported}
    return LifeStep(
        code.created_at, "imported", {name: each for name, each in told.items() if each is not None}
    )


def _claimed(claim: ClaimRow) -> list[LifeStep]:
    found = []
    unit: dict[str, object] = {"unit": claim.unit}
    if claim.claimed_at:
        found.append(LifeStep(claim.claimed_at, "claimed", unit, claim.order_id))
    if claim.ended_as and claim.ended_at:
        told = unit | {"result": claim.ended_as, "issuer": claim.issuer_status or ""}
        found.append(LifeStep(claim.ended_at, "ended", told, claim.order_id, claim.event_n or 0))
    return found


def _told(claim: ClaimRow) -> list[LifeStep]:
    """What the claim's order says of this unit."""
    try:
        rows = load_events(claim.order_id)
    except NoSuchOrder:
        return []
    cases = {
        row.data.get("case") for row in rows if row.kind == "refund_requested" and _is_of(row, claim.unit)
    }
    return [
        LifeStep(row.at, row.kind, row.data, claim.order_id, row.n, row.hash)
        for row in rows
        if (row.kind in OF_CODES and _is_of(row, claim.unit))
        or (row.kind in OF_CASES and (row.data.get("case") in cases or _is_of(row, claim.unit)))
    ]


def _is_of(row: EventRecord, unit: int) -> bool:
    return row.data.get("unit") == unit
