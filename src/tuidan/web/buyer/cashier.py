"""The payment channel that the pay page sends buyers to. `site/wiring.py` puts it in; nothing here picks one."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.connectors.contract.payment import ChannelError, PaymentChannel, PaymentRequest
from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.reads.records import OrderView


@dataclass(frozen=True, slots=True)
class Cashier:
    """A channel and the addresses it answers to; `public_url` without a slash at its end."""

    channel: PaymentChannel
    notify_url: str
    public_url: str

    def address(self, order: OrderView, attempt: int) -> str:
        """Where the buyer pays this attempt. Raises ChannelError when the channel cannot start one."""
        pay_until = next(clock.at for clock in order.deadlines if clock.what == "pay")
        request = PaymentRequest(
            reference=write_reference(order.order_id, PAYMENT, attempt),
            amount_fen=order.price_fen,
            currency=order.currency,
            subject=order.title[:100],
            notify_url=self.notify_url,
            return_url=f"{self.public_url}/orders/{order.order_id}/",
            expires_at=pay_until,
        )
        url = self.channel.start(request).url
        if not url:
            raise ChannelError("no_page", f"{self.channel.name} gave no page to pay on")
        return url


_installed: list[Cashier] = []


def install(cashier: Cashier) -> None:
    """Called once by the wiring, before the first request; a later call replaces the first."""
    _installed[:] = [cashier]


def cashier() -> Cashier | None:
    """The installed cashier; None where no channel is configured."""
    return _installed[0] if _installed else None
