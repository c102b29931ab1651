"""What stands in a dossier, as records: codes, data and people's own words, no sentence. Amounts fen, times UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Party:
    """One side. `name` is "" where the reader may not know it, or nobody does: `named` tells these apart.

    `role` is buyer, seller or platform; `id` the number by which the platform can name them to an authority.
    """

    role: str
    id: str
    name: str
    named: bool
    contact: str = ""
    seller_type: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One event with the words that came with it (None: erased), and its hash, which is its proof number beside n."""

    n: int
    at: datetime
    kind: str
    actor: str
    data: dict[str, object]
    words: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the evidence: who filed it, what it shows, what the other side said, its files by SHA-256."""

    n: int
    case: int
    by: str
    type: str
    at: datetime
    event: int
    hash: str
    words: str
    seen: tuple[str, ...]
    answer: str
    answer_words: str
    flag: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One offer: by whom, what, how much, and what became of it."""

    n: int
    by: str
    kind: str
    amount_fen: int
    words: str
    status: str
    event: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One request and what became of it. `verdict` is the record of its last decision; `rules` decided it."""

    n: int
    unit: int
    reason: str
    asked_fen: int
    words: str
    asked_at: datetime
    event: int
    status: str
    verdict: dict[str, object]
    decided_at: datetime | None
    decided_event: int
    rules: tuple[str, ...]
    answer: str
    offers: tuple[Proposal, ...]
    complaints: tuple[tuple[str, str], ...]
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Where the money is, fen."""

    price: int
    paid: int
    escrow: int
    released: int
    refunding: int
    refunded: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What the reader asks for: fen, for which request (0: none), resting on these articles."""

    amount_fen: int
    case: int
    reason: str
    laws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goods:
    """What was bought, as it was confirmed."""

    kind: str
    title: str
    spec: str
    description: str
    terms: str
    quantity: int
    delivery_mode: str
    account_label: str
    account: str
    snapshot_sha256: str
    policy_version: str
    policy_sha256: str
    no_reason_excluded_confirmed: bool


@dataclass(frozen=True, slots=True)
class Annex:
    """One file of the bundle that goes with the dossier."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LogProof:
    """Where the order stands in the public log: event n is leaf `index` of a signed tree of `size`.

    The size grows with every other order, so a document names the leaf alone and stays the same.
    """

    n: int
    index: int
    size: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole, for one reader: `reader` is buyer, seller, reviewer or operator.

    `as_of` is the time of the order's last event: the same state gives the same dossier.
    """

    order_id: str
    reader: str
    version: int
    head: str
    as_of: datetime
    status: str
    currency: str
    placed_at: datetime
    paid_at: datetime | None
    channel: str
    trade_no: str
    payer: str
    parties: tuple[Party, ...]
    goods: Goods
    amounts: Amounts
    demand: Demand
    claims: tuple[Claim, ...]
    items: tuple[Item, ...]
    facts: tuple[Fact, ...]
    laws: tuple[str, ...]
    annexes: tuple[Annex, ...]
    proof: LogProof | None
    public_url: str
