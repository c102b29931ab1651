"""Brings an order to its end: credits at the issuer, then writes the result, then queues the callbacks.

The credit comes first, so that whoever reads 20 here finds the money there. It carries the order's number, so
doing it again after a crash credits nothing twice.
"""

from __future__ import annotations

import json
import time
from typing import Any

from .books import Books
from .outgoing import post

PROCESSING, DONE, FAILED = 10, 20, 30


def finish(books: Books, order_no: str, issuer_url: str | None, result: str | None = None) -> None:
    """Succeed or fail by the order's behaviour, or by `result`. Does nothing to an order that has ended."""
    order = books.order(order_no)
    if not order or order["order_status"] != PROCESSING:
        return
    how, now = order["behaviour"], time.time()
    good = (result or how.result) == "succeed"
    if good and order["queued"] and not books.run(
        # From here on it cannot be stopped; whoever was first, this or a cancel, has won.
        "UPDATE orders SET queued = 0 WHERE order_no = ? AND order_status = ? AND queued = 1",
        (order_no, PROCESSING),
    ):  # fmt: skip
        return
    if good and order["order_type"] == 1:
        report = credit_of(order, now)
        if issuer_url and not tell_issuer(issuer_url, report):
            books.add_task("credit", order_no, now + 0.5, report)
    with books.change():
        status, remark = (DONE, "") if good else (FAILED, how.remark or "充值失败")
        if not books.run(
            "UPDATE orders SET order_status = ?, end_time = ?, remark = ?, queued = 0"
            " WHERE order_no = ? AND order_status = ?",
            (status, int(now), remark, order_no, PROCESSING),
        ):
            return
        if good:
            books.run("INSERT INTO executions (order_no, at) VALUES (?, ?)", (order_no, now))
            if how.reverse_after_seconds is not None:
                report = {**credit_of(order, now), "reversed_at": int(now + how.reverse_after_seconds)}
                books.add_task("credit", order_no, now + how.reverse_after_seconds, report)
        else:
            give_back(books, order)
        if how.callbacks != "none":
            books.add_task("notify", order_no, now, {"kind": how.callbacks})
    books.wake_up()


def give_back(books: Books, order: dict[str, Any]) -> None:
    """A failed order costs nothing and its pieces are on sale again."""
    books.run("UPDATE meta SET value = value + ? WHERE name = 'balance'", (order["order_amount"],))
    books.run("UPDATE cards SET order_no = NULL WHERE order_no = ?", (order["order_no"],))
    books.run(
        "UPDATE goods SET stock = stock + ? WHERE goods_no = ?", (order["buy_quantity"], order["goods_no"])
    )


def credit_of(order: dict[str, Any], now: float) -> dict[str, Any]:
    """What is credited: by default the whole face value to the account that was asked for."""
    how = order["behaviour"]
    return {
        "credit_id": order["out_order_no"],
        "reference": order["order_no"],
        "account": how.credited_account or order["account"],
        "ordered_fen": order["face_fen"],
        "arrived_fen": order["face_fen"] if how.arrived_fen is None else how.arrived_fen,
        "credited_at": int(now),
    }


def tell_issuer(issuer_url: str, report: dict[str, Any]) -> bool:
    """Post one credit to the issuer's sandbox. False when it did not take it."""
    status, _ = post(issuer_url.rstrip("/") + "/_control/credit", json.dumps(report).encode())
    return status == 200
