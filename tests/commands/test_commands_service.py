"""Services, memberships and renewals by the real commands: proofs kept erasable, timers, switches, minors, renewals."""

import hashlib
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

import shopfloor
from shopfloor import Bought, later, state
from tuidan.commands import delivery, dispute, membership, renewal, service
from tuidan.commands.catalog import BadListing, offer_listing
from tuidan.commands.order import fire_timer, place_order
from tuidan.commands.runner import NotYours, Outcome
from tuidan.commands.service_switch import switch_service
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.reads.order import read_order
from tuidan.reads.records import OrderView
from tuidan.reads.viewer import Viewer
from tuidan.store import catalog, people
from tuidan.store.audit.run import audit_page

DAY = 86_400
DESIGN: dict[str, object] = {
    "title": "头像定制",
    "goods_kind": "service",
    "delivery_mode": "manual",
    "stock_kind": "none",
    "issuer": "",
    "price_fen": 30_000,
    "promised_seconds": 5 * DAY,
    "service": {
        "type": "custom_design",
        "milestones": [{"name": "草图", "share": 6_000}, {"name": "成稿", "share": 4_000}],
        "efficiency_deposit_fen": 3_000,
    },
}
MEMBER: dict[str, object] = {
    "title": "会员月卡",
    "goods_kind": "membership",
    "delivery_mode": "manual",
    "stock_kind": "none",
    "issuer": "",
    "price_fen": 3_100,
    "duration_days": 31,
    "renewable": True,
}
BOOST: dict[str, object] = DESIGN | {"title": "代练", "service": {"type": "boosting"}}


def key() -> str:
    return uuid4().hex


def designed() -> Bought:
    return shopfloor.paid(**DESIGN)


def report(
    bought: Bought, place: int = 1, percent: int = 100, note: str = "草图两稿", link: str = ""
) -> Outcome:
    return service.report_progress(bought.id, bought.shop, 1, place, percent, note, link, key(), later(60))


def answer(
    bought: Bought, accept: bool = True, percent: int = 100, note: str = "", place: int = 1
) -> Outcome:
    told = c.AnswerProgress(1, place, percent, accept)
    return service.answer_progress(bought.id, bought.buyer, told, note, key(), later(120))


def view(bought: Bought, seconds: float = 200) -> OrderView:
    found = read_order(bought.id, Viewer(bought.buyer, frozenset(), False, False), later(seconds))
    assert found is not None
    return found


def refunded(outcome: Outcome) -> list[int]:
    return [event.amount_fen for event in outcome.events if isinstance(event, e.RefundDecided)]


def test_a_proof_is_kept_beside_the_event_that_holds_its_hash() -> None:
    bought = designed()
    told = report(bought, note="草图两稿", link="https://example.com/a.png")
    event = told.events[0]
    assert isinstance(event, e.ProgressReported)
    words = "草图两稿\nhttps://example.com/a.png"
    assert event.note_sha256 == hashlib.sha256(words.encode()).hexdigest()
    milestone = view(bought).units[0].work.milestones[0]  # type: ignore[union-attr]
    assert (milestone.note, milestone.link) == ("草图两稿", "https://example.com/a.png")
    assert list(audit_page([bought.id])) == []


def test_a_proof_that_vanishes_unasked_leaves_the_page_whole_and_is_missed_by_the_audit() -> None:
    bought = designed()
    report(bought)
    shopfloor.tamper("DELETE FROM orders_note WHERE order_id = %s", bought.id)
    assert view(bought).units[0].work.milestones[0].note == ""  # type: ignore[union-attr]
    assert [found.what for found in audit_page([bought.id])] == ["words_missing"]


def test_sixty_per_cent_agreed_gives_forty_back_and_closes_the_work() -> None:
    bought = designed()
    report(bought)
    answer(bought)
    shown = view(bought)
    assert shown.units[0].answer is not None
    assert (shown.units[0].answer.next_step, shown.units[0].answer.amount_fen) == ("refund_now", 12_000)
    assert refunded(ask(bought, "no_reason")) == [12_000]
    assert (state(bought).units[0].status, state(bought).totals.escrow) == ("ended", 18_000)


def ask(bought: Bought, reason: str, seconds: float = 300) -> Outcome:
    return dispute.request_refund(bought.id, bought.buyer, 1, reason, key(), later(seconds))


