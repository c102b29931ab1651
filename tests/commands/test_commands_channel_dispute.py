"""A dispute of the channel and a refund about to be sent meet: the version decides, and nothing leaves afterwards."""

from functools import partial
from uuid import uuid4

import pytest

from shopfloor import NOW, PRICE_FEN, kinds, later, short_of_stock, state
from side_by_side import at_once
from tuidan.commands.channel_dispute import answer_channel_dispute, record_channel_dispute
from tuidan.commands.refund import mark_refund_sent
from tuidan.domain import commands as c


def told(status: str = "open", outcome: str = "", taken_fen: int = 0) -> c.RecordChannelDispute:
    return c.RecordChannelDispute(
        1, "alipay", "D1", status, PRICE_FEN, NOW, outcome, charged_back_fen=taken_fen
    )


@pytest.mark.parametrize("turn", range(4))
def test_a_refund_is_marked_before_the_dispute_or_not_at_all(turn: int) -> None:
    bought = short_of_stock()
    at_once(
        [
            partial(mark_refund_sent, bought.id, 1, 77, later(20)),
            partial(record_channel_dispute, bought.id, told(), later(20)),
        ]
    )
    seen = [kind for kind in kinds(bought) if kind in ("refund_attempted", "channel_dispute_opened")]
    assert seen in (["refund_attempted", "channel_dispute_opened"], ["channel_dispute_opened"])


def test_the_same_end_told_by_many_is_booked_once() -> None:
    bought = short_of_stock()
    end = told("closed", "lost", PRICE_FEN)
    at_once([partial(record_channel_dispute, bought.id, end, later(20 + n)) for n in range(6)])
    assert kinds(bought).count("charged_back") == 1
    assert state(bought).totals.refunded == PRICE_FEN


def test_the_words_of_our_answer_are_kept_beside_the_event_and_only_proven_in_it() -> None:
    bought = short_of_stock()
    record_channel_dispute(bought.id, told(), later(20))
    operator = c.Actor("operator", str(uuid4()))
    outcome = answer_channel_dispute(bought.id, operator, 1, "已交付", "k", later(21))
    assert outcome.ok
    assert "已交付" not in repr(outcome.events)
