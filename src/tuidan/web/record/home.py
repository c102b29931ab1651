"""Where a reader of an order goes back to, by the role in which the order is theirs."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from tuidan.reads.viewer import visible_order
from tuidan.web.shared.viewing import viewer


def home_of(request: HttpRequest, order_id: UUID) -> str:
    """The address of the order's page for this reader. Raises Http404 where the order is none of theirs."""
    reader = viewer(request)
    order = visible_order(order_id, reader)
    if order is None:
        raise Http404
    if reader.is_buyer_of(order):
        return f"/orders/{order_id}/"
    if reader.is_seller_of(order):
        return f"/seller/orders/{order_id}/"
    return "/review/" if reader.is_reviewer else f"/operator/orders/{order_id}/"
