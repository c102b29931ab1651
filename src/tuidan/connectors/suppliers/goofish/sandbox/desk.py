"""What the supplier answers to each call, by its books. Knows nothing of HTTP or signatures."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from .behaviour import Behaviour
from .books import Books
from .finish import finish

Reply = tuple[int, str, Any]
PROCESSING, DONE, FAILED = 10, 20, 30


def ok(data: Any) -> Reply:
    return 0, "OK", data


class Desk:
    def __init__(self, books: Books, app_id: int, issuer_url: str | None) -> None:
        self.books = books
        self.app_id = app_id
        self.issuer_url = issuer_url

    def answer(self, path: str, body: dict[str, Any], how: Behaviour) -> Reply:
        match path:
            case "/goofish/open/info":
                return ok({"app_id": self.app_id, "features": {
                    "is_support_order_refund": True, "is_support_goods_notify": False,
                    "is_support_loss_purchase": False}})  # fmt: skip
            case "/goofish/user/info":
                row = self.books.row("SELECT value FROM meta WHERE name = 'balance'")
                return ok({"balance": row["value"] if row else 0})
            case "/goofish/goods/list":
                return self.goods_list(body)
            case "/goofish/goods/detail":
                return self.goods_detail(body)
            case "/goofish/order/recharge/create":
                return self.create(1, body, how)
            case "/goofish/order/purchase/create":
                return self.create(2, body, how)
            case "/goofish/order/detail":
                return self.detail(body)
            case _:
                return self.refund(body, how)

    def goods_list(self, body: dict[str, Any]) -> Reply:
        if body["page_no"] < 1 or not 1 <= body["page_size"] <= 100:
            return 1201, "page_no or page_size out of range", None
        word = body.get("keyword", "")
        fitting = [
            goods
            for goods in self.books.rows("SELECT * FROM goods ORDER BY goods_no")
            if (not word or word in goods["goods_name"] or word == goods["goods_no"])
            and body.get("goods_type", goods["goods_type"]) == goods["goods_type"]
        ]
        first = (body["page_no"] - 1) * body["page_size"]
        shown = [described(goods) for goods in fitting[first : first + body["page_size"]]]
        return ok({"list": shown, "count": len(fitting)})

    def goods_detail(self, body: dict[str, Any]) -> Reply:
        goods = self.books.row(
            "SELECT * FROM goods WHERE goods_no = ? AND goods_type = ?",
            (body["goods_no"], body["goods_type"]),
        )
        return ok(described(goods)) if goods else (1100, "商品不存在", None)

    def create(self, order_type: int, body: dict[str, Any], how: Behaviour) -> Reply:
        books = self.books
        with books.change():
            known = books.order(body["order_no"])
            if known:  # read back before looking at goods
                books.run("UPDATE orders SET requests = requests + 1 WHERE order_no = ?", (body["order_no"],))
                if known["request"] != body or known["behaviour"].repeat == "1203":
                    return 1203, "订单号已存在", None
                return ok(self.shown(known))
            if how.refuse_code:
                return how.refuse_code, how.remark or "拒绝下单", None
            refused = self.take(order_type, body, how)
            if refused:
                return refused
        books.wake_up()
        if how.result != "silent" and how.after_seconds == 0:
            finish(books, body["order_no"], self.issuer_url)
        order = books.order(body["order_no"])
        assert order is not None
        return ok(self.shown(order))

    def take(self, order_type: int, body: dict[str, Any], how: Behaviour) -> Reply | None:
        """Check goods, stock and price, then write the order down. Inside a transaction."""
        books, now, quantity = self.books, time.time(), body["buy_quantity"]
        goods = books.row("SELECT * FROM goods WHERE goods_no = ?", (body["goods_no"],))
        if not goods or goods["goods_type"] != order_type:
            return 1100, "商品不存在", None
        if goods["status"] != 1:
            return 1101, "商品已下架", None
        if quantity < 1:
            return 1201, "buy_quantity", None
        if goods["stock"] < quantity:
            return 1102, "库存不足", None
        amount = goods["price"] * quantity
        if amount > body.get("max_amount", amount):
            return 1202, "订单金额低于成本", None
        if order_type == 2 and not self.set_aside(body, quantity):
            return 1102, "库存不足", None
        books.run("UPDATE goods SET stock = stock - ? WHERE goods_no = ?", (quantity, body["goods_no"]))
        books.run("UPDATE meta SET value = value - ? WHERE name = 'balance'", (amount,))
        books.run(
            "INSERT INTO orders (order_no, out_order_no, order_type, goods_no, goods_name, buy_quantity,"
            " order_amount, face_fen, account, request, notify_url, order_status, order_time, end_time, remark,"
            " behaviour, queued) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,0,'',?,?)",
            (
                body["order_no"], "GF" + secrets.token_hex(10), order_type, goods["goods_no"], goods["goods_name"],
                quantity, amount, goods["face_fen"] * quantity, body.get("biz_content", {}).get("account", ""),
                json.dumps(body), body["notify_url"], PROCESSING, int(now), json.dumps(how.to_json()), how.queued,
            ),
        )  # fmt: skip
        if how.result != "silent":
            books.add_task("finish", body["order_no"], now + how.after_seconds)
        elif how.callbacks != "none":
            books.add_task("notify", body["order_no"], now, {"kind": how.callbacks})
        return None

    def set_aside(self, body: dict[str, Any], quantity: int) -> bool:
        return quantity == self.books.run(
            "UPDATE cards SET order_no = ? WHERE goods_no = ? AND n IN"
            " (SELECT n FROM cards WHERE goods_no = ? AND order_no IS NULL ORDER BY n LIMIT ?)",
            (body["order_no"], body["goods_no"], body["goods_no"], quantity),
        )

    def detail(self, body: dict[str, Any]) -> Reply:
        number = body.get("order_no")
        if not number and body.get("out_order_no"):
            found = self.books.row(
                "SELECT order_no FROM orders WHERE out_order_no = ?", (body["out_order_no"],)
            )
            number = found["order_no"] if found else None
        order = self.books.order(number) if number else None
        if not order or order["order_type"] != body["order_type"]:
            return 1200, "订单不存在", None
        more = {name: order[name] for name in ("order_type", "goods_no", "goods_name", "buy_quantity")}
        if order["order_type"] == 1:
            more["biz_content"] = order["request"]["biz_content"]
        return ok({**self.shown(order), **more})

    def shown(self, order: dict[str, Any]) -> dict[str, Any]:
        names = ("order_no", "out_order_no", "order_status", "order_amount", "order_time", "end_time")
        data = {name: order[name] for name in names}
        if order["remark"]:
            data["remark"] = order["remark"]
        if order["order_type"] == 2 and order["order_status"] == DONE:
            data["card_items"] = [
                {name: value for name, value in item.items() if value} for item in order["card_items"]
            ]
        return data

    def refund(self, body: dict[str, Any], how: Behaviour) -> Reply:
        """Stop a queued order. Agreed once, the same answer comes for ever; a done top-up cannot come back."""
        with self.books.change():
            order = self.books.order(body["order_no"])
            if not order or order["out_order_no"] != body["out_order_no"]:
                return 1200, "订单不存在", None
            if order["refund"]:
                return ok(order["refund"])
            if body["refund_amount"] > order["order_amount"]:
                return 1201, "refund_amount", None
            wish = how.cancel if how.cancel != "by_state" else order["behaviour"].cancel
            stoppable = order["order_status"] == PROCESSING and order["queued"]
            if wish == "refuse" or (wish == "by_state" and not stoppable):
                return ok({"result": "refuse", "remark": "订单已处理,不能取消"})
            agreed = self.agree(order, body, 10 if wish == "processing" else DONE)
        return ok(agreed)

    def agree(self, order: dict[str, Any], body: dict[str, Any], refund_status: int) -> dict[str, Any]:
        now = int(time.time())
        data = {
            "result": "agree",
            "remark": "已取消",
            "refund_data": {
                "apply_time": body["apply_time"], "refund_status": refund_status,
                "refund_amount": body["refund_amount"], "refund_time": now if refund_status == DONE else 0,
            },
        }  # fmt: skip
        if refund_status == DONE:
            self.books.run(
                "UPDATE orders SET refund = ?, queued = 0, order_status = ?, end_time = ?, remark = ?"
                " WHERE order_no = ?",
                # There is no refunded state: what was done stays done, what was waiting has failed.
                (
                    json.dumps(data),
                    DONE if order["order_status"] == DONE else FAILED,
                    order["end_time"] or now,
                    "已取消",
                    order["order_no"],
                ),
            )
            self.books.run(
                "UPDATE meta SET value = value + ? WHERE name = 'balance'", (body["refund_amount"],)
            )
        return data


def described(goods: dict[str, Any]) -> dict[str, Any]:
    data = {name: value for name, value in goods.items() if name != "face_fen"}
    if goods["goods_type"] == 1:
        data["template"] = [{"code": "account", "name": "充值账号", "desc": "请填写充值账号", "check": 0}]
    return data
