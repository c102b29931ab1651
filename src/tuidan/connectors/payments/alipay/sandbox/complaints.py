"""Trade complaints: opened and closed by a script, answered by the merchant, told of by a signed message.

From the documents of alipay.merchant.tradecomplain.*. They do not say how money that the platform returns is numbered:
here it is a refund under the complaint's number, with the usual refund notice.
"""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from tuidan.connectors.payments.alipay.sandbox import answers
from tuidan.connectors.payments.alipay.sandbox.answers import Fields
from tuidan.connectors.payments.alipay.sandbox.notices import Notices
from tuidan.connectors.payments.alipay.sandbox.refunds import Refunds
from tuidan.connectors.payments.alipay.sandbox.store import SELLER_ID, Store
from tuidan.connectors.payments.alipay.sandbox.wire import clock, unclock, yuan

Row = dict[str, Any]
WORDS_MAX = 200
FEEDBACK_CODES = frozenset({"00", "02", "03", "04", "05", "06"})
OPEN = ("MERCHANT_PROCESSING", "MERCHANT_FEEDBACKED", "PLATFORM_PROCESSING")
# How a script may end a complaint; the buyer wins where money goes back.
ENDS = {"buyer": "PLATFORM_FINISH", "merchant": "PLATFORM_FINISH", "withdrawn": "CANCELLED"}


class NoComplaint(Exception):
    """There is no such complaint, or it is not open."""


class Complaints:
    """All about complaints; the money they move goes through the refunds."""

    def __init__(self, store: Store, notices: Notices, refunds: Refunds) -> None:
        self._store = store
        self._notices = notices
        self._refunds = refunds

    def open(self, trade: Row, reason: str, content: str) -> str:
        """The buyer complains about a paid trade; the message is queued."""
        number = time.strftime("%Y%m%d") + f"{secrets.randbelow(10**20):020d}"
        with self._store.transaction():
            self._store.run(
                "INSERT INTO complaints (number, out_trade_no, status, reason, content, created_at)"
                " VALUES (?, ?, 'MERCHANT_PROCESSING', ?, ?, ?)",
                number,
                trade["out_trade_no"],
                reason,
                content,
                time.time(),
            )
            self._notices.complaint(trade, number)
        return number

    def close(self, number: str, winner: str, amount_fen: int | None) -> int:
        """End a complaint; when the buyer wins the money goes back, as far as it is not back yet. What was moved."""
        with self._store.transaction():
            complaint = self._store.one("SELECT * FROM complaints WHERE number = ?", number)
            if complaint is None or complaint["status"] not in OPEN:
                raise NoComplaint(number)
            trade = self._refunds.trade_of(complaint) or {}
            moved = 0
            if winner == "buyer":
                left = trade["amount_fen"] - trade["refunded_fen"]
                moved = left if amount_fen is None else amount_fen
                if moved:
                    self._refunds.take_back(trade, number, moved)
            self._store.run(
                "UPDATE complaints SET status = ?, finished_at = ? WHERE number = ?",
                ENDS[winner],
                time.time(),
                number,
            )
            self._notices.complaint(trade, number)
        return moved

    def query(self, biz: Row) -> Fields:
        """alipay.merchant.tradecomplain.query"""
        complaint = self._of(biz)
        if complaint is None:
            return answers.failure("INVALID_PARAMETER")
        return answers.done(**self._shape(complaint))

    def list(self, biz: Row) -> Fields:
        """alipay.merchant.tradecomplain.batchquery"""
        try:
            size, page = int(biz.get("page_size", 10)), int(biz.get("page_num", 1))
            since = unclock(biz["begin_time"]) if biz.get("begin_time") else 0.0
            until = unclock(biz["end_time"]) + 1 if biz.get("end_time") else time.time()
        except ValueError:
            return answers.failure("INVALID_PARAMETER")
        if not 1 <= size <= 20 or page < 1:
            return answers.failure("INVALID_PARAMETER")
        rows = self._store.all(
            "SELECT * FROM complaints WHERE created_at BETWEEN ? AND ? ORDER BY created_at, number",
            since,
            until,
        )
        shown = [self._shape(row) for row in rows[(page - 1) * size : page * size]]
        return answers.done(
            page_num=page,
            page_size=size,
            total_num=len(rows),
            total_page_num=-(-len(rows) // size),
            trade_complain_infos=shown,
        )

    def answer(self, biz: Row, first: bool) -> Fields:
        """alipay.merchant.tradecomplain.feedback.submit (first) and .supplement.submit."""
        words = str(biz.get("feedback_content" if first else "supplement_content", ""))
        if not 0 < len(words) <= WORDS_MAX or (first and biz.get("feedback_code") not in FEEDBACK_CODES):
            return answers.failure("INVALID_PARAMETER")
        with self._store.transaction():
            complaint = self._of(biz)
            if complaint is None or complaint["status"] not in OPEN:
                return answers.failure("COMPLAIN_STATUS_ERROR")
            if first != (complaint["status"] == "MERCHANT_PROCESSING"):
                return answers.failure("COMPLAIN_STATUS_ERROR")
            said = json.loads(complaint["said"] or "[]")
            said.append({"words": words, "at": time.time()})
            self._store.run(
                "UPDATE complaints SET status = 'MERCHANT_FEEDBACKED', said = ? WHERE number = ?",
                json.dumps(said, ensure_ascii=False),
                complaint["number"],
            )
        return answers.done()

    def _of(self, biz: Row) -> Row | None:
        return self._store.one(
            "SELECT * FROM complaints WHERE number = ?", str(biz.get("complain_event_id", ""))
        )

    def _shape(self, complaint: Row) -> Fields:
        trade = self._refunds.trade_of(complaint) or {}
        fields = {
            "complain_event_id": complaint["number"],
            "status": complaint["status"],
            "trade_no": trade["trade_no"],
            "merchant_order_no": trade["out_trade_no"],
            "gmt_create": clock(complaint["created_at"]),
            "gmt_modified": clock(complaint["finished_at"] or complaint["created_at"]),
            "leaf_category_name": complaint["reason"],
            "complain_reason": complaint["reason"],
            "content": complaint["content"],
            "trade_amount": yuan(trade["amount_fen"]),
            "target_id": SELLER_ID,
            "target_type": "MERCHANT",
            "reply_detail_infos": [
                {"replier_role": "MERCHANT", "content": said["words"], "gmt_create": clock(said["at"])}
                for said in json.loads(complaint["said"] or "[]")
            ],
        }
        if complaint["finished_at"]:
            fields["gmt_finished"] = clock(complaint["finished_at"])
        return fields
