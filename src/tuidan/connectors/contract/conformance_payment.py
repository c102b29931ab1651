"""The checks that every payment channel must pass, against its own sandbox, over real HTTP with real signatures.

A channel's folder offers `conformance.py` with `bench(state: Path)`, a context manager that gives a `PaymentBench`.
The tests run every check below over every folder they find; a new channel edits no other file.
Each check is one sentence and raises AssertionError when it does not hold.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from tuidan.connectors.contract.payment import (
    ForeignNotice,
    ForgedNotice,
    MalformedNotice,
    NoticeRefused,
    PaymentChannel,
    PaymentNotice,
    PaymentRequest,
    PaymentStart,
    RefundNotice,
    RefundRequest,
)

RefundTrouble = Literal[
    "lost_after_work",
    "lost_before_work",
    "silent_after_work",
    "accepted_then_done",
    "accepted_never_done",
    "system_error",
    "system_error_after_work",
    "balance_not_enough",
    "refused",
    "wrong_signature",
    "no_signature",
    "changed_after_signing",
    "two_answers",
    "too_large",
    "not_json",
    "accepted_without_proof",
]
NoticeChange = Literal["true", "forged", "one_bit_wrong", "foreign_app", "foreign_seller", "stale"]
NoticeKind = Literal["payment", "refund"]


class PaymentBench(Protocol):
    """A channel beside its sandbox, and the hands that move the sandbox. The channel's total deadline is ≤ 2 s."""

    channel: PaymentChannel
    total_seconds: float

    def new_reference(self, letter: str = "p") -> str:
        """A reference never used before."""
        ...

    def pay(self, start: PaymentStart) -> None:
        """The buyer opens what `start` gave, and pays."""
        ...

    def trouble(self, trouble: RefundTrouble, payment_reference: str) -> None:
        """Let the next refund call of this payment go wrong."""
        ...

    def notice(self, reference: str, kind: NoticeKind, change: NoticeChange = "true") -> bytes:
        """The body the channel posts for this payment, true or changed."""
        ...

    def refunded_fen(self, reference: str) -> int:
        """What the sandbox really sent back to the payer."""
        ...

    def refunds_executed(self, reference: str) -> int:
        """How many refunds the sandbox really made."""
        ...


def payment(
    bench: PaymentBench, amount_fen: int = 1234, mode: Literal["page", "qr"] = "page"
) -> PaymentRequest:
    """A payment that may still be made."""
    return PaymentRequest(
        reference=bench.new_reference("p"),
        amount_fen=amount_fen,
        currency="CNY",
        subject="视频会员 月卡",
        notify_url="http://127.0.0.1:9/notices",
        return_url="http://127.0.0.1:9/return",
        expires_at=datetime.now(UTC) + timedelta(minutes=15),
        mode=mode,
    )


def paid(bench: PaymentBench, amount_fen: int = 1234, mode: Literal["page", "qr"] = "page") -> PaymentRequest:
    """A payment that was made."""
    request = payment(bench, amount_fen, mode)
    bench.pay(bench.channel.start(request))
    return request


def refund(bench: PaymentBench, of: PaymentRequest, amount_fen: int | None = None) -> RefundRequest:
    """A refund of all or a part."""
    amount = of.amount_fen if amount_fen is None else amount_fen
    return RefundRequest(of.reference, None, bench.new_reference("r"), amount, "CNY", "卡密无效")


def check_a_payment_waits_until_the_buyer_pays(bench: PaymentBench) -> None:
    request = payment(bench)
    bench.channel.start(request)
    assert bench.channel.query(request.reference).outcome == "waiting"


def check_a_paid_page_is_captured_with_amount_payer_and_time(bench: PaymentBench) -> None:
    request = paid(bench, 990)
    answer = bench.channel.query(request.reference)
    assert (answer.outcome, answer.amount_fen) == ("captured", 990)
    assert answer.trade_no
    assert answer.payer_id
    assert answer.payer_account_masked
    assert "*" in answer.payer_account_masked
    assert answer.captured_at is not None
    assert abs(datetime.now(UTC) - answer.captured_at) < timedelta(minutes=5)
    assert answer.raw


