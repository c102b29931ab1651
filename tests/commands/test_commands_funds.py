"""Money after the escrow reaches the seller's book once, is held, laid out and taken back, and nothing is lost."""

from uuid import uuid4

import pytest

from money_steps import arrive, book, drawn, second_steps, waiting
from shopfloor import NOW, PRICE_FEN, Bought, kinds, later, reveal, rows, sealed, state
from side_by_side import at_once
from tuidan.commands import funds, recall, seller_account
from tuidan.commands.dispute import decide_case, request_refund
from tuidan.commands.fund import set_limit
from tuidan.commands.order import confirm_receipt
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.books import commands as q
from tuidan.domain.books.book import FUND_ID
from tuidan.worker.funds import settle_sellers

OPERATOR = uuid4()


def released(quantity: int = 1) -> Bought:
    """The buyer confirmed: the seller's money is on its way to the seller's book."""
    bought = sealed(quantity, issuer="")
    assert confirm_receipt(bought.id, bought.buyer, "confirm", NOW).ok
    return bought


def ask(bought: Bought, unit: int = 1, seconds: float = 10) -> Outcome:
    key = f"ask {unit} {seconds}"
    return request_refund(bought.id, bought.buyer, unit, "item_invalid", key, later(seconds))


def judge(
    bought: Bought, case: int = 1, amount_fen: int = 0, *, approve: bool = True, key: str = "j"
) -> Outcome:
    reasons = ("seller_fault",) if approve else ("outside_rules",)
    command = c.DecideCase(case, approve, amount_fen, reasons, state(bought).version)
    return decide_case(bought.id, uuid4(), command, key, later(60))


def in_review(bought: Bought) -> None:
    """Bring case 1 before a reviewer, whatever stage the policy began with."""
    if state(bought).cases[0].status != "review":
        actor = c.Actor("buyer", str(bought.buyer))
        funds.run(bought.id, funds.envelop(bought.id, c.CallPlatform(1), actor, "call", later(20)))
    assert state(bought).cases[0].status == "review"


def laid_out() -> Bought:
    """A released order whose refund the fund has paid; no second step is done but the arrival."""
    bought = released()
    arrive(bought)
    assert ask(bought).ok
    in_review(bought)
    assert judge(bought).ok
    return bought


def act(bought: Bought, command: q.PayDeposit | q.PayOut | q.SetReserve | q.NameSeller) -> str:
    outcome = seller_account.act_on_seller(bought.shop, command, OPERATOR, str(uuid4()), NOW)
    return outcome.refusal.code if outcome.refusal else ""


def test_released_money_is_in_the_sellers_book_after_the_second_step() -> None:
    bought = released()
    assert waiting(bought) == ["settle_seller"]
    assert book(bought.shop).payable == 0
    second_steps(bought)
    assert (book(bought.shop).payable, waiting(bought)) == (PRICE_FEN, [])


def test_an_arrival_that_was_cut_off_before_its_end_counts_once() -> None:
    bought = released()
    arrive(bought, die_before_the_end=True)
    arrive(bought)
    assert book(bought.shop).taken_in == PRICE_FEN


def test_arrivals_of_one_seller_at_the_same_time_are_all_there() -> None:
    shop = uuid4()
    orders = [str(uuid4()) for _ in range(12)]
    at_once(
        [
            lambda order=order: funds.run_on_book(
                shop, q.TakeIn((q.Arrival(order, 3, 100),)), funds.WORKER, NOW
            )
            for order in orders
        ]
    )
    assert book(shop).payable == 1_200


def test_no_command_of_a_buyer_writes_a_row_of_a_sellers_book() -> None:
    bought = released()
    ask(bought)
    assert rows("SELECT 1 FROM books_book WHERE owner_id = %s", bought.shop) == []


def test_a_request_on_a_released_order_holds_the_sellers_money() -> None:
    bought = released()
    arrive(bought)
    ask(bought)
    second_steps(bought, 11)
    assert (book(bought.shop).held, book(bought.shop).payable) == (PRICE_FEN, 0)
    assert "funds_held" in kinds(bought)
    assert act(bought, q.PayOut(1, "bank 1")) == "book_short"


def test_a_hold_that_comes_before_the_arrival_brings_the_orders_own_money_along() -> None:
    bought = released()
    ask(bought)
    case = rows("SELECT n FROM orders_outbox WHERE order_id = %s AND kind = 'hold_funds'", bought.id)
    funds.hold(bought.id, 1, int(case[0][0]), later(11))
    assert book(bought.shop).held == PRICE_FEN
    second_steps(bought, 12)
    assert book(bought.shop).taken_in == PRICE_FEN


def test_a_hold_takes_what_is_there_and_says_so() -> None:
    bought = released()
    arrive(bought)
    assert act(bought, q.PayOut(PRICE_FEN - 100, "bank 1")) == ""
    ask(bought)
    second_steps(bought, 11)
    hold = state(bought).holds[0]
    assert (hold.asked_fen, hold.held_fen) == (PRICE_FEN, 100)


