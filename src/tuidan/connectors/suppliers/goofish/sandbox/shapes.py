"""What a request body must look like (§1.5, §1.6): names, types, nothing else. Integers must be JSON integers."""

from __future__ import annotations

import json
from typing import Any

ORDER = {
    "order_no": (str, True),
    "goods_no": (str, True),
    "buy_quantity": (int, True),
    "max_amount": (int, False),
    "notify_url": (str, True),
    "biz_order_no": (str, True),
    "product_id": (int, False),
    "product_sku": (int, False),
    "item_id": (int, False),
}
SHAPES: dict[str, dict[str, tuple[type, bool]]] = {
    "/goofish/open/info": {},
    "/goofish/user/info": {},
    "/goofish/goods/list": {
        "keyword": (str, False),
        "goods_type": (int, False),
        "page_no": (int, True),
        "page_size": (int, True),
    },
    "/goofish/goods/detail": {"goods_type": (int, True), "goods_no": (str, True)},
    "/goofish/order/recharge/create": {**ORDER, "biz_content": (dict, True)},
    "/goofish/order/purchase/create": ORDER,
    "/goofish/order/detail": {
        "order_type": (int, True),
        "order_no": (str, False),
        "out_order_no": (str, False),
    },
    "/goofish/order/refund/apply": {
        "order_no": (str, True),
        "order_type": (int, True),
        "out_order_no": (str, True),
        "biz_order_no": (str, True),
        "refund_type": (int, True),
        "refund_amount": (int, True),
        "refund_reason": (str, True),
        "refund_scene": (str, False),
        "apply_time": (int, True),
        "notify_url": (str, False),
    },
}
CONTENT = {"account", "game_name", "game_role", "game_area", "game_server", "buyer_ip", "buyer_area"}


def parse(path: str, raw: bytes) -> dict[str, Any] | None:
    """The body as a dict, or None when it is not what the protocol says."""
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        return None
    shape = SHAPES[path]
    if not isinstance(body, dict) or set(body) - set(shape):
        return None
    for name, (kind, required) in shape.items():
        if name not in body:
            if required:
                return None
        elif type(body[name]) is not kind or (kind is str and required and not body[name]):
            return None
    content = body.get("biz_content")
    if content is not None:
        if set(content) - CONTENT or not content.get("account"):
            return None
        if not all(isinstance(value, str) for value in content.values()):
            return None
    return body
