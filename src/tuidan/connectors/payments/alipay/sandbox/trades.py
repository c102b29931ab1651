"""Trades: opened by a page or a QR code, paid on the cashier page, queried, closed."""

from __future__ import annotations

import secrets
import time
from typing import Any

from tuidan.connectors.payments.alipay.sandbox import answers
from tuidan.connectors.payments.alipay.sandbox.answers import Fields
from tuidan.connectors.payments.alipay.sandbox.notices import Notices
from tuidan.connectors.payments.alipay.sandbox.store import SELLER_ID, Store
from tuidan.connectors.payments.alipay.sandbox.wire import clock, fen, unclock, yuan

Row = dict[str, Any]


class CannotPay(Exception):
    """The cashier refuses; the message is for the person at the page."""


class Trades:
    """All about a trade but its refunds."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    def open(self, biz: Row, notify_url: str, return_url: str) -> tuple[Row | None, Fields]:
        """Make the trade, or find the one already made with the same number; the failure otherwise."""
        try:
            amount = fen(biz["total_amount"])
            expires_at = unclock(biz["time_expire"]) if biz.get("time_expire") else None
            number, subject = str(biz["out_trade_no"]), str(biz["subject"])
        except (KeyError, ValueError):
            return None, answers.failure("ACQ.INVALID_PARAMETER")
        if amount <= 0 or not 0 < len(number) <= 64 or not 0 < len(subject) <= 256:
            return None, answers.failure("ACQ.INVALID_PARAMETER")
        with self._store.transaction():
            known = self._store.one("SELECT * FROM trades WHERE out_trade_no = ?", number)
            if known is None:
                self._insert(number, amount, subject, notify_url, return_url, expires_at)
                known = self._store.one("SELECT * FROM trades WHERE out_trade_no = ?", number)
        if known is not None and known["amount_fen"] != amount:
            return None, answers.failure("ACQ.CONTEXT_INCONSISTENT")
        return known, {}

    def _insert(
        self,
        number: str,
        amount: int,
        subject: str,
        notify_url: str,
        return_url: str,
        expires_at: float | None,
    ) -> str:
        now = time.time()
        # 28 digits as the real ones; the random part keeps numbers apart without a counter.
        trade_no = f"{clock(now)[:10].replace('-', '')}22001{secrets.randbelow(10**15):015d}"
        self._store.run(
            "INSERT INTO trades (out_trade_no, trade_no, token, subject, amount_fen, status, notify_url,"
            " return_url, expires_at, created_at) VALUES (?, ?, ?, ?, ?, 'WAIT_BUYER_PAY', ?, ?, ?, ?)",
            number,
            trade_no,
            secrets.token_urlsafe(18),
            subject,
            amount,
            notify_url,
            return_url,
            expires_at,
            now,
        )
        return trade_no

    def by_token(self, token: str) -> Row | None:
        """The trade of a cashier address, closed if its time is over."""
        found = self._store.one("SELECT * FROM trades WHERE token = ?", token)
        return self._expired(found) if found else None

    def find(self, biz: Row) -> Row | None:
        """By trade_no if given, else by out_trade_no."""
        if biz.get("trade_no"):
            found = self._store.one("SELECT * FROM trades WHERE trade_no = ?", str(biz["trade_no"]))
        else:
            number = str(biz.get("out_trade_no", ""))
            found = self._store.one("SELECT * FROM trades WHERE out_trade_no = ?", number)
        return self._expired(found) if found else None

    def _expired(self, trade: Row) -> Row:
        now = time.time()
        if trade["status"] == "WAIT_BUYER_PAY" and trade["expires_at"] and trade["expires_at"] <= now:
            self._store.run(
                "UPDATE trades SET status = 'TRADE_CLOSED', closed_at = ?"
                " WHERE id = ? AND status = 'WAIT_BUYER_PAY'",
                now,
                trade["id"],
            )
            return self._store.one("SELECT * FROM trades WHERE id = ?", trade["id"]) or trade
        return trade

    def pay(self, token: str, payer_id: str, notify: bool = True) -> Row:
        """Take the money from a payer's account. Paying twice is paying once. Raises CannotPay."""
        if self.by_token(token) is None:
            raise CannotPay("没有找到这笔交易")
        with self._store.transaction():
            trade = self._store.one("SELECT * FROM trades WHERE token = ?", token) or {}
            if trade["status"] in ("TRADE_SUCCESS", "TRADE_FINISHED"):
                return trade
            if trade["status"] != "WAIT_BUYER_PAY":
                raise CannotPay("交易已关闭，不能付款")
            taken = self._store.run(
                "UPDATE accounts SET balance_fen = balance_fen - ? WHERE user_id = ? AND role = 'payer'"
                " AND balance_fen >= ?",
                trade["amount_fen"],
                payer_id,
                trade["amount_fen"],
            )
            if not taken:
                raise CannotPay("账户余额不足，请换一个账户")
            return self._paid(trade, payer_id, notify)

    def _paid(self, trade: Row, payer_id: str, notify: bool) -> Row:
        self._store.run(
            "UPDATE accounts SET balance_fen = balance_fen + ? WHERE user_id = ?",
            trade["amount_fen"],
            SELLER_ID,
        )
        self._store.run(
            "UPDATE trades SET status = 'TRADE_SUCCESS', paid_at = ?, payer_id = ? WHERE id = ?",
            time.time(),
            payer_id,
            trade["id"],
        )
        paid = self._store.one("SELECT * FROM trades WHERE id = ?", trade["id"]) or trade
        if notify:
            self._notices.payment(paid)
        return paid

    def seed_paid(self, wanted: list[Row], payer_id: str, notify: bool) -> dict[str, str]:
        """Many trades paid at once, with money from nowhere; out_trade_no → trade_no. For load and scenes."""
        made: dict[str, str] = {}
        with self._store.transaction():
            for item in wanted:
                number = str(item["reference"])
                known = self._store.one("SELECT * FROM trades WHERE out_trade_no = ?", number)
                if known is None:
                    amount, url = int(item["amount_fen"]), str(item.get("notify_url", ""))
                    self._insert(number, amount, str(item.get("subject", "订单")), url, "", None)
                    known = self._store.one("SELECT * FROM trades WHERE out_trade_no = ?", number) or {}
                if known["status"] == "WAIT_BUYER_PAY":
                    self._paid(known, payer_id, notify)
                made[number] = known["trade_no"]
        return made

    def query(self, biz: Row) -> Fields:
        """alipay.trade.query"""
        trade = self.find(biz)
        if trade is None:
            return answers.failure("ACQ.TRADE_NOT_EXIST")
        fields = answers.done(
            out_trade_no=trade["out_trade_no"],
            trade_no=trade["trade_no"],
            trade_status=trade["status"],
            total_amount=yuan(trade["amount_fen"]),
        )
        payer = self._store.one("SELECT * FROM accounts WHERE user_id = ?", trade["payer_id"])
        if payer is None:
            return {**fields, "buyer_pay_amount": "0.00", "receipt_amount": "0.00"}
        return {
            **fields,
            "buyer_logon_id": payer["logon"],
            "buyer_user_id": payer["user_id"],
            "buyer_pay_amount": yuan(trade["amount_fen"]),
            "receipt_amount": yuan(trade["amount_fen"]),
            "invoice_amount": yuan(trade["amount_fen"]),
            "point_amount": "0.00",
            "send_pay_date": clock(trade["paid_at"]),
            "fund_bill_list": [{"fund_channel": "ALIPAYACCOUNT", "amount": yuan(trade["amount_fen"])}],
            **self._settlement(biz, trade),
        }

    def _settlement(self, biz: Row, trade: Row) -> Fields:
        """Only on request, and only for contracts with a settlement period."""
        row = self._store.one("SELECT at FROM settlements WHERE out_trade_no = ?", trade["out_trade_no"])
        if row is None or "trade_settle_info" not in (biz.get("query_options") or []):
            return {}
        amount = yuan(trade["amount_fen"])
        if row["at"] is None:
            return {"trade_settle_info": {"trade_unsettled_amount": amount}}
        detail = {"operation_type": "settle", "operation_dt": clock(row["at"]), "amount": amount}
        return {"trade_settle_info": {"trade_unsettled_amount": "0.00", "trade_settle_detail_list": [detail]}}

    def close(self, biz: Row) -> Fields:
        """alipay.trade.close: only what is unpaid."""
        trade = self.find(biz)
        if trade is None:
            return answers.failure("ACQ.TRADE_NOT_EXIST")
        changed = self._store.run(
            "UPDATE trades SET status = 'TRADE_CLOSED', closed_at = ?"
            " WHERE id = ? AND (status = 'WAIT_BUYER_PAY' OR (status = 'TRADE_CLOSED' AND paid_at IS NULL))",
            time.time(),
            trade["id"],
        )
        if not changed:
            return answers.failure("ACQ.TRADE_STATUS_ERROR")
        return answers.done(out_trade_no=trade["out_trade_no"], trade_no=trade["trade_no"])