def test_a_case_that_closes_for_the_seller_lets_the_hold_go() -> None:
    bought = released()
    arrive(bought)
    ask(bought)
    second_steps(bought, 11)
    in_review(bought)
    assert judge(bought, approve=False).ok
    second_steps(bought, 70)
    assert (book(bought.shop).held, book(bought.shop).payable) == (0, PRICE_FEN)
    assert kinds(bought)[-1] == "funds_freed"


def test_an_older_word_about_a_hold_does_not_undo_a_newer_one() -> None:
    shop, order = uuid4(), str(uuid4())
    funds.run_on_book(shop, q.TakeIn((q.Arrival(order, 3, 500),)), funds.WORKER, NOW)
    funds.run_on_book(shop, q.SetHold(order, 1, 0, 9), funds.WORKER, NOW)
    funds.run_on_book(shop, q.SetHold(order, 1, 500, 7), funds.WORKER, NOW)
    assert book(shop).held == 0


def test_the_fund_pays_at_once_and_is_paid_back_from_the_hold() -> None:
    bought = laid_out()
    totals = state(bought).totals
    assert (totals.advance, totals.refunding) == (PRICE_FEN, PRICE_FEN)
    assert drawn(bought, "advance", 1).open_fen == PRICE_FEN
    second_steps(bought, 70)
    assert (state(bought).totals.advance, state(bought).totals.released) == (0, 0)
    assert drawn(bought, "advance", 1).open_fen == 0
    assert (book(bought.shop).held, book(bought.shop).payable, book(bought.shop).claimed) == (0, 0, PRICE_FEN)


def test_recovery_takes_payable_then_reserve_then_deposit() -> None:
    bought = released()
    arrive(bought)
    assert act(bought, q.SetReserve(1_000, "new seller")) == ""
    assert act(bought, q.PayOut(PRICE_FEN - 1_500, "bank 1")) == ""
    assert act(bought, q.PayDeposit(10_000, "bank 2")) == ""
    ask(bought)
    in_review(bought)
    assert judge(bought, amount_fen=2_000).ok
    second_steps(bought, 70)
    left = book(bought.shop)
    assert (left.payable, left.reserve, left.deposit) == (0, 0, 9_500)
    assert state(bought).totals.advance == 0


def test_what_a_seller_cannot_give_stays_owed_by_name_and_is_taken_later() -> None:
    bought = laid_out()
    funds.run_on_book(bought.shop, q.SetHold(str(bought.id), 1, 0, 99), funds.WORKER, NOW)
    assert act(bought, q.PayOut(PRICE_FEN, "bank 1")) == ""
    second_steps(bought, 70)
    assert (book(bought.shop).owed, state(bought).totals.advance) == (PRICE_FEN, PRICE_FEN)
    assert waiting(bought) == ["recover_advance"]
    assert act(bought, q.PayOut(1, "bank 2")) == "seller_owes"
    assert act(bought, q.PayDeposit(3_000, "bank 3")) == ""
    second_steps(bought, 70 + 3_700)
    assert (book(bought.shop).owed, state(bought).totals.advance) == (PRICE_FEN - 3_000, PRICE_FEN - 3_000)
    assert state(bought).refunds[0].owed_fen() == PRICE_FEN - 3_000


