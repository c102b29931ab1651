"""Claims: each code once, the same answer to the same question, whoever asks at the same time."""

import threading
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from stockroom import (
    LATER,
    NOW,
    fill,
    filled,
    free_ids,
    in_background,
    open_elsewhere,
    rows,
    wait_until_blocked,
)

from side_by_side import at_once
from tuidan.domain.stock import StockKind
from tuidan.store.stock.claim import MAY_COME_FREE, ClaimedCode, claim_codes, count_free, is_in_stock

UNIQUE, SHARED = StockKind.UNIQUE.value, StockKind.SHARED.value


def claim(listing_id: UUID, order_id: UUID, *units: int) -> dict[int, ClaimedCode]:
    return claim_codes(listing_id, order_id, units, UNIQUE, NOW)


def test_a_claim_takes_one_code_for_each_unit_in_the_order_of_the_file() -> None:
    listing_id, secrets = filled(5)
    claimed = claim(listing_id, uuid4(), 3, 1, 2)
    assert [claimed[unit].tail for unit in (1, 2, 3)] == [secret[-4:] for secret in secrets[:3]]
    assert len({code.code_id for code in claimed.values()}) == 3
    assert count_free(listing_id) == 2


def test_asking_again_gives_the_same_codes_and_takes_no_more() -> None:
    listing_id, _ = filled(5)
    order_id = uuid4()
    first = claim(listing_id, order_id, 1, 2)
    assert claim_codes(listing_id, order_id, [1, 2, 2], UNIQUE, LATER) == first
    assert count_free(listing_id) == 3


def test_asking_again_for_more_units_keeps_the_earlier_codes() -> None:
    listing_id, _ = filled(5)
    order_id = uuid4()
    first = claim(listing_id, order_id, 1)
    assert claim(listing_id, order_id, 1, 2)[1] == first[1]
    assert count_free(listing_id) == 3


def test_fewer_codes_than_units_give_the_first_units_theirs() -> None:
    listing_id, _ = filled(2)
    assert sorted(claim(listing_id, uuid4(), 1, 2, 3, 4)) == [1, 2]
    assert count_free(listing_id) == 0


def test_an_empty_stock_gives_nothing() -> None:
    assert claim(uuid4(), uuid4(), 1, 2) == {}


def test_no_units_take_no_codes() -> None:
    listing_id, _ = filled(1)
    assert claim(listing_id, uuid4()) == {}
    assert count_free(listing_id) == 1


def test_five_hundred_units_in_one_claim_get_five_hundred_codes() -> None:
    listing_id, _ = filled(501)
    claimed = claim(listing_id, uuid4(), *range(1, 501))
    assert len({code.code_id for code in claimed.values()}) == 500
    assert count_free(listing_id) == 1


def test_the_loser_of_a_collision_gives_its_code_back_and_gets_the_winners() -> None:
    listing_id, _ = filled(3)
    order_id = uuid4()
    found: list[dict[int, ClaimedCode]] = []
    with open_elsewhere(lambda: found.append(claim(listing_id, order_id, 1)), commit=True) as finish:
        second = in_background(lambda: found.append(claim(listing_id, order_id, 1)))
        wait_until_blocked()
        finish()
        second.join(20)
    assert len(found) == 2
    assert found[0] == found[1]
    assert len(free_ids(listing_id)) == 2


@pytest.mark.parametrize("units", [(1,), (1, 2, 3)])
def test_four_simultaneous_claims_for_one_order_remove_what_one_claim_would(units: tuple[int, ...]) -> None:
    listing_id, _ = filled(60)
    for round_ in range(1, 9):
        order_id = uuid4()
        found = at_once([partial(claim, listing_id, order_id, *units)] * 4)
        assert found.count(found[0]) == 4
        assert isinstance(found[0], dict)
        assert sorted(found[0]) == list(units)
        assert len(free_ids(listing_id)) == 60 - round_ * len(units)


def test_thirty_two_orders_at_once_never_share_a_code() -> None:
    listing_id, _ = filled(20)
    found = at_once([partial(claim, listing_id, uuid4(), 1) for _ in range(32)])
    codes = [answer[1].code_id for answer in found if isinstance(answer, dict) and answer]
    assert (len(codes), len(set(codes))) == (20, 20)
    assert all(isinstance(answer, dict) for answer in found)
    assert free_ids(listing_id) == set()


