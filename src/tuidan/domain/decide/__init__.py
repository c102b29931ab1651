"""(order, command, context, now) → a draft of events, postings and effects, or a refusal. Pure.

One file a noun; this page says which decider answers which command.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide import (
    alarm,
    appeal,
    appraisal,
    channel_dispute,
    coupon,
    delivery,
    dispute,
    duty,
    exhibit,
    frozen,
    funds,
    handover,
    issuer,
    membership,
    minor,
    offer,
    order,
    payment,
    payout,
    reading,
    recall,
    refund,
    renewal,
    retention,
    reveal,
    service,
    talk,
)
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import Order
from tuidan.domain.refusals import Refusal

DECIDERS: dict[type, Callable[[Draft, Any, Context], None]] = {
    c.PlaceOrder: order.place,
    c.ExpireOrder: order.expire,
    c.ConfirmReceipt: order.confirm_receipt,
    c.ReleaseEscrow: order.release,
    c.StartPayment: payment.start,
    c.RecordPayment: payment.record,
    c.RecordCodes: delivery.record_codes,
    c.MarkSupplySent: delivery.mark_supply_sent,
    c.RecordSupply: delivery.record_supply,
    c.RecordCredit: delivery.record_credit,
    c.RecordCancel: delivery.record_cancel,
    c.DeliverBySeller: handover.deliver_by_seller,
    c.RevealCode: reveal.reveal_code,
    c.RecordRevealFailure: reveal.record_failure,
    c.NoteMaskedView: reveal.note_masked,
    c.NoteCopy: reveal.note_copy,
    c.RecordSealedAnswers: issuer.record_sealed,
    c.PassPromise: delivery.pass_promise,
    c.FailDelivery: delivery.fail,
    c.RecordCodeSettled: delivery.record_code_settled,
    c.RequestRefund: dispute.request_refund,
    c.WithdrawRequest: dispute.withdraw,
    c.RecordIssuerCheck: dispute.record_issuer_check,
    c.GiveUpCheck: dispute.give_up_check,
    c.DecideCase: dispute.decide_case,
    c.CallPlatform: dispute.call_platform,
    c.LinkComplaint: dispute.link_complaint,
    c.SubmitEvidence: exhibit.submit,
    c.AskMore: exhibit.ask_more,
    c.FileExhibit: exhibit.file,
    c.AnswerExhibit: exhibit.answer,
    c.FlagExhibit: exhibit.flag,
    c.RecordReading: reading.record,
    c.MakeOffer: offer.make,
    c.AnswerOffer: offer.answer,
    c.ExpireOffer: offer.expire,
    c.SendToAppraisal: appraisal.send,
    c.AssignAppraiser: appraisal.assign,
    c.AcceptAppraisal: appraisal.accept,
    c.ReportAppraisal: appraisal.report,
    c.FileAppeal: appeal.file,
    c.PassCaseDeadline: duty.pass_deadline,
    c.NoteLegalLimit: duty.note_legal_limit,
    c.MarkRefundSent: refund.mark_sent,
    c.RecordRefund: refund.record,
    c.RetryRefund: refund.retry,
    c.RecordChannelDispute: frozen.record_channel_dispute,
    c.AnswerChannelDispute: channel_dispute.answer,
    c.AcknowledgeAlarm: alarm.acknowledge,
    c.RecordOutsideRefund: alarm.record_outside_refund,
    c.RecordSettlement: payment.record_settlement,
    c.AskSettlement: payment.ask_settlement,
    c.RecordPayerAccount: payment.record_payer_account,
    c.SendMessage: talk.send,
    c.AnswerContact: talk.answer,
    c.RecordSilence: talk.record_silence,
    c.RecordBlocked: talk.record_blocked,
    c.RecordHold: funds.record_hold,
    c.RecordRecovery: funds.record_recovery,
    c.RecordCharge: payout.record_charge,
    c.ConsentToPayout: payout.consent,
    c.EnterPayout: payout.enter,
    c.ConfirmPayout: payout.confirm,
    c.FailPayout: payout.fail,
    c.RerouteRefund: payout.reroute,
    c.RecallRefund: recall.by_operator,
    c.RecordRepayment: recall.record_repayment,
    c.RecordMinorFinding: minor.record_finding,
    c.RecordCouponReturn: coupon.record_return,
    **service.DECIDERS,
    **membership.DECIDERS,
    **renewal.DECIDERS,
    **retention.DECIDERS,
}


class BrokenInvariant(AssertionError):
    """A decision would break a money invariant; nothing is written."""


def decide(state: Order, command: c.Command, actor: c.Actor, context: Context, now: datetime) -> Draft:
    """Decide one command on a freshly loaded order, which is used up by it.

    A refusal of what a person asked becomes a `command_refused` event, so that it is remembered; an order that
    does not exist yet cannot hold one, and Refused is raised instead. Raises BrokenInvariant when the money would
    not add up afterwards.
    """
    draft = Draft(state, now, actor)
    try:
        DECIDERS[type(command)](draft, command, context)
    except Refused as refused:
        if draft.events or not state.version:
            raise
        draft.add(e.CommandRefused(type(command).__name__, refused.refusal.code, refused.refusal.data))
        return draft
    funds.follow(draft)
    fault = state.totals.fault()
    if fault is None and state.status == "refunded" and state.totals.escrow:
        fault = "a closed order holds no escrow"
    if fault is None and any(unit.left_fen() < 0 for unit in state.units):
        fault = "no unit gives back more than was paid for it"
    if fault:
        raise BrokenInvariant(fault)
    return draft


def refuse(state: Order, command: c.Command, actor: c.Actor, now: datetime, code: str) -> Draft:
    """A no from outside the deciders, remembered like any other."""
    draft = Draft(state, now, actor)
    draft.add(e.CommandRefused(type(command).__name__, Refusal(code).code, {}))
    return draft


def refusal_of(draft_events: list[e.Event]) -> Refusal | None:
    """The refusal that a command's events hold, if it was refused."""
    if draft_events and isinstance(draft_events[0], e.CommandRefused):
        return Refusal(draft_events[0].code, draft_events[0].data)
    return None
