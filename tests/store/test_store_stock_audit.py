"""The audit of the stock: silent on what commands made, and each kind of damage is named."""

from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from django.db import connection
from stockroom import LATER, NOW, filled

from tuidan.domain.stock import IssuerCheck, StockKind
from tuidan.site.cli import tuidan
from tuidan.store.stock.audit import audit_seals, audit_stock
from tuidan.store.stock.claim import claim_codes
from tuidan.store.stock.release import free_claim, return_to_stock, void_code, void_free_code
from tuidan.store.stock.reveal import reveal_code


def lived() -> tuple[UUID, dict[str, UUID]]:
    """A listing whose codes went every way there is; the codes that are now free, claimed and shown."""
    listing_id, _ = filled(8)
    order_id = uuid4()
    codes = {
        unit: code.code_id
        for unit, code in claim_codes(listing_id, order_id, range(1, 7), "unique", NOW).items()
    }
    free_claim(listing_id, order_id, 1, 3, LATER)
    return_to_stock(listing_id, order_id, 2, 3, IssuerCheck("unused", LATER), LATER)
    void_code(listing_id, order_id, 3, "dead", LATER)
    reveal_code(listing_id, order_id, 4, LATER)
    void_code(listing_id, order_id, 4, "refunded", LATER)
    reveal_code(listing_id, order_id, 5, LATER)
    void_free_code(listing_id, codes[1], "withdrawn", LATER)
    return listing_id, {"free": codes[2], "shown": codes[5], "claimed": codes[6]}


def damage(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def found(listing_id: UUID) -> set[tuple[str, UUID]]:
    return {(difference.what, difference.code_id) for difference in audit_stock(listing_id)}


def test_whatever_commands_do_the_stock_adds_up() -> None:
    listing_id, _ = lived()
    shared, _ = filled(1, StockKind.SHARED)
    claim_codes(shared, uuid4(), [1, 2], "shared", NOW)
    for listing in (listing_id, shared):
        assert (audit_stock(listing), list(audit_seals(listing))) == ([], [])


def test_a_shown_code_put_back_on_sale_by_hand_is_found() -> None:
    listing_id, codes = lived()
    damage("INSERT INTO stock_free (listing_id, code_id) VALUES (%s, %s)", listing_id, codes["shown"])
    assert found(listing_id) == {
        ("for_sale_but_not_free", codes["shown"]),
        ("shown_but_for_sale", codes["shown"]),
    }


@pytest.mark.parametrize(
    ("statement", "code", "what"),
    [
        ("DELETE FROM stock_free WHERE listing_id = %s AND code_id = %s", "free", "free_but_not_for_sale"),
        ("DELETE FROM stock_claim WHERE listing_id = %s AND code_id = %s", "claimed", "claimed_by_nobody"),
        (
            "UPDATE stock_claim SET revealed_at = claimed_at WHERE listing_id = %s AND code_id = %s",
            "claimed",
            "claim_and_state_differ",
        ),
    ],
)
def test_a_row_that_was_tampered_with_is_found(statement: str, code: str, what: str) -> None:
    listing_id, codes = lived()
    damage(statement, listing_id, codes[code])
    assert found(listing_id) == {(what, codes[code])}


def test_a_code_whose_fingerprint_was_removed_is_found() -> None:
    listing_id, codes = lived()
    damage(
        "DELETE FROM stock_fingerprint WHERE fingerprint = "
        "ANY (ARRAY(SELECT fingerprint FROM stock_fingerprint WHERE listing_id = %s AND code_id = %s))",
        listing_id, codes["claimed"],
    )  # fmt: skip
    assert found(listing_id) == {("without_fingerprint", codes["claimed"])}


def test_a_code_shown_to_two_orders_is_found() -> None:
    listing_id, codes = lived()
    damage(
        "INSERT INTO stock_claim (listing_id, order_id, unit, code_id, shared, tail, revealed_at, ended_as) "
        "VALUES (%s, %s, 1, %s, false, '', %s, 'void')",
        listing_id, uuid4(), codes["shown"], NOW,
    )  # fmt: skip
    assert found(listing_id) == {("shown_to_two", codes["shown"])}


def test_an_altered_ciphertext_is_found_by_opening_every_seal() -> None:
    listing_id, codes = lived()
    damage(
        "UPDATE stock_code SET ciphertext = ciphertext || '\\x00' WHERE listing_id = %s AND code_id = %s",
        listing_id, codes["claimed"],
    )  # fmt: skip
    assert audit_stock(listing_id) == []
    assert [(seal.what, seal.code_id) for seal in audit_seals(listing_id)] == [
        ("broken_seal", codes["claimed"])
    ]


def test_the_command_line_ends_with_one_on_a_difference_and_names_it() -> None:
    listing_id, codes = lived()
    clean = CliRunner().invoke(tuidan, ["stock", "audit", str(listing_id), "--seals"])
    damage("DELETE FROM stock_free WHERE listing_id = %s AND code_id = %s", listing_id, codes["free"])
    broken = CliRunner().invoke(tuidan, ["stock", "audit", str(listing_id)])
    assert (clean.exit_code, broken.exit_code) == (0, 1)
    assert f"可售,但不在售卖表里 · free but not for sale: {listing_id} {codes['free']}" in broken.stdout


def test_without_a_listing_every_listing_is_looked_at(fresh_database: str) -> None:
    one, codes = lived()
    other, others = lived()
    for listing_id, code_id in ((one, codes["free"]), (other, others["free"])):
        damage("DELETE FROM stock_free WHERE listing_id = %s AND code_id = %s", listing_id, code_id)
    assert {difference.listing_id for difference in audit_stock()} == {one, other}
    assert list(audit_seals()) == []
