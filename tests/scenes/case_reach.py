"""How far a decision case can be lived: which ones are lived another way, and what the product knows otherwise."""

from typing import Any

from pure_orders import CONTEXT, POLICY
from tuidan.domain.policy import inputs_of

Facts = dict[str, Any]
# Lived another way, each in its own test: a second payment goes back unasked, ten codes are ten units,
# and money that never came in belongs to no paid order.
APART = frozenset({"D016", "D036", "D040", "D041"})
# Inputs that differ although the life is the same: (input, in the case, in the product) and why that is so.
KNOWN_DIFFERENCES = {
    ("is_minor", "no", "unknown"): "nobody's age is asked; only a request that names a minor hangs on it",
    ("arrival", "none", "unknown"): "what arrived of a top-up at work is not known until the issuer is asked",
    ("response", "not_contacted", "waiting"): "the answer is to ask the seller, and here that has been done",
    ("sold_twice", "yes", "no"): "the stock takes a code once, so two buyers never get the same",
    ("replaced", "yes", "no"): "a code handed over in place of another is not told apart from the first",
    ("eu_withdrawal", "lost", "none"): "the European consent is not asked for at the checkout",
    ("arrival", "full", "unknown"): "a seller's hand does not tell what arrived",
    ("account", "same", "unknown"): "a seller's hand does not tell where it arrived",
    ("use", "unknown", "unused"): "the platform counts the days itself",
    ("activated", "unknown", "yes"): "what was handed over counts as opened",
    ("stopped_by", "unknown", "seller"): "what ends early was ended by somebody",
    ("progress", "unknown", "done"): "an account that was handed over is all there is to hand over",
    ("reason", "not_as_described", "service_stopped"): "a stop asks by itself, in its own words",
}
# What papers come to. Where logs decide, nobody is asked for papers and none can be filed (R11).
OF_PAPERS = frozenset({"evidence", "official_record", "login_record", "listing_record", "chat_record"})


def opened_short(facts: Facts) -> bool:
    """Whether a shorter plan than ordered was opened, which the product pays for by itself."""
    plan = facts.get("membership") or {}
    ordered, opened = plan.get("plan_ordered_months"), plan.get("plan_opened_months")
    return bool(ordered and opened and opened < ordered)


def inputs(facts: Facts) -> dict[str, object]:
    """What the policy reads of the facts."""
    return dict(inputs_of(facts, POLICY, CONTEXT.calendar))


def differences(
    wanted: dict[str, object], found: dict[str, object], *, at_once: bool = False
) -> dict[str, tuple[object, object]]:
    """Inputs that are not the same: in the one, in the other; but for those that never can be.

    A case that was decided `at_once` was decided without papers.
    """
    return {
        name: (wanted.get(name), found.get(name))
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name) != found.get(name)
        and (name, wanted.get(name), found.get(name)) not in KNOWN_DIFFERENCES
        and not (at_once and name in OF_PAPERS)
    }
