"""How the audit that runs by itself stands, and what it has found, for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.store.watch import audit

FINDINGS_MAX = 50


@dataclass(frozen=True, slots=True)
class FindingView:
    """One difference: which order, what (a code), which event, posting or case."""

    order_id: UUID
    what: str
    n: int
    data: dict[str, object]
    found_at: datetime


@dataclass(frozen=True, slots=True)
class AuditView:
    """The last whole pass, the running one, and the first FINDINGS_MAX of `found` differences."""

    finished_at: datetime | None
    finished_orders: int
    running_orders: int
    found: int
    findings: tuple[FindingView, ...]


def read_audit() -> AuditView:
    """How it stands now."""
    status = audit.audit_status()
    return AuditView(
        status.finished_at,
        status.finished_orders,
        status.orders,
        status.findings,
        tuple(
            FindingView(
                each.difference.order_id,
                each.difference.what,
                each.difference.n,
                each.difference.data,
                each.found_at,
            )
            for each in audit.findings(FINDINGS_MAX)
        ),
    )
