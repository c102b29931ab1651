"""Random lives of a stock against a simple model, with claims that really run at the same time.

The model knows nothing of tables: it remembers who was handed which code and what was shown to whom.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import connections
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from stockroom import LATER, NOW, fill, free_ids

from tuidan.domain.stock import IssuerCheck, StockRefused
from tuidan.store.stock.claim import ClaimedCode, claim_codes
from tuidan.store.stock.release import free_claim, return_to_stock, void_code
from tuidan.store.stock.reveal import reveal_code

R = TypeVar("R")
ORDERS = 5
UNITS = 3
THREADS = 4
Unit = tuple[int, int]
UNITS_OF_ORDERS = st.tuples(st.integers(0, ORDERS - 1), st.integers(1, UNITS))
CLAIMS = st.tuples(st.integers(0, ORDERS - 1), st.sets(st.integers(1, UNITS), min_size=1))


class StockLives(RuleBasedStateMachine):
    """One listing, five orders of three units each."""

    pool: ThreadPoolExecutor

    @initialize()
    def open_the_shop(self) -> None:
        self.listing_id = uuid4()
        self.orders = [uuid4() for _ in range(ORDERS)]
        self.secrets: list[str] = []
        self.held: dict[Unit, UUID] = {}
        self.ended: set[Unit] = set()
        self.shown: dict[Unit, str] = {}
        self.gone: set[UUID] = set()

    @rule(new=st.integers(0, 4), again=st.integers(0, 3))
    def import_a_file(self, new: int, again: int) -> None:
        fresh = [f"{self.listing_id.hex}{len(self.secrets) + n:05d}" for n in range(new)]
        report = fill(self.listing_id, [*self.secrets[:again], *fresh, *fresh[:1]])
        self.secrets += fresh
        assert report.imported == new

    @rule(order=st.integers(0, ORDERS - 1), units=st.sets(st.integers(1, UNITS), min_size=1))
    def claim(self, order: int, units: set[int]) -> None:
        before = self._free()
        answer = claim_codes(self.listing_id, self.orders[order], sorted(units), "unique", NOW)
        wanting = [
            unit for unit in sorted(units) if (order, unit) not in self.held | dict.fromkeys(self.ended)
        ]
        self._note(order, answer)
        served = [unit for unit in wanting if unit in answer]
        assert served == wanting[:before]

    @rule(claims=st.lists(CLAIMS, min_size=2, max_size=THREADS))
    def claim_at_once(self, claims: list[tuple[int, set[int]]]) -> None:
        before = self._free()
        asked = {(order, unit) for order, units in claims for unit in units}
        calls = [
            partial(claim_codes, self.listing_id, self.orders[order], sorted(units), "unique", NOW)
            for order, units in claims
        ]
        wanting = asked - set(self.held) - self.ended
        for (order, _), answer in zip(claims, self._at_once(calls), strict=True):
            self._note(order, answer)
        assert len(wanting & set(self.held)) == min(before, len(wanting))

    @rule(unit=UNITS_OF_ORDERS)
    def show(self, unit: Unit) -> None:
        code = self._try(lambda: reveal_code(self.listing_id, self.orders[unit[0]], unit[1], NOW))
        allowed = unit in self.held and (unit not in self.ended or unit in self.shown)
        assert (code is not None) == allowed
        if code is not None:
            assert code.secret in self.secrets
            assert self.shown.setdefault(unit, code.secret) == code.secret

    @rule(unit=UNITS_OF_ORDERS)
    def free(self, unit: Unit) -> None:
        done = self._try(lambda: free_claim(self.listing_id, self.orders[unit[0]], unit[1], 5, LATER))
        assert done is not True or unit not in self.shown
        if done:
            self._let_go(unit)

    @rule(unit=UNITS_OF_ORDERS, status=st.sampled_from(["unused", "unused", "activated", "unknown"]))
    def take_back(self, unit: Unit, status: str) -> None:
        check = IssuerCheck(status, LATER)
        done = self._try(
            lambda: return_to_stock(self.listing_id, self.orders[unit[0]], unit[1], 6, check, LATER)
        )
        assert done is not True or (unit not in self.shown and status == "unused")
        if done:
            self._let_go(unit)

    @rule(unit=UNITS_OF_ORDERS)
    def void(self, unit: Unit) -> None:
        done = self._try(lambda: void_code(self.listing_id, self.orders[unit[0]], unit[1], "refunded", LATER))
        assert (done is True) == (unit in self.held and unit not in self.ended)
        if done:
            self.ended.add(unit)
            self.gone.add(self.held[unit])

    @rule(unit=UNITS_OF_ORDERS)
    def show_and_take_back_at_once(self, unit: Unit) -> None:
        live = unit in self.held and unit not in self.ended and unit not in self.shown
        place = (self.listing_id, self.orders[unit[0]], unit[1])
        code, back = self._at_once(
            [
                lambda: self._try(lambda: reveal_code(*place, LATER)),
                lambda: self._try(lambda: return_to_stock(*place, 6, IssuerCheck("unused", LATER), LATER)),
            ]
        )
        if live:
            assert (code is not None) != (back is True)
        if live and back is True:
            self._let_go(unit)
        elif code is not None:
            assert self.shown.setdefault(unit, code.secret) == code.secret

    @invariant()
    def every_code_is_in_one_place(self) -> None:
        free = free_ids(self.listing_id)
        held = list(self.held.values())
        assert len(held) == len(set(held))
        assert free.isdisjoint(held)
        assert free.isdisjoint(self.gone)
        assert len(free) + len(held) == len(self.secrets)

    @invariant()
    def nothing_was_shown_to_two(self) -> None:
        assert len(set(self.shown.values())) == len(self.shown)

    def _free(self) -> int:
        return len(self.secrets) - len(self.held)

    def _note(self, order: int, answer: dict[int, ClaimedCode]) -> None:
        """Nobody is handed what another holds, and whoever holds something is handed the same again."""
        for unit, code in answer.items():
            assert (order, unit) not in self.ended
            taken = {held for at, held in self.held.items() if at != (order, unit)}
            assert code.code_id not in taken
            assert self.held.setdefault((order, unit), code.code_id) == code.code_id

    def _let_go(self, unit: Unit) -> None:
        self.ended.add(unit)
        self.held.pop(unit, None)

    def _try(self, call: Callable[[], R]) -> R | None:
        try:
            return call()
        except StockRefused:
            return None

    def _at_once(self, calls: list[Callable[[], Any]]) -> list[Any]:
        return [future.result(30) for future in [self.pool.submit(call) for call in calls]]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Threads that keep their connection from one step to the next."""
    with ThreadPoolExecutor(THREADS) as threads:
        StockLives.pool = threads
        yield threads
        together = Barrier(THREADS)

        def close() -> None:
            together.wait(20)
            connections.close_all()

        for closing in [threads.submit(close) for _ in range(THREADS)]:
            closing.result(20)


def test_no_life_of_a_stock_hands_a_code_to_two_or_brings_a_shown_one_back(pool: ThreadPoolExecutor) -> None:
    run_state_machine_as_test(
        StockLives, settings=settings(max_examples=40, stateful_step_count=30, deadline=None, print_blob=True)
    )
