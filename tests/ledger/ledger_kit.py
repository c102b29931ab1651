"""The fifteen invariants of the ledger conformance kit, as checks against any ledger that speaks `Ledger`.

Each check raises AssertionError for its own invariant only; the broken ledgers of `ledger_mutants.py` prove that.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from side_by_side import at_once

APPLIED, REPEATED, REFUSED = "applied", "repeated", "refused"
DUPLICATES = 64
COIN = 100
COINS_MAX = 10
CROWD = 24
SMALL_MOVES = 1000
ODD_KEY = 77


@dataclass(frozen=True)
class Entry:
    """One line of a journal: what each account got (negative: gave), in one currency."""

    legs: tuple[tuple[str, int], ...]
    currency: str


class Ledger(Protocol):
    """What a ledger must be able to say and do. An account is whatever `open` gives; it is filled with equal coins."""

    coins_max: int

    def open(self, coins: int, coin: int = COIN) -> Any:
        """A new account with so many coins of so many fen each."""

    def take(self, account: Any, key: int, currency: str = "CNY") -> str:
        """Take one coin out under a key: applied, repeated or refused."""

    def balance(self, account: Any) -> int:
        """The balance as it is kept."""

    def taken(self, account: Any) -> int:
        """What arrived where it was sent."""

    def journal(self, account: Any) -> list[Entry]:
        """All lines, in order."""

    def numbers(self, account: Any) -> list[int]:
        """The numbers of the log, in order."""

    def rebuild(self, account: Any) -> int:
        """The balance from the log alone."""

    def put_right(self, account: Any) -> None:
        """Something was booked by mistake, and is corrected."""

    def change_a_line(self, account: Any) -> None:
        """Try, with the application's own rights, to change the last line."""

    def forge(self, account: Any) -> None:
        """Change the log from below, as a thief with all rights would."""

    def is_whole(self, account: Any) -> bool:
        """Whether the log proves itself."""


def projected(ledger: Ledger, account: Any) -> int:
    """The balance as the journal gives it: what the account's own legs sum to."""
    return sum(amount for entry in ledger.journal(account) for name, amount in entry.legs if name == "held")


def opened(ledger: Ledger, *keys: int) -> Any:
    """An account of ten coins from which these keys took one each."""
    account = ledger.open(COINS_MAX)
    for key in keys:
        assert ledger.take(account, key) == APPLIED
    return account


def balanced(ledger: Ledger) -> None:
    account = opened(ledger, 1)
    for entry in ledger.journal(account):
        assert sum(amount for _, amount in entry.legs) == 0
        assert len({name for name, amount in entry.legs if amount}) >= 2


def append_only(ledger: Ledger) -> None:
    account = opened(ledger, 1)
    before = ledger.journal(account)
    ledger.change_a_line(account)
    assert ledger.journal(account) == before


def hash_chain(ledger: Ledger) -> None:
    account = opened(ledger, 1)
    assert ledger.is_whole(account)
    ledger.forge(account)
    assert not ledger.is_whole(account)


def duplicate_no_op(ledger: Ledger) -> None:
    account = ledger.open(COINS_MAX)
    assert [ledger.take(account, key) for key in (1, 2, 1)] == [APPLIED, APPLIED, REPEATED]
    assert projected(ledger, account) == (COINS_MAX - 2) * COIN


def concurrent_duplicates_collapse(ledger: Ledger) -> None:
    account = ledger.open(COINS_MAX)
    said = at_once([partial(ledger.take, account, 1)] * DUPLICATES)
    assert Counter(said) == {APPLIED: 1, REPEATED: DUPLICATES - 1}  # type: ignore[arg-type]
    assert projected(ledger, account) == (COINS_MAX - 1) * COIN


def no_lost_update(ledger: Ledger) -> None:
    account = ledger.open(COINS_MAX)
    said = at_once([partial(ledger.take, account, key) for key in range(COINS_MAX)])
    assert said == [APPLIED] * COINS_MAX
    assert ledger.balance(account) == 0


def value_conserved(ledger: Ledger) -> None:
    account = opened(ledger, 1, 2, 3)
    assert projected(ledger, account) + ledger.taken(account) == COINS_MAX * COIN


def balance_is_projection(ledger: Ledger) -> None:
    account = ledger.open(COINS_MAX)
    for key in (1, ODD_KEY, 2):
        ledger.take(account, key)
        assert ledger.balance(account) == projected(ledger, account)


def no_overdraft(ledger: Ledger) -> None:
    account = ledger.open(COINS_MAX)
    said = at_once([partial(ledger.take, account, key) for key in range(CROWD)])
    assert Counter(said) == {APPLIED: COINS_MAX, REFUSED: CROWD - COINS_MAX}  # type: ignore[arg-type]
    assert projected(ledger, account) == 0


def no_drift(ledger: Ledger) -> None:
    coins = min(ledger.coins_max, SMALL_MOVES)
    for _ in range(SMALL_MOVES // coins):
        account = ledger.open(coins, coin=1)
        for key in range(coins):
            assert ledger.take(account, key + 1_000) == APPLIED
        assert ledger.balance(account) == 0


def no_currency_mixing(ledger: Ledger) -> None:
    account = ledger.open(COINS_MAX)
    assert ledger.take(account, 1, "USD") == REFUSED
    ledger.take(account, 2)
    assert {entry.currency for entry in ledger.journal(account)} == {"CNY"}


def reversal_not_deletion(ledger: Ledger) -> None:
    account = opened(ledger, 1)
    before = ledger.journal(account)
    ledger.put_right(account)
    after = ledger.journal(account)
    assert after[: len(before)] == before
    assert len(after) > len(before)


def rebuild_from_log(ledger: Ledger) -> None:
    account = opened(ledger, 1, 2)
    assert ledger.rebuild(account) == projected(ledger, account)


def order_monotonic(ledger: Ledger) -> None:
    account = opened(ledger, 1, 2, 3, 4, 5)
    numbers = ledger.numbers(account)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 5


def refused_stays_refused(ledger: Ledger) -> None:
    account = opened(ledger, *range(COINS_MAX))
    assert [ledger.take(account, COINS_MAX) for _ in range(2)] == [REFUSED, REFUSED]
    assert projected(ledger, account) == 0


CHECKS: dict[str, Callable[[Ledger], None]] = {
    check.__name__: check
    for check in (
        balanced,
        append_only,
        hash_chain,
        duplicate_no_op,
        concurrent_duplicates_collapse,
        no_lost_update,
        value_conserved,
        balance_is_projection,
        no_overdraft,
        no_drift,
        no_currency_mixing,
        reversal_not_deletion,
        rebuild_from_log,
        order_monotonic,
        refused_stays_refused,
    )
}


def broken_by(ledger: Ledger) -> set[str]:
    """The names of the invariants that do not hold."""
    found = set()
    for name, check in CHECKS.items():
        try:
            check(ledger)
        except AssertionError:
            found.add(name)
    return found
