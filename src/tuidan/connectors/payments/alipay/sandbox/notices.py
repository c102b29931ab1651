"""Notices: written with the change they tell of, sent by threads, again until the merchant says success."""

from __future__ import annotations

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from tuidan.connectors.payments.alipay.sandbox.faults import Fault, Faults
from tuidan.connectors.payments.alipay.sandbox.keys import Keys
from tuidan.connectors.payments.alipay.sandbox.store import APP_ID, SELLER_ID, Store
from tuidan.connectors.payments.alipay.sandbox.wire import clock, signed_form, yuan

Row = dict[str, Any]
ANSWER_SECONDS_MAX = 5.0
STALE_SECONDS = 30 * 86400


class Notices:
    """Writes notice rows; to be called inside the transaction of the change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.wake = threading.Event()

    def payment(self, trade: Row) -> None:
        """Tell that a trade was paid."""
        self._write(trade, "payment", {})

    def refund(self, trade: Row, number: str, at: float) -> None:
        """Tell that a refund was done: refund_fee is the trade's total so far."""
        extra = {
            "refund_fee": yuan(trade["refunded_fen"]),
            "gmt_refund": f"{clock(at)}.{int(at % 1 * 1000):03d}",
            # One made by hand in the console has no number of the merchant's.
            "out_biz_no": "" if number.startswith("hand") else number,
        }
        if trade["closed_at"]:
            extra["gmt_close"] = clock(trade["closed_at"])
        self._write(trade, "refund", extra)

    def complaint(self, trade: Row, number: str) -> None:
        """Tell the app's gateway that a complaint changed. Here that is the address the trade's notices go to."""
        fields = {
            "charset": "utf-8",
            "version": "1.1",
            "msg_method": "alipay.merchant.tradecomplain.changed",
            "app_id": APP_ID,
            "biz_content": json.dumps({"complain_event_id": number}, separators=(",", ":")),
        }
        self._queue(trade, "complaint", fields)

    def _write(self, trade: Row, kind: str, extra: dict[str, str]) -> None:
        payer = self._store.one("SELECT * FROM accounts WHERE user_id = ?", trade["payer_id"]) or {}
        amount = yuan(trade["amount_fen"])
        fields = {
            "app_id": APP_ID,
            "auth_app_id": APP_ID,
            "seller_id": SELLER_ID,
            "charset": "utf-8",
            "version": "1.0",
            "notify_type": "trade_status_sync",
            "out_trade_no": trade["out_trade_no"],
            "trade_no": trade["trade_no"],
            "trade_status": trade["status"],
            "subject": trade["subject"],
            "total_amount": amount,
            "receipt_amount": amount,
            "invoice_amount": amount,
            "buyer_pay_amount": amount,
            "point_amount": "0.00",
            "buyer_id": payer.get("user_id", ""),
            "buyer_logon_id": payer.get("logon", ""),
            "gmt_create": clock(trade["created_at"]),
            "gmt_payment": clock(trade["paid_at"]),
            "fund_bill_list": json.dumps(
                [{"amount": amount, "fundChannel": "ALIPAYACCOUNT"}], separators=(",", ":")
            ),
            **extra,
        }
        self._queue(trade, kind, fields)

    def _queue(self, trade: Row, kind: str, fields: dict[str, str]) -> None:
        if not trade["notify_url"]:
            return
        self._store.run(
            "INSERT INTO notices (notify_id, out_trade_no, kind, url, fields, due_at, state)"
            " VALUES (?, ?, ?, ?, ?, ?, 'pending')",
            time.strftime("%Y%m%d") + secrets.token_hex(13),
            trade["out_trade_no"],
            kind,
            trade["notify_url"],
            json.dumps(fields, ensure_ascii=False),
            time.time(),
        )
        self.wake.set()


def body_of(keys: Keys, notice: Row, fault: str, overrides: dict[str, str] | None = None) -> bytes:
    """The bytes to post, true or with one fault."""
    now = time.time() - (STALE_SECONDS if fault == "stale" else 0)
    fields = {**json.loads(notice["fields"]), "notify_id": notice["notify_id"]}
    message = notice["kind"] == "complaint"
    if message:
        fields["utc_timestamp"] = str(int(now * 1000))
    else:
        fields["notify_time"] = clock(now)
    if fault == "foreign_seller":
        # A message names no seller: that another app is meant is all it can get wrong.
        fields["app_id" if message else "seller_id"] = "2088999999999999"
    if fault == "foreign_app":
        fields["app_id"] = fields["auth_app_id"] = "2021999999999999"
    body = signed_form(keys, {**fields, **(overrides or {})}, wrong_key=fault == "forged")
    if fault == "one_bit_wrong":
        # In a message the number starts with the year: the digit stays a digit too.
        mark = b"complain_event_id%22%3A%22" if message else b"total_amount="
        at = body.index(mark) + len(mark)
        # 1 ^ digit is again a digit: the amount changes, the form stays well-formed.
        body = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
    return body


