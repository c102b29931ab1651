"""The sandbox's own door (`/_control/...`): tells it how to behave and shows what it did. No part of the protocol."""

from __future__ import annotations

import json
import time
from typing import Any

from .behaviour import CALLBACKS, behaviour
from .books import Books
from .finish import finish


def control(
    books: Books, issuer_url: str | None, path: str, body: dict[str, Any]
) -> tuple[int, dict[str, Any]]:
    """(HTTP status, answer). Paths: behave, goods, finish, notify, reset."""
    try:
        match path:
            case "/_control/behave":
                return 200, behave(books, body)
            case "/_control/goods":
                return 200, put_goods(books, body)
            case "/_control/finish":
                finish(books, body["reference"], issuer_url, body.get("result", "succeed"))
                return 200, state(books, body["reference"])
            case "/_control/notify":
                if body["kind"] not in CALLBACKS:
                    raise ValueError(f"no callback is called {body['kind']!r}")
                books.add_task("notify", body["reference"], time.time(), {"kind": body["kind"]})
                books.wake_up()
                return 200, {}
            case "/_control/reset":
                books.run("DELETE FROM rules")
                return 200, {}
            case _:
                return 404, {"error": "no such control"}
    except (KeyError, TypeError, ValueError) as error:
        return 400, {"error": str(error)}


def behave(books: Books, body: dict[str, Any]) -> dict[str, Any]:
    """`name` and fields of a behaviour; `account`, `goods_no`, `next` say for which orders."""
    wish = dict(body)
    account, goods_no, number = (wish.pop(name, None) for name in ("account", "goods_no", "next"))
    wanted = behaviour(wish)
    books.run(
        "INSERT INTO rules (account, goods_no, remaining, fields) VALUES (?,?,?,?)",
        (account, goods_no, number, json.dumps(wanted.to_json())),
    )
    return {"behaviour": wanted.to_json()}


def put_goods(books: Books, body: dict[str, Any]) -> dict[str, Any]:
    """Add or change goods; `cards` (list of {card_no?, card_pwd}) adds codes to sell."""
    number, kind = body["goods_no"], body.get("goods_type", 1)
    with books.change():
        books.run(
            "INSERT INTO goods VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (goods_no) DO UPDATE SET"
            " goods_type = excluded.goods_type, goods_name = excluded.goods_name, price = excluded.price,"
            " stock = excluded.stock, status = excluded.status, update_time = excluded.update_time,"
            " face_fen = excluded.face_fen",
            (
                number, kind, body.get("goods_name", number), body["price"], body.get("stock", 100_000),
                body.get("status", 1), int(time.time()), body.get("face_fen", body["price"]),
            ),
        )  # fmt: skip
        first = books.rows("SELECT count(*) AS n FROM cards WHERE goods_no = ?", (number,))[0]["n"]
        for n, card in enumerate(body.get("cards", []), start=first):
            values = (number, n, card.get("card_no", ""), card["card_pwd"], None)
            books.run("INSERT INTO cards VALUES (?,?,?,?,?)", values)
    return {"goods_no": number}


def state(books: Books, reference: str | None = None) -> dict[str, Any]:
    """Orders by reference with how often each was executed, asked for and called back; totals over all."""
    asked = (reference, reference)
    executed = {
        row["order_no"]: row["n"]
        for row in books.rows(
            "SELECT order_no, count(*) AS n FROM executions WHERE (? IS NULL OR order_no = ?) GROUP BY order_no",
            asked,
        )
    }
    sent: dict[str, list[dict[str, Any]]] = {}
    for row in books.rows(
        "SELECT order_no, payload, tries, done, result FROM tasks"
        " WHERE kind = 'callback' AND (? IS NULL OR order_no = ?) ORDER BY id",
        asked,
    ):
        number = row.pop("order_no")
        sent.setdefault(number, []).append({**json.loads(row.pop("payload")), **row})
    names = ("out_order_no", "order_status", "account", "queued", "requests")
    orders = {
        row["order_no"]: {
            **{name: row[name] for name in names},
            "executed": executed.get(row["order_no"], 0),
            "refunded": row["refund"] is not None,
            "callbacks": sent.get(row["order_no"], []),
        }
        for row in books.rows("SELECT * FROM orders WHERE (? IS NULL OR order_no = ?)", asked)
    }
    return {"orders": orders, "order_count": len(orders), "executed_count": sum(executed.values())}
