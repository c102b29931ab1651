"""What a seller promised on top (R10): charged to the deposit first, then paid by bank, never through the channel."""

from uuid import uuid4

from money_steps import book, second_steps, waiting
from shopfloor import NOW, Bought, kinds, later, paid, state
from tuidan.commands import payout
from tuidan.commands.dispute import request_refund
from tuidan.commands.runner import envelop, run
from tuidan.commands.seller_account import act_on_seller
from tuidan.domain import commands as c
from tuidan.domain.books import commands as q

DAY = 86_400
PRICE, DEPOSIT = 30_000, 3_000
ONE, OTHER = uuid4(), uuid4()


def late_at_sixty_percent() -> Bought:
    """Work that is 60 % done and agreed when its time is over, with a deposit shown for being on time (D062)."""
    bought = paid(
        goods_kind="service",
        delivery_mode="manual",
        stock_kind="",
        issuer="",
        price_fen=PRICE,
        promised_seconds=3 * DAY,
        service={
            "type": "custom_design",
            "milestones": [{"name": "初稿", "share": 6_000}, {"name": "定稿", "share": 4_000}],
            "efficiency_deposit_fen": DEPOSIT,
        },
    )
    seller, buyer = c.Actor("seller", str(bought.shop)), c.Actor("buyer", str(bought.buyer))
    run(bought.id, envelop(bought.id, c.ReportProgress(1, 1, 100, "0e" * 32), seller, "report", later(60)))
    run(bought.id, envelop(bought.id, c.AnswerProgress(1, 1, 100, True, 0), buyer, "agree", later(90)))
    asked = request_refund(bought.id, bought.buyer, 1, "late", "ask", later(3 * DAY + 10))
    assert asked.ok, asked.refusal
    return bought


def put_in(bought: Bought, fen: int, reference: str) -> None:
    assert act_on_seller(bought.shop, q.PayDeposit(fen, reference), ONE, reference, NOW).ok


def test_the_refund_goes_by_the_channel_and_the_compensation_waits_for_the_deposit() -> None:
    bought = late_at_sixty_percent()
    order = state(bought)
    assert [(refund.amount_fen, refund.status) for refund in order.refunds] == [(12_000, "decided")]
    assert [(each.amount_fen, each.status, each.why) for each in order.payouts] == [
        (DEPOSIT, "charging", "compensation")
    ]


def test_a_deposit_that_is_there_is_charged_and_the_buyer_is_asked_for_an_account() -> None:
    bought = late_at_sixty_percent()
    put_in(bought, 5_000, "D-1")
    second_steps(bought, 3 * DAY + 20)
    assert (book(bought.shop).deposit, state(bought).payouts[0].status) == (2_000, "wanted")
    assert (state(bought).totals.charged, state(bought).totals.compensating) == (DEPOSIT, DEPOSIT)


def test_a_deposit_that_is_short_is_charged_as_it_comes_in_and_nothing_is_paid_before() -> None:
    bought = late_at_sixty_percent()
    put_in(bought, 1_000, "D-2")
    second_steps(bought, 3 * DAY + 20)
    assert (state(bought).payouts[0].status, state(bought).totals.charged) == ("charging", 1_000)
    assert (book(bought.shop).owed, "charge_deposit" in waiting(bought)) == (2_000, True)
    put_in(bought, 2_500, "D-3")
    second_steps(bought, 3 * DAY + 4_000)
    assert (book(bought.shop).owed, book(bought.shop).deposit) == (0, 500)
    assert state(bought).payouts[0].status == "wanted"


def test_the_buyer_has_the_compensation_after_two_operators_and_the_order_adds_up() -> None:
    bought = late_at_sixty_percent()
    put_in(bought, 5_000, "D-4")
    second_steps(bought, 3 * DAY + 20)
    when = later(3 * DAY + 100)
    assert payout.consent_to_payout(bought.id, bought.buyer, 1, "林晓", "6222", "consent", when).ok
    assert payout.act_on_payout(bought.id, ONE, c.EnterPayout(1, "B-1"), "enter", when).ok
    assert payout.act_on_payout(bought.id, OTHER, c.ConfirmPayout(1), "confirm", when).ok
    totals = state(bought).totals
    assert (totals.charged, totals.compensating, totals.refunding, totals.refunded) == (DEPOSIT, 0, 12_000, 0)
    assert kinds(bought)[-1] == "payout_confirmed"


def test_the_same_consent_sent_twice_is_one_consent() -> None:
    bought = late_at_sixty_percent()
    put_in(bought, 5_000, "D-5")
    second_steps(bought, 3 * DAY + 20)
    when = later(3 * DAY + 100)
    said = [
        payout.consent_to_payout(bought.id, bought.buyer, 1, "林晓", "6222", "consent", when)
        for _ in range(2)
    ]
    assert [outcome.ok for outcome in said] == [True, True]
    assert kinds(bought).count("payout_consented") == 1
