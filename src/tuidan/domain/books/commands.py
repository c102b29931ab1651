"""What can be asked of a book. Machine commands name the item they are about and find it done when it is."""

from __future__ import annotations

from dataclasses import dataclass

ItemKey = tuple[str, str, int]
"""(what, order id, n): the thing of an order that a line of the book is about."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Money that event `n` of an order made the seller's, fen."""

    order: str
    n: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Take in what orders handed over; arrivals that are known are passed by."""

    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True)
class SetHold:
    """Hold back so much for case `n` of an order, as its version `seen` asks; 0 lets go. An older word is ignored."""

    order: str
    n: int
    asked_fen: int
    seen: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Take `amount_fen` from `sources` in turn, after letting go what is held for `case`; `seen` as in SetHold.

    Asked again, it tries for what is still owed.
    """

    order: str
    what: str
    n: int
    amount_fen: int
    sources: tuple[str, ...]
    case: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Ask no more for what is owed on this claim."""

    order: str
    what: str
    n: int
    why: str


@dataclass(frozen=True, slots=True)
class PayDeposit:
    """A deposit came in (`amount_fen` above 0) or goes back (below)."""

    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class PayOut:
    """The seller was paid so much of the payable account."""

    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class SetReserve:
    """Keep so much of the seller's money back."""

    reserve_fen: int
    why: str


@dataclass(frozen=True, slots=True)
class NameSeller:
    """Whether the seller can be named to a buyer who asks (消法44)."""

    named: bool
    why: str


@dataclass(frozen=True, slots=True)
class SetLimit:
    """Set what the fund may lay out in all and for one order."""

    limit_fen: int
    order_fen_max: int
    why: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Lay out money for refund or recall `n` of an order: strictly within the limit."""

    order: str
    what: str
    n: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class SettleDraw:
    """Of what was drawn the refund needed `laid_fen`; of that so much is back and so much borne, in all."""

    order: str
    what: str
    n: int
    laid_fen: int
    back_fen: int = 0
    borne_fen: int = 0


BookCommand = (
    TakeIn
    | SetHold
    | Claim
    | WriteOff
    | PayDeposit
    | PayOut
    | SetReserve
    | NameSeller
    | SetLimit
    | Draw
    | SettleDraw
)


def item_keys(command: BookCommand) -> list[ItemKey]:
    """The items that a command must see."""
    if isinstance(command, TakeIn):
        return [("arrival", arrival.order, arrival.n) for arrival in command.arrivals]
    if isinstance(command, SetHold):
        return [("hold", command.order, command.n)]
    if isinstance(command, Claim):
        keys: list[ItemKey] = [(command.what, command.order, command.n)]
        return [*keys, ("hold", command.order, command.case)] if command.case else keys
    if isinstance(command, WriteOff | Draw | SettleDraw):
        return [(command.what, command.order, command.n)]
    return []
