"""A small ledger that is right, and fifteen that are each wrong in one way that people really get wrong."""

import hashlib
import threading
import time
from dataclasses import dataclass, field, replace

from ledger_kit import APPLIED, COIN, ODD_KEY, REFUSED, REPEATED, SMALL_MOVES, Entry

A_MOMENT = 0.01  # long enough for every other thread to come by


@dataclass
class Account:
    kept: float
    coin: int
    journal: list[Entry] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    answers: dict[int, str] = field(default_factory=dict)


class SoundLedger:
    """In memory, one lock, one list of lines per account."""

    coins_max = SMALL_MOVES

    def __init__(self) -> None:
        self.lock = threading.RLock()

    def open(self, coins: int, coin: int = COIN) -> Account:
        account = Account(coins * coin, coin)
        self.write(account, Entry((("held", coins * coin), ("outside", -coins * coin)), "CNY"))
        return account

    def take(self, account: Account, key: int, currency: str = "CNY") -> str:
        with self.lock:
            if key in account.answers:
                return REFUSED if account.answers[key] == REFUSED else REPEATED
            account.answers[key] = answer = self.decide(account, currency)
            if answer == APPLIED:
                self.write(account, self.line(account.coin, currency))
                self.keep(account, key)
            return answer

    def decide(self, account: Account, currency: str) -> str:
        return APPLIED if currency == "CNY" and account.coin <= self.rebuild(account) else REFUSED

    def line(self, amount: int, currency: str) -> Entry:
        return Entry((("held", -amount), ("out", amount)), currency)

    def keep(self, account: Account, key: int) -> None:
        account.kept -= account.coin

    def write(self, account: Account, entry: Entry) -> None:
        account.journal.append(entry)
        account.numbers.append(len(account.journal))
        account.hashes.append(self.hash(account, len(account.journal) - 1))

    def hash(self, account: Account, place: int) -> bytes:
        before = account.hashes[place - 1] if place else b""
        return hashlib.sha256(before + repr(account.journal[place]).encode()).digest()

    def balance(self, account: Account) -> int:
        return round(account.kept)

    def taken(self, account: Account) -> int:
        return sum(amount for entry in account.journal for name, amount in entry.legs if name == "out")

    def journal(self, account: Account) -> list[Entry]:
        return list(account.journal)

    def numbers(self, account: Account) -> list[int]:
        return list(account.numbers)

    def rebuild(self, account: Account) -> int:
        return sum(amount for entry in account.journal for name, amount in entry.legs if name == "held")

    def put_right(self, account: Account) -> None:
        last = account.journal[-1]
        self.write(account, replace(last, legs=tuple((name, -amount) for name, amount in last.legs)))

    def change_a_line(self, account: Account) -> None:
        """There is no way to."""

    def forge(self, account: Account) -> None:
        account.journal[-1] = Entry((("held", -1), ("mine", 1)), "CNY")

    def is_whole(self, account: Account) -> bool:
        return all(self.hash(account, place) == kept for place, kept in enumerate(account.hashes))


class OneLegged(SoundLedger):
    """The fee is noted on one side only."""

    def line(self, amount: int, currency: str) -> Entry:
        return Entry((("held", -amount), ("out", amount), ("fee", 1)), currency)


class Editable(SoundLedger):
    """A line can be updated."""

    def change_a_line(self, account: Account) -> None:
        account.journal[-1] = Entry((("held", -1), ("out", 1)), "CNY")


class Unproven(SoundLedger):
    """The hashes are made and never looked at."""

    def is_whole(self, account: Account) -> bool:
        return True


class ShortMemory(SoundLedger):
    """Only the last key is remembered."""

    def take(self, account: Account, key: int, currency: str = "CNY") -> str:
        with self.lock:
            account.answers = {known: answer for known, answer in account.answers.items() if known == key}
            return super().take(account, key, currency)


