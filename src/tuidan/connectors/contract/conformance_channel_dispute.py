"""The checks that a payment channel with disputes of its own must pass, against its own sandbox.

They run for every channel folder whose bench is a `DisputeBench`. Each check is one sentence and raises
AssertionError when it does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from tuidan.connectors.contract.channel_dispute import DisputeChannel, DisputeNotice
from tuidan.connectors.contract.conformance_payment import NoticeChange, paid, refund
from tuidan.connectors.contract.payment import (
    ForeignNotice,
    ForgedNotice,
    NoticeRefused,
    PaymentChannel,
    PaymentStart,
)

Winner = Literal["buyer", "merchant", "withdrawn"]


@runtime_checkable
class DisputeBench(Protocol):
    """A payment bench whose sandbox also knows disputes and settlement."""

    channel: PaymentChannel
    total_seconds: float

    def new_reference(self, letter: str = "p") -> str: ...
    def pay(self, start: PaymentStart) -> None: ...

    def complain(self, reference: str) -> str:
        """The buyer opens a dispute about a paid payment; its number."""
        ...

    def end_dispute(self, number: str, winner: Winner, amount_fen: int | None = None) -> int:
        """The channel ends it; what it gave back to the payer (all that is left, or this much)."""
        ...

    def dispute_notice(self, reference: str, change: NoticeChange = "true") -> bytes:
        """The body that the channel posts about the dispute of this payment."""
        ...

    def heard(self, number: str) -> list[str]:
        """What the sandbox has heard from us, in its own books."""
        ...

    def break_dispute_answer(self) -> None:
        """Let the answer to the next dispute query be changed after it was signed."""
        ...

    def settle(self, reference: str, settled: bool) -> None:
        """Say of a paid payment that it is, or is not yet, settled to the merchant."""
        ...


def _desk(bench: DisputeBench) -> DisputeChannel:
    channel = bench.channel
    assert isinstance(channel, DisputeChannel)
    return channel


def check_an_opened_dispute_names_its_payment_and_amount(bench: DisputeBench) -> None:
    request = paid(bench, 4321)  # type: ignore[arg-type]
    told = _desk(bench).query_dispute(bench.complain(request.reference))
    assert (told.status, told.outcome) == ("open", "")
    assert (told.payment_reference, told.amount_fen) == (request.reference, 4321)
    assert told.charged_back_fen == 0
    assert told.opened_at is not None
    assert abs(datetime.now(UTC) - told.opened_at) < timedelta(minutes=5)
    assert told.due_at is not None
    assert told.due_at > told.opened_at


def check_a_dispute_notice_names_the_dispute_and_nothing_else(bench: DisputeBench) -> None:
    request = paid(bench)  # type: ignore[arg-type]
    number = bench.complain(request.reference)
    told = bench.channel.read_notice({}, bench.dispute_notice(request.reference))
    assert isinstance(told, DisputeNotice)
    assert told.number == number


def check_a_dispute_notice_that_is_not_the_channels_is_refused(bench: DisputeBench) -> None:
    request = paid(bench)  # type: ignore[arg-type]
    bench.complain(request.reference)
    wanted: tuple[tuple[NoticeChange, type[NoticeRefused]], ...] = (
        ("forged", ForgedNotice),
        ("one_bit_wrong", ForgedNotice),
        ("foreign_app", ForeignNotice),
    )
    for change, error in wanted:
        try:
            bench.channel.read_notice({}, bench.dispute_notice(request.reference, change))
        except error:
            continue
        raise AssertionError(f"{change} was read")


def check_our_answer_reaches_the_channel_and_may_be_added_to(bench: DisputeBench) -> None:
    number = bench.complain(paid(bench).reference)  # type: ignore[arg-type]
    desk = _desk(bench)
    assert desk.answer_dispute(number, "卡密已交付 见记录") == "taken"
    assert desk.query_dispute(number).status == "answered"
    assert desk.answer_dispute(number, "补充 已查看") == "taken"
    assert bench.heard(number) == ["卡密已交付 见记录", "补充 已查看"]


def check_an_answer_that_is_too_long_is_not_sent(bench: DisputeBench) -> None:
    number = bench.complain(paid(bench).reference)  # type: ignore[arg-type]
    desk = _desk(bench)
    for text in ("", "长" * (desk.answer_characters_max + 1)):
        try:
            desk.answer_dispute(number, text)
        except ValueError:
            continue
        raise AssertionError("a wrong text was sent")
    assert bench.heard(number) == []


def check_a_closed_dispute_takes_no_answer(bench: DisputeBench) -> None:
    number = bench.complain(paid(bench).reference)  # type: ignore[arg-type]
    bench.end_dispute(number, "merchant")
    assert _desk(bench).answer_dispute(number, "太晚") == "refused"


def check_a_dispute_the_buyer_wins_is_lost_with_what_was_taken(bench: DisputeBench) -> None:
    request = paid(bench, 5000)  # type: ignore[arg-type]
    number = bench.complain(request.reference)
    assert bench.end_dispute(number, "buyer", 2000) == 2000
    told = _desk(bench).query_dispute(number)
    assert (told.status, told.outcome, told.charged_back_fen) == ("closed", "lost", 2000)
    assert told.closed_at is not None


def check_a_dispute_after_a_refund_takes_only_what_is_left(bench: DisputeBench) -> None:
    request = paid(bench, 5000)  # type: ignore[arg-type]
    number = bench.complain(request.reference)
    assert bench.channel.refund(refund(bench, request, 3000)).outcome == "succeeded"  # type: ignore[arg-type]
    assert bench.end_dispute(number, "buyer") == 2000
    assert _desk(bench).query_dispute(number).charged_back_fen == 2000


def check_a_dispute_we_win_took_nothing(bench: DisputeBench) -> None:
    number = bench.complain(paid(bench).reference)  # type: ignore[arg-type]
    bench.end_dispute(number, "merchant")
    told = _desk(bench).query_dispute(number)
    assert (told.status, told.outcome, told.charged_back_fen) == ("closed", "won", 0)


def check_a_withdrawn_dispute_is_withdrawn(bench: DisputeBench) -> None:
    number = bench.complain(paid(bench).reference)  # type: ignore[arg-type]
    bench.end_dispute(number, "withdrawn")
    told = _desk(bench).query_dispute(number)
    assert (told.status, told.outcome, told.charged_back_fen) == ("closed", "withdrawn", 0)


def check_an_answer_about_a_dispute_that_proves_nothing_is_unknown(bench: DisputeBench) -> None:
    number = bench.complain(paid(bench).reference)  # type: ignore[arg-type]
    bench.break_dispute_answer()
    assert _desk(bench).query_dispute(number).status == "unknown"
    assert _desk(bench).query_dispute(number).status == "open"


def check_a_dispute_nobody_opened_is_unknown(bench: DisputeBench) -> None:
    assert _desk(bench).query_dispute("20260101000000000000").status == "unknown"


def check_disputes_whose_notice_was_lost_are_listed(bench: DisputeBench) -> None:
    since = datetime.now(UTC) - timedelta(seconds=2)
    numbers = [bench.complain(paid(bench).reference) for _ in range(3)]  # type: ignore[arg-type]
    listed = _desk(bench).list_disputes(since, datetime.now(UTC) + timedelta(seconds=2))
    assert listed is not None
    assert set(numbers) <= set(listed)
    assert len(listed) == len(set(listed))


def check_settlement_is_said_only_when_it_is_known(bench: DisputeBench) -> None:
    request = paid(bench)  # type: ignore[arg-type]
    assert bench.channel.query(request.reference).settled is None
    bench.settle(request.reference, False)
    assert bench.channel.query(request.reference).settled is False
    bench.settle(request.reference, True)
    told = bench.channel.query(request.reference)
    assert told.settled is True
    assert told.settled_at is not None
    assert abs(datetime.now(UTC) - told.settled_at) < timedelta(minutes=5)


CHECKS: dict[str, Callable[[DisputeBench], None]] = {
    name.removeprefix("check_"): check for name, check in list(globals().items()) if name.startswith("check_")
}
