"""Pages of the boards: a buyer's orders, a shop's orders, the reviewers' queue, alarms."""

from __future__ import annotations

from uuid import UUID

from tuidan.domain.dispute import OPEN
from tuidan.store.boards.models import CaseBoard, OrderBoard

PAGE_ROWS_MAX = 100
# What a person of the platform has to do with: decide, name an appraiser, look after what is frozen.
FOR_REVIEWERS = ("review", "escalated", "appeal", "appraisal")


def orders_of_buyer(buyer_id: UUID, page: int = 0) -> list[OrderBoard]:
    """A page of a buyer's orders, newest first."""
    return _page(OrderBoard.objects.filter(buyer_id=buyer_id).order_by("-placed_at"), page)


def orders_of_shops(shop_ids: list[UUID], to_deliver: bool, page: int = 0) -> list[OrderBoard]:
    """A page of some shops' orders, newest first; all, or those that wait for the seller."""
    found = OrderBoard.objects.filter(seller_id__in=shop_ids)
    if to_deliver:
        found = found.filter(to_deliver=True)
    return _page(found.order_by("-placed_at"), page)


def open_cases(page: int = 0) -> list[CaseBoard]:
    """Requests that wait for a person, the most urgent first."""
    return _page(CaseBoard.objects.filter(status__in=FOR_REVIEWERS).order_by("due_at"), page)


def cases_waiting_for_seller(shop_ids: list[UUID], page: int = 0) -> list[CaseBoard]:
    """Requests that wait for some shops' answer or evidence, the least time left first."""
    found = CaseBoard.objects.filter(seller_id__in=shop_ids, waits_for="seller")
    return _page(found.order_by("due_at"), page)


def cases_granted_by(shop_ids: list[UUID], page: int = 0) -> list[CaseBoard]:
    """Requests of some shops that were granted, the newest first."""
    found = CaseBoard.objects.filter(seller_id__in=shop_ids, waits_for="", status="approved")
    return _page(found.order_by("-opened_at"), page)


def cases_of_appraiser(appraiser_id: UUID, page: int = 0) -> list[CaseBoard]:
    """Requests that somebody is to appraise, the least time left first."""
    found = CaseBoard.objects.filter(appraiser_id=appraiser_id, status="appraisal")
    return _page(found.order_by("due_at"), page)


def last_closed_case() -> CaseBoard | None:
    """Of the decided or withdrawn requests the one that was asked for last."""
    return CaseBoard.objects.exclude(status__in=OPEN).order_by("-opened_at").first()


def alarms(page: int = 0) -> list[OrderBoard]:
    """Orders with a parked refund or money in suspense, newest first."""
    return _page(OrderBoard.objects.exclude(alarm="").order_by("-placed_at"), page)


def _page(found, page: int):  # type: ignore[no-untyped-def]
    return list(found[page * PAGE_ROWS_MAX : (page + 1) * PAGE_ROWS_MAX])
