"""Lists for the desks, from the boards: a buyer's orders, a shop's orders, the reviewers' queue, alarms, stuck work."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.reads.records import CaseLine, OrderLine, QuestionLine
from tuidan.store.boards import lists
from tuidan.store.boards.models import CaseBoard, OrderBoard
from tuidan.store.boards.questions import open_questions_of
from tuidan.store.orders.channel_notices import StrandedNotice, stranded_notices
from tuidan.store.orders.stuck import StuckWork, stuck_work

__all__ = [
    "StrandedNotice",
    "StuckWork",
    "alarms",
    "buyer_orders",
    "cases_for_appraiser",
    "cases_for_seller",
    "cases_granted",
    "last_done_opened_at",
    "open_questions",
    "review_queue",
    "shop_orders",
    "stranded",
    "stuck_work",
]
STRANDED_MAX = 50


def _order(row: OrderBoard) -> OrderLine:
    return OrderLine(
        row.order_id,
        row.title,
        row.goods_kind,
        row.status,
        row.to_deliver,
        row.alarm,
        row.price_fen,
        row.refund_fen,
        row.refunded_fen,
        row.placed_at,
    )


def _case(row: CaseBoard) -> CaseLine:
    return CaseLine(
        row.order_id,
        row.case_n,
        row.title,
        row.goods_kind,
        row.unit,
        row.reason,
        row.status,
        row.route,
        row.amount_fen,
        row.due_at,
        row.opened_at,
    )


def buyer_orders(buyer_id: UUID, page: int = 0) -> list[OrderLine]:
    """A page of a buyer's orders, newest first."""
    return [_order(row) for row in lists.orders_of_buyer(buyer_id, page)]


def shop_orders(shop_ids: list[UUID], to_deliver: bool = False, page: int = 0) -> list[OrderLine]:
    """A page of the orders of some shops, newest first; all of them, or what waits for the seller."""
    return [_order(row) for row in lists.orders_of_shops(shop_ids, to_deliver, page)]


def review_queue(page: int = 0) -> list[CaseLine]:
    """Cases that wait for a reviewer, the least time left first."""
    return [_case(row) for row in lists.open_cases(page)]


def cases_for_seller(shop_ids: list[UUID], page: int = 0) -> list[CaseLine]:
    """Requests that wait for some shops, the least time left first."""
    return [_case(row) for row in lists.cases_waiting_for_seller(shop_ids, page)]


def cases_granted(shop_ids: list[UUID], page: int = 0) -> list[CaseLine]:
    """Requests of some shops that were granted, automatic ones too, the newest first."""
    return [_case(row) for row in lists.cases_granted_by(shop_ids, page)]


def cases_for_appraiser(person_id: UUID, page: int = 0) -> list[CaseLine]:
    """Requests that a person is to appraise, the least time left first."""
    return [_case(row) for row in lists.cases_of_appraiser(person_id, page)]


def last_done_opened_at() -> datetime | None:
    row = lists.last_closed_case()
    return row.opened_at if row else None


def alarms(page: int = 0) -> list[OrderLine]:
    """Orders that an operator must look at, newest first."""
    return [_order(row) for row in lists.alarms(page)]


def open_questions(shop_ids: list[UUID], page: int = 0) -> list[QuestionLine]:
    """A page of the buyers' questions that wait for these shops, the least time left first."""
    return [
        QuestionLine(row.order_id, row.unit, row.title, row.goods_kind, row.due_at)
        for row in open_questions_of(shop_ids, page)
    ]


def stranded() -> list[StrandedNotice]:
    """Notices of channels that fit no order of ours, newest first, at most STRANDED_MAX."""
    return stranded_notices(STRANDED_MAX)
