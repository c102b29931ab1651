"""What a script may ask of the sandbox under /_control: look, pay, misbehave, send a notice again."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tuidan.connectors.payments.alipay.sandbox.complaints import ENDS, NoComplaint
from tuidan.connectors.payments.alipay.sandbox.faults import NOTICES
from tuidan.connectors.payments.alipay.sandbox.gateway import Gateway
from tuidan.connectors.payments.alipay.sandbox.notices import Sender, body_of
from tuidan.connectors.payments.alipay.sandbox.store import PAYERS
from tuidan.connectors.payments.alipay.sandbox.trades import CannotPay

Row = dict[str, Any]
LISTED_MAX = 1000


class Wrong(Exception):
    """The script asked for something that does not exist; the text says what."""


class Control:
    """One method per address; each takes and gives plain JSON."""

    def __init__(self, gateway: Gateway, sender: Sender) -> None:
        self._gateway = gateway
        self._store = gateway.store
        self._sender = sender

    def state(self, query: dict[str, str]) -> Row:
        """Accounts, totals, and the trades (up to 1,000, or the one of ?reference=)."""
        self._gateway.refunds.settle_due()
        one = query.get("reference", "")
        trades = self._store.all(
            "SELECT out_trade_no, trade_no, status, amount_fen, refunded_fen, refund_calls, payer_id,"
            " (SELECT count(*) FROM refunds r WHERE r.out_trade_no = t.out_trade_no AND r.status = 'done')"
            " AS refunds_executed FROM trades t WHERE ?1 = '' OR out_trade_no = ?1 ORDER BY id LIMIT ?2",
            one,
            LISTED_MAX,
        )
        refunds = self._store.all(
            "SELECT * FROM refunds WHERE ?1 = '' OR out_trade_no = ?1 ORDER BY rowid LIMIT ?2",
            one,
            LISTED_MAX,
        )
        notices = self._store.all(
            "SELECT out_trade_no, kind, state, fault, tries, last_answer FROM notices"
            " WHERE ?1 = '' OR out_trade_no = ?1 ORDER BY id LIMIT ?2",
            one,
            LISTED_MAX,
        )
        return {
            "accounts": self._store.all("SELECT * FROM accounts ORDER BY user_id"),
            "totals": self._totals(),
            "trades": trades,
            "refunds": refunds,
            "notices": notices,
            "complaints": self._store.all(
                "SELECT * FROM complaints WHERE ?1 = '' OR out_trade_no = ?1 ORDER BY rowid LIMIT ?2",
                one,
                LISTED_MAX,
            ),
            "faults": self._gateway.faults.waiting(),
        }

    def _totals(self) -> Row:
        totals = (
            self._store.one(
                "SELECT (SELECT count(*) FROM trades) AS trades,"
                " (SELECT count(*) FROM trades WHERE paid_at IS NOT NULL) AS paid,"
                " (SELECT coalesce(sum(refund_calls), 0) FROM trades) AS refund_calls,"
                " (SELECT count(*) FROM refunds WHERE status = 'done') AS refunds_executed,"
                " (SELECT coalesce(sum(refunded_fen), 0) FROM trades) AS refunded_fen,"
                " (SELECT count(*) FROM notices WHERE state IN ('pending', 'sending', 'held'))"
                " AS notices_waiting,"
                " (SELECT count(*) FROM notices WHERE state = 'delivered') AS notices_delivered"
            )
            or {}
        )
        calls = {row["method"]: row["count"] for row in self._store.all("SELECT * FROM calls")}
        return {**totals, "calls": calls}

    def pay(self, asked: Row) -> Row:
        """Pay like the person at the cashier: {reference | url, account?, notify?}."""
        url = str(asked.get("url", ""))
        trade = self._gateway.trades.by_token(self._token_of(url)) if url else self._trade(asked)
        if trade is None:
            raise Wrong("no such trade")
        account = str(asked.get("account") or PAYERS[0][0])
        try:
            paid = self._gateway.trades.pay(trade["token"], account, notify=bool(asked.get("notify", True)))
        except CannotPay as error:
            raise Wrong(str(error)) from error
        return {"reference": paid["out_trade_no"], "trade_no": paid["trade_no"], "status": paid["status"]}

    def _token_of(self, url: str) -> str:
        """The cashier token behind a page address (opened like the buyer's browser does) or a QR code."""
        parts = urlsplit(url)
        if not parts.path.endswith("/gateway.do"):
            return parts.path.rstrip("/").rsplit("/", 1)[-1]
        reply = self._gateway.call(dict(parse_qsl(parts.query, keep_blank_values=True)))
        if not reply.open_token:
            raise Wrong(reply.body.decode("utf-8", "replace"))
        return reply.open_token

    def _trade(self, asked: Row) -> Row | None:
        return self._gateway.trades.find({"out_trade_no": asked.get("reference", "")})

    def seed_paid(self, asked: Row) -> Row:
        """Many paid trades at once: {trades: [{reference, amount_fen, …}], account?, notify?}."""
        account = str(asked.get("account") or PAYERS[0][0])
        made = self._gateway.trades.seed_paid(asked["trades"], account, bool(asked.get("notify", False)))
        return {"trade_nos": made}

    def fault(self, asked: Row) -> Row:
        """Queue a fault: {on, fault, times?, reference?, …options}."""
        options = {k: v for k, v in asked.items() if k not in ("on", "fault", "times", "reference")}
        try:
            added = self._gateway.faults.add(
                str(asked["on"]),
                str(asked["fault"]),
                int(asked.get("times", 1)),
                str(asked.get("reference", "")),
                options,
            )
        except (KeyError, ValueError) as error:
            raise Wrong(str(error)) from error
        return {"id": added}

    def clear_faults(self, asked: Row) -> Row:
        """Forget all queued faults."""
        self._gateway.faults.clear()
        return {}

    def resend_notice(self, asked: Row) -> Row:
        """Send a written notice now, tell the answer: {reference, kind?, fault?, fields?, copies?, url?}.

        `fault`: forged, one_bit_wrong, stale, foreign_seller, foreign_app; `fields` are set before signing.
        """
        fault, kind = str(asked.get("fault", "")), str(asked.get("kind", "payment"))
        if fault and fault not in NOTICES:
            raise Wrong(f"no fault {fault!r} for notices")
        notice = self._store.one(
            "SELECT * FROM notices WHERE out_trade_no = ? AND kind = ? ORDER BY id DESC LIMIT 1",
            str(asked.get("reference", "")),
            kind,
        )
        if notice is None:
            raise Wrong("no such notice was written")
        overrides = {str(k): str(v) for k, v in (asked.get("fields") or {}).items()}
        body = body_of(self._gateway.keys, notice, fault, overrides)
        sent = [
            self._sender.post(str(asked.get("url") or notice["url"]), body)
            for _ in range(int(asked.get("copies", 1)))
        ]
        return {
            "body": body.decode("ascii"),
            "sent": [{"status": status, "answer": text} for status, text in sent],
        }

    def account(self, asked: Row) -> Row:
        """Set a balance: {user_id, balance_fen}; the seller's too, for "not enough, then funded"."""
        changed = self._store.run(
            "UPDATE accounts SET balance_fen = ? WHERE user_id = ?",
            int(asked["balance_fen"]),
            str(asked["user_id"]),
        )
        if not changed:
            raise Wrong("no such account")
        return {}

    def trade(self, asked: Row) -> Row:
        """Move a trade where only time moves it: {reference, status: TRADE_FINISHED | TRADE_CLOSED}, or {settled}."""
        status = str(asked.get("status", ""))
        if "settled" in asked:
            return self._settle(asked)
        wanted = {"TRADE_FINISHED": "TRADE_SUCCESS", "TRADE_CLOSED": "WAIT_BUYER_PAY"}.get(status)
        changed = self._store.run(
            "UPDATE trades SET status = ?, closed_at = ? WHERE out_trade_no = ? AND status = ?",
            status,
            time.time(),
            str(asked.get("reference", "")),
            wanted,
        )
        if not changed:
            raise Wrong("no such trade in a fitting state")
        return {}

    def _settle(self, asked: Row) -> Row:
        """A contract with a settlement period: from now on the trade says what is not settled yet."""
        trade = self._trade(asked)
        if trade is None or not trade["paid_at"]:
            raise Wrong("no such paid trade")
        self._store.run(
            "INSERT INTO settlements VALUES (?, ?) ON CONFLICT (out_trade_no) DO UPDATE SET at = excluded.at",
            trade["out_trade_no"],
            time.time() if asked["settled"] else None,
        )
        return {}

    def complain(self, asked: Row) -> Row:
        """The buyer complains at the platform: {reference, reason?, content?}; gives {number}."""
        trade = self._trade(asked)
        if trade is None or not trade["paid_at"]:
            raise Wrong("no such paid trade")
        reason, content = str(asked.get("reason", "商品未收到")), str(asked.get("content", ""))
        return {"number": self._gateway.complaints.open(trade, reason, content)}

    def complaint(self, asked: Row) -> Row:
        """End a complaint: {number, winner: buyer | merchant | withdrawn, amount_fen?}; gives {moved_fen}."""
        winner, amount = str(asked.get("winner", "")), asked.get("amount_fen")
        if winner not in ENDS:
            raise Wrong("winner must be buyer, merchant or withdrawn")
        try:
            moved = self._gateway.complaints.close(
                str(asked.get("number", "")), winner, None if amount is None else int(amount)
            )
        except NoComplaint as error:
            raise Wrong("no such open complaint") from error
        return {"moved_fen": moved}

    def refund_by_hand(self, asked: Row) -> Row:
        """A refund made in the merchant's console: {reference, amount_fen}; its notice names no number of ours."""
        with self._store.transaction():
            trade = self._trade(asked)
            amount = int(asked["amount_fen"])
            if trade is None or not 0 < amount <= trade["amount_fen"] - trade["refunded_fen"]:
                raise Wrong("no such trade, or more than is left")
            self._gateway.refunds.take_back(trade, f"hand{time.time_ns()}", amount)
        return {}

    def no_such_address(self, asked: Row) -> Row:
        """Any other address."""
        raise Wrong("no such address; see the README of the sandbox")
