"""Every way of saying no: a code and its data, never a sentence (the words are in web/shared)."""

from __future__ import annotations

from dataclasses import dataclass, field

CODES: dict[str, str] = {
    "account_needed": "a top-up or membership needs the account to be credited",
    "account_malformed": "the account does not have the form that the listing asks for",
    "amount_out_of_range": "the amount is not between one fen and what is left",
    "answer_unknown": "the answer is not one of those that a seller can give",
    "already_confirmed": "the order was confirmed or settled already",
    "already_refunded": "nothing of the unit is left to refund",
    "channel_dispute_closed": "the channel has closed its dispute already",
    "channel_dispute_open": "a dispute is open at the payment channel, so money waits",
    "case_changed": "something that matters came in after the person looked",
    "case_closed": "the case was decided or withdrawn already",
    "case_open": "a refund request for the unit is open already",
    "code_not_ready": "the code is not delivered yet",
    "key_used_for_other_input": "the same idempotency key came with another input",
    "listing_not_on_sale": "the listing is not on sale",
    "message_empty": "the message has no words",
    "message_too_long": "the message has more characters than one may have",
    "no_such_channel_dispute": "the order has no such dispute at its channel",
    "no_such_case": "the order has no such case",
    "no_such_unit": "the order has no such unit",
    "not_delivered_yet": "nothing is delivered yet, so there is nothing to confirm",
    "order_exists": "an order with this id exists already",
    "order_expired": "the order was not paid in time",
    "order_not_payable": "the order is not waiting for payment",
    "order_not_paid": "the order is not paid",
    "price_changed": "the price is no longer the one that the buyer saw",
    "quantity_out_of_range": "the quantity is not between one and the limit",
    "reason_unknown": "the reason is not one of the list for this goods kind",
    "refund_not_parked": "the refund is not waiting for an operator",
    "refund_decided": "a refund of the unit is decided, so it can no longer be shown, delivered or changed",
    "ruling_unknown": "the judgement names no reason, or one that does not fit its outcome",
    "template_unknown": "the message names a template that does not exist",
    "too_many_messages": "the order has as many messages as one may have",
    "unit_needed": "the order has several units and the question names none",
    "unit_not_deliverable": "the unit is not waiting for the seller",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no with its code (a key of CODES) and the values that its sentence needs."""

    code: str
    data: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown refusal code {self.code}")
