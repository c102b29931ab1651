"""The stock commands: what an import needs to know of its listing, and what becomes of a sealed code."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from tuidan.commands.stock import (
    claim_for_order,
    free_for_order,
    import_stock,
    take_back_sealed,
    taken_back,
    void_for_order,
)
from tuidan.domain.stock import CodeState, IssuerCheck, StockNo, StockRefused
from tuidan.reads.stock import is_in_stock, stock_of
from tuidan.store.shared.models import Listing
from tuidan.store.stock.reveal import reveal_code
from tuidan.store.stock.vault import VaultError

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)


def listed(stock_kind: str = "unique", shop_id: UUID | None = None) -> UUID:
    listing = Listing.objects.create(
        shop_id=shop_id or uuid4(),
        title="点卡",
        goods_kind="card_code",
        price_fen=9_900,
        stock_kind=stock_kind,
    )
    return listing.id


def bought() -> tuple[UUID, UUID]:
    """A listing whose only code belongs, sealed, to unit 1 of an order."""
    listing_id, order_id = listed(), uuid4()
    import_stock(listing_id, uuid4().hex, None, NOW)
    claim_for_order(listing_id, order_id, [1], "unique", NOW)
    return listing_id, order_id


def test_the_codes_of_a_file_are_for_sale_after_the_import() -> None:
    listing_id = listed()
    assert import_stock(listing_id, f"{uuid4().hex}\n{uuid4().hex}", None, NOW).imported == 2
    assert is_in_stock(listing_id, "unique", 2)


def test_one_shop_cannot_sell_a_code_in_two_listings() -> None:
    shop_id, secret = uuid4(), uuid4().hex
    import_stock(listed(shop_id=shop_id), secret, None, NOW)
    assert import_stock(listed(shop_id=shop_id), secret, None, NOW).counts == {"imported_elsewhere": 1}


def test_the_listing_says_that_its_secret_is_shared() -> None:
    listing_id = listed("shared")
    import_stock(listing_id, uuid4().hex, None, NOW)
    first = claim_for_order(listing_id, uuid4(), [1], "shared", NOW)[1]
    assert claim_for_order(listing_id, uuid4(), [1], "shared", NOW)[1] == first
    assert stock_of(listing_id).shared_secrets == 1


@pytest.mark.parametrize(("stock_kind", "code"), [("none", StockNo.LISTING_WITHOUT_CODES)])
def test_a_listing_without_codes_takes_none(stock_kind: str, code: StockNo) -> None:
    with pytest.raises(StockRefused) as refused:
        import_stock(listed(stock_kind), uuid4().hex, None, NOW)
    assert refused.value.code is code


def test_an_unknown_listing_is_refused() -> None:
    with pytest.raises(StockRefused) as refused:
        import_stock(uuid4(), uuid4().hex, None, NOW)
    assert refused.value.code is StockNo.LISTING_UNKNOWN


def test_one_faulty_line_stops_the_whole_file_and_is_named() -> None:
    listing_id = listed()
    with pytest.raises(StockRefused) as refused:
        import_stock(listing_id, f"6101----{uuid4().hex}\n\nfaulty", "----", NOW)
    assert refused.value.code is StockNo.FAULTY_LINES
    assert refused.value.data == {"faults": {"no_separator": 1}, "lines": [(3, "no_separator")]}
    assert not is_in_stock(listing_id, "unique", 1)


def test_an_import_with_other_master_keys_than_the_stock_has_is_refused(settings: Settings) -> None:
    bought()
    settings.VAULT_KEYS = (b"\x33" * 32,)
    with pytest.raises(VaultError) as refused:
        import_stock(listed(), uuid4().hex, None, NOW)
    assert refused.value.code == "unknown_key"


def test_a_sealed_code_that_the_issuer_calls_unused_is_for_sale_again() -> None:
    listing_id, order_id = bought()
    assert take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck("unused", LATER), LATER) is CodeState.FREE
    assert is_in_stock(listing_id, "unique", 1)


@pytest.mark.parametrize("status", ["activated", "invalid"])
def test_a_sealed_code_that_the_issuer_calls_dead_is_void(status: str) -> None:
    listing_id, order_id = bought()
    assert take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck(status, LATER), LATER) is CodeState.VOID
    assert stock_of(listing_id).by_state == {
        CodeState.FREE: 0,
        CodeState.CLAIMED: 0,
        CodeState.REVEALED: 0,
        CodeState.VOID: 1,
    }


@pytest.mark.parametrize("status", ["unknown", "locked"])
def test_a_sealed_code_waits_while_the_issuer_does_not_know(status: str) -> None:
    listing_id, order_id = bought()
    assert (
        take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck(status, LATER), LATER) is CodeState.CLAIMED
    )
    assert take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck("unused", LATER), LATER) is CodeState.FREE


def test_a_shown_code_is_not_taken_back_whatever_the_issuer_says() -> None:
    listing_id, order_id = bought()
    reveal_code(listing_id, order_id, 1, NOW)
    with pytest.raises(StockRefused) as refused:
        take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck("unused", LATER), LATER)
    assert refused.value.code is StockNo.CODE_REVEALED
    assert not is_in_stock(listing_id, "unique", 1)


def test_taking_back_twice_is_the_same_as_once() -> None:
    listing_id, order_id = bought()
    answers = {
        take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck("unused", LATER), LATER) for _ in range(2)
    }
    assert (answers, stock_of(listing_id).by_state[CodeState.FREE]) == ({CodeState.FREE}, 1)


def test_what_was_settled_stays_settled_whatever_the_issuer_says_later() -> None:
    listing_id, order_id = bought()
    assert taken_back(listing_id, order_id, 1) is None
    take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck("unused", LATER), LATER)
    claim_for_order(listing_id, uuid4(), [1], "unique", LATER)
    assert (
        take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck("activated", LATER), LATER) is CodeState.FREE
    )
    assert taken_back(listing_id, order_id, 1) is CodeState.FREE
    assert stock_of(listing_id).by_state[CodeState.VOID] == 0


def test_a_void_code_stays_void_when_the_issuer_calls_it_unused_later() -> None:
    listing_id, order_id = bought()
    void_for_order(listing_id, order_id, 1, "refunded", LATER)
    assert take_back_sealed(listing_id, order_id, 1, 7, IssuerCheck("unused", LATER), LATER) is CodeState.VOID
    assert not is_in_stock(listing_id, "unique", 1)


def test_freeing_and_voiding_reach_the_shelf() -> None:
    listing_id, order_id = bought()
    assert free_for_order(listing_id, order_id, 1, 5, LATER)
    other = uuid4()
    claim_for_order(listing_id, other, [1], "unique", LATER)
    assert void_for_order(listing_id, other, 1, "refunded", LATER)
    assert stock_of(listing_id).by_state[CodeState.VOID] == 1
