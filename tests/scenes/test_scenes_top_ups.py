"""What a top-up's outside facts do to its money: stopped in time, answered too late, short, taken back."""

from shopfloor import NOW, PRICE_FEN, TOP_UP, Bought, kinds, later, paid, rows, state
from tuidan.commands import delivery, dispute
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.store.boards.project import project

ACCOUNT = "13800138000"
FACE_FEN = 5_000


def queued() -> Bought:
    return paid(1, ACCOUNT, **TOP_UP)


def at_work() -> tuple[Bought, int]:
    """A top-up that is with its supplier, and its attempt."""
    bought = queued()
    delivery.mark_supply_sent(bought.id, 1, NOW)
    return bought, state(bought).units[0].attempt


def arrived() -> Bought:
    """A top-up whose supplier and issuer both said that all is there."""
    bought, attempt = at_work()
    delivery.record_supply(bought.id, c.RecordSupply(1, attempt, "succeeded"), later(5), ())
    delivery.record_credit(bought.id, c.RecordCredit(1, "credited", FACE_FEN, "same"), later(6), ())
    assert state(bought).units[0].status == "delivered"
    return bought


def ask(bought: Bought, reason: str, seconds: float) -> Outcome:
    outcome = dispute.request_refund(bought.id, bought.buyer, 1, reason, f"ask {seconds}", later(seconds))
    assert outcome.ok, outcome.refusal
    return outcome


def issuer_says(bought: Bought, status: str, arrived_fen: int, seconds: float) -> None:
    """The issuer's answer to what was asked last."""
    told = rows("SELECT max(n) FROM orders_outbox WHERE order_id = %s AND kind = 'check_credit'", bought.id)
    delivery.record_credit(bought.id, c.RecordCredit(1, status, arrived_fen, "same"), later(seconds), told[0])


def late_success(bought: Bought, attempt: int, seconds: float) -> None:
    done = c.RecordSupply(1, attempt, "succeeded", "S1")
    delivery.record_supply(bought.id, done, later(seconds), ())


def alarm(bought: Bought) -> str:
    project([bought.id])
    return str(rows("SELECT alarm FROM boards_order WHERE order_id = %s", bought.id)[0][0])


def test_a_top_up_that_is_still_queued_is_paid_back_and_never_sent() -> None:
    bought = queued()
    ask(bought, "no_reason", 10)
    delivery.mark_supply_sent(bought.id, 1, later(11))
    assert (state(bought).totals.refunding, "supply_sent" in kinds(bought)) == (PRICE_FEN, False)


def test_a_top_up_that_the_supplier_stopped_is_paid_back() -> None:
    bought, _ = at_work()
    ask(bought, "no_reason", 10)
    delivery.record_cancel(bought.id, c.RecordCancel(1, "cancelled"), later(12), 0)
    assert (state(bought).units[0].status, state(bought).totals.refunding) == ("stopped", PRICE_FEN)


def test_a_success_after_the_supplier_said_failed_is_kept_as_a_fact_with_an_alarm() -> None:
    bought, attempt = at_work()
    delivery.record_supply(bought.id, c.RecordSupply(1, attempt, "failed"), later(5), ())
    before = state(bought)
    assert alarm(bought) == ""
    late_success(bought, attempt, 60)
    after = state(bought)
    assert (kinds(bought)[-1], alarm(bought)) == ("supply_answered", "supplied_after_refund")
    assert (after.units[0].status, after.totals, after.refunds) == ("failed", before.totals, before.refunds)


def test_a_success_after_the_stop_is_kept_as_a_fact_with_an_alarm() -> None:
    bought, attempt = at_work()
    ask(bought, "no_reason", 10)
    delivery.record_cancel(bought.id, c.RecordCancel(1, "cancelled"), later(12), 0)
    late_success(bought, attempt, 60)
    assert (state(bought).units[0].status, alarm(bought)) == ("stopped", "supplied_after_refund")


def test_a_success_in_time_raises_no_alarm() -> None:
    assert alarm(arrived()) == ""


def test_a_credit_that_was_taken_back_is_found_when_the_buyer_says_so_and_paid_back() -> None:
    bought = arrived()
    ask(bought, "reversed", 7_200)
    assert state(bought).cases[0].status == "checking"
    issuer_says(bought, "reversed", 0, 7_205)
    after = state(bought)
    assert (after.units[0].status, after.totals.refunding) == ("reversed", PRICE_FEN)


def test_a_credit_that_is_still_there_is_not_paid_back() -> None:
    bought = arrived()
    ask(bought, "reversed", 7_200)
    issuer_says(bought, "credited", FACE_FEN, 7_205)
    after = state(bought)
    assert (after.units[0].status, after.totals.refunding) == ("delivered", 0)
    assert after.cases[0].status != "checking"


def test_what_turns_out_short_on_asking_again_is_paid_back_by_the_share() -> None:
    bought = arrived()
    ask(bought, "amount_short", 7_200)
    issuer_says(bought, "partial", 1_000, 7_205)
    assert (state(bought).units[0].status, state(bought).totals.refunding) == ("partial", PRICE_FEN * 4 // 5)


def test_an_issuer_that_stays_silent_leaves_the_request_to_the_rules() -> None:
    bought = arrived()
    ask(bought, "reversed", 7_200)
    issuer_says(bought, "unknown", 0, 7_290)
    assert (state(bought).units[0].status, state(bought).cases[0].status == "checking") == (
        "delivered",
        False,
    )


def rechecks(bought: Bought) -> list[float]:
    """When the issuer will be asked again during the hold, in seconds since the top-up arrived."""
    due = rows(
        "SELECT due_at FROM orders_outbox WHERE order_id = %s AND kind = 'recheck_credit' ORDER BY 1",
        bought.id,
    )
    return [(at - later(6)).total_seconds() for (at,) in due]


def test_a_top_up_is_asked_about_twice_while_the_money_is_held() -> None:
    bought = arrived()
    hold = state(bought).hold_seconds
    assert rechecks(bought) == [hold * 30 // 100, hold * 95 // 100]


def test_a_top_up_taken_back_during_the_hold_opens_a_request_by_itself() -> None:
    bought = arrived()
    delivery.record_credit(bought.id, c.RecordCredit(1, "reversed", 0, "same"), later(900), ())
    order = state(bought)
    assert (order.units[0].status, order.cases[0].reason) == ("reversed", "reversed")
    assert order.status == "paid" or order.totals.refunding


def test_a_top_up_that_is_still_there_changes_nothing() -> None:
    bought = arrived()
    before = state(bought).version
    delivery.record_credit(bought.id, c.RecordCredit(1, "credited", FACE_FEN, "same"), later(900), ())
    assert state(bought).version == before