def test_for_a_seller_who_cannot_be_named_the_platform_pays() -> None:
    bought = laid_out()
    assert act(bought, q.PayOut(PRICE_FEN, "bank 1")) == ""
    assert act(bought, q.NameSeller(False, "licence forged")) == ""
    second_steps(bought, 70)
    assert drawn(bought, "advance", 1).borne_fen == PRICE_FEN
    assert (book(bought.shop).owed, waiting(bought)) == (0, [])
    assert "advance_borne" in kinds(bought)


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_recovery_killed_between_any_two_steps_is_done_again_with_the_same_end(
    step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought = laid_out()
    _die_after(step, monkeypatch)
    with pytest.raises(Killed):
        funds.recover(bought.id, 1, later(70))
    monkeypatch.undo()
    second_steps(bought, 80)
    assert (state(bought).totals.advance, book(bought.shop).claimed) == (0, PRICE_FEN)
    assert (drawn(bought, "advance", 1).open_fen, kinds(bought).count("advance_recovered")) == (0, 1)


class Killed(Exception):
    """The process ended here."""


def _die_after(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process die after the book's, the order's or the fund's own part, which is done."""
    name = {1: "run_on_book", 2: "_record", 3: "settle"}[step]
    whole = getattr(funds, name)

    def dies(*args: object, **more: object) -> None:
        whole(*args, **more)
        raise Killed

    monkeypatch.setattr(funds, name, dies)


def test_a_draw_that_no_refund_came_to_use_is_given_back() -> None:
    bought = released()
    draw = q.Draw(str(bought.id), "advance", 1, 700)
    assert funds.run_on_book(FUND_ID, draw, funds.WORKER, NOW).ok
    funds.settle(state(bought), "advance", 1, bought.id, later(700))
    assert drawn(bought, "advance", 1).open_fen == 0


def test_the_fund_never_lays_out_more_than_its_limit_however_many_ask(fresh_database: str) -> None:
    orders = [released() for _ in range(4)]
    for bought in orders:
        arrive(bought)
        ask(bought)
        in_review(bought)
    assert set_limit(2 * PRICE_FEN + 100, PRICE_FEN, "small", OPERATOR, "limit", NOW).ok
    said = at_once([lambda bought=bought: judge(bought).ok for bought in orders])
    assert sorted(said) == [False, False, True, True]
    assert (book(FUND_ID).out, book(FUND_ID).available) == (2 * PRICE_FEN, 100)


def test_a_recall_makes_the_seller_whole_and_the_buyer_owe() -> None:
    bought = arrived_refund()
    before = book(bought.shop).payable
    version = state(bought).version
    told = c.RecallRefund(1, 0, "the code was used after all", version)
    assert recall.recall_refund(bought.id, OPERATOR, told, "recall", later(200)).ok
    second_steps(bought, 201)
    assert state(bought).totals.receivable == PRICE_FEN
    assert book(bought.shop).payable == before + PRICE_FEN
    assert drawn(bought, "recall", 1).open_fen == PRICE_FEN
    repaid = c.RecordRepayment(1, 1_000, "bank 9")
    assert recall.record_repayment(bought.id, OPERATOR, repaid, "repaid", later(300)).ok
    second_steps(bought, 301)
    assert (state(bought).totals.receivable, drawn(bought, "recall", 1).open_fen) == (
        PRICE_FEN - 1_000,
        PRICE_FEN - 1_000,
    )


def arrived_refund() -> Bought:
    """The fund has paid, the seller has given it back, and the channel says that the buyer has the money."""
    bought = laid_out()
    second_steps(bought, 70)
    for command in (c.MarkRefundSent(1),):
        funds.run(bought.id, funds.envelop(bought.id, command, funds.WORKER, "sent", later(71)))
    attempt = state(bought).refunds[0].attempt
    told = c.RecordRefund(1, attempt, "succeeded", PRICE_FEN)
    assert funds.run(bought.id, funds.envelop(bought.id, told, funds.WORKER, "yes", later(72))).ok
    return bought


def test_more_than_the_buyer_owes_is_not_taken_as_repaid() -> None:
    bought = arrived_refund()
    told = c.RecallRefund(1, 500, "in part", state(bought).version)
    assert recall.recall_refund(bought.id, OPERATOR, told, "recall", later(200)).ok
    refused = recall.record_repayment(bought.id, OPERATOR, c.RecordRepayment(1, 501, "b"), "r", later(201))
    assert refused.refusal
    assert refused.refusal.code == "amount_out_of_range"


def test_a_refund_that_has_not_arrived_cannot_be_recalled() -> None:
    bought = laid_out()
    told = c.RecallRefund(1, 0, "too early", state(bought).version)
    refused = recall.recall_refund(bought.id, OPERATOR, told, "recall", later(200))
    assert refused.refusal
    assert refused.refusal.code == "refund_not_arrived"


def test_the_workers_batch_takes_in_what_is_due_and_leaves_nothing_waiting(fresh_database: str) -> None:
    orders = [released() for _ in range(3)]
    assert settle_sellers(lambda: later(1)) == 3
    assert [book(bought.shop).taken_in for bought in orders] == [PRICE_FEN] * 3
    assert settle_sellers(lambda: later(2)) == 0


def test_a_recall_that_the_fund_cannot_pay_is_refused_and_touches_nothing(fresh_database: str) -> None:
    bought = arrived_refund()
    assert set_limit(PRICE_FEN - 1, 100, "small", OPERATOR, "smaller", NOW).ok
    told = c.RecallRefund(1, 0, "used after all", state(bought).version)
    refused = recall.recall_refund(bought.id, OPERATOR, told, "recall", later(200))
    assert refused.refusal
    assert refused.refusal.code == "fund_short"
    assert (state(bought).totals.receivable, drawn(bought, "recall", 1).open_fen) == (0, 0)


def test_an_approval_beyond_the_fund_goes_to_a_person_who_is_told_why(fresh_database: str) -> None:
    bought = sealed(1)
    reveal(bought, 1, later(5))
    assert confirm_receipt(bought.id, bought.buyer, "confirm", later(6)).ok
    assert set_limit(PRICE_FEN - 1, PRICE_FEN - 1, "small", OPERATOR, "smaller", NOW).ok
    assert request_refund(bought.id, bought.buyer, 1, "item_invalid", "ask", later(10)).ok
    told = c.RecordIssuerCheck(1, "invalid", None, "")
    said = funds.run(bought.id, funds.envelop(bought.id, told, funds.WORKER, "issuer", later(11)))
    opened = next(event for event in said.events if isinstance(event, e.CaseOpened))
    assert (opened.route, opened.verdict["decision"]) == ("to_platform", "approve_full")
    assert opened.verdict["held_by"] == "fund_short"
    assert state(bought).totals.advance == 0
