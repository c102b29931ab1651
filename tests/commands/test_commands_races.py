"""Many at once over real connections: duplicates collapse, rivals exclude each other, money moves once."""

from collections import Counter
from functools import partial
from uuid import uuid4

from shopfloor import (
    NOW,
    PRICE_FEN,
    kinds,
    later,
    paid,
    pay,
    placed,
    rows,
    sealed,
    short_of_stock,
    state,
    tell_paid,
)
from side_by_side import at_once
from tuidan.commands import delivery, dispute, order, payment, refund
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.store.orders import claim

DUPLICATES = 64
CROWD = 16


def outcomes_of(found: list[Outcome | BaseException]) -> list[Outcome]:
    errors = [each for each in found if isinstance(each, BaseException)]
    assert errors == []
    return [each for each in found if isinstance(each, Outcome)]


def test_sixty_four_of_the_same_request_are_one() -> None:
    bought = sealed()
    ask = partial(dispute.request_refund, bought.id, bought.buyer, 1, "item_invalid", "r", NOW)
    outcomes = outcomes_of(at_once([ask] * DUPLICATES))
    assert len(outcomes) == DUPLICATES
    assert sum(not outcome.again for outcome in outcomes) == 1
    assert [outcome.events for outcome in outcomes] == [outcomes[0].events] * DUPLICATES
    assert kinds(bought).count("refund_requested") == 1


def test_two_requests_for_one_unit_at_once_become_one() -> None:
    bought = sealed()
    calls = [
        partial(dispute.request_refund, bought.id, bought.buyer, 1, reason, f"r{n}", NOW)
        for n, reason in enumerate(["item_invalid", "no_reason"])
    ]
    outcomes = outcomes_of(at_once(calls))
    assert sorted(outcome.refusal.code if outcome.refusal else "" for outcome in outcomes) == [
        "",
        "case_open",
    ]
    assert kinds(bought).count("refund_requested") == 1


def test_requests_for_different_units_all_come_through() -> None:
    bought = sealed(4)
    calls = [
        partial(dispute.request_refund, bought.id, bought.buyer, n, "item_invalid", f"r{n}", NOW)
        for n in (1, 2, 3, 4)
    ]
    assert all(outcome.ok for outcome in outcomes_of(at_once(calls)))
    assert [case.unit for case in sorted(state(bought).cases, key=lambda case: case.unit)] == [1, 2, 3, 4]


def test_one_refund_is_marked_sent_by_one_of_many_workers() -> None:
    bought = short_of_stock()
    effects = [
        64 + n // 2 for n in range(CROWD)
    ]  # some share an effect, some have another that asks the same
    found = at_once([partial(refund.mark_refund_sent, bought.id, 1, effect, NOW) for effect in effects])
    assert Counter(opened for _, opened in found) == {False: CROWD - 1, True: 1}  # type: ignore[misc]
    assert kinds(bought).count("refund_attempted") == 1


def test_one_yes_of_the_channel_told_many_times_pays_once() -> None:
    bought = short_of_stock()
    told, _ = refund.mark_refund_sent(bought.id, 1, 1, NOW)
    yes = c.RecordRefund(1, told.refunds[0].attempt, "succeeded", PRICE_FEN)
    outcomes_of(at_once([lambda: refund.record_refund(bought.id, yes, NOW)] * CROWD))
    assert (state(bought).totals.refunded, kinds(bought).count("refund_succeeded")) == (PRICE_FEN, 1)


def test_one_payment_told_by_notice_and_query_is_one() -> None:
    bought = placed()
    _, n = payment.start_payment(bought.id, bought.buyer, "alipay", "p", NOW)
    sources = [f"{i:064x}" for i in range(CROWD)]
    calls = [
        partial(
            payment.record_payment,
            bought.id,
            c.RecordPayment(n, "alipay", f"T{bought.id}", PRICE_FEN, NOW, "", source),
            NOW,
            {},
        )
        for source in sources
    ]
    outcomes_of(at_once(calls))
    assert (state(bought).totals.received, kinds(bought).count("payment_captured")) == (PRICE_FEN, 1)


