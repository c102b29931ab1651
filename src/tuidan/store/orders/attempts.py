"""What the outside said of an attempt, in erasable form: masked accounts, numbers, raw text."""

from __future__ import annotations

from uuid import UUID

import orjson

from tuidan.store import connection


def keep_answer(order_id: UUID, n: int, answer: dict[str, object]) -> None:
    """Keep what the outside said of attempt n; a later answer adds to the earlier, its fields win."""
    connection.run(
        "SELECT orders_answer_attempt_v1(%s, %s, %s::jsonb)", (order_id, n, orjson.dumps(answer).decode())
    )


def read_answers(order_id: UUID) -> dict[int, dict[str, object]]:
    """Attempt number → what was said, for the attempts of one order."""
    rows = connection.fetch_all(
        "SELECT n, answer::text FROM orders_attempt WHERE order_id = %s AND answer IS NOT NULL", (order_id,)
    )
    return {n: orjson.loads(answer) for n, answer in rows}
