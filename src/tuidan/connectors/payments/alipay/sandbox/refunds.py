"""Refunds and their query: the same number moves money once; accepted is not done."""

from __future__ import annotations

import time
from typing import Any

from tuidan.connectors.payments.alipay.sandbox import answers
from tuidan.connectors.payments.alipay.sandbox.answers import Fields
from tuidan.connectors.payments.alipay.sandbox.faults import Fault
from tuidan.connectors.payments.alipay.sandbox.notices import Notices
from tuidan.connectors.payments.alipay.sandbox.store import SELLER_ID, Store
from tuidan.connectors.payments.alipay.sandbox.wire import clock, fen, yuan

Row = dict[str, Any]
PENDING_SECONDS = 3.0


class Refunds:
    """alipay.trade.refund and alipay.trade.fastpay.refund.query."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    def refund(self, biz: Row, fault: Fault | None) -> Fields:
        """One refund call, in one transaction."""
        try:
            amount = fen(biz["refund_amount"])
        except (KeyError, ValueError):
            return answers.failure("ACQ.INVALID_PARAMETER")
        with self._store.transaction():
            trade = self.trade_of(biz)
            if trade is None:
                return answers.failure("ACQ.TRADE_NOT_EXIST")
            self._store.run("UPDATE trades SET refund_calls = refund_calls + 1 WHERE id = ?", trade["id"])
            # Without a number the whole trade is meant, and its own number stands in.
            number = str(biz.get("out_request_no") or trade["out_trade_no"])
            known = self._known(trade, number)
            if known is not None and known["status"] != "failed":
                if known["amount_fen"] != amount:
                    return answers.failure("ACQ.DISCORDANT_REPEAT_REQUEST")
                return self._said(trade, "N")
            refusal = self._refusal(trade, amount, bool(biz.get("out_request_no")))
            if refusal:
                return answers.failure(refusal)
            return self._accept(trade, number, amount, str(biz.get("refund_reason", "")), fault)

    def trade_of(self, biz: Row) -> Row | None:
        """By trade_no if given, else by out_trade_no."""
        if biz.get("trade_no"):
            return self._store.one("SELECT * FROM trades WHERE trade_no = ?", str(biz["trade_no"]))
        return self._store.one(
            "SELECT * FROM trades WHERE out_trade_no = ?", str(biz.get("out_trade_no", ""))
        )

    def _known(self, trade: Row, number: str) -> Row | None:
        return self._store.one(
            "SELECT * FROM refunds WHERE out_trade_no = ? AND out_request_no = ?",
            trade["out_trade_no"],
            number,
        )

    def _refusal(self, trade: Row, amount: int, has_number: bool) -> str:
        if trade["status"] == "TRADE_FINISHED":
            return "ACQ.TRADE_HAS_FINISHED"
        if trade["status"] == "TRADE_CLOSED":
            return "ACQ.TRADE_HAS_CLOSE"
        if trade["status"] != "TRADE_SUCCESS":
            return "ACQ.TRADE_STATUS_ERROR"
        if amount <= 0 or (amount != trade["amount_fen"] and not has_number):
            return "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
        pending = self._store.one(
            "SELECT coalesce(sum(amount_fen), 0) AS fen FROM refunds"
            " WHERE out_trade_no = ? AND status = 'pending'",
            trade["out_trade_no"],
        ) or {"fen": 0}
        if amount + trade["refunded_fen"] + pending["fen"] > trade["amount_fen"]:
            return "ACQ.REASON_TRADE_REFUND_FEE_ERR"
        seller = self._store.one("SELECT balance_fen FROM accounts WHERE user_id = ?", SELLER_ID) or {}
        return "ACQ.SELLER_BALANCE_NOT_ENOUGH" if seller["balance_fen"] < amount else ""

    def _accept(self, trade: Row, number: str, amount: int, reason: str, fault: Fault | None) -> Fields:
        kind = fault.name if fault else ""
        due = time.time() + fault.seconds(PENDING_SECONDS) if fault and kind == "pending" else None
        back = fault.text("status", "S") if fault and kind == "deposit_back" else ""
        status = {"pending": "pending", "pending_then_failed": "failed"}.get(kind, "pending")
        self._store.run(
            "INSERT OR REPLACE INTO refunds (out_trade_no, out_request_no, amount_fen, reason, status,"
            " due_at, deposit_back) VALUES (?, ?, ?, ?, ?, ?, ?)",
            trade["out_trade_no"],
            number,
            amount,
            reason,
            status,
            due,
            back,
        )
        if kind in ("pending", "pending_then_failed"):
            return self._said(trade, "N")
        return self._said(self._move(trade, number, amount), "Y")

    def _move(self, trade: Row, number: str, amount: int) -> Row:
        """The money goes to the account that paid, and the notice is queued. In a transaction."""
        now = time.time()
        run = self._store.run
        run("UPDATE accounts SET balance_fen = balance_fen - ? WHERE user_id = ?", amount, SELLER_ID)
        run("UPDATE accounts SET balance_fen = balance_fen + ? WHERE user_id = ?", amount, trade["payer_id"])
        full = trade["refunded_fen"] + amount == trade["amount_fen"]
        run(
            "UPDATE trades SET refunded_fen = refunded_fen + ?, status = ?, closed_at = ? WHERE id = ?",
            amount,
            "TRADE_CLOSED" if full else "TRADE_SUCCESS",
            now if full else None,
            trade["id"],
        )
        run(
            "UPDATE refunds SET status = 'done', done_at = ? WHERE out_trade_no = ? AND out_request_no = ?",
            now,
            trade["out_trade_no"],
            number,
        )
        moved = {
            **trade,
            "refunded_fen": trade["refunded_fen"] + amount,
            "status": "TRADE_CLOSED" if full else "TRADE_SUCCESS",
            "closed_at": now if full else None,
        }
        self._notices.refund(moved, number, now)
        return moved

    def take_back(self, trade: Row, number: str, amount: int) -> None:
        """The platform returns money by itself, whatever the seller has. In a transaction."""
        self._store.run(
            "INSERT INTO refunds (out_trade_no, out_request_no, amount_fen, reason, status)"
            " VALUES (?, ?, ?, '交易投诉', 'pending')",
            trade["out_trade_no"],
            number,
            amount,
        )
        self._move(trade, number, amount)

    def settle_due(self) -> None:
        """Finish the pending refunds whose time has come; one the seller cannot pay now fails."""
        now = time.time()
        if not self._store.one("SELECT 1 FROM refunds WHERE status = 'pending' AND due_at <= ? LIMIT 1", now):
            return
        with self._store.transaction():
            for row in self._store.all("SELECT * FROM refunds WHERE status = 'pending' AND due_at <= ?", now):
                trade = self.trade_of(row)
                seller = (
                    self._store.one("SELECT balance_fen FROM accounts WHERE user_id = ?", SELLER_ID) or {}
                )
                if trade is not None and seller["balance_fen"] >= row["amount_fen"]:
                    self._move(trade, row["out_request_no"], row["amount_fen"])
                else:
                    self._store.run(
                        "UPDATE refunds SET status = 'failed' WHERE out_trade_no = ? AND out_request_no = ?",
                        row["out_trade_no"],
                        row["out_request_no"],
                    )

    def _said(self, trade: Row, fund_change: str) -> Fields:
        payer = self._store.one("SELECT * FROM accounts WHERE user_id = ?", trade["payer_id"]) or {}
        return answers.done(
            out_trade_no=trade["out_trade_no"],
            trade_no=trade["trade_no"],
            buyer_logon_id=payer.get("logon", ""),
            buyer_user_id=payer.get("user_id", ""),
            fund_change=fund_change,
            refund_fee=yuan(trade["refunded_fen"]),
            send_back_fee=yuan(trade["refunded_fen"]),
        )

    def query(self, biz: Row) -> Fields:
        """A refund that is not done has no refund_status, whatever the reason."""
        trade = self.trade_of(biz)
        if trade is None:
            return answers.failure("ACQ.TRADE_NOT_EXIST")
        number = str(biz.get("out_request_no") or trade["out_trade_no"])
        known = self._known(trade, number)
        if known is None or known["status"] != "done":
            return answers.done()
        fields = answers.done(
            out_trade_no=trade["out_trade_no"],
            trade_no=trade["trade_no"],
            out_request_no=number,
            refund_status="REFUND_SUCCESS",
            refund_amount=yuan(known["amount_fen"]),
            total_amount=yuan(trade["amount_fen"]),
        )
        options = biz.get("query_options") or []
        if "refund_detail_item_list" in options:
            item = {"fund_channel": "ALIPAYACCOUNT", "amount": yuan(known["amount_fen"])}
            fields["refund_detail_item_list"] = [item]
            fields["send_back_fee"] = yuan(known["amount_fen"])
        if "gmt_refund_pay" in options:
            fields["gmt_refund_pay"] = clock(known["done_at"])
        if "deposit_back_info" in options and known["deposit_back"]:
            fields["deposit_back_info"] = {
                "has_deposit_back": "true",
                "dback_status": known["deposit_back"],
                "dback_amount": yuan(known["amount_fen"]),
            }
        return fields
