"""Floors that no policy may go below, whatever its tables say; searched for over all possible inputs.

- Not delivered past its promise, or failed, is everything (R1, 电商法20).
- A missing confirmation never carries a rejection, and no rejection asks for it (R18, 消法实施条例19, 消法26).
- Self-operated goods never go "to the seller" (R21, 电商法37).
- Risk never makes a decision: no deciding table may ask for it (R13, 个人信息保护法24).
- An open channel dispute is never paid (R20).
"""

from collections.abc import Callable, Iterator

from tuidan.domain.policy.compiled import PolicyParts
from tuidan.domain.policy.jdm import Problem
from tuidan.domain.policy.paths import Path, reaching
from tuidan.domain.policy.space import Box, Space

UNSENT = ("not_delivered", "processing")


def floor_problems(parts: PolicyParts, space: Space, ways: list[Path]) -> Iterator[Problem]:
    """All breaches, with an example each."""
    paid = space.values(money=("paid",), channel_dispute=("no",), second_payment=("no",))
    late = {**paid, **space.values(delivery=UNSENT, promise=("passed",))}
    failed = {**paid, **space.values(delivery=("failed",))}
    yield from _search("undelivered_is_everything", ways, space, late, _gives_less)
    yield from _search("undelivered_is_everything", ways, space, failed, _gives_less)
    frozen = space.values(channel_dispute=("yes",))
    yield from _search("channel_dispute_is_frozen", ways, space, frozen, _pays)
    yield from _term_problems(parts)
    yield from _seller_problems(parts, space)
    for table in parts.deciding.values():
        if "risk" in table.columns:
            yield Problem(table.name, "", "risk", "floor_risk_decides")


def _gives_less(decision: str, amount: str) -> bool:
    return decision != "approve" or amount != "everything"


def _pays(decision: str, _amount: str) -> bool:
    return decision == "approve"


def _search(
    code: str, ways: list[Path], space: Space, within: Box, breaks: Callable[[str, str], bool]
) -> Iterator[Problem]:
    """Every reachable row inside `within` whose outcome breaks the floor."""
    for path in ways:
        for place, row in enumerate(path.table.rows):
            decision, amount = str(row.outcome["decision"]), str(row.outcome["amount"])
            if row.outcome["next"] or not breaks(decision, amount):
                continue
            if (found := reaching(path, place, space, within)) is not None:
                point = space.point(found)
                detail = " ".join(f"{key}={point[key]}" for key in sorted(point))
                yield Problem(path.table.name, row.id, "", f"floor_{code}", detail)


def _term_problems(parts: PolicyParts) -> Iterator[Problem]:
    for table in parts.deciding.values():
        if "exclusion" not in table.columns:
            continue
        place = table.columns.index("exclusion")
        for row in table.rows:
            if (
                row.outcome["decision"] == "reject"
                and row.texts[place].strip()
                and row.cells[place].fits("missing")
            ):
                yield Problem(table.name, row.id, "exclusion", "floor_void_term_rejects")


def _seller_problems(parts: PolicyParts, space: Space) -> Iterator[Problem]:
    within = space.values(proposed=("to_seller",), seller_type=("self_operated",))
    path = Path(parts.authority, {}, ())
    for place, row in enumerate(parts.authority.rows):
        if not row.outcome["decision"] and reaching(path, place, space, within) is not None:
            yield Problem("authority", row.id, "", "floor_own_goods_to_seller")
