"""A channel's own disputes: apply their notices, look for lost ones, send our answer; ask about settlement.

A notice names only the channel's number. What it is about and how it stands comes from a signed query, and our own
reference in that answer leads to the order.
"""

from __future__ import annotations

import hashlib
import time
from datetime import datetime, timedelta

import structlog

from tuidan.commands.channel_dispute import record_channel_dispute, record_settlement
from tuidan.commands.clock import for_outside
from tuidan.commands.outside import Outside
from tuidan.commands.payment import ForeignTrade
from tuidan.commands.runner import Outcome
from tuidan.connectors.contract.channel_dispute import DisputeAnswer, DisputeChannel
from tuidan.domain import commands as c
from tuidan.domain.channel_dispute import ChannelDispute
from tuidan.domain.payment import find_payment
from tuidan.domain.reference import PAYMENT, BadReference, read_reference, write_reference
from tuidan.store.orders import channel_notices
from tuidan.store.orders.channel_notices import DueChannelNotice
from tuidan.store.orders.load import NoSuchOrder, load_order
from tuidan.store.orders.story import read_words
from tuidan.worker.job import BACKOFF_SECONDS, Clock, Job, lease_of

log = structlog.get_logger()
NOTICES_MAX = 100
WATCH_SECONDS = 3600
LOST_EVERY_SECONDS = 3600
LOST_SINCE = timedelta(days=3)


class NotADisputeChannel(LookupError):
    """The channel of this name knows no disputes."""


def dispute_channel(outside: Outside, name: str) -> DisputeChannel:
    """The channel as one that tells of disputes. Raises NotConnected or NotADisputeChannel."""
    channel = outside.channel(name)
    if not isinstance(channel, DisputeChannel):
        raise NotADisputeChannel(name)
    return channel


def apply_channel_notices(outside: Outside, clock: Clock) -> int:
    """Apply the notices about disputes that are due; gives how many."""
    done = 0
    for notice in channel_notices.due_channel_notices(clock(), NOTICES_MAX):
        now = clock()
        if channel_notices.claim_channel_notice(notice, now, now + lease_of(outside)):
            done += _apply(notice, outside, clock)
    return done


def _apply(notice: DueChannelNotice, outside: Outside, clock: Clock) -> bool:
    fault = ""
    try:
        answer = dispute_channel(outside, notice.channel).query_dispute(notice.number)
        if answer.status == "unknown":
            _put_off(notice, answer.error_code or "unknown", clock())
            return False
        take_in(notice.channel, answer, clock())
    except (ForeignTrade, LookupError, BadReference) as error:
        fault = f"{type(error).__name__}: {error}"[:200]
        log.warning("channel_notice_refused", channel=notice.channel, number=notice.number, why=fault)
    except Exception as error:  # a poisoned notice must not stop the others
        log.exception("channel_notice_failed", channel=notice.channel, number=notice.number)
        _put_off(notice, f"{type(error).__name__}: {error}"[:200], clock())
        return False
    channel_notices.finish_channel_notice(notice, clock(), fault)
    return True


def _put_off(notice: DueChannelNotice, why: str, now: datetime) -> None:
    pause = BACKOFF_SECONDS[min(notice.tries, len(BACKOFF_SECONDS) - 1)]
    channel_notices.postpone_channel_notice(notice, now + timedelta(seconds=pause), why)


def take_in(channel: str, answer: DisputeAnswer, now: datetime, done: tuple[int, ...] = ()) -> Outcome:
    """Record a dispute as the channel tells it. Raises BadReference, NoSuchOrder (both: not ours) or ForeignTrade."""
    reference = read_reference(answer.payment_reference)
    if reference.kind != PAYMENT:
        raise BadReference(answer.payment_reference)
    order, _ = load_order(reference.order_id)
    payment = find_payment(order.payments, reference.n)
    if payment is None or payment.channel != channel:
        raise ForeignTrade(answer.payment_reference)
    command = c.RecordChannelDispute(
        payment_n=payment.attempt,
        channel=channel,
        number=answer.number,
        status=answer.status,
        amount_fen=answer.amount_fen,
        opened_at=answer.opened_at or now,
        outcome=answer.outcome,
        due_at=answer.due_at,
        closed_at=answer.closed_at,
        charged_back_fen=answer.charged_back_fen or 0,
        reason=answer.reason,
        source_sha256=hashlib.sha256(answer.raw.encode()).hexdigest(),
    )
    return record_channel_dispute(reference.order_id, command, now, done)


