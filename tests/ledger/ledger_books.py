"""A seller's book as a ledger of the kit: what orders settled are its coins, each payout to the seller takes one."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4

from django.db import ProgrammingError, connection, transaction
from ledger_kit import APPLIED, COIN, REFUSED, REPEATED, SMALL_MOVES, Entry

from shopfloor import NOW, rows, tamper
from tuidan.commands.books import run_on_book
from tuidan.domain.books import commands as q
from tuidan.domain.books.accounts import fold
from tuidan.domain.books.book import Book, evolve
from tuidan.domain.books.events import read_book_event
from tuidan.domain.commands import Actor
from tuidan.domain.ledger import Posting
from tuidan.store.audit.books import audit_books

OPERATOR = Actor("operator", str(UUID(int=9)))
NAMES = {"payable": "held", "bank:payout": "out"}


@dataclass(frozen=True)
class Account:
    """A seller, and how much a coin is."""

    owner: UUID
    coin: int

    @cached_property
    def order(self) -> str:
        return str(self.owner)


class BookLedger:
    """Everything goes through the real commands on the real database."""

    coins_max = SMALL_MOVES

    def open(self, coins: int, coin: int = COIN) -> Account:
        account = Account(uuid4(), coin)
        arrivals = tuple(q.Arrival(account.order, n, coin) for n in range(1, min(coins, 6) + 1))
        rest = coins * coin - sum(arrival.amount_fen for arrival in arrivals)
        if rest:
            arrivals += (q.Arrival(account.order, 99, rest),)
        assert run_on_book(account.owner, q.TakeIn(arrivals), Actor("worker"), NOW).ok
        return account

    def take(self, account: Account, key: int, currency: str = "CNY") -> str:
        if currency != "CNY":
            return REFUSED  # no command has a currency: a book has one
        command = q.PayOut(account.coin, f"bank {key}")
        outcome = run_on_book(account.owner, command, OPERATOR, NOW, f"take {key}")
        if not outcome.ok:
            return REFUSED
        return REPEATED if outcome.again else APPLIED

    def balance(self, account: Account) -> int:
        return int(rows("SELECT payable_fen FROM books_book WHERE owner_id = %s", account.owner)[0][0])

    def taken(self, account: Account) -> int:
        return int(rows("SELECT paid_out_fen FROM books_book WHERE owner_id = %s", account.owner)[0][0])

    def journal(self, account: Account) -> list[Entry]:
        found = rows(
            "SELECT debit, credit, amount_fen FROM books_posting WHERE owner_id = %s ORDER BY n",
            account.owner,
        )
        return [
            Entry(((NAMES.get(debit, debit), -amount), (NAMES.get(credit, credit), amount)), "CNY")
            for debit, credit, amount in found
        ]

    def numbers(self, account: Account) -> list[int]:
        return [n for (n,) in rows("SELECT n FROM books_event WHERE owner_id = %s ORDER BY n", account.owner)]

    def rebuild(self, account: Account) -> int:
        book, told = (
            Book(),
            rows(
                "SELECT n, kind, convert_from(body, 'UTF8')::json->'data' FROM books_event "
                "WHERE owner_id = %s ORDER BY n",
                account.owner,
            ),
        )
        postings: list[Posting] = []
        for n, kind, data in told:
            postings += evolve(book, read_book_event(kind, data), n)
        return fold(postings).payable

    def put_right(self, account: Account) -> None:
        """A deposit was booked by mistake; it goes back by a line of its own."""
        for fen in (77, -77):
            command = q.PayDeposit(fen, f"mistake {fen}")
            assert run_on_book(account.owner, command, OPERATOR, NOW, f"mistake {fen}").ok

    def change_a_line(self, account: Account) -> None:
        with suppress(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE books_posting SET amount_fen = 1 WHERE owner_id = %s", [account.owner])

    def forge(self, account: Account) -> None:
        tamper(
            "UPDATE books_event SET body = convert_to(replace(convert_from(body, 'UTF8'), '100', '1'), 'UTF8') "
            "WHERE owner_id = %s AND kind = 'seller_paid_out'",
            account.owner,
        )

    def is_whole(self, account: Account) -> bool:
        return not [found for found in audit_books() if found.order_id == account.owner]