class Sender:
    """Threads that send what is due. `tick` is called about four times a second by one of them."""

    def __init__(
        self,
        store: Store,
        notices: Notices,
        faults: Faults,
        keys: Keys,
        retries: Sequence[float],
        tick: Callable[[], None],
        threads: int = 2,
    ) -> None:
        self._store, self._notices, self._faults, self._keys = store, notices, faults, keys
        self._retries = tuple(retries)
        self._tick = tick
        self._stop = threading.Event()
        self._connections = threading.local()
        self._threads = [threading.Thread(target=self._run, args=(n,), daemon=True) for n in range(threads)]

    def start(self) -> None:
        # A notice being sent when the process died is sent again: at least once, as the real one.
        self._store.run("UPDATE notices SET state = 'pending' WHERE state = 'sending'")
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._notices.wake.set()
        for thread in self._threads:
            thread.join(ANSWER_SECONDS_MAX + 1)

    def _run(self, number: int) -> None:
        while not self._stop.is_set():
            if number == 0:
                self._tick()
                self._release_held()
            self._notices.wake.clear()
            notice = self._claim()
            if notice is None:
                self._notices.wake.wait(0.25)
            else:
                self._send(notice)

    def _claim(self) -> Row | None:
        with self._store.transaction():
            notice = self._store.one(
                "SELECT * FROM notices WHERE state = 'pending' AND due_at <= ? ORDER BY due_at, id LIMIT 1",
                time.time(),
            )
            if notice is not None:
                self._store.run("UPDATE notices SET state = 'sending' WHERE id = ?", notice["id"])
        return notice

    def _release_trade(self, sent: Row) -> None:
        """What was held to be reordered goes right after another notice of its trade."""
        self._store.run(
            "UPDATE notices SET state = 'pending', due_at = ? WHERE out_trade_no = ? AND state = 'held' AND id != ?",
            time.time(),
            sent["out_trade_no"],
            sent["id"],
        )

    def _release_held(self) -> None:
        # No other notice came for it in time.
        if self._store.one("SELECT 1 FROM notices WHERE state = 'held' AND due_at <= ?", time.time()):
            self._store.run(
                "UPDATE notices SET state = 'pending' WHERE state = 'held' AND due_at <= ?", time.time()
            )

    def _send(self, notice: Row) -> None:
        fault = None
        if not notice["fault"]:
            fault = self._faults.take(f"notice.{notice['kind']}", notice["out_trade_no"])
        if fault is not None and self._put_off(notice, fault):
            return
        name = fault.name if fault else ""
        copies = int(fault.options.get("copies", 2)) if fault and name == "doubled" else 1
        answer = ""
        for _ in range(copies):
            _, answer = self.post(notice["url"], body_of(self._keys, notice, name))
        self._record(notice, name, answer)
        self._release_trade(notice)

    def _put_off(self, notice: Row, fault: Fault) -> bool:
        """Lost, late and reordered: nothing is sent now."""
        now = time.time()
        to = {
            "lost": ("lost", now),
            "late": ("pending", now + fault.seconds(5)),
            "reordered": ("held", now + fault.seconds(5)),
        }.get(fault.name)
        if to is None:
            return False
        self._store.run(
            "UPDATE notices SET state = ?, due_at = ?, fault = ? WHERE id = ?", *to, fault.name, notice["id"]
        )
        return True

    def _record(self, notice: Row, fault: str, answer: str) -> None:
        tries = notice["tries"] + 1
        state, due = "delivered", notice["due_at"]
        if answer != "success":
            again = tries <= len(self._retries)
            state, due = ("pending", time.time() + self._retries[tries - 1]) if again else ("given_up", due)
        self._store.run(
            "UPDATE notices SET state = ?, due_at = ?, tries = ?, last_answer = ?, fault = ? WHERE id = ?",
            state,
            due,
            tries,
            answer[:200],
            fault or notice["fault"],
            notice["id"],
        )

    def post(self, url: str, body: bytes) -> tuple[int, str]:
        """Post one notice; (0, reason) when nobody answered."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "User-Agent": "Mozilla/4.0",
        }
        pool: dict[str, http.client.HTTPConnection] = self._connections.__dict__
        for kept in (True, False):
            # A kept connection may be dead by now; a notice may come twice anyway, so try once more.
            connection = pool.pop(parts.netloc, None) if kept else None
            if kept and connection is None:
                continue
            if connection is None:
                kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
                connection = kind(parts.netloc, timeout=ANSWER_SECONDS_MAX)
            try:
                connection.request("POST", path, body, headers)
                response = connection.getresponse()
                text = response.read(10_000).decode("utf-8", "replace")
                pool[parts.netloc] = connection
                return response.status, text.strip()
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                reason = f"{type(error).__name__}"
        return 0, reason
