"""The vault: what opens, what is refused, what a key change leaves as it was."""

from uuid import UUID, uuid4

import pytest

from tuidan.domain.card_code import PlainCode
from tuidan.store.stock.vault import Sealed, Vault, VaultError, key_id

OLD, NEW, FOREIGN = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
LISTING, CARD = UUID(int=1), UUID(int=2)
CODE = PlainCode("6101000112345678", "密码-AB%0ACD")


def refused(vault: Vault, sealed: Sealed, listing_id: UUID = LISTING, code_id: UUID = CARD) -> str:
    with pytest.raises(VaultError) as error:
        vault.open(listing_id, code_id, sealed)
    return error.value.code


def test_what_was_sealed_opens_as_it_was() -> None:
    vault = Vault([OLD])
    assert vault.open(LISTING, CARD, vault.seal(LISTING, CARD, CODE)) == CODE


def test_the_sealed_form_shows_neither_number_nor_secret() -> None:
    sealed = Vault([OLD]).seal(LISTING, CARD, CODE).ciphertext
    assert CODE.number.encode() not in sealed
    assert CODE.secret.encode() not in sealed


def test_the_same_code_never_looks_the_same_twice() -> None:
    vault = Vault([OLD])
    assert vault.seal(LISTING, CARD, CODE) != vault.seal(LISTING, CARD, CODE)


@pytest.mark.parametrize("position", [0, 11, 12, 30, -1])
def test_one_changed_bit_is_refused(position: int) -> None:
    vault = Vault([OLD])
    sealed = vault.seal(LISTING, CARD, CODE)
    changed = bytearray(sealed.ciphertext)
    changed[position] ^= 1
    assert refused(vault, Sealed(sealed.key_id, bytes(changed))) == "broken_seal"


@pytest.mark.parametrize("length", [0, 11, 12, 27])
def test_a_cut_off_ciphertext_is_refused(length: int) -> None:
    vault = Vault([OLD])
    sealed = vault.seal(LISTING, CARD, CODE)
    assert refused(vault, Sealed(sealed.key_id, sealed.ciphertext[:length])) == "broken_seal"


def test_a_ciphertext_moved_to_another_card_is_refused() -> None:
    vault = Vault([OLD])
    assert refused(vault, vault.seal(LISTING, CARD, CODE), code_id=uuid4()) == "broken_seal"


def test_a_ciphertext_moved_to_another_listing_is_refused() -> None:
    vault = Vault([OLD])
    assert refused(vault, vault.seal(LISTING, CARD, CODE), listing_id=uuid4()) == "broken_seal"


def test_the_newest_key_seals_and_the_older_one_still_opens_its_own() -> None:
    before = Vault([OLD]).seal(LISTING, CARD, CODE)
    rotated = Vault([OLD, NEW])
    assert rotated.open(LISTING, CARD, before) == CODE
    assert rotated.seal(LISTING, CARD, CODE).key_id == key_id(NEW)


def test_a_key_that_is_not_here_is_named_and_not_guessed() -> None:
    sealed = Vault([FOREIGN]).seal(LISTING, CARD, CODE)
    assert refused(Vault([OLD, NEW]), sealed) == "unknown_key"


def test_another_key_under_the_same_name_does_not_open() -> None:
    sealed = Vault([FOREIGN]).seal(LISTING, CARD, CODE)
    assert refused(Vault([OLD]), Sealed(key_id(OLD), sealed.ciphertext)) == "broken_seal"


@pytest.mark.parametrize("keys", [[], [b"short"], [OLD, b"x" * 33]])
def test_a_vault_without_proper_keys_does_not_start(keys: list[bytes]) -> None:
    with pytest.raises(VaultError) as error:
        Vault(keys)
    assert error.value.code == "bad_key"


def test_the_same_code_of_the_same_seller_has_the_same_fingerprint_also_after_a_key_change() -> None:
    seller = uuid4()
    assert Vault([OLD]).fingerprint(seller, CODE) == Vault([OLD, NEW]).fingerprint(seller, CODE)


def test_fingerprints_differ_by_seller_by_key_and_by_where_the_number_ends() -> None:
    seller = uuid4()
    marks = [
        Vault([OLD]).fingerprint(seller, PlainCode("AB", "C")),
        Vault([OLD]).fingerprint(seller, PlainCode("A", "BC")),
        Vault([OLD]).fingerprint(seller, PlainCode("", "ABC")),
        Vault([OLD]).fingerprint(uuid4(), PlainCode("AB", "C")),
        Vault([NEW]).fingerprint(seller, PlainCode("AB", "C")),
    ]
    assert len(set(marks)) == 5
