"""The rounds: every figure once a round, with r4 before and after it; what a figure is worth is its share of those.

Other work on the machine slows both alike, so a share says more than a rate. The order of the figures turns from
round to round.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

from tuidan.sandbox.bench import bulk, claims, decisions, one_command, over_http, plain_sql
from tuidan.sandbox.bench.figures import R4, Figure, Measured
from tuidan.sandbox.bench.ground import Ground, OrderSet, copy_orders, empty, server_settings, settle
from tuidan.sandbox.bench.plain_sql import Script
from tuidan.sandbox.bench.race import CLIENTS, WARM_UPS

BULK_ORDERS = 10_000
MEMORY_GROWTH_BYTES_MAX = 4_000_000
CLAIMING_CLIENTS = 32
PILOT_ORDERS = 2 * CLIENTS * WARM_UPS
R4_SHARE_OF_TIME = 0.5
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How long and how often: seconds a figure in each of `rounds` rounds; orders of the bulk command."""

    seconds: float = 3.0
    rounds: int = 5
    bulk_orders: int = BULK_ORDERS


def figures_of(ground: Ground, script: Script, sample: OrderSet, port: int, size: Size) -> list[Figure]:
    """All figures, r4 first."""

    def r4(ground: Ground, orders: OrderSet) -> float:
        return plain_sql.run_script(ground, script, orders)

    def http(ground: Ground, orders: OrderSet) -> float:
        return over_http.refund_each_over_http(ground, orders, port)

    written = one_command.RefundRows(sample.order_id(0))

    def orm(ground: Ground, orders: OrderSet) -> float:
        return one_command.refund_each_by_orm(orders, written)

    def codes(ground: Ground, orders: OrderSet) -> float:
        told = claims.measure(
            ground.access.owner, CLAIMING_CLIENTS, max(1.0, size.seconds), str(ground.access.pgbench)
        )
        if told["doubles"] or told["ran_out"]:
            raise RuntimeError(f"codes claimed twice, or too few of them: {told}")
        return float(told["tps"])

    one = one_command.refund_each
    return [
        Figure(R4, "the same rows by plain statements in one transaction, pgbench, 8 clients", r4),
        Figure("command", "one refund command in process, 8 clients", one, 0.55, 1.0),
        Figure("hot_seller", "one refund command, all orders of one seller", one, 0.9, 1.0, "command", one_seller=True),
        Figure("http", "one refund request over HTTP, 2 workers, 8 connections", http, 0.35, 0.5),
        Figure(
            "bulk", f"{size.bulk_orders} refunds in one command", bulk.refund_all, 3.0, 8.0,
            orders=size.bulk_orders, own_listing=True,
        ),
        Figure("claims", "codes claimed from one listing by 32 clients, none twice", codes, 1.0, 0.0, orders=1),
        Figure("orm", "the same rows by the usual ORM way, nothing decided", orm),
    ]  # fmt: skip


def measure(ground: Ground, port: int, size: Size, only: Sequence[str], say: Say) -> dict[str, object]:
    """Run all rounds; gives the whole answer as plain data."""
    empty(ground)
    sample = copy_orders(ground, 1)
    script = plain_sql.write_script(ground, sample)
    figures = figures_of(ground, script, sample, port, size)
    chosen = [figure for figure in figures if not only or figure.name in only]
    if any(figure.against != R4 for figure in chosen):
        chosen = [f for f in figures if f in chosen or f.name in {each.against for each in chosen}]
    rounds = _Rounds(ground, figures[0], [f for f in chosen if f.name != R4], size, say)
    rounds.pilot()
    for number in range(size.rounds):
        rounds.play(number)
    told: dict[str, object] = {
        "server": server_settings(ground),
        "machine": {"cores": os.cpu_count()},
        "rounds": size.rounds,
        "seconds": size.seconds,
        "one_refund": {"rows": script.rows, "bytes": script.row_bytes},
        "figures": [rounds.found[f.name].to_plain(f) for f in figures if f.name in rounds.found],
    }
    if not only or "memory" in only:
        told["memory"] = _memory(ground, size, say)
    if not only or "policy" in only:
        told["policy"] = decisions.measure(size.seconds / 3, size.rounds, say)
    return told


