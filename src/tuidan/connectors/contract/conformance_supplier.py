"""The checks every supplier must pass against its own sandbox. A new supplier folder is covered at once.

A `SupplierBench` puts one supplier and its sandbox on the table; each function in `CHECKS` takes it and raises
AssertionError. Behaviours are told by the names every supplier sandbox must know: succeed, fail, silent,
queued, late, drop, and for one account each, so that checks do not disturb each other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import get_args

from tuidan.connectors.contract.supplier import (
    ForgedNotice,
    Idempotency,
    NoticeRefused,
    StaleNotice,
    Supplier,
    SupplyAnswer,
    SupplyRequest,
)

__all__ = ["CHECKS", "SupplierBench"]

Notice = tuple[Mapping[str, str], bytes]


@dataclass(frozen=True, slots=True)
class SupplierBench:
    """`supplier` waits at most about a second; `unreachable` is the same one with nobody at its address.

    `behave(name, account)` tells the sandbox; `executed(reference)` counts what it really did;
    `notices(reference, count)` waits for callbacks; `fresh()` gives a new text of 27 letters and digits.
    """

    supplier: Supplier
    unreachable: Supplier
    goods_no: str
    price_fen: int
    notify_url: str
    behave: Callable[[str, str], None]
    executed: Callable[[str], int]
    notices: Callable[[str, int], list[Notice]]
    fresh: Callable[[], str]

    def request(
        self, behaviour: str = "succeed", *, quantity: int = 1, max_amount_fen: int | None = None
    ) -> SupplyRequest:
        """A request for an account of its own, for which the sandbox is told to behave like that."""
        account = self.fresh()
        self.behave(behaviour, account)
        most = self.price_fen * quantity if max_amount_fen is None else max_amount_fen
        reference = self.fresh()
        return SupplyRequest(
            reference, self.goods_no, account, {}, quantity, most, self.notify_url, "check-" + reference
        )


def it_declares_what_it_is(bench: SupplierBench) -> None:
    supplier = bench.supplier
    assert isinstance(supplier, Supplier)
    assert supplier.idempotency in get_args(Idempotency)
    assert supplier.call_deadline_seconds > 0
    assert supplier.name


def a_quote_is_in_fen(bench: SupplierBench) -> None:
    quote = bench.supplier.quote(bench.goods_no)
    assert (quote.price_fen, quote.on_sale) == (bench.price_fen, True)
    assert quote.stock is not None
    assert quote.stock > 0


def goods_that_do_not_exist_are_not_on_sale(bench: SupplierBench) -> None:
    assert bench.supplier.quote("no-such-goods").on_sale is False


def no_answer_to_a_quote_says_nothing(bench: SupplierBench) -> None:
    quote = bench.unreachable.quote(bench.goods_no)
    assert (quote.price_fen, quote.stock, quote.on_sale) == (None, None, None)
    assert quote.error_code


def a_success_is_told_and_found_again(bench: SupplierBench) -> None:
    request = bench.request(quantity=2)
    answer = bench.supplier.order(request)
    found = _ended(bench, request.reference)
    assert found.outcome == "succeeded"
    assert (found.supplier_no, found.amount_fen) == (answer.supplier_no, 2 * bench.price_fen)
    assert found.ended_at is not None
    assert found.ended_at.tzinfo is not None
    assert bench.executed(request.reference) == 1


def a_failure_is_told_and_final(bench: SupplierBench) -> None:
    request = bench.request("fail")
    bench.supplier.order(request)
    found = _ended(bench, request.reference)
    assert (found.outcome, found.advice) == ("failed", "stop")
    assert bench.executed(request.reference) == 0


def a_silent_supplier_means_wait(bench: SupplierBench) -> None:
    request = bench.request("silent")
    for answer in (bench.supplier.order(request), bench.supplier.query(request.reference)):
        assert (answer.outcome, answer.advice) == ("accepted", "wait")


def the_same_reference_is_executed_once(bench: SupplierBench) -> None:
    request = bench.request()
    first, second = bench.supplier.order(request), bench.supplier.order(request)
    assert first.supplier_no == second.supplier_no
    assert bench.executed(request.reference) == 1


def a_lost_answer_is_asked_for_and_found(bench: SupplierBench) -> None:
    request = bench.request("drop")
    lost = bench.supplier.order(request)
    assert (lost.outcome, lost.advice) == ("unknown", "query_first")
    assert bench.supplier.query(request.reference).outcome == "succeeded"
    assert bench.executed(request.reference) == 1


def a_lost_answer_sent_again_is_executed_once(bench: SupplierBench) -> None:
    request = bench.request("drop")
    bench.supplier.order(request)
    assert bench.supplier.order(request).outcome == "succeeded"
    assert bench.executed(request.reference) == 1


def a_late_answer_is_not_waited_for(bench: SupplierBench) -> None:
    request = bench.request("late")
    began = time.monotonic()
    late = bench.supplier.order(request)
    assert time.monotonic() - began < bench.supplier.call_deadline_seconds
    assert (late.outcome, late.advice) == ("unknown", "query_first")
    assert bench.supplier.query(request.reference).outcome == "succeeded"


def nobody_there_is_unknown_and_safe_to_send_again(bench: SupplierBench) -> None:
    request = bench.request()
    answer = bench.unreachable.order(request)
    assert (answer.outcome, answer.advice) == ("unknown", "retry_later")
    assert bench.unreachable.query(request.reference).outcome == "unknown"
    assert bench.unreachable.cancel(request.reference, "any", 1, "test").outcome == "unknown"


def a_reference_never_sent_is_not_found(bench: SupplierBench) -> None:
    answer = bench.supplier.query(bench.fresh())
    assert (answer.outcome, answer.advice) == ("not_found", "retry_later")


def a_price_above_the_limit_is_refused(bench: SupplierBench) -> None:
    request = bench.request(max_amount_fen=bench.price_fen - 1)
    answer = bench.supplier.order(request)
    assert (answer.outcome, answer.advice) == ("failed", "stop")
    assert bench.supplier.query(request.reference).outcome == "not_found"
    assert bench.executed(request.reference) == 0


def a_queued_order_can_be_stopped_and_stays_stopped(bench: SupplierBench) -> None:
    request = bench.request("queued")
    placed = bench.supplier.order(request)
    assert placed.supplier_no is not None
    for _ in range(2):
        stopped = bench.supplier.cancel(request.reference, placed.supplier_no, bench.price_fen, "买家退款")
        assert (stopped.outcome, stopped.refunded_fen) == ("cancelled", bench.price_fen)
    assert bench.supplier.query(request.reference).outcome == "failed"
    assert bench.executed(request.reference) == 0


def an_order_whose_number_was_lost_can_be_stopped(bench: SupplierBench) -> None:
    request = bench.request("queued")
    bench.supplier.order(request)
    assert bench.supplier.cancel(request.reference, "", 1, "买家退款").outcome == "cancelled"
    assert bench.supplier.cancel(bench.fresh(), "", 1, "买家退款").outcome == "unknown"


def a_done_order_cannot_be_stopped(bench: SupplierBench) -> None:
    request = bench.request()
    placed = bench.supplier.order(request)
    assert placed.supplier_no is not None
    refused = bench.supplier.cancel(request.reference, placed.supplier_no, bench.price_fen, "买家退款")
    assert refused.outcome == "refused"
    assert bench.supplier.query(request.reference).outcome == "succeeded"


def an_honest_notice_is_read(bench: SupplierBench) -> None:
    request = bench.request()
    placed = bench.supplier.order(request)
    query, body = bench.notices(request.reference, 1)[0]
    notice = bench.supplier.read_notice(query, body, datetime.now(UTC))
    assert (notice.reference, notice.supplier_no) == (request.reference, placed.supplier_no)
    assert notice.outcome == "succeeded"


def a_notice_with_a_changed_bit_is_forged(bench: SupplierBench) -> None:
    request = bench.request()
    bench.supplier.order(request)
    query, body = bench.notices(request.reference, 1)[0]
    for place in range(0, len(body), 7):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        _refused(ForgedNotice, bench, query, changed, datetime.now(UTC))
    for name in query:
        _refused(NoticeRefused, bench, {**query, name: query[name][:-1]}, body, datetime.now(UTC))
        left_out = {key: value for key, value in query.items() if key != name}
        _refused(NoticeRefused, bench, left_out, body, datetime.now(UTC))


def an_old_notice_is_stale(bench: SupplierBench) -> None:
    request = bench.request()
    bench.supplier.order(request)
    query, body = bench.notices(request.reference, 1)[0]
    _refused(StaleNotice, bench, query, body, datetime.now(UTC) + timedelta(hours=2))


def a_reference_that_is_too_long_is_refused_by_us(bench: SupplierBench) -> None:
    for call in (bench.supplier.query, lambda long: bench.supplier.cancel(long, "any", 1, "test")):
        try:
            call("x" * 33)
        except ValueError:
            continue
        raise AssertionError("33 characters were let through")


def _ended(bench: SupplierBench, reference: str) -> SupplyAnswer:
    end = time.monotonic() + 5
    while (found := bench.supplier.query(reference)).outcome == "accepted" and time.monotonic() < end:
        time.sleep(0.02)
    return found


def _refused(
    kind: type[NoticeRefused], bench: SupplierBench, query: Mapping[str, str], body: bytes, now: datetime
) -> None:
    try:
        bench.supplier.read_notice(query, body, now)
    except kind:
        return
    raise AssertionError(f"this notice was not refused as {kind.__name__}")


CHECKS: tuple[Callable[[SupplierBench], None], ...] = (
    it_declares_what_it_is,
    a_quote_is_in_fen,
    goods_that_do_not_exist_are_not_on_sale,
    no_answer_to_a_quote_says_nothing,
    a_success_is_told_and_found_again,
    a_failure_is_told_and_final,
    a_silent_supplier_means_wait,
    the_same_reference_is_executed_once,
    a_lost_answer_is_asked_for_and_found,
    a_lost_answer_sent_again_is_executed_once,
    a_late_answer_is_not_waited_for,
    nobody_there_is_unknown_and_safe_to_send_again,
    a_reference_never_sent_is_not_found,
    a_price_above_the_limit_is_refused,
    a_queued_order_can_be_stopped_and_stays_stopped,
    an_order_whose_number_was_lost_can_be_stopped,
    a_done_order_cannot_be_stopped,
    an_honest_notice_is_read,
    a_notice_with_a_changed_bit_is_forged,
    an_old_notice_is_stale,
    a_reference_that_is_too_long_is_refused_by_us,
)
