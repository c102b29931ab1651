"""The regular audit: look through everything and say loudly what is not as it must be."""

from __future__ import annotations

import structlog

from tuidan.store.audit.run import audit

log = structlog.get_logger()


def audit_all() -> int:
    """Audit every order and every board; each difference is an alarm in the log. Gives how many there are."""
    found = 0
    for difference in audit():
        found += 1
        log.error(
            "audit_difference",
            order_id=str(difference.order_id),
            what=difference.what,
            n=difference.n,
            **{f"of_{name}": value for name, value in difference.data.items()},
        )
    return found