class _Rounds:
    """The figures with what was measured so far."""

    def __init__(self, ground: Ground, r4: Figure, figures: list[Figure], size: Size, say: Say) -> None:
        self.ground, self.r4, self.figures, self.size, self.say = ground, r4, figures, size, say
        self.found: dict[str, Measured] = {}
        self.usual: dict[str, float] = {}

    def pilot(self) -> None:
        """Run each once, shortly: everything is warm then, and how many orders fill the time is known."""
        for figure in (self.r4, *self.figures):
            if not figure.orders:
                count = min(
                    PILOT_ORDERS, max(2 * CLIENTS * WARM_UPS, round(self.size.seconds * PILOT_ORDERS))
                )
                self.usual[figure.name] = figure.run(self.ground, self._copied(figure, count))

    def play(self, number: int) -> None:
        """One round: fresh orders for all, then r4, figure, r4, figure, … r4."""
        empty(self.ground)
        turn = number % max(1, len(self.figures))
        figures = self.figures[turn:] + self.figures[:turn]
        sets = [self._copied(f, f.orders or self._enough(f, self.size.seconds)) for f in figures]
        plain = [
            self._copied(self.r4, self._enough(self.r4, self.size.seconds * R4_SHARE_OF_TIME))
            for _ in figures
        ]
        plain.append(
            self._copied(self.r4, plain[0].count if plain else self._enough(self.r4, self.size.seconds))
        )
        settle(self.ground)
        references = [self._run(self.r4, plain[0])]
        rates: dict[str, tuple[float, float]] = {}
        for figure, orders, after in zip(figures, sets, plain[1:], strict=True):
            rate = self._run(figure, orders)
            references.append(self._run(self.r4, after))
            rates[figure.name] = rate, mean(references[-2:])
        self._note(self.r4, mean(references), 1.0)
        for figure in figures:
            rate, reference = rates[figure.name]
            if figure.against != R4:
                other_rate, other_reference = rates[figure.against]
                rate_share = (rate / reference) / (other_rate / other_reference)
            else:
                rate_share = rate / reference
            self._note(figure, rate, rate_share)
        shares = ", ".join(f"{f.name} {self.found[f.name].shares[-1]:.2f}" for f in figures)
        self.say(f"round {number + 1} of {self.size.rounds}: r4 {mean(references):.0f}/s; {shares}")

    def _run(self, figure: Figure, orders: OrderSet) -> float:
        rate = figure.run(self.ground, orders)
        self.usual[figure.name] = rate
        return rate

    def _note(self, figure: Figure, rate: float, share: float) -> None:
        measured = self.found.setdefault(figure.name, Measured())
        measured.rates.append(rate)
        measured.shares.append(share)

    def _enough(self, figure: Figure, seconds: float) -> int:
        """How many orders fill the time, by the rate of the last time; a multiple of the clients, warm-ups beside."""
        counted = max(CLIENTS, round(self.usual[figure.name] * seconds / CLIENTS) * CLIENTS)
        return counted if figure.name == R4 else counted + CLIENTS * WARM_UPS

    def _copied(self, figure: Figure, count: int) -> OrderSet:
        return copy_orders(self.ground, count, one_seller=figure.one_seller, own_listing=figure.own_listing)


def _memory(ground: Ground, size: Size, say: Say) -> dict[str, object]:
    """Peak memory of the bulk command at two sizes, each in a process of its own."""
    peaks = []
    for orders in (size.bulk_orders // 4, size.bulk_orders):
        empty(ground)
        peaks.append((orders, bulk.peak_bytes(ground, copy_orders(ground, orders, own_listing=True))))
    growth = peaks[1][1] - peaks[0][1]
    say(f"memory of the bulk command: {growth / 1e6:+.1f} MB from {peaks[0][0]} to {peaks[1][0]} orders")
    return {
        "peak_bytes": {str(orders): peak for orders, peak in peaks},
        "growth_bytes": growth,
        "growth_bytes_max": MEMORY_GROWTH_BYTES_MAX,
        "reached": growth <= MEMORY_GROWTH_BYTES_MAX,
    }