def test_the_same_key_reports_once() -> None:
    bought, one = designed(), key()
    for _ in (1, 2):
        told = service.report_progress(bought.id, bought.shop, 1, 1, 50, "半成", "", one, later(60))
        assert told.ok
    assert shopfloor.kinds(bought).count("progress_reported") == 1


def test_another_shop_reports_nothing_and_another_buyer_agrees_to_nothing() -> None:
    bought = designed()
    report(bought)
    version = state(bought).version
    with pytest.raises(NotYours):
        service.report_progress(bought.id, uuid4(), 1, 2, 50, "x", "", key(), later(60))
    with pytest.raises(NotYours):
        service.answer_progress(bought.id, uuid4(), c.AnswerProgress(1, 1, 100, True), "", key(), later(60))
    assert state(bought).version == version


def timers(bought: Bought, kind: str) -> list[int]:
    return [
        n
        for (n,) in shopfloor.rows(
            "SELECT n FROM orders_timer WHERE order_id = %s AND kind = %s", bought.id, kind
        )
    ]


def test_the_timer_of_an_answer_agrees_by_silence() -> None:
    bought = designed()
    report(bought)
    (n,) = timers(bought, "progress_answer")
    fire_timer(bought.id, n, "progress_answer", 1, later(60 + 2 * DAY + 1))
    milestone = view(bought, 3 * DAY).units[0].work.milestones[0]  # type: ignore[union-attr]
    assert (milestone.status, milestone.how) == ("accepted", "silence")
    assert timers(bought, "progress_answer") == []


def test_the_timer_of_the_promise_gives_late_work_back_with_the_deposit() -> None:
    bought = designed()
    report(bought)
    answer(bought)
    (n,) = timers(bought, "promise")
    told = fire_timer(bought.id, n, "promise", 0, later(5 * DAY + 1))
    verdict = next(event.verdict for event in told.events if isinstance(event, e.RefundDecided))
    assert (refunded(told), verdict["compensation_fen"]) == ([12_000], 3_000)


def test_a_disputed_report_is_heard_by_people_and_not_by_sums() -> None:
    bought = designed()
    report(bought)
    answer(bought, accept=False, note="没按草图画")
    told = ask(bought, "no_reason")
    assert refunded(told) == []
    assert state(bought).cases[0].is_open()
    milestone = view(bought).units[0].work.milestones[0]  # type: ignore[union-attr]
    assert (milestone.status, milestone.own_percent, milestone.objection) == ("disputed", 0, "没按草图画")


def test_a_seller_who_stops_gives_the_rest_back_at_once() -> None:
    bought = designed()
    report(bought)
    answer(bought)
    told = service.stop_work(bought.id, bought.shop, 1, "手受伤了", key(), later(300))
    assert refunded(told) == [12_000]
    assert view(bought).units[0].work.stop_note == "手受伤了"  # type: ignore[union-attr]


def test_acceptance_pays_the_seller_and_a_defect_is_still_heard() -> None:
    bought = designed()
    delivery.deliver_by_seller(bought.id, bought.shop, 1, "成稿在网盘", 100, key(), later(60))
    service.accept_work(bought.id, bought.buyer, 1, key(), later(120))
    assert state(bought).status == "released"
    assert ask(bought, "not_as_described").ok


def sold(fields: dict[str, object]) -> UUID:
    return shopfloor.listed(**fields)[1]


def test_a_kind_that_is_off_is_neither_listed_nor_sold() -> None:
    switch_service("boosting", on=False, by=None, now=later(0))
    shop, listing = shopfloor.listed(**BOOST)
    fields = {name: value for name, value in BOOST.items() if value and name != "stock_kind"}
    with pytest.raises(BadListing, match="switched off"):
        offer_listing(shop, fields, later(0))
    outcome = place_order(uuid4(), shopfloor.basket(listing, declared_adult=True), key(), later(0))
    assert outcome.refusal is not None
    assert outcome.refusal.code == "kind_switched_off"


