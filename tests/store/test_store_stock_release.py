"""Codes leave an order: freed, returned, void. What was shown never comes back."""

from functools import partial
from uuid import UUID, uuid4

import pytest
from stockroom import (
    LATER,
    NOW,
    filled,
    free_ids,
    in_background,
    open_elsewhere,
    rows,
    wait_until_blocked,
)

from side_by_side import at_once
from tuidan.domain.stock import IssuerCheck, StockKind, StockNo, StockRefused
from tuidan.store.stock.claim import claim_codes
from tuidan.store.stock.release import free_claim, return_to_stock, void_code, void_free_code
from tuidan.store.stock.reveal import open_for_issuer, reveal_code

UNIQUE, SHARED = StockKind.UNIQUE.value, StockKind.SHARED.value
UNUSED = IssuerCheck("unused", LATER)


def sold(kind: StockKind = StockKind.UNIQUE) -> tuple[UUID, UUID, UUID]:
    """A listing with one code, claimed by unit 1 of an order: listing, order, code."""
    listing_id, _ = filled(1, kind)
    order_id = uuid4()
    return listing_id, order_id, claim_codes(listing_id, order_id, [1], kind.value, NOW)[1].code_id


def state(listing_id: UUID, code_id: UUID) -> tuple[object, ...]:
    return rows(
        "SELECT state, void_reason FROM stock_code WHERE listing_id = %s AND code_id = %s",
        listing_id,
        code_id,
    )[0]


def test_a_freed_code_is_on_sale_again_for_another_order() -> None:
    listing_id, order_id, code_id = sold()
    assert free_claim(listing_id, order_id, 1, 5, LATER)
    assert claim_codes(listing_id, uuid4(), [1], UNIQUE, LATER)[1].code_id == code_id


def test_a_freed_claim_keeps_the_event_that_barred_its_delivery() -> None:
    listing_id, order_id, code_id = sold()
    free_claim(listing_id, order_id, 1, 5, LATER)
    assert rows(
        "SELECT code_id, ended_as, event_n, ended_at FROM stock_claim WHERE listing_id = %s", listing_id
    ) == [(code_id, "freed", 5, LATER)]


def test_a_unit_whose_claim_was_freed_never_claims_again() -> None:
    listing_id, order_id, _ = sold()
    free_claim(listing_id, order_id, 1, 5, LATER)
    assert claim_codes(listing_id, order_id, [1], UNIQUE, LATER) == {}
    assert len(free_ids(listing_id)) == 1


@pytest.mark.parametrize("kind", [UNIQUE, SHARED])
def test_a_claim_that_comes_after_its_own_freeing_finds_the_bar(kind: str) -> None:
    listing_id, _ = filled(1, StockKind(kind))
    order_id = uuid4()
    assert free_claim(listing_id, order_id, 1, 5, NOW)
    assert claim_codes(listing_id, order_id, [1], kind, LATER) == {}


def test_freeing_twice_frees_once() -> None:
    listing_id, order_id, _ = sold()
    assert [free_claim(listing_id, order_id, 1, 5, LATER) for _ in range(2)] == [True, False]
    assert len(free_ids(listing_id)) == 1


def test_four_simultaneous_freeings_free_once() -> None:
    listing_id, order_id, _ = sold()
    assert sorted(at_once([partial(free_claim, listing_id, order_id, 1, 5, LATER)] * 4)) == [
        False,
        False,
        False,
        True,
    ]
    assert len(free_ids(listing_id)) == 1


def test_a_freeing_that_meets_an_unfinished_claim_frees_it_when_it_is_there() -> None:
    listing_id, _ = filled(1)
    order_id = uuid4()
    freed: list[bool] = []
    with open_elsewhere(lambda: claim_codes(listing_id, order_id, [1], UNIQUE, NOW), commit=True) as finish:
        second = in_background(lambda: freed.append(free_claim(listing_id, order_id, 1, 5, LATER)))
        wait_until_blocked()
        finish()
        second.join(20)
    assert freed == [True]
    assert len(free_ids(listing_id)) == 1


def test_a_sealed_code_returns_after_the_issuer_called_it_unused() -> None:
    listing_id, order_id, code_id = sold()
    assert return_to_stock(listing_id, order_id, 1, 7, UNUSED, LATER)
    assert free_ids(listing_id) == {code_id}
    assert rows(
        "SELECT ended_as, event_n, issuer_status, issuer_checked_at FROM stock_claim WHERE listing_id = %s",
        listing_id,
    ) == [("returned", 7, "unused", LATER)]


def test_returning_twice_returns_once() -> None:
    listing_id, order_id, _ = sold()
    assert [return_to_stock(listing_id, order_id, 1, 7, UNUSED, LATER) for _ in range(2)] == [True, False]
    assert len(free_ids(listing_id)) == 1


@pytest.mark.parametrize("status", ["activated", "invalid", "unknown"])
def test_a_sealed_code_stays_away_while_the_issuer_does_not_call_it_unused(status: str) -> None:
    listing_id, order_id, code_id = sold()
    with pytest.raises(StockRefused) as refused:
        return_to_stock(listing_id, order_id, 1, 7, IssuerCheck(status, LATER), LATER)
    assert refused.value.code is StockNo.ISSUER_NOT_UNUSED
    assert (free_ids(listing_id), state(listing_id, code_id)) == (set(), ("claimed", None))


