"""The money of the order: which postings its events make, and whether the bundle's ledger says the same.

The rule is the platform's: one posting moves an amount (fen) from the credited account to the debited one. Only what
events say counts; the ledger file is a convenience for readers and is believed in nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import zip_longest

from tuidan.verifier.chain import Event
from tuidan.verifier.finding import Report
from tuidan.verifier.strict_json import Table, list_of, number, table_of, text, write_json

Posting = tuple[str, str, int]  # debit, credit, fen
Row = tuple[int, str, str, int]  # the same behind the number of its event
FIELDS = {"balances", "currency", "order", "postings"}
ESCROW, OVERPAID, CHARGEBACK, SUSPENSE = "escrow", "overpaid", "chargeback", "suspense"
ADVANCE, SETTLED, FEES = "platform:advance", "seller:settled_out", "platform:fees"
RECEIVABLE, BANK = "buyer:receivable", "bank:clearing"


def _channel(data: Table) -> str:
    return f"channel:{text(data, 'channel')}:clearing"


def _payable(data: Table) -> str:
    return f"refund:payable:{number(data, 'refund')}"


def _compensation(data: Table) -> str:
    return f"compensation:payable:{number(data, 'payout')}"


def _decided(data: Table) -> list[Posting]:
    sources = ((ESCROW, "escrow"), (ADVANCE, "advance"), (OVERPAID, "overpaid"), (CHARGEBACK, "chargeback"))
    made = [(source, _payable(data), number(data, f"from_{name}_fen")) for source, name in sources]
    return [*made, (ESCROW, FEES, number(data, "fee_fen"))]


def _confirmed(data: Table) -> list[Posting]:
    amount = number(data, "amount_fen")
    if number(data, "refund"):
        return [(_payable(data), BANK, amount)]
    return [(_compensation(data), "bank:compensation", amount)]


def _one(
    debit: str | Callable[[Table], str], credit: str | Callable[[Table], str]
) -> Callable[[Table], list[Posting]]:
    """A rule that posts the event's `amount_fen` from the one account to the other."""

    def made(data: Table) -> list[Posting]:
        to = debit if isinstance(debit, str) else debit(data)
        source = credit if isinstance(credit, str) else credit(data)
        return [(to, source, number(data, "amount_fen"))]

    return made


RULES: dict[str, Callable[[Table], list[Posting]]] = {
    "payment_captured": _one(_channel, ESCROW),
    "payment_unexpected": _one(_channel, OVERPAID),
    "refund_decided": _decided,
    "refund_succeeded": _one(_payable, _channel),
    "refund_unexpected": _one(SUSPENSE, _channel),
    "charged_back": _one(CHARGEBACK, _channel),
    "refund_outside": _one(CHARGEBACK, _channel),
    "refund_charged_back": _one(_payable, CHARGEBACK),
    "refund_reduced": _one(_payable, CHARGEBACK),
    "chargeback_doubled": _one(SUSPENSE, CHARGEBACK),
    "order_released": _one(ESCROW, SETTLED),
    "advance_recovered": _one(SETTLED, ADVANCE),
    "money_recalled": _one(RECEIVABLE, SETTLED),
    "money_repaid": _one(BANK, RECEIVABLE),
    "compensation_charged": _one("seller:deposit", _compensation),
    "payout_confirmed": _confirmed,
}


def postings_of(kind: str, data: Table) -> list[Posting]:
    """What an event posts; most post nothing."""
    rule = RULES.get(kind)
    return [posting for posting in rule(data) if posting[2]] if rule else []


def balances_of(postings: Iterable[Posting]) -> dict[str, int]:
    """Each account's debits minus its credits, fen."""
    found: dict[str, int] = {}
    for debit, credit, amount in postings:
        found[debit] = found.get(debit, 0) + amount
        found[credit] = found.get(credit, 0) - amount
    return found


def check_ledger(ledger: Table, events: list[Event], order: str, report: Report) -> None:
    """Hold the ledger file against the events: every posting, every balance. Raises Refused for a malformed file."""
    due = [
        (event.n, debit, credit, amount)
        for event in events
        for debit, credit, amount in postings_of(event.kind, event.data)
    ]
    told = []
    for value in list_of(ledger.get("postings"), "postings"):
        row = table_of(value, "postings")
        amount, debit, credit = number(row, "amount_fen"), text(row, "debit"), text(row, "credit")
        told.append((number(row, "event"), debit, credit, amount))
    right = _same_postings(due, told, report)
    balances = balances_of((debit, credit, fen) for _, debit, credit, fen in due)
    if right and write_json(ledger.get("balances")) != write_json(balances):
        right = False
        report.fault("balances_differ")
    currency = events[0].data.get("currency")
    if (ledger.get("order"), ledger.get("currency")) != (order, currency) or set(ledger) != FIELDS:
        right = False
        report.fault("ledger_foreign")
    if right:
        paid = sum(fen for _, debit, _, fen in due if debit.startswith("channel:"))
        back = sum(fen for _, _, credit, fen in due if credit.startswith(("channel:", "bank:")))
        report.ok("ledger_holds", count=len(due), paid=paid, back=back)


def _same_postings(due: list[Row], told: list[Row], report: Report) -> bool:
    """Whether both are the same; the first difference is reported."""
    for place, (want, have) in enumerate(zip_longest(due, told), start=1):
        if want == have:
            continue
        if want is None and have is not None:
            report.fault("posting_added", n=place, event=have[0], told=have[3])
        elif have is None and want is not None:
            report.fault("posting_missing", event=want[0], due=want[3])
        elif want is not None and have is not None:
            report.fault("posting_differs", n=place, event=want[0], told=have[3], due=want[3])
        return False
    return True