def test_two_payments_at_once_keep_the_order_and_return_the_second() -> None:
    bought = placed()
    numbers = [
        payment.start_payment(bought.id, bought.buyer, channel, channel, NOW)[1]
        for channel in ("alipay", "b")
    ]
    outcomes_of(at_once([partial(tell_paid, bought, n, PRICE_FEN) for n in numbers]))
    totals = state(bought).totals
    assert (totals.received, totals.escrow, totals.refunding) == (2 * PRICE_FEN, PRICE_FEN, PRICE_FEN)


def test_paying_and_expiring_at_once_never_lose_the_money() -> None:
    bought = placed()
    _, n = payment.start_payment(bought.id, bought.buyer, "alipay", "p", NOW)
    late = later(24 * 3600)
    outcomes_of(
        at_once(
            [
                partial(tell_paid, bought, n, PRICE_FEN, late),
                partial(order.fire_timer, bought.id, 64, "expire", 0, late),
            ]
        )
    )
    totals = state(bought).totals
    assert (totals.received, totals.escrow + totals.refunding) == (PRICE_FEN, PRICE_FEN)


def test_releasing_and_asking_at_once_end_in_one_of_two_orders() -> None:
    bought = sealed()
    at = later(40 * 86_400)
    outcomes_of(
        at_once(
            [
                partial(order.fire_timer, bought.id, 999, "release", 0, at),
                partial(dispute.request_refund, bought.id, bought.buyer, 1, "item_invalid", "r", at),
            ]
        )
    )
    found = kinds(bought)
    assert "refund_requested" in found
    released = "order_released" in found
    assert (state(bought).totals.released == PRICE_FEN) is released
    assert not released or found.index("order_released") < found.index("refund_requested")


def test_showing_a_code_and_deciding_its_refund_exclude_each_other() -> None:
    bought = sealed(issuer="")
    dispute.request_refund(bought.id, bought.buyer, 1, "item_invalid", "r", NOW)
    judgement = c.DecideCase(1, True, 0, ("goodwill",), state(bought).version)
    show = partial(
        delivery.run,
        bought.id,
        delivery.envelop(
            bought.id, c.RevealCode(1, "5e" * 32), c.Actor("buyer", str(bought.buyer)), "show", NOW
        ),
    )
    outcomes = outcomes_of(
        at_once([show, partial(dispute.decide_case, bought.id, uuid4(), judgement, "d", NOW)])
    )
    assert sorted(outcome.ok for outcome in outcomes) == [False, True]
    assert ("code_revealed" in kinds(bought)) != ("refund_decided" in kinds(bought))


def test_one_row_of_work_is_claimed_by_one_worker_until_its_lease_ends() -> None:
    bought = paid()
    (work,) = [each for each in _due(bought.id) if each.kind == "claim_codes"]
    won = at_once([partial(claim.claim_outbox, work, NOW, later(90))] * CROWD)
    assert Counter(won) == {False: CROWD - 1, True: 1}  # type: ignore[arg-type]
    assert claim.claim_outbox(work, later(89), later(200)) is False
    assert claim.claim_outbox(work, later(90), later(200)) is True


def test_one_timer_is_claimed_by_one_worker() -> None:
    bought = placed()
    (n,) = rows("SELECT n FROM orders_timer WHERE order_id = %s", bought.id)[0]
    timer = claim.Work(bought.id, n, "expire", 0, NOW, 0)
    won = at_once([partial(claim.claim_timer, timer, NOW, later(90))] * CROWD)
    assert Counter(won) == {False: CROWD - 1, True: 1}  # type: ignore[arg-type]


def test_a_trade_number_belongs_to_the_first_order_that_had_it() -> None:
    first, second = placed(), placed()
    trade_no = f"T{uuid4()}"
    pay(first, PRICE_FEN, trade_no=trade_no)
    _, n = payment.start_payment(second.id, second.buyer, "alipay", "p", NOW)
    found = at_once([partial(tell_paid, second, n, PRICE_FEN, NOW, trade_no)])
    assert isinstance(found[0], payment.ForeignTrade)
    assert state(second).totals.received == 0


def _due(order_id: object) -> list[claim.Work]:
    found = rows(
        "SELECT order_id, n, kind, target, due_at, tries FROM orders_outbox WHERE order_id = %s", order_id
    )
    return [claim.Work(*row) for row in found]