@pytest.mark.parametrize("shown_then", ["free", "return"])
def test_a_shown_code_never_goes_back_on_sale(shown_then: str) -> None:
    listing_id, order_id, code_id = sold()
    reveal_code(listing_id, order_id, 1, NOW)
    with pytest.raises(StockRefused) as refused:
        if shown_then == "free":
            free_claim(listing_id, order_id, 1, 5, LATER)
        else:
            return_to_stock(listing_id, order_id, 1, 5, UNUSED, LATER)
    assert refused.value.code is StockNo.CODE_REVEALED
    assert (free_ids(listing_id), state(listing_id, code_id)) == (set(), ("revealed", None))


def test_showing_and_returning_at_the_same_time_let_one_win() -> None:
    for _ in range(8):
        listing_id, order_id, _ = sold()
        shown, returned = at_once(
            [
                partial(reveal_code, listing_id, order_id, 1, LATER),
                partial(return_to_stock, listing_id, order_id, 1, 7, UNUSED, LATER),
            ]
        )
        assert isinstance(shown, StockRefused) != isinstance(returned, StockRefused)
        assert len(free_ids(listing_id)) == (1 if returned is True else 0)


@pytest.mark.parametrize("shown", [True, False])
def test_a_void_code_is_void_for_ever(shown: bool) -> None:
    listing_id, order_id, code_id = sold()
    if shown:
        reveal_code(listing_id, order_id, 1, NOW)
    assert [void_code(listing_id, order_id, 1, "refunded", LATER) for _ in range(2)] == [True, False]
    for attempt in (
        partial(free_claim, listing_id, order_id, 1, 9, LATER),
        partial(return_to_stock, listing_id, order_id, 1, 9, UNUSED, LATER),
    ):
        with pytest.raises(StockRefused) as refused:
            attempt()
        assert refused.value.code is StockNo.CODE_VOID
    assert (free_ids(listing_id), state(listing_id, code_id)) == (set(), ("void", "refunded"))


def test_a_void_code_that_was_never_shown_is_not_shown_any_more() -> None:
    listing_id, order_id, _ = sold()
    void_code(listing_id, order_id, 1, "issuer_activated", LATER)
    with pytest.raises(StockRefused) as refused:
        reveal_code(listing_id, order_id, 1, LATER)
    assert refused.value.code is StockNo.CODE_VOID


def test_a_freed_claim_does_not_open_the_code_that_another_order_has_now() -> None:
    listing_id, order_id, _ = sold()
    free_claim(listing_id, order_id, 1, 5, LATER)
    claim_codes(listing_id, uuid4(), [1], UNIQUE, LATER)
    for opening in (
        partial(reveal_code, listing_id, order_id, 1, LATER),
        partial(open_for_issuer, listing_id, order_id, 1),
        partial(void_code, listing_id, order_id, 1, "refunded", LATER),
    ):
        with pytest.raises(StockRefused) as refused:
            opening()
        assert refused.value.code is StockNo.CLAIM_ENDED


@pytest.mark.parametrize("what", ["return", "void", "reveal", "ask"])
def test_a_claim_that_is_not_there_is_refused(what: str) -> None:
    listing_id, order_id = uuid4(), uuid4()
    attempts = {
        "return": partial(return_to_stock, listing_id, order_id, 1, 5, UNUSED, LATER),
        "void": partial(void_code, listing_id, order_id, 1, "refunded", LATER),
        "reveal": partial(reveal_code, listing_id, order_id, 1, LATER),
        "ask": partial(open_for_issuer, listing_id, order_id, 1),
    }
    with pytest.raises(StockRefused) as refused:
        attempts[what]()
    assert refused.value.code is StockNo.CLAIM_UNKNOWN


def test_a_refunded_claim_on_a_shared_secret_leaves_the_secret_to_the_others() -> None:
    listing_id, order_id, code_id = sold(StockKind.SHARED)
    other = uuid4()
    claim_codes(listing_id, other, [1], SHARED, NOW)
    reveal_code(listing_id, order_id, 1, NOW)
    assert void_code(listing_id, order_id, 1, "refunded", LATER)
    assert (
        reveal_code(listing_id, other, 1, LATER).secret == reveal_code(listing_id, order_id, 1, LATER).secret
    )
    assert claim_codes(listing_id, uuid4(), [1], SHARED, LATER)[1].code_id == code_id


def test_a_sealed_claim_on_a_shared_secret_ends_without_the_issuer() -> None:
    listing_id, order_id, _ = sold(StockKind.SHARED)
    assert return_to_stock(listing_id, order_id, 1, 7, IssuerCheck("unknown", LATER), LATER)
    with pytest.raises(StockRefused) as refused:
        reveal_code(listing_id, order_id, 1, LATER)
    assert refused.value.code is StockNo.CLAIM_ENDED


def test_a_withdrawn_code_is_not_sold() -> None:
    listing_id, _ = filled(2)
    first = min(free_ids(listing_id))
    void_free_code(listing_id, first, "withdrawn", NOW)
    assert sorted(claim_codes(listing_id, uuid4(), [1, 2], UNIQUE, NOW)) == [1]
    assert state(listing_id, first) == ("void", "withdrawn")


def test_a_claimed_code_cannot_be_withdrawn() -> None:
    listing_id, _, code_id = sold()
    with pytest.raises(StockRefused) as refused:
        void_free_code(listing_id, code_id, "withdrawn", NOW)
    assert refused.value.code is StockNo.CODE_NOT_FREE
    assert state(listing_id, code_id) == ("claimed", None)