def test_a_kind_that_is_on_is_listed_and_sold_to_adults_who_say_so() -> None:
    switch_service("boosting", on=True, by=None, now=later(0))
    shop, _ = shopfloor.listed(**BOOST)
    fields = {name: value for name, value in BOOST.items() if value and name != "stock_kind"}
    listing = offer_listing(shop, fields, later(0))
    unsaid = place_order(uuid4(), shopfloor.basket(listing), key(), later(0))
    assert unsaid.refusal is not None
    assert unsaid.refusal.code == "adult_declaration_needed"
    said = place_order(uuid4(), shopfloor.basket(listing, declared_adult=True), key(), later(0))
    switch_service("boosting", on=False, by=None, now=later(0))
    assert said.ok


def test_a_known_minor_is_refused_whatever_was_declared() -> None:
    switch_service("account_rental", on=True, by=None, now=later(0))
    listing = sold(DESIGN | {"service": {"type": "account_rental", "hours": 3}})
    minor = people.create_person(f"{uuid4()}@example.cn", None, "小明", later(0), is_minor=True)
    outcome = place_order(minor.id, shopfloor.basket(listing, declared_adult=True), key(), later(0))
    switch_service("account_rental", on=False, by=None, now=later(0))
    assert outcome.refusal is not None
    assert outcome.refusal.code == "minors_barred"


@pytest.mark.parametrize(
    ("service_terms", "words"),
    [
        ({"type": "dancing"}, "service.type must be one of"),
        ({"type": "custom_work", "milestones": [{"name": "a", "share": 9_999}]}, "add up to 10000"),
        ({"type": "custom_work", "milestones": []}, "a list of 1 to 6"),
        ({"type": "custom_work", "milestones": [{"name": " ", "share": 10_000}]}, "name must be text"),
        ({"type": "custom_work", "milestones": [{"name": "a", "share": 0}]}, "from 1 to 10000"),
        ({"type": "custom_work", "hours": 2}, "only for account_rental, coaching"),
        ({"type": "coaching", "hours": 0}, "service.hours must be"),
        ({"type": "custom_work", "working_days": 3}, "not by both"),
        ({"type": "custom_work", "prize": 3}, "must be an object with"),
        (None, "needs its terms"),
    ],
)
def test_the_terms_of_a_service_are_read_strictly(service_terms: object, words: str) -> None:
    shop = catalog.create_shop("工作室", "third_party", [], later(0))
    fields = {"title": "定制", "goods_kind": "service", "delivery_mode": "manual", "price_fen": 100}
    fields |= {"promised_seconds": DAY, "service": service_terms} if service_terms else {}
    with pytest.raises(BadListing, match=words):
        offer_listing(shop, fields, later(0))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"goods_kind": "service", "renewable": True, "service": {"type": "coaching"}}, "only a membership"),
        ({"renewable": True, "duration_days": 7}, "at least 8"),
        ({"service": {"type": "coaching"}}, "only a service"),
        ({"plan_months": 0}, "plan_months must be"),
    ],
)
def test_the_terms_of_a_membership_are_read_strictly(more: dict[str, object], words: str) -> None:
    shop = catalog.create_shop("会员店", "third_party", [], later(0))
    fields = {"title": "月卡", "goods_kind": "membership", "delivery_mode": "manual", "price_fen": 100} | more
    with pytest.raises(BadListing, match=words):
        offer_listing(shop, fields, later(0))


def member(**basket: object) -> Bought:
    """A paid membership whose seller has opened it."""
    shop, listing = shopfloor.listed(**MEMBER)
    buyer = uuid4()
    outcome = place_order(buyer, shopfloor.basket(listing, account="yun-1", **basket), key(), later(0))
    assert outcome.ok, outcome.refusal
    bought = Bought(outcome.order_id, buyer, shop, listing)
    shopfloor.pay(bought, 3_100)
    delivery.deliver_by_seller(bought.id, shop, 1, "已开通", 100, key(), later(60))
    return bought


def test_a_stopped_membership_pays_the_unused_days_back_at_once() -> None:
    bought = member()
    actor = c.Actor("seller", str(bought.shop))
    told = membership.stop_membership(
        bought.id, actor, 1, "provider", date(2026, 11, 25), "官方收回了席位", key(), later(2 * DAY)
    )
    assert refunded(told) == [2_900]
    plan = view(bought, 2 * DAY).units[0].plan
    assert plan is not None
    assert (plan.stopped_by, plan.stop_note, plan.days_used) == ("provider", "官方收回了席位", 2)


