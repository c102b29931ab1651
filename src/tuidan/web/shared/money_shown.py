"""Where an order's money is, in sentences: what pays each refund, payments by bank, holds, recalls."""

from __future__ import annotations

from typing import Any

from tuidan.reads.money import MoneyView, PayoutView, RecallView, RefundSource
from tuidan.web.shared.key import new_key
from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import say


def show_money(view: MoneyView, language: str) -> dict[str, Any]:
    """All parts; empty where there is nothing to say but that the price pays the refund."""
    sources = [shown for source in view.sources if (shown := _source(source, language))]
    word = "coupon.returned" if view.coupon_returned else "coupon.used"
    return {
        "coupon": say(word, language, amount=yuan(view.coupon_fen)) if view.coupon_fen else "",
        "sources": sources,
        "holds": [
            say("hold.line", language, case=hold.case, held=yuan(hold.held_fen), asked=yuan(hold.asked_fen))
            for hold in view.holds
            if hold.asked_fen
        ],
        "payouts": [_payout(payout, language) for payout in view.payouts],
        "recalls": [_recall(recall, language) for recall in view.recalls],
    }


def _source(source: RefundSource, language: str) -> dict[str, Any] | None:
    lines = []
    if source.from_advance_fen:
        if source.from_escrow_fen:
            lines.append(say("from.escrow", language, amount=yuan(source.from_escrow_fen)))
        lines.append(say("from.advance", language, amount=yuan(source.from_advance_fen)))
    if source.fee_fen:
        lines.append(say("from.fee", language, amount=yuan(source.fee_fen)))
    if source.by_bank:
        lines.append(say("from.bank", language))
    if source.owed_fen:
        lines.append(say("from.owed", language, amount=yuan(source.owed_fen)))
    if source.borne_fen:
        lines.append(say("from.borne", language, amount=yuan(source.borne_fen)))
    return {"n": source.refund, "amount_fen": source.amount_fen, "lines": lines} if lines else None


def _payout(payout: PayoutView, language: str) -> dict[str, Any]:
    status = say(f"payout.{payout.status}", language, amount=yuan(payout.amount_fen))
    return {
        "n": payout.n,
        "title": say(f"payout.title.{payout.why}", language),
        "amount_fen": payout.amount_fen,
        "status": status,
        "due_at": payout.due_at if payout.status not in ("paid", "charging") else None,
        "reference": payout.reference,
        "can_consent": payout.can_consent,
        "can_enter": payout.can_enter,
        "can_confirm": payout.can_confirm,
        "can_fail": payout.can_fail,
        "other_must": payout.status == "entered" and not payout.can_confirm,
        "key": new_key(),
    }


def _recall(recall: RecallView, language: str) -> dict[str, Any]:
    word = "recall.owed" if recall.left_fen else "recall.done"
    amount = yuan(recall.left_fen or recall.amount_fen)
    return {
        "n": recall.n,
        "left_fen": recall.left_fen,
        "text": say(word, language, amount=amount),
        "key": new_key(),
    }
