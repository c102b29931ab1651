"""Which evidence carries which fact: for each input that decided, where it comes from and how much that weighs (S-077).

Weights follow 民诉证据规定 93–95: records kept in the ordinary course, neutral third parties and what a party says
against its own interest weigh `strong`; whoever has a stake in the answer, and official papers as uploaded, `middle`;
a party's word for itself and its own pictures `weak`. What nobody knows is carried by nobody.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tuidan.domain.policy.cell import ANYTHING, Value
from tuidan.domain.policy.evidence_inputs import GUARDIAN, NO_ROLES, is_complete, is_forged
from tuidan.domain.policy.table import Row

SOURCES = (
    "platform_log", "issuer", "supplier", "channel", "seller_statement", "buyer_statement", "upload",
)  # fmt: skip
WEIGHTS = ("strong", "middle", "weak")
# what the tables found themselves on the way
NOT_FACTS = frozenset({"proposed", "proof"})

LOG, ISSUER, SUPPLIER, CHANNEL = ("platform_log",), ("issuer",), ("supplier",), ("channel",)
SELLER, BUYER, UPLOAD = ("seller_statement",), ("buyer_statement",), ("upload",)
BOTH = (*SELLER, *BUYER)
USUAL: Mapping[str, tuple[str, ...]] = {
    "reason": BUYER,
    "response": LOG,
    "channel_dispute": CHANNEL,
    "money": CHANNEL,
    "second_payment": CHANNEL,
    "channel_window": CHANNEL,
    "payer_account": CHANNEL,
    "evidence": UPLOAD,
    "minor_proof": UPLOAD,
    "age_band": UPLOAD,
    "is_minor": BUYER,
    "issuer": ISSUER,
    "activation": (*ISSUER, *LOG),
    "activated_by": ISSUER,
    "codes_bad": (*ISSUER, *LOG),
    "face_value": ISSUER,
    "arrival": ISSUER,
    "channel": SUPPLIER,
    "account": ISSUER,
    "activated": SUPPLIER,
    "plan": SUPPLIER,
    "stopped_by": SUPPLIER,
    "revocable": SUPPLIER,
    "accepted_by_buyer": BUYER,
}
"""By input; whatever is not here the platform's own log tells: its clocks, its records, what was shown and agreed."""

BY_VALUE: Mapping[tuple[str, Value], tuple[str, ...]] = {
    ("delivery", "not_delivered"): LOG,
    ("delivery", "cancelled"): LOG,
    ("response", "refuse"): SELLER,
    ("response", "claims_fulfilled"): SELLER,
    ("response", "agree_full"): SELLER,
    ("response", "agree_partial"): SELLER,
    ("response", "offer_replacement"): SELLER,
    ("settled_sum", "yes"): BOTH,
    ("seller_led_out", "yes"): UPLOAD,
    # that nothing was filed is known from the platform's own list
    ("evidence", "none"): LOG,
    ("official_record", "yes"): UPLOAD,
    ("login_record", "yes"): UPLOAD,
    ("listing_record", "yes"): UPLOAD,
    ("chat_record", "yes"): UPLOAD,
    ("progress", "agreed"): BOTH,
    ("progress", "disputed"): BOTH,
    ("progress", "stated"): SELLER,
    ("progress", "done"): SELLER,
}
OF_KIND: Mapping[tuple[str, Value], tuple[str, ...]] = {
    ("delivery", "top_up"): SUPPLIER,
    ("delivery", "membership"): SUPPLIER,
    ("log", "top_up"): SUPPLIER,
    ("log", "membership"): SUPPLIER,
}
ADMISSIONS = frozenset({("response", "agree_full"), ("response", "agree_partial"), ("settled_sum", "yes")})
SHOWS: Mapping[str, frozenset[str]] = {
    "evidence": frozenset({"defect"}),
    "official_record": frozenset({"official"}),
    "login_record": frozenset({"login"}),
    "listing_record": frozenset({"listing"}),
    "chat_record": frozenset({"chat"}),
    "seller_led_out": frozenset({"chat"}),
    "minor_proof": GUARDIAN,
    "age_band": GUARDIAN,
}
"""By uploaded fact: what an item must be able to show (the roles of `evidence_inputs`) to carry it."""
PROOF_BY_OFFICE = ("evidence", "official_record", "minor_proof", "age_band")


@dataclass(frozen=True, slots=True)
class Carried:
    """One fact the decision rests on: the input, its value, who carries it, the weight of the heaviest, and the kinds
    of what was filed for it."""

    fact: str
    value: Value
    sources: tuple[str, ...]
    weight: str
    items: tuple[str, ...] = ()


def carried(fact: str, inputs: Mapping[str, Value]) -> Carried:
    """Who carries one input of a case."""
    value = inputs[fact]
    sources = BY_VALUE.get((fact, value)) or OF_KIND.get((fact, inputs["goods_kind"])) or USUAL.get(fact, LOG)
    if value == "unknown":
        return Carried(fact, value, (), "")
    return Carried(fact, value, sources, _weight(fact, value, sources, inputs))


def _weight(fact: str, value: Value, sources: tuple[str, ...], inputs: Mapping[str, Value]) -> str:
    if (fact, value) in ADMISSIONS or (fact, value) == ("progress", "agreed"):
        return "strong"
    if sources[0] in ("platform_log", "issuer", "channel"):
        return "strong"
    if sources == SUPPLIER:
        return "middle"
    if sources == UPLOAD and fact in PROOF_BY_OFFICE:
        papers = fact in ("minor_proof", "age_band") and inputs["minor_proof"] == "complete"
        return "middle" if papers or inputs["official_record"] == "yes" else "weak"
    return "weak"


def carried_by(
    matched: Iterator[tuple[tuple[str, ...], Row]], kept_away: Iterable[str], inputs: Mapping[str, Value]
) -> tuple[Carried, ...]:
    """The facts in the conditions of the matched rows (columns and row of each), in their order, each once.

    `kept_away` are inputs that alone kept an earlier row from deciding; of these, what was filed counts too.
    """
    asked = {
        column: None
        for columns, row in matched
        for column, cell in zip(columns, row.cells, strict=True)
        if cell is not ANYTHING and column not in NOT_FACTS
    }
    # where no row asked anything, not even the kind of goods is known
    found = [carried(column, inputs) for column in asked or ("goods_kind",)]
    others = [carried(column, inputs) for column in dict.fromkeys(kept_away) if column not in asked]
    return (*found, *(fact for fact in others if fact.sources == UPLOAD))


def with_items(
    facts: tuple[Carried, ...], filed: object, roles: Mapping[str, frozenset[str]]
) -> tuple[Carried, ...]:
    """The same, with the kinds of what was filed and shows each uploaded fact. `filed` is the evidence of the case."""
    items = filed if isinstance(filed, list | tuple) else ()
    return tuple(
        replace(fact, items=tuple(dict.fromkeys(_showing(fact, items, roles))))
        if fact.sources == UPLOAD
        else fact
        for fact in facts
    )


def _showing(
    fact: Carried, items: Iterable[Mapping[str, object]], roles: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    for item in items:
        kind = str(item.get("type"))
        counts = is_complete(item) or fact.value == "incomplete"
        if counts and not is_forged(item) and SHOWS[fact.fact] & roles.get(kind, NO_ROLES):
            yield kind