def check_a_paid_qr_code_is_captured(bench: PaymentBench) -> None:
    assert bench.channel.query(paid(bench, mode="qr").reference).outcome == "captured"


def check_a_payment_refunded_in_full_is_still_captured(bench: PaymentBench) -> None:
    request = paid(bench)
    bench.channel.refund(refund(bench, request))
    assert bench.channel.query(request.reference).outcome == "captured"


def check_a_closed_payment_is_closed_and_a_paid_one_cannot_be_closed(bench: PaymentBench) -> None:
    request = payment(bench, mode="qr")
    bench.channel.start(request)
    assert bench.channel.close(request.reference) == "closed"
    assert bench.channel.query(request.reference).outcome == "closed"
    assert bench.channel.close(paid(bench).reference) == "already_paid"


def check_a_payment_nobody_opened_is_not_found_when_closed(bench: PaymentBench) -> None:
    assert bench.channel.close(bench.new_reference()) == "not_found"


def check_a_wrong_request_is_refused_before_anything_is_sent(bench: PaymentBench) -> None:
    good = payment(bench)
    for change in ({"amount_fen": 0}, {"amount_fen": -1}, {"currency": "USD"}, {"reference": ""}):
        _raises(ValueError, bench.channel.start, dataclasses.replace(good, **change))
    of = refund(bench, good)
    for change in ({"amount_fen": 0}, {"amount_fen": -5}, {"currency": "USD"}, {"refund_reference": ""}):
        _raises(ValueError, bench.channel.refund, dataclasses.replace(of, **change))


def check_an_expired_payment_is_not_started(bench: PaymentBench) -> None:
    late = dataclasses.replace(payment(bench), expires_at=datetime.now(UTC) - timedelta(seconds=1))
    _raises(ValueError, bench.channel.start, late)


def check_a_refund_reaches_the_payer_once_however_often_it_is_sent(bench: PaymentBench) -> None:
    of = refund(bench, paid(bench, 500))
    first = bench.channel.refund(of)
    assert (first.outcome, first.advice, first.amount_fen) == ("succeeded", "done", 500)
    for _ in range(3):
        again = bench.channel.refund(of)
        assert again.outcome in ("succeeded", "unknown"), again
    assert bench.refunded_fen(of.payment_reference) == 500
    assert bench.refunds_executed(of.payment_reference) == 1
    asked = bench.channel.query_refund(of.payment_reference, of.refund_reference)
    assert (asked.outcome, asked.advice, asked.amount_fen) == ("succeeded", "done", 500)


def check_parts_are_refunded_with_their_own_amounts(bench: PaymentBench) -> None:
    request = paid(bench, 1000)
    parts = [refund(bench, request, fen) for fen in (333, 667)]
    assert [bench.channel.refund(part).amount_fen for part in parts] == [333, 667]
    asked = [bench.channel.query_refund(p.payment_reference, p.refund_reference).amount_fen for p in parts]
    assert asked == [333, 667]
    assert bench.refunded_fen(request.reference) == 1000


def check_the_same_reference_with_another_amount_never_succeeds(bench: PaymentBench) -> None:
    request = paid(bench, 1000)
    of = refund(bench, request, 300)
    bench.channel.refund(of)
    other = bench.channel.refund(dataclasses.replace(of, amount_fen=400))
    assert other.outcome != "succeeded"
    assert bench.refunded_fen(request.reference) == 300


def check_more_than_was_paid_fails_and_moves_nothing(bench: PaymentBench) -> None:
    request = paid(bench, 100)
    answer = bench.channel.refund(refund(bench, request, 101))
    assert answer.outcome == "failed"
    assert answer.error_code
    assert bench.refunded_fen(request.reference) == 0


