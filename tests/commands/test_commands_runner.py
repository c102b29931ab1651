"""The one path of a change: keys, versions, bounded retries, and what a person saw.

`gather` is called between reading and deciding; a test that commits another command there stands exactly where
the race is, each time.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest

import shopfloor
from shopfloor import NOW, PRICE_FEN, Bought, kinds, later, paid, rows, sealed, short_of_stock, state
from tuidan.commands import delivery, dispute, refund
from tuidan.commands.runner import TRIES_MAX, NotYours, Outcome, TooBusy, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.decide import decide
from tuidan.domain.draft import Context
from tuidan.domain.order import Order
from tuidan.store import facts
from tuidan.store.orders.append import append, prepare
from tuidan.store.orders.load import load_order


def ask(
    bought: Bought, key: str, unit: int = 1, reason: str = "item_invalid", now: datetime = NOW
) -> Outcome:
    return dispute.request_refund(bought.id, bought.buyer, unit, reason, key, now)


def asking(bought: Bought, key: str, now: datetime = NOW) -> c.Envelope:
    actor = c.Actor("buyer", str(bought.buyer))
    return envelop(bought.id, c.RequestRefund(1, "item_invalid"), actor, key, now)


def meanwhile(work: Callable[[int], object]) -> tuple[list[int], Callable[[Order], Context]]:
    """A `gather` that first lets somebody else do `work`; the list counts how often it was called."""
    calls: list[int] = []

    def gather(order: Order) -> Context:
        calls.append(order.version)
        work(len(calls))
        return facts.gather(order)

    return calls, gather


def a_case_for_a_person() -> tuple[Bought, int]:
    """An order whose request waits for a reviewer, and the version that the reviewer sees."""
    bought = sealed(2, issuer="")
    assert "case_opened" in kinds(bought) or ask(bought, "r").ok
    assert state(bought).cases[0].status == "review"
    return bought, state(bought).version


def test_the_same_key_and_input_gets_the_first_answer() -> None:
    bought = sealed()
    first, again = ask(bought, "r1"), ask(bought, "r1", now=later(50))
    assert (again.events, again.again, first.again) == (first.events, True, False)
    assert kinds(bought).count("refund_requested") == 1


def test_the_same_key_with_other_input_is_refused_and_writes_nothing() -> None:
    bought = sealed()
    ask(bought, "r1")
    before = kinds(bought)
    other = ask(bought, "r1", reason="no_reason")
    assert other.refusal is not None
    assert other.refusal.code == "key_used_for_other_input"
    assert kinds(bought) == before


def test_a_refusal_is_remembered_under_its_key() -> None:
    bought = shopfloor.placed()
    early = ask(bought, "r1")
    shopfloor.pay(bought, PRICE_FEN)
    again, fresh = ask(bought, "r1"), ask(bought, "r2")
    assert [early.refusal, again.refusal] == [early.refusal] * 2
    assert early.refusal is not None
    assert (early.refusal.code, again.again, fresh.ok) == ("order_not_paid", True, True)


def test_keys_of_buyer_and_seller_never_meet() -> None:
    bought = paid(goods_kind="service", delivery_mode="manual", stock_kind="", issuer="")
    assert ask(bought, "k", reason="other").ok
    told = delivery.deliver_by_seller(bought.id, bought.shop, 1, "做好了", 50, "k", NOW)
    assert told.refusal is None or told.refusal.code != "key_used_for_other_input"


def test_a_stranger_learns_nothing_from_a_key_that_was_used() -> None:
    bought = sealed()
    ask(bought, "r1")
    stranger = Bought(bought.id, uuid4(), bought.shop, bought.listing)
    with pytest.raises(NotYours):
        ask(stranger, "r1")


def test_what_came_in_between_reading_and_writing_is_read_again() -> None:
    bought = sealed()
    calls, gather = meanwhile(lambda call: call == 1 and ask(bought, "other"))
    outcome = run(bought.id, asking(bought, "mine"), gather=gather)
    assert outcome.refusal is not None
    assert (outcome.refusal.code, len(calls)) == ("case_open", 2)
    assert kinds(bought).count("refund_requested") == 1


def test_state_read_before_its_version_would_ask_twice() -> None:
    """The proof for the rule above: the same race, with the version read in a second statement, goes wrong."""
    bought = sealed()
    order, _ = load_order(bought.id)
    ask(bought, "other")
    order.version = state(bought).version
    expected = order.version
    envelope = asking(bought, "mine")
    draft = decide(order, envelope.command, envelope.actor, facts.gather(order), NOW)
    assert append(prepare(bought.id, expected, draft, envelope))
    assert kinds(bought).count("refund_requested") == 2


def test_an_order_that_never_rests_ends_in_too_busy() -> None:
    bought = sealed()
    calls, gather = meanwhile(lambda call: ask(bought, f"noise {call}", reason="never heard of"))
    with pytest.raises(TooBusy):
        run(bought.id, asking(bought, "mine"), gather=gather)
    assert len(calls) == TRIES_MAX
    assert "refund_requested" not in kinds(bought)


def test_the_time_of_a_command_is_the_same_through_its_retries() -> None:
    bought = sealed()
    calls, gather = meanwhile(lambda call: call < 4 and ask(bought, f"n{call}", reason="?", now=later(9_000)))
    run(bought.id, asking(bought, "mine", later(299)), gather=gather)
    told = rows("SELECT at FROM orders_event WHERE order_id = %s AND kind = 'refund_requested'", bought.id)
    assert (len(calls), told) == (4, [(later(299),)])


def test_a_judgement_on_a_case_that_changed_is_refused() -> None:
    bought, seen = a_case_for_a_person()
    shopfloor.reveal(bought, 1, later(60))
    outcome = judge(bought, seen, "d1")
    assert outcome.refusal is not None
    assert outcome.refusal.code == "case_changed"
    assert "refund_decided" not in kinds(bought)


def test_the_same_judgement_stands_once_the_person_looked_again() -> None:
    bought, _ = a_case_for_a_person()
    shopfloor.reveal(bought, 1, later(60))
    assert judge(bought, state(bought).version, "d1").ok
    assert kinds(bought).count("refund_decided") == 1


def test_a_judgement_on_a_version_that_nobody_can_have_seen_is_refused() -> None:
    bought, seen = a_case_for_a_person()
    outcome = judge(bought, seen + 1_000, "d1")
    assert outcome.refusal is not None
    assert outcome.refusal.code == "case_changed"


def test_what_no_judgement_stands_on_does_not_disturb_the_person() -> None:
    bought, seen = a_case_for_a_person()
    ask(bought, "again", reason="never heard of")
    assert judge(bought, seen, "d1").ok


def test_a_change_during_a_judgement_is_noticed_too() -> None:
    bought, seen = a_case_for_a_person()
    _, gather = meanwhile(lambda call: call == 1 and shopfloor.reveal(bought, 1, NOW))
    command = c.DecideCase(1, True, 0, ("goodwill",), seen)
    outcome = run(
        bought.id, envelop(bought.id, command, c.Actor("reviewer", str(uuid4())), "d", NOW), gather=gather
    )
    assert outcome.refusal is not None
    assert outcome.refusal.code == "case_changed"


def test_two_ways_to_the_same_refund_attempt_open_one() -> None:
    bought = short_of_stock()
    opened = [refund.mark_refund_sent(bought.id, 1, 1, NOW)[1] for _ in range(3)]
    assert opened == [True, False, False]
    assert kinds(bought).count("refund_attempted") == 1


def judge(bought: Bought, seen: int, key: str) -> Outcome:
    command = c.DecideCase(1, True, 0, ("goodwill",), seen)
    return dispute.decide_case(bought.id, uuid4(), command, key, NOW)