class CheckThenAct(SoundLedger):
    """The key is looked up first and written last, with time in between."""

    def take(self, account: Account, key: int, currency: str = "CNY") -> str:
        if key in account.answers:
            return super().take(account, key, currency)
        time.sleep(A_MOMENT if account.coin == COIN else 0)
        with self.lock:
            account.answers.pop(key, None)
            return super().take(account, key, currency)


class ReadModifyWrite(SoundLedger):
    """The kept balance is read, changed and written back outside the lock."""

    def take(self, account: Account, key: int, currency: str = "CNY") -> str:
        with self.lock:
            kept = account.kept
            answer = super().take(account, key, currency)
            account.kept = kept
        if answer == APPLIED:
            read = account.kept
            time.sleep(A_MOMENT if account.coin == COIN else 0)
            account.kept = read - account.coin
        return answer


class Misrouted(SoundLedger):
    """What is taken goes to another account."""

    def line(self, amount: int, currency: str) -> Entry:
        return Entry((("held", -amount), ("elsewhere", amount)), currency)


class StaleBalance(SoundLedger):
    """The kept balance forgets one kind of move."""

    def keep(self, account: Account, key: int) -> None:
        account.kept -= 0 if key == ODD_KEY else account.coin


class CheckBeforeLock(SoundLedger):
    """Whether there is enough is asked before the lock is taken."""

    def take(self, account: Account, key: int, currency: str = "CNY") -> str:
        enough = super().decide(account, currency) == APPLIED
        time.sleep(A_MOMENT if account.coin == COIN else 0)
        with self.lock:
            if enough and key not in account.answers:
                account.answers[key] = APPLIED
                self.write(account, self.line(account.coin, currency))
                self.keep(account, key)
                return APPLIED
            return super().take(account, key, currency)


class Floating(SoundLedger):
    """Amounts in floating point: each move is off by a hair."""

    def keep(self, account: Account, key: int) -> None:
        account.kept -= account.coin + 0.0006


class AnyCurrency(SoundLedger):
    """Dollars are taken from an account of yuan."""

    def decide(self, account: Account, currency: str) -> str:
        return APPLIED if account.coin <= self.rebuild(account) else REFUSED


class Deleting(SoundLedger):
    """A mistake is deleted."""

    def put_right(self, account: Account) -> None:
        for told in (account.journal, account.numbers, account.hashes):
            told.pop()


class ShortRebuild(SoundLedger):
    """The rebuild leaves out the newest line."""

    def decide(self, account: Account, currency: str) -> str:
        return (
            APPLIED if currency == "CNY" and account.coin <= SoundLedger.rebuild(self, account) else REFUSED
        )

    def rebuild(self, account: Account) -> int:
        return sum(amount for entry in account.journal[:-1] for name, amount in entry.legs if name == "held")


class Jumping(SoundLedger):
    """A number is given out and not used."""

    def write(self, account: Account, entry: Entry) -> None:
        super().write(account, entry)
        account.numbers[-1] += account.numbers[-1] > 3


class ForgetfulNo(SoundLedger):
    """A refused key that comes again is taken for one that was done."""

    def take(self, account: Account, key: int, currency: str = "CNY") -> str:
        with self.lock:
            return REPEATED if key in account.answers else super().take(account, key, currency)


MUTANTS: dict[str, type[SoundLedger]] = {
    "balanced": OneLegged,
    "append_only": Editable,
    "hash_chain": Unproven,
    "duplicate_no_op": ShortMemory,
    "concurrent_duplicates_collapse": CheckThenAct,
    "no_lost_update": ReadModifyWrite,
    "value_conserved": Misrouted,
    "balance_is_projection": StaleBalance,
    "no_overdraft": CheckBeforeLock,
    "no_drift": Floating,
    "no_currency_mixing": AnyCurrency,
    "reversal_not_deletion": Deleting,
    "rebuild_from_log": ShortRebuild,
    "order_monotonic": Jumping,
    "refused_stays_refused": ForgetfulNo,
}