def check_a_refund_never_sent_is_not_succeeded(bench: PaymentBench) -> None:
    answer = bench.channel.query_refund(paid(bench).reference, bench.new_reference("r"))
    assert (answer.outcome, answer.amount_fen) == ("unknown", None)


def check_a_lost_answer_is_unknown_and_the_query_tells(bench: PaymentBench) -> None:
    of = _troubled(bench, "lost_after_work", "unknown", "query_first")
    asked = bench.channel.query_refund(of.payment_reference, of.refund_reference)
    assert asked.outcome == "succeeded"
    assert bench.refunds_executed(of.payment_reference) == 1


def check_silence_ends_at_the_total_deadline(bench: PaymentBench) -> None:
    began = time.monotonic()
    of = _troubled(bench, "silent_after_work", "unknown", "query_first")
    assert time.monotonic() - began < bench.total_seconds + 2
    assert bench.refunds_executed(of.payment_reference) == 1


def check_a_request_lost_before_the_work_is_unknown_and_may_be_sent_again(bench: PaymentBench) -> None:
    of = _troubled(bench, "lost_before_work", "unknown", "query_first")
    asked = bench.channel.query_refund(of.payment_reference, of.refund_reference)
    assert (asked.outcome, asked.advice) == ("unknown", "retry_later")
    assert bench.channel.refund(of).outcome == "succeeded"
    assert bench.refunds_executed(of.payment_reference) == 1


def check_accepted_is_not_done_until_the_query_says_so(bench: PaymentBench) -> None:
    of = _troubled(bench, "accepted_then_done", "unknown", "query_first")
    assert bench.refunded_fen(of.payment_reference) == 0
    assert bench.channel.query_refund(of.payment_reference, of.refund_reference).outcome == "unknown"
    until = time.monotonic() + 10
    while bench.channel.query_refund(of.payment_reference, of.refund_reference).outcome != "succeeded":
        assert time.monotonic() < until, "the refund never became done"
        time.sleep(0.1)
    assert bench.refunds_executed(of.payment_reference) == 1


def check_accepted_and_never_done_stays_unknown(bench: PaymentBench) -> None:
    of = _troubled(bench, "accepted_never_done", "unknown", "query_first")
    assert bench.channel.query_refund(of.payment_reference, of.refund_reference).outcome == "unknown"
    assert bench.refunded_fen(of.payment_reference) == 0


def check_done_without_proof_is_unknown(bench: PaymentBench) -> None:
    of = _troubled(bench, "accepted_without_proof", "unknown", "query_first")
    assert bench.channel.query_refund(of.payment_reference, of.refund_reference).outcome == "succeeded"


def check_a_system_error_is_unknown_whether_or_not_the_work_was_done(bench: PaymentBench) -> None:
    _troubled(bench, "system_error", "unknown", "query_first")
    _troubled(bench, "system_error_after_work", "unknown", "query_first")


def check_no_balance_parks_the_attempt_and_the_same_one_goes_through_later(bench: PaymentBench) -> None:
    of = _troubled(bench, "balance_not_enough", "pending", "park")
    assert bench.channel.refund(of).outcome == "succeeded"


def check_a_refusal_fails_and_is_not_to_be_repeated_blindly(bench: PaymentBench) -> None:
    request = paid(bench)
    bench.trouble("refused", request.reference)
    answer = bench.channel.refund(refund(bench, request))
    assert answer.outcome == "failed"
    assert answer.advice in ("park", "new_attempt")
    assert bench.refunded_fen(request.reference) == 0


def check_an_answer_that_proves_nothing_is_not_believed(bench: PaymentBench) -> None:
    for trouble in ("wrong_signature", "no_signature", "changed_after_signing", "two_answers"):
        _troubled(bench, trouble, "unknown", "query_first")


def check_an_answer_that_cannot_be_read_is_unknown(bench: PaymentBench) -> None:
    _troubled(bench, "too_large", "unknown", "query_first")
    _troubled(bench, "not_json", "unknown", "query_first")


