"""The fifteen invariants hold for the product; and each of fifteen broken ledgers fails exactly the one it breaks."""

import pytest
from ledger_kit import CHECKS, broken_by
from ledger_mutants import MUTANTS, SoundLedger
from ledger_product import ProductLedger


@pytest.mark.parametrize("name", list(CHECKS))
def test_the_product_keeps_the_invariant(name: str) -> None:
    CHECKS[name](ProductLedger())


def test_a_sound_ledger_passes_every_check() -> None:
    assert broken_by(SoundLedger()) == set()


@pytest.mark.parametrize("name", list(MUTANTS))
def test_a_broken_ledger_fails_exactly_its_invariant(name: str) -> None:
    assert broken_by(MUTANTS[name]()) == {name}


def test_every_invariant_has_a_ledger_that_breaks_it() -> None:
    assert (list(MUTANTS), len(CHECKS)) == (list(CHECKS), 15)