def noticed(at_day: int = 24) -> Bought:
    """A membership with the wish to be told, whose timer fired on this day."""
    bought = member(auto_renew=True)
    (n,) = timers(bought, "renewal")
    assert fire_timer(bought.id, n, "renewal", 0, later(at_day * DAY)).ok
    return bought


def test_nothing_is_asked_of_a_buyer_who_did_not_tick_the_renewal() -> None:
    assert timers(member(), "renewal") == []


def test_the_offer_becomes_one_new_order_that_names_the_old_one() -> None:
    bought = noticed()
    ticks = renewal.RenewalTicks(no_reason_excluded_confirmed=True)
    first = renewal.take_renewal(bought.id, bought.buyer, ticks, later(25 * DAY))
    again = renewal.take_renewal(bought.id, bought.buyer, ticks, later(25 * DAY + 5))
    assert first.ok
    assert first.order_id == again.order_id != bought.id
    new = replace(bought, id=first.order_id)
    assert state(new).renewals[0].of == str(bought.id)
    assert state(bought).renewals[0].next == str(new.id)
    assert view(new, 26 * DAY).account == "yun-1"


def test_a_renewal_that_nobody_pays_ends_with_the_term_and_charges_nothing() -> None:
    bought = noticed()
    placed_ = renewal.take_renewal(bought.id, bought.buyer, renewal.RenewalTicks(True), later(25 * DAY))
    new = replace(bought, id=placed_.order_id)
    (n,) = timers(new, "expire")
    fire_timer(new.id, n, "expire", 0, later(32 * DAY))
    assert (state(new).status, state(new).totals.received) == ("expired", 0)


def test_the_renewed_term_follows_the_old_one_and_counts_as_announced() -> None:
    bought = noticed()
    placed_ = renewal.take_renewal(bought.id, bought.buyer, renewal.RenewalTicks(True), later(25 * DAY))
    new = replace(bought, id=placed_.order_id)
    shopfloor.pay(new, 3_100, later(25 * DAY + 60))
    delivery.deliver_by_seller(new.id, new.shop, 1, "续好了", 100, key(), later(26 * DAY))
    plan = view(new, 26 * DAY).units[0].plan
    assert plan is not None
    assert (plan.starts_on, plan.days_used) == (date(2026, 12, 24), 0)
    told = ask(new, "auto_renew", 26 * DAY + 60)
    assert [event for event in told.events if isinstance(event, e.RequestRejected)]


def test_a_renewal_announced_too_late_goes_back_in_full_while_unused() -> None:
    bought = noticed(at_day=28)
    placed_ = renewal.take_renewal(bought.id, bought.buyer, renewal.RenewalTicks(True), later(28 * DAY + 60))
    new = replace(bought, id=placed_.order_id)
    shopfloor.pay(new, 3_100, later(28 * DAY + 90))
    delivery.deliver_by_seller(new.id, new.shop, 1, "续好了", 100, key(), later(29 * DAY))
    assert refunded(ask(new, "auto_renew", 29 * DAY + 60)) == [3_100]


def test_a_cancelled_or_passed_offer_makes_no_order() -> None:
    cancelled, passed = noticed(), noticed()
    renewal.cancel_renewal(cancelled.id, cancelled.buyer, key(), later(25 * DAY))
    codes = []
    for bought, day in ((cancelled, 26), (passed, 33)):
        outcome = renewal.take_renewal(bought.id, bought.buyer, renewal.RenewalTicks(True), later(day * DAY))
        assert outcome.refusal is not None
        codes.append(outcome.refusal.code)
    assert codes == ["renewal_not_open"] * 2


def test_only_the_buyer_takes_a_renewal() -> None:
    bought = noticed()
    with pytest.raises(NotYours):
        renewal.take_renewal(bought.id, uuid4(), renewal.RenewalTicks(True), later(25 * DAY))
    assert state(bought).renewals[0].next == ""


def test_orders_of_every_kind_of_work_replay_to_what_is_stored() -> None:
    bought = [designed(), member(), noticed()]
    report(bought[0])
    answer(bought[0], accept=False, note="不对")
    assert [list(audit_page([each.id])) for each in bought] == [[], [], []]
