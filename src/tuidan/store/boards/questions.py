"""The board of buyers' questions: what it should hold for an order, how it is written, and a shop's open ones."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tuidan.domain.order import Order
from tuidan.store.boards.lists import PAGE_ROWS_MAX
from tuidan.store.boards.models import QuestionBoard

UPSERT_QUESTIONS = """
INSERT INTO boards_question (order_id, unit, version, seller_id, title, goods_kind, status, due_at)
SELECT * FROM json_to_recordset(%s) AS b(order_id uuid, unit int, version bigint, seller_id uuid, title text,
    goods_kind text, status text, due_at timestamptz)
ON CONFLICT (order_id, unit) DO UPDATE SET version = excluded.version, status = excluded.status,
    due_at = excluded.due_at
WHERE boards_question.version < excluded.version
"""


def question_lines(order_id: UUID, order: Order, title: str) -> list[dict[str, object]]:
    """The board's lines of an order's questions, as JSON-ready values."""
    return [
        {
            "order_id": str(order_id),
            "unit": contact.unit,
            "version": order.version,
            "seller_id": order.seller,
            "title": title,
            "goods_kind": order.goods_kind,
            "status": contact.status,
            "due_at": datetime.fromisoformat(contact.due_at).astimezone(UTC).isoformat()
            if contact.due_at
            else None,
        }
        for contact in order.contacts
    ]


def open_questions_of(shop_ids: list[UUID], page: int = 0) -> list[QuestionBoard]:
    """A page of the questions that wait for these shops, the least time left first."""
    found = QuestionBoard.objects.filter(seller_id__in=shop_ids, status="waiting")
    return list(found.order_by("due_at", "order_id")[page * PAGE_ROWS_MAX : (page + 1) * PAGE_ROWS_MAX])
