"""How one operation of the API is asked by every role: what is there first, the path, the body, the statuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from api_world import ROLES, Shopfront

EVERYBODY = dict.fromkeys(ROLES, 200)
NOT_SIGNED_IN = {"stranger": 401, "revoked": 401}
SEES = {"owner": 200, "seller": 200, "reviewer": 200, "operator": 200} | NOT_SIGNED_IN
SEES |= {"other_buyer": 404, "other_seller": 404, "appraiser": 404}
ANY_KEY = {role: 401 if role in NOT_SIGNED_IN else 200 for role in ROLES}


def only(role: str, status: int) -> dict[str, int]:
    """One role may; who sees the order is told so, for all others it is not there."""
    return {other: 403 if seen == 200 else seen for other, seen in SEES.items()} | {role: status}


def acting(**told: int) -> dict[str, int]:
    """Who may act in a case: the named get their status, the other sides of it are told that they may not."""
    return SEES | dict.fromkeys(("owner", "seller", "reviewer", "operator"), 403) | told


def none(front: Shopfront) -> None:
    return None


@dataclass(frozen=True)
class Asked:
    """One operation: what must be there first, the path, the body, and the status for each role."""

    stage: Callable[[Shopfront], UUID | None]
    path: str
    expected: dict[str, int]
    body: Callable[[UUID | None], object] = lambda order_id: None


ORDER = "/orders/{order}"
UNIT = f"{ORDER}/units/1"
OPERATORS = dict.fromkeys(ROLES, 403) | NOT_SIGNED_IN | {"operator": 200}
