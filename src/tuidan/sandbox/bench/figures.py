"""The figures of the benchmark: what each measures, against which share of r4, and what it must and should reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from tuidan.sandbox.bench.ground import Ground, OrderSet

R4 = "r4"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `run` gives its rate on a set of fresh orders. `against` is whose rate it is a share of."""

    name: str
    what: str
    run: Callable[[Ground, OrderSet], float]
    target: float = 0.0
    aim: float = 0.0
    against: str = R4
    orders: int = 0  # a fixed number of orders; 0: as many as fill the time
    one_seller: bool = False
    own_listing: bool = False


@dataclass(slots=True)
class Measured:
    """The rates of one figure, one a round, and their shares of the reference in the same round."""

    rates: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    def to_plain(self, figure: Figure) -> dict[str, object]:
        told: dict[str, object] = {
            "name": figure.name,
            "what": figure.what,
            "per_second": _spread(self.rates, 1),
        }
        if figure.name != R4:
            told |= {
                "against": figure.against,
                "ratio": _spread(self.shares, 3),
                "target": figure.target or None,
                "aim": figure.aim or None,
                "reached": not figure.target or median(self.shares) >= figure.target,
            }
        return told


def _spread(values: list[float], digits: int) -> dict[str, float]:
    """Median, least and most over the rounds."""
    return {
        "median": round(median(values), digits),
        "min": round(min(values), digits),
        "max": round(max(values), digits),
    }
