"""One command over all orders of a listing: each is refunded once, however many processes share the work."""

from functools import partial
from uuid import UUID, uuid4

import pytest

from shopfloor import NOW, PRICE_FEN, TOP_UP, Bought, basket, kinds, listed, pay, state
from side_by_side import Elsewhere, order_held, wait_for_blocked
from tuidan.commands import order
from tuidan.commands.incident import IncidentResult, refund_incident

ORDERS = 7
FORKS_BESIDE_THREADS = (
    "ignore:This process:DeprecationWarning"  # the test runner has threads, a command line has none
)


@pytest.fixture
def waiting() -> tuple[UUID, list[Bought]]:
    """A listing with paid top-ups that its supplier will not deliver, in the order in which chunks take them."""
    shop, listing = listed(**TOP_UP)
    bought = []
    for _ in range(ORDERS):
        buyer = uuid4()
        outcome = order.place_order(buyer, basket(listing, account="13800000000"), "place", NOW)
        bought.append(Bought(outcome.order_id, buyer, shop, listing))
        pay(bought[-1], PRICE_FEN)
    return listing, sorted(bought, key=lambda one: one.id)


def refunds_decided(bought: list[Bought]) -> list[int]:
    return [kinds(one).count("refund_decided") for one in bought]


@pytest.mark.filterwarnings(FORKS_BESIDE_THREADS)
@pytest.mark.parametrize("processes", [1, 3])
def test_every_order_is_refunded_once_by_one_process_and_by_several(
    waiting: tuple[UUID, list[Bought]], processes: int
) -> None:
    listing, bought = waiting
    seen: list[int] = []
    first = refund_incident(
        listing, "fire", "op", NOW, lambda r: seen.append(r.looked_at), chunk_orders=2, processes=processes
    )
    again = refund_incident(listing, "fire", "op", NOW, chunk_orders=2, processes=processes)
    assert (first.looked_at, first.changed, first.refunded_fen) == (ORDERS, ORDERS, ORDERS * PRICE_FEN)
    assert seen == [2, 4, 6, 7]
    assert again == IncidentResult()
    assert refunds_decided(bought) == [1] * ORDERS
    assert {state(one).status for one in bought} == {"refunded"}


def test_an_order_that_somebody_holds_is_left_out_of_its_chunk_and_done_alone(
    waiting: tuple[UUID, list[Bought]],
) -> None:
    listing, bought = waiting
    with order_held(bought[2].id):
        going = Elsewhere(partial(refund_incident, listing, "fire", "op", NOW, chunk_orders=4))  # type: ignore[arg-type]
        wait_for_blocked(1)  # the chunk was written without it, now its own append waits
        assert refunds_decided(bought[:4]) == [1, 1, 0, 1]
    assert going.result().changed == ORDERS  # type: ignore[attr-defined]
    assert refunds_decided(bought) == [1] * ORDERS
