"""From an order to the channel's cashier: open an attempt, then ask the channel where the buyer goes."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tuidan.commands.outside import connected
from tuidan.commands.payment import start_payment
from tuidan.commands.runner import Outcome
from tuidan.connectors.contract.payment import PaymentMode, PaymentRequest, PaymentStart
from tuidan.domain.reference import PAYMENT, write_reference
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
    """Where the buyer pays; asking again gives the same attempt and reference.

    Raises NotConnected, ChannelUnavailable (try again), ChannelRefused.
    """
    connector = connected().channel(channel)
    outcome, attempt = start_payment(order_id, buyer_id, channel, key, now)
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
        expires_at=datetime.fromtimestamp(order.expires_at, tz=UTC),
        mode=mode,
    )
    return outcome, connector.start(request)