def check_a_true_notice_tells_what_the_query_tells(bench: PaymentBench) -> None:
    request = paid(bench, 4321)
    told = bench.channel.read_notice({}, bench.notice(request.reference, "payment"))
    asked = bench.channel.query(request.reference)
    assert isinstance(told, PaymentNotice)
    assert (told.reference, told.outcome, told.amount_fen) == (request.reference, "captured", 4321)
    assert (told.trade_no, told.payer_id) == (asked.trade_no, asked.payer_id)
    assert told.captured_at == asked.captured_at
    assert told.notice_id


def check_a_refund_notice_names_the_refund(bench: PaymentBench) -> None:
    request = paid(bench, 1000)
    of = refund(bench, request, 400)
    bench.channel.refund(of)
    told = bench.channel.read_notice({}, bench.notice(request.reference, "refund"))
    assert isinstance(told, RefundNotice)
    assert (told.payment_reference, told.refund_reference) == (request.reference, of.refund_reference)
    assert told.outcome == "succeeded"
    assert 400 in (told.amount_fen, told.total_refunded_fen)


def check_a_forged_notice_is_refused(bench: PaymentBench) -> None:
    reference = paid(bench).reference
    for change in ("forged", "one_bit_wrong"):
        body = bench.notice(reference, "payment", change)
        _raises(ForgedNotice, bench.channel.read_notice, {}, body)


def check_a_foreign_notice_is_refused(bench: PaymentBench) -> None:
    reference = paid(bench).reference
    for change in ("foreign_app", "foreign_seller"):
        body = bench.notice(reference, "payment", change)
        _raises(ForeignNotice, bench.channel.read_notice, {}, body)


def check_a_late_notice_is_read_like_a_new_one(bench: PaymentBench) -> None:
    told = bench.channel.read_notice({}, bench.notice(paid(bench, 77).reference, "payment", "stale"))
    assert isinstance(told, PaymentNotice)
    assert (told.outcome, told.amount_fen) == ("captured", 77)


def check_a_replayed_notice_has_the_same_digest(bench: PaymentBench) -> None:
    body = bench.notice(paid(bench).reference, "payment")
    first, again = (bench.channel.read_notice({}, body) for _ in range(2))
    assert first.digest == again.digest
    assert len(first.digest) == 64


def check_a_body_that_is_no_notice_is_refused(bench: PaymentBench) -> None:
    for body in (b"", b"{}", b"a", b"\xff\xfe", b"a=%zz", b"a=1&a=2", b"x=1&" * 40_000):
        _raises((MalformedNotice, ForgedNotice), bench.channel.read_notice, {}, body)
    assert issubclass(MalformedNotice, NoticeRefused)


def check_the_channel_says_what_it_is(bench: PaymentBench) -> None:
    channel = bench.channel
    assert isinstance(channel, PaymentChannel)
    assert channel.idempotency in ("by_reference", "query_first", "none")
    assert channel.refund_window_days > 0
    status, content_type, body = channel.acknowledge()
    assert 200 <= status < 300
    assert content_type
    assert isinstance(body, bytes)


def _troubled(bench: PaymentBench, trouble: RefundTrouble, outcome: str, advice: str) -> RefundRequest:
    """One refund of a fresh payment under this trouble; asserts what the channel makes of it."""
    request = paid(bench)
    bench.trouble(trouble, request.reference)
    of = refund(bench, request)
    answer = bench.channel.refund(of)
    assert (answer.outcome, answer.advice) == (outcome, advice), (trouble, answer)
    assert answer.amount_fen is None, (trouble, answer)
    assert answer.error_code, (trouble, answer)
    return of


def _raises(
    kind: type[Exception] | tuple[type[Exception], ...], call: Callable[..., object], *given: object
) -> None:
    try:
        answer = call(*given)
    except kind:
        return
    raise AssertionError(f"expected {kind}, got {answer!r}")


CHECKS: dict[str, Callable[[PaymentBench], None]] = {
    name.removeprefix("check_"): check for name, check in list(globals().items()) if name.startswith("check_")
}
