"""Opening a code: marked as shown before anybody sees it, refused when its row was touched."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.fixtures import Settings
from stockroom import LATER, NOW, fill, filled, rows

from tuidan.domain.stock import StockKind
from tuidan.store.stock.claim import claim_codes
from tuidan.store.stock.keys import refuse_lost_keys, vault
from tuidan.store.stock.release import void_code
from tuidan.store.stock.reveal import open_for_issuer, reveal_code
from tuidan.store.stock.vault import Vault, VaultError

UNIQUE = StockKind.UNIQUE.value
SHOWN_AT = "SELECT revealed_at FROM stock_claim WHERE listing_id = %s AND order_id = %s"


def bought(units: int = 1) -> tuple[UUID, UUID, list[str]]:
    listing_id, secrets = filled(units)
    order_id = uuid4()
    claim_codes(listing_id, order_id, range(1, units + 1), UNIQUE, NOW)
    return listing_id, order_id, secrets


def change(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def test_the_buyer_sees_the_code_that_was_imported() -> None:
    listing_id, order_id, secrets = bought(2)
    assert [reveal_code(listing_id, order_id, unit, NOW).secret for unit in (1, 2)] == secrets


def test_showing_again_shows_the_same_and_keeps_the_first_time() -> None:
    listing_id, order_id, _ = bought()
    assert reveal_code(listing_id, order_id, 1, NOW) == reveal_code(listing_id, order_id, 1, LATER)
    assert rows(SHOWN_AT, listing_id, order_id) == [(NOW,)]


def test_a_code_shown_before_it_became_void_can_still_be_seen() -> None:
    listing_id, order_id, secrets = bought()
    reveal_code(listing_id, order_id, 1, NOW)
    void_code(listing_id, order_id, 1, "refunded", LATER)
    assert reveal_code(listing_id, order_id, 1, LATER).secret == secrets[0]


def test_a_question_to_the_issuer_does_not_count_as_showing() -> None:
    listing_id, order_id, secrets = bought()
    assert open_for_issuer(listing_id, order_id, 1).secret == secrets[0]
    assert rows(SHOWN_AT, listing_id, order_id) == [(None,)]


def test_a_changed_ciphertext_is_refused_and_nothing_is_marked_as_shown() -> None:
    listing_id, order_id, _ = bought()
    flip = "set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)"
    change(f"UPDATE stock_code SET ciphertext = {flip} WHERE listing_id = %s", listing_id)
    with pytest.raises(VaultError) as refused:
        reveal_code(listing_id, order_id, 1, NOW)
    assert refused.value.code == "broken_seal"
    assert rows(SHOWN_AT, listing_id, order_id) == [(None,)]
    assert rows("SELECT state FROM stock_code WHERE listing_id = %s", listing_id) == [("claimed",)]


def test_two_rows_whose_ciphertexts_were_swapped_are_refused() -> None:
    listing_id, order_id, _ = bought(2)
    swapped = rows(
        "SELECT code_id, ciphertext FROM stock_code WHERE listing_id = %s ORDER BY code_id", listing_id
    )
    for (code_id, _), (_, ciphertext) in zip(swapped, reversed(swapped), strict=True):
        change(
            "UPDATE stock_code SET ciphertext = %s WHERE listing_id = %s AND code_id = %s",
            bytes(ciphertext), listing_id, code_id,
        )  # fmt: skip
    for unit in (1, 2):
        with pytest.raises(VaultError) as refused:
            reveal_code(listing_id, order_id, unit, NOW)
        assert refused.value.code == "broken_seal"


def test_a_claim_pointed_at_another_orders_code_is_refused_by_the_database() -> None:
    listing_id, _ = filled(2)
    orders = [uuid4(), uuid4()]
    codes = [claim_codes(listing_id, order_id, [1], UNIQUE, NOW)[1].code_id for order_id in orders]
    with pytest.raises(Exception, match="stock_claim_live"):
        change(
            "UPDATE stock_claim SET code_id = %s WHERE listing_id = %s AND order_id = %s",
            codes[1], listing_id, orders[0],
        )  # fmt: skip


def test_the_database_holds_no_code_in_the_clear() -> None:
    listing_id, _, secrets = bought()
    found = rows(
        "SELECT stock_code::text, encode(ciphertext, 'escape') FROM stock_code WHERE listing_id = %s",
        listing_id,
    )
    assert not [text for row in found for text in row if secrets[0] in text]


def test_after_a_key_change_old_codes_open_and_new_ones_use_the_new_key(settings: Settings) -> None:
    listing_id, order_id, secrets = bought()
    settings.VAULT_KEYS = (*settings.VAULT_KEYS, b"\x11" * 32)
    assert reveal_code(listing_id, order_id, 1, NOW).secret == secrets[0]
    assert fill(listing_id, [secrets[0], uuid4().hex]).counts == {"imported_before": 1}
    keys = rows("SELECT key_id FROM stock_code WHERE listing_id = %s ORDER BY code_id", listing_id)
    assert [key for (key,) in keys] == vault().key_ids


def test_a_lost_master_key_is_noticed_before_anything_is_added() -> None:
    filled(1)
    with pytest.raises(VaultError) as refused:
        refuse_lost_keys(Vault([b"\x22" * 32]))
    assert refused.value.code == "unknown_key"
    assert refuse_lost_keys(Vault([*settings.VAULT_KEYS, b"\x11" * 32])) is None
