"""From an order to the channel's cashier: open an attempt, then ask the channel where the buyer goes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tuidan.commands.clock import for_outside
from tuidan.commands.outside import connected
from tuidan.commands.payment import start_payment
from tuidan.commands.runner import Outcome
from tuidan.connectors.contract.payment import PaymentMode, PaymentRequest, PaymentStart
from tuidan.domain import events as e
from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.domain.refusals import Refusal
from tuidan.store.orders.attempts import keep_answer, read_answers
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_snapshot


def open_checkout(
    order_id: UUID,
    buyer_id: UUID,
    channel: str,
    key: str,
    return_url: str,
    now: datetime,
    mode: PaymentMode = "page",
) -> tuple[Outcome, PaymentStart | None]:
    """Where the buyer pays; asking again gives the same attempt and reference, with the same key the same place too.

    Raises NotConnected, ChannelUnavailable (try again), ChannelRefused.
    """
    connector = connected().channel(channel)
    outcome, attempt = start_payment(order_id, buyer_id, channel, key, now)
    kept = _kept_start(outcome) if outcome.ok and outcome.again else None
    if kept and kept["mode"] != mode:
        return Outcome(order_id, [], Refusal("key_used_for_other_input"), outcome.version), None
    if kept:
        return outcome, PaymentStart(kept["url"], kept["qr_code"])
    if not outcome.ok or not attempt:
        return outcome, None
    order, _ = load_order(order_id)
    snapshot, _ = load_snapshot(order_id)
    request = PaymentRequest(
        reference=write_reference(order_id, PAYMENT, attempt),
        amount_fen=order.price_fen(),
        currency=order.currency,
        subject=str(snapshot["title"]),
        notify_url=connected().payment_notify_url(channel),
        return_url=return_url,
        expires_at=for_outside(datetime.fromtimestamp(order.expires_at, tz=UTC)),
        mode=mode,
    )
    start = connector.start(request)
    if outcome.events:
        told = {"mode": mode, "url": start.url, "qr_code": start.qr_code}
        keep_answer(order_id, attempt, {"start": told})
    return outcome, start


def _kept_start(outcome: Outcome) -> dict[str, Any] | None:
    """What the first use of this key was told, if the channel answered then."""
    attempt = next(event.attempt for event in outcome.events if isinstance(event, e.PaymentStarted))
    told: Any = read_answers(outcome.order_id).get(attempt, {}).get("start")
    return told
