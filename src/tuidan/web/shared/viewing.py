"""Which order a reader may open in which role. What is not theirs is not there: 404, never 403."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from tuidan.reads.order import read_order
from tuidan.reads.records import OrderView
from tuidan.reads.viewer import Viewer, viewer_of
from tuidan.web.shared.now import now_of


def person_id(request: HttpRequest) -> UUID:
    """The signed-in person's id; only behind `signed_in`."""
    found = request.user.pk
    assert found is not None, "only signed-in people get here"
    return found


def viewer(request: HttpRequest) -> Viewer:
    """The reader with shops and roles, looked up once a request. Raises Http404 for one who is gone."""
    known: Viewer | None = getattr(request, "viewer", None)
    if known is None:
        known = viewer_of(person_id(request))
        if known is None:
            raise Http404
        request.viewer = known  # type: ignore[attr-defined]
    return known


def _order(request: HttpRequest, order_id: UUID) -> OrderView:
    order = read_order(order_id, viewer(request), now_of(request))
    if order is None:
        raise Http404
    return order


def bought_order(request: HttpRequest, order_id: UUID) -> OrderView:
    """The order as its buyer sees it. Raises Http404 for everyone else."""
    order = _order(request, order_id)
    if order.buyer_id != person_id(request):
        raise Http404
    return order


def sold_order(request: HttpRequest, order_id: UUID) -> OrderView:
    """The order as a member of its shop sees it. Raises Http404 for everyone else."""
    order = _order(request, order_id)
    if str(order.seller_id) not in viewer(request).shops:
        raise Http404
    return order


def reviewed_order(request: HttpRequest, order_id: UUID) -> OrderView:
    """The order as a reviewer sees it. Raises Http404 for everyone else."""
    order = _order(request, order_id)
    if not viewer(request).is_reviewer:
        raise Http404
    return order