def test_the_last_code_is_not_called_sold_out_while_another_claim_may_let_go_of_it() -> None:
    listing_id, _ = filled(1)
    found: list[dict[int, ClaimedCode]] = []
    looked_again = threading.Event()

    def notice(execute: Any, sql: str, *more: Any) -> Any:
        if sql == MAY_COME_FREE:
            looked_again.set()
        return execute(sql, *more)

    def claim_noticed() -> None:
        with connection.execute_wrapper(notice):
            found.append(claim(listing_id, uuid4(), 1))

    with open_elsewhere(lambda: claim(listing_id, uuid4(), 1), commit=False) as finish:
        second = in_background(claim_noticed)
        assert looked_again.wait(20)
        finish()
        second.join(20)
    assert sorted(found[0]) == [1]


def test_the_last_code_is_sold_out_when_the_other_claim_keeps_it() -> None:
    listing_id, _ = filled(1)
    claim(listing_id, uuid4(), 1)
    assert claim(listing_id, uuid4(), 1) == {}


def test_a_claim_inside_a_transaction_that_is_undone_is_undone_with_it() -> None:
    listing_id, _ = filled(1)
    with transaction.atomic():
        claim(listing_id, uuid4(), 1)
        transaction.set_rollback(True)
    assert len(free_ids(listing_id)) == 1


def test_the_database_itself_refuses_a_second_live_claim_on_a_code() -> None:
    listing_id, _ = filled(1)
    code_id = claim(listing_id, uuid4(), 1)[1].code_id
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(
            "INSERT INTO stock_claim (listing_id, order_id, unit, code_id, shared, tail, claimed_at) "
            "VALUES (%s, %s, 1, %s, false, '', %s) RETURNING 1",
            listing_id, uuid4(), code_id, NOW,
        )  # fmt: skip


def test_codes_of_another_listing_are_never_taken() -> None:
    mine, _ = filled(1)
    other, _ = filled(3)
    assert sorted(claim(mine, uuid4(), 1, 2)) == [1]
    assert count_free(other) == 3


def test_a_shared_secret_goes_to_every_order_and_stays() -> None:
    listing_id, secrets = filled(1, StockKind.SHARED)
    orders = [uuid4() for _ in range(3)]
    claimed = [claim_codes(listing_id, order_id, [1, 2], SHARED, NOW) for order_id in orders]
    assert {(code.code_id, code.tail, code.shared) for found in claimed for code in found.values()} == {
        (claimed[0][1].code_id, secrets[0][-4:], True)
    }
    assert is_in_stock(listing_id, SHARED, 1000)


def test_a_newer_shared_secret_serves_new_claims_and_leaves_earlier_ones() -> None:
    listing_id, secrets = filled(2, StockKind.SHARED)
    order_id = uuid4()
    first = claim_codes(listing_id, order_id, [1], SHARED, NOW)
    assert first[1].tail == secrets[1][-4:]
    from_stockroom = uuid4().hex
    filled_again = fill(listing_id, [from_stockroom], StockKind.SHARED)
    assert filled_again.imported == 1
    assert claim_codes(listing_id, order_id, [1], SHARED, NOW) == first
    assert claim_codes(listing_id, uuid4(), [1], SHARED, NOW)[1].tail == from_stockroom[-4:]


def test_simultaneous_claims_on_a_shared_secret_agree() -> None:
    listing_id, _ = filled(1, StockKind.SHARED)
    order_id = uuid4()
    found = at_once([partial(claim_codes, listing_id, order_id, [1, 2], SHARED, NOW)] * 4)
    assert found.count(found[0]) == 4
    assert len(rows("SELECT 1 FROM stock_claim WHERE listing_id = %s", listing_id)) == 2


@pytest.mark.parametrize(("quantity", "there"), [(1, True), (3, True), (4, False)])
def test_in_stock_means_enough_for_the_quantity(quantity: int, there: bool) -> None:
    listing_id, _ = filled(3)
    assert is_in_stock(listing_id, UNIQUE, quantity) is there


def test_a_listing_without_a_shared_secret_is_out_of_stock() -> None:
    assert not is_in_stock(uuid4(), SHARED, 1)
    assert claim_codes(uuid4(), uuid4(), [1], SHARED, NOW) == {}


def test_an_unknown_kind_of_stock_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(ValueError, match="none"):
        claim_codes(uuid4(), uuid4(), [1], "none", NOW)
