"""Every way of saying no: a code and its data, never a sentence (the words are in web/shared)."""

from __future__ import annotations

from dataclasses import dataclass, field

CODES: dict[str, str] = {
    "account_needed": "a top-up or membership needs the account to be credited",
    "account_malformed": "the account does not have the form that the listing asks for",
    "adult_declaration_needed": "this kind of service needs the buyer's word to be of age",
    "amount_out_of_range": "the amount is not between one fen and what is left",
    "answer_unknown": "the answer is not one of those that a seller can give",
    "alarm_changed": "the alarm has grown since it was seen",
    "already_confirmed": "the order was confirmed or settled already",
    "already_refunded": "nothing of the unit is left to refund",
    "channel_dispute_closed": "the channel has closed its dispute already",
    "channel_dispute_open": "a dispute is open at the payment channel, so money waits",
    "book_short": "the account of the book does not hold so much",
    "case_changed": "something that matters came in after the person looked",
    "case_closed": "the case was decided or withdrawn already",
    "case_open": "a refund request for the unit is open already",
    "clock_not_running": "the clock of the unit is not running",
    "clock_running": "the clock of the unit is running already",
    "clock_unavailable": "the unit is not sold by time, not handed over, or its time is used up",
    "code_not_ready": "the code is not delivered yet",
    "fund_short": "the advance fund has less left than is needed",
    "key_used_for_other_input": "the same idempotency key came with another input",
    "kind_switched_off": "this site does not offer this kind of service",
    "limit_out_of_range": "a limit of the fund cannot lie below what is in use, nor one order's above it",
    "listing_not_on_sale": "the listing is not on sale",
    "membership_not_running": "the membership is not open, or was stopped already",
    "message_empty": "the message has no words",
    "message_too_long": "the message has more characters than one may have",
    "milestone_needed": "the service has several milestones and the report names none",
    "minors_barred": "this kind of service is not sold to minors",
    "no_such_alarm": "the order has no such alarm that could be acknowledged",
    "no_such_channel_dispute": "the order has no such dispute at its channel",
    "no_such_case": "the order has no such case",
    "no_such_milestone": "the unit has no such milestone",
    "no_such_unit": "the order has no such unit",
    "not_delivered_yet": "nothing is delivered yet, so there is nothing to confirm",
    "nothing_to_answer": "the milestone has no report that waits for an answer",
    "order_exists": "an order with this id exists already",
    "order_expired": "the order was not paid in time",
    "order_not_payable": "the order is not waiting for payment",
    "order_not_paid": "the order is not paid",
    "plan_unknown": "the plan that was opened is not between one month and what was ordered",
    "price_changed": "the price is no longer the one that the buyer saw",
    "progress_changed": "the claimed progress is no longer the one that the buyer saw",
    "progress_not_less": "the buyer's own figure is not below what the seller claims",
    "progress_not_more": "the progress is not above what was agreed, or above 100",
    "quantity_out_of_range": "the quantity is not between one and the limit",
    "reason_unknown": "the reason is not one of the list for this goods kind",
    "payout_account_needed": "a payment by bank needs the holder's name and the account",
    "no_such_payout": "the order has no such payment by bank",
    "no_such_recall": "the order has no such recall",
    "payout_not_waiting": "the payment by bank is not waiting for this step",
    "refund_not_arrived": "only a refund that has arrived can be recalled",
    "same_person": "another operator must confirm what one has entered",
    "finding_unknown": "an age, or a share of the fault, lies outside what can be",
    "reference_missing": "a money record needs the bank's reference, up to 64 characters",
    "reason_needed": "an operator gives a reason in words",
    "refund_not_parked": "the refund is not waiting for an operator",
    "refund_decided": "a refund of the unit is decided, so it can no longer be shown, delivered or changed",
    "renewal_not_open": "no renewal is on offer, or it was taken or cancelled already",
    "ruling_unknown": "the judgement names no reason, or one that does not fit its outcome",
    "stop_cause_unknown": "the cause is not one that this side can give",
    "stop_day_out_of_range": "the day is not one on which the membership ran",
    "template_unknown": "the message names a template that does not exist",
    "too_many_messages": "the order has as many messages as one may have",
    "unit_needed": "the order has several units and the question names none",
    "seller_owes": "the seller owes the platform, so nothing is paid out",
    "unit_not_deliverable": "the unit is not waiting for the seller",
    "appraiser_unfit": "the appraiser is a party, or the one who names them",
    "complaint_place_unknown": "the place of the complaint is not one of the list, or its number is missing",
    "exhibit_answer_unknown": "the answer to an exhibit is not one of the list",
    "exhibit_unknown": "the kind of evidence is not one of the list",
    "appraisal_finding_unknown": "the finding is not one of the list",
    "no_new_facts": "nothing was filed after the decision",
    "no_such_exhibit": "the case has no such exhibit",
    "not_fresh_reviewer": "the same person decided before",
    "not_now": "the case is in a state in which this party cannot do that",
    "not_the_appraiser": "another person is the appraiser of the case",
    "offer_gone": "the offer is not open any more",
    "offer_unknown": "the kind of offer is not one of the list",
    "own_exhibit": "a party does not answer its own exhibit",
    "percent_out_of_range": "the percentage is not between 0 and 100, or is missing",
    "too_many_exhibits": "the order holds as many exhibits as it can",
    "too_many_offers": "the order holds as many offers as it can",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no with its code (a key of CODES) and the values that its sentence needs."""

    code: str
    data: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown refusal code {self.code}")