class LostNotices:
    """Looks now and then for disputes whose notice never came; one for each worker process."""

    def __init__(self) -> None:
        self._next = 0.0

    def is_due(self) -> bool:
        """Whether it is time to look; says so once every LOST_EVERY_SECONDS."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + LOST_EVERY_SECONDS
        return True

    def look(self, outside: Outside, clock: Clock) -> int:
        """Ask each channel for its recent disputes; gives how many brought something new."""
        return sum(
            _look_at(channel, for_outside(clock()))
            for channel in outside.channels.values()
            if isinstance(channel, DisputeChannel)
        )


def _look_at(channel: DisputeChannel, now: datetime) -> int:
    recorded = 0
    for number in channel.list_disputes(now - LOST_SINCE, now) or ():
        answer = channel.query_dispute(number)
        if answer.status == "unknown":
            continue
        try:
            recorded += bool(take_in(channel.name, answer, now).events)
        except (ForeignTrade, NoSuchOrder, BadReference) as error:
            log.warning("channel_dispute_foreign", channel=channel.name, number=number, why=str(error))
    return recorded


def watch_dispute(job: Job) -> None:
    """Ask about an open dispute from time to time, for the notice that is lost."""
    dispute, name = _dispute_of(job)
    if not dispute.is_open():
        job.finish()
        return
    job.before_call()
    answer = dispute_channel(job.outside, name).query_dispute(dispute.number)
    if answer.status == "unknown":
        job.put_off(answer.error_code or "unknown", WATCH_SECONDS)
    elif answer.status == "closed":
        take_in(name, answer, job.clock(), job.done)
    else:
        take_in(name, answer, job.clock())
        job.put_off("still open at the channel", WATCH_SECONDS)


def answer_dispute(job: Job) -> None:
    """Send our latest words; the channel's own state afterwards says whether it has them."""
    dispute, name = _dispute_of(job)
    words = read_words(job.order_id, dispute.answer)
    if not dispute.is_open() or not words:
        job.finish()
        return
    channel = dispute_channel(job.outside, name)
    job.before_call()
    outcome = channel.answer_dispute(dispute.number, words)
    if outcome == "unknown":
        job.put_off("unknown whether the channel has our answer")
        return
    job.before_call()
    told = channel.query_dispute(dispute.number)
    if told.status == "unknown":
        job.put_off(told.error_code or "unknown")
    else:
        take_in(name, told, job.clock(), job.done)


def query_settlement(job: Job) -> None:
    """Ask whether the channel has settled a payment, once; the next asking is somebody's own act (S-086)."""
    order, _ = load_order(job.order_id)
    payment = find_payment(order.payments, job.work.target)
    if payment is None:
        job.finish()
        return
    job.before_call()
    answer = job.outside.channel(payment.channel).query(
        write_reference(job.order_id, PAYMENT, payment.attempt)
    )
    if answer.outcome == "unknown":
        job.put_off(answer.error_code or "unknown")
        return
    state = {True: "settled", False: "unsettled", None: "unknown"}[answer.settled]
    command = c.RecordSettlement(
        payment.attempt, state, answer.settled_at, hashlib.sha256(answer.raw.encode()).hexdigest()
    )
    record_settlement(job.order_id, command, payment.channel, job.clock(), job.done)


def _dispute_of(job: Job) -> tuple[ChannelDispute, str]:
    order, _ = load_order(job.order_id)
    dispute = order.channel_disputes[job.work.target - 1]
    payment = find_payment(order.payments, dispute.payment)
    assert payment is not None, "a dispute is about a payment"
    return dispute, payment.channel
