"""What the evidence amounts to: complete, incomplete or none, forged, and which records it holds.

R11: an item counts when order number, time and key information are all on it. What each type can show (its roles)
is policy data: `defect` shows what went wrong, `official` comes from a carrier, provider or publisher, `chat`,
`listing`, `login` and the three `guardian_…` papers are what they say.
"""

from collections.abc import Iterable, Mapping

from tuidan.domain.policy.cell import Value

ROLES = (
    "order", "defect", "official", "chat", "listing", "login", "payment",
    "guardian_relation", "guardian_identity", "guardian_usage",
)  # fmt: skip
GUARDIAN = frozenset(role for role in ROLES if role.startswith("guardian_"))
NO_ROLES: frozenset[str] = frozenset()


def is_forged(item: Mapping[str, object]) -> bool:
    """The platform found the item altered, or already filed under another order."""
    return item.get("tampered") is True or bool(item.get("reused_from_order"))


def is_complete(item: Mapping[str, object]) -> bool:
    """The three elements are all there (S-073)."""
    return (
        item.get("has_order_no") is True
        and item.get("has_timestamp") is True
        and item.get("has_key_info") is True
    )


def evidence_inputs(listed: object, roles: Mapping[str, frozenset[str]]) -> dict[str, Value]:
    """The evidence inputs; `roles` maps an evidence type to what it can show, unknown types show nothing."""
    if not listed:
        return NOTHING_FILED
    return _evidence_inputs(listed if isinstance(listed, list | tuple) else (), roles)


def _evidence_inputs(
    items: Iterable[Mapping[str, object]], roles: Mapping[str, frozenset[str]]
) -> dict[str, Value]:
    held: set[str] = set()
    shown: set[str] = set()
    forged = False
    for item in items:
        can_show = roles.get(str(item.get("type")), NO_ROLES)
        shown |= can_show
        if is_forged(item):
            forged = True
        elif is_complete(item):
            held |= can_show
    defect = "complete" if "defect" in held else "incomplete" if "defect" in shown else "none"
    return {
        "evidence": defect,
        "evidence_forged": "yes" if forged else "no",
        "official_record": _held("official", held),
        "login_record": _held("login", held),
        "listing_record": _held("listing", held),
        "chat_record": _held("chat", held),
        "minor_proof": "complete" if held >= GUARDIAN else "incomplete",
    }


def _held(role: str, held: Iterable[str]) -> str:
    return "yes" if role in held else "no"


NOTHING_FILED = _evidence_inputs((), {})
