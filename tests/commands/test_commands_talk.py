"""The talk of an order through its commands: asked, answered, silent, sent twice, two at once, erased."""

import hashlib
from functools import partial
from uuid import uuid4

import pytest

from shopfloor import NOW, PRICE_FEN, Bought, kinds, later, paid, placed, rows, sealed, state, tamper
from side_by_side import at_once
from tuidan.commands.order import fire_timer
from tuidan.commands.runner import NotYours, Outcome
from tuidan.commands.talk import Message, answer_contact, send_message
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.evidence import find_chain_fault
from tuidan.domain.facts import Outside, unit_facts
from tuidan.reads.talk import copy_of
from tuidan.store import catalog
from tuidan.store.audit.run import audit
from tuidan.store.orders.chain import load_chain
from tuidan.store.orders.talk import load_talk

DAY = 86_400
QUESTION = Message("充值账号没到账，请核实", asks=True)


def by_buyer(bought: Bought, message: Message = QUESTION, key: str = "m", seconds: float = 0) -> Outcome:
    return send_message(bought.id, c.Actor("buyer", str(bought.buyer)), message, key, later(seconds))


def by_seller(bought: Bought, words: str, key: str = "m", seconds: float = 0) -> Outcome:
    return send_message(bought.id, c.Actor("seller", str(bought.shop)), Message(words), key, later(seconds))


def silence(bought: Bought, seconds: float) -> Outcome:
    return fire_timer(bought.id, 7, "contact_silent", 1, later(seconds))


def response(bought: Bought, seconds: float = 0) -> dict[str, object]:
    order = state(bought)
    told = unit_facts(order, order.units[0], "item_invalid", 0, later(seconds), Outside())["seller_response"]
    assert isinstance(told, dict)
    return told


def test_a_question_starts_the_clock_of_a_day() -> None:
    bought = sealed()
    outcome = by_buyer(bought)
    assert isinstance(outcome.events[0], e.MessageSent)
    assert outcome.events[0].due_at == later(DAY).isoformat()
    timers = rows(
        "SELECT due_at, target FROM orders_timer WHERE order_id = %s AND kind = 'contact_silent'", bought.id
    )
    assert timers == [(later(DAY), 1)]
    assert response(bought, 3600) == {"status": "waiting", "hours_since_asked": 1.0}


def test_a_second_question_does_not_start_the_clock_anew() -> None:
    bought = sealed()
    by_buyer(bought)
    second = by_buyer(bought, Message("还在吗", asks=True), "m2", 7200)
    assert second.events[0].due_at == ""  # type: ignore[attr-defined]
    assert state(bought).contact(1).asked_at == int(NOW.timestamp())


def test_a_message_that_asks_nothing_starts_no_clock() -> None:
    bought = sealed()
    by_buyer(bought, Message("谢谢"))
    assert response(bought) == {"status": "not_contacted"}


def test_a_seller_who_only_writes_has_not_answered() -> None:
    bought = sealed()
    by_buyer(bought)
    by_seller(bought, "稍等", seconds=60)
    silence(bought, DAY + 2)
    assert response(bought, DAY + 2)["status"] == "silent"


@pytest.mark.parametrize("seconds", [DAY - 1, DAY])
def test_up_to_the_last_moment_nobody_is_silent(seconds: int) -> None:
    bought = sealed()
    by_buyer(bought)
    assert silence(bought, seconds).events == []


def test_a_late_answer_still_counts_as_what_it_says() -> None:
    bought = sealed()
    by_buyer(bought)
    silence(bought, DAY + 1)
    answer_contact(bought.id, bought.shop, "refuse", "a", later(DAY + 50))
    assert response(bought, DAY + 60) == {"status": "refuse"}
    assert kinds(bought)[-2:] == ["contact_silent", "contact_answered"]


def test_an_answer_in_time_leaves_the_timer_nothing_to_do() -> None:
    bought = sealed()
    by_buyer(bought)
    answer_contact(bought.id, bought.shop, "claims_fulfilled", "a", later(100))
    assert silence(bought, DAY + 1).events == []
    assert response(bought)["status"] == "claims_fulfilled"


def test_agreeing_to_all_names_what_is_left_of_the_unit() -> None:
    bought = sealed()
    outcome = answer_contact(bought.id, bought.shop, "agree_full", "a", NOW)
    assert outcome.events == [e.ContactAnswered(1, "agree_full", PRICE_FEN)]


@pytest.mark.parametrize("amount_fen", [0, PRICE_FEN + 1])
def test_a_part_lies_between_one_fen_and_what_is_left(amount_fen: int) -> None:
    bought = sealed()
    outcome = answer_contact(bought.id, bought.shop, "agree_partial", "a", NOW, amount_fen=amount_fen)
    assert outcome.refusal is not None
    assert outcome.refusal.code == "amount_out_of_range"


def test_an_agreed_part_is_a_fact_with_its_sum() -> None:
    bought = sealed()
    answer_contact(bought.id, bought.shop, "agree_partial", "a", NOW, amount_fen=1_000)
    assert response(bought) == {"status": "agree_partial", "offered_fen": 1_000}


def test_with_several_units_a_question_names_one() -> None:
    bought = sealed(2)
    outcome = by_buyer(bought)
    assert outcome.refusal is not None
    assert outcome.refusal.code == "unit_needed"
    assert by_buyer(bought, Message("第二张打不开", asks=True, unit=2), "m2").ok
    assert [contact.unit for contact in state(bought).contacts] == [2]


def test_an_answer_about_one_unit_says_nothing_of_another() -> None:
    bought = sealed(2)
    answer_contact(bought.id, bought.shop, "agree_full", "a", NOW, unit=1)
    order = state(bought)
    told = unit_facts(order, order.units[1], "item_invalid", 0, NOW, Outside())["seller_response"]
    assert told == {"status": "not_contacted"}


def test_before_payment_people_may_talk_and_no_clock_runs() -> None:
    bought = placed()
    assert by_buyer(bought).ok
    assert state(bought).contacts == []


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (Message(" \n "), "message_empty"),
        (Message("字" * 1_001), "message_too_long"),
        (Message("x", template="service_undone"), "template_unknown"),
        (Message("x", unit=9, asks=True), "no_such_unit"),
        (Message("x", case=3), "no_such_case"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_code(message: Message, code: str) -> None:
    bought = sealed()
    outcome = by_buyer(bought, message)
    assert outcome.refusal is not None
    assert outcome.refusal.code == code
    assert load_talk(bought.id) == []


def test_a_thousand_characters_may_be_sent() -> None:
    assert by_buyer(sealed(), Message("字" * 1_000)).ok


def test_sending_twice_with_one_key_says_it_once() -> None:
    bought = sealed()
    first, second = by_buyer(bought), by_buyer(bought)
    assert (first.again, second.again) == (False, True)
    assert first.events == second.events
    assert len(load_talk(bought.id)) == 1


def test_other_words_under_the_same_key_are_refused() -> None:
    bought = sealed()
    by_buyer(bought)
    outcome = by_buyer(bought, Message("别的话", asks=True))
    assert outcome.refusal is not None
    assert outcome.refusal.code == "key_used_for_other_input"


def test_the_same_press_many_times_at_once_is_one_message() -> None:
    bought = sealed()
    found = at_once([partial(by_buyer, bought)] * 12)
    assert [each for each in found if isinstance(each, BaseException)] == []
    assert all(each.ok for each in found)  # type: ignore[union-attr]
    assert len(load_talk(bought.id)) == 1


def test_two_people_writing_at_once_both_are_heard() -> None:
    bought = sealed()
    calls = [partial(by_buyer, bought, Message(f"买家 {n}"), f"b{n}") for n in range(4)]
    calls += [partial(by_seller, bought, f"卖家 {n}", f"s{n}") for n in range(4)]
    found = at_once(calls)
    assert [each for each in found if isinstance(each, BaseException)] == []
    told = [line.data["n"] for line in load_talk(bought.id)]
    assert told == list(range(1, 9))
    assert find_chain_fault(load_chain(bought.id), state(bought).head, state(bought).version) is None


def test_a_message_does_not_disturb_a_judgement() -> None:
    bought = paid(goods_kind="service", stock_kind="", issuer="")
    before = state(bought).material
    by_buyer(bought, Message("进度如何"))
    assert state(bought).material == before


@pytest.mark.parametrize("kind", ["buyer", "seller"])
def test_a_stranger_to_the_order_is_not_heard(kind: str) -> None:
    bought = sealed()
    with pytest.raises(NotYours):
        send_message(bought.id, c.Actor(kind, str(uuid4())), QUESTION, "m", NOW)
    assert load_talk(bought.id) == []


def test_the_words_are_kept_with_a_salt_that_only_they_know() -> None:
    bought = sealed()
    by_buyer(bought)
    (line,) = load_talk(bought.id)
    assert line.kept is not None
    assert line.kept[32:] == QUESTION.words
    assert line.data["text_sha256"] == hashlib.sha256(line.kept.encode()).hexdigest()
    assert hashlib.sha256(QUESTION.words.encode()).hexdigest() not in line.link.body.decode()


def test_erased_words_leave_a_chain_that_still_verifies() -> None:
    bought = sealed()
    by_buyer(bought)
    assert tamper("DELETE FROM orders_note WHERE order_id = %s", bought.id) == 1
    (line,) = load_talk(bought.id)
    assert line.kept is None
    assert find_chain_fault(load_chain(bought.id), state(bought).head, state(bought).version) is None


def test_changed_words_are_found_by_the_audit(fresh_database: str) -> None:
    bought = sealed()
    by_buyer(bought)
    tamper("UPDATE orders_note SET words = 'x' WHERE order_id = %s", bought.id)
    assert "words_changed" in {difference.what for difference in audit()}


def test_what_words_hold_is_written_down_and_blocks_nothing() -> None:
    bought = sealed()
    outcome = by_seller(bought, "加我微信 wx_8876，我转你")
    assert outcome.ok
    assert "private_transfer" in outcome.events[0].flags  # type: ignore[attr-defined]


def test_a_picture_with_a_payment_code_is_flagged() -> None:
    outcome = by_buyer(sealed(), Message("看图", pictured=("wxp://f2f0xyz",)))
    assert outcome.events[0].flags == ["payment_code"]  # type: ignore[attr-defined]


def test_extortion_makes_the_order_wait_for_a_look() -> None:
    bought = sealed()
    by_buyer(bought, Message("不赔我五百，我就去抖音曝光你们店"))
    assert state(bought).flagged == 1


def test_a_shop_without_members_need_not_be_waited_for() -> None:
    bought = sealed()
    tamper("DELETE FROM shared_shop_member WHERE shop_id = %s", bought.shop)
    by_buyer(bought)
    assert kinds(bought)[-1] == "contact_blocked"
    assert response(bought)["status"] == "blocked"
    assert catalog.shops_of(bought.buyer) == []


def test_the_copy_holds_every_line_and_no_fault() -> None:
    bought = sealed()
    by_buyer(bought)
    by_seller(bought, "已核实，同意退款", seconds=5)
    answer_contact(bought.id, bought.shop, "agree_full", "a", later(6))
    copy = copy_of(bought.id, state(bought), later(9))
    assert len(copy.splitlines()) == 4


def test_the_same_answer_again_is_noted() -> None:
    bought = sealed()
    by_seller(bought, "请耐心等待", "s1")
    again = by_seller(bought, "请 耐心等待！", "s2", 60)
    assert again.events[0].flags == ["repeated"]  # type: ignore[attr-defined]


def test_the_same_press_twice_is_no_repetition() -> None:
    bought = sealed()
    first, second = by_seller(bought, "请耐心等待"), by_seller(bought, "请耐心等待")
    assert second.again
    assert first.events == second.events
    assert [line.data.get("flags", []) for line in load_talk(bought.id)] == [[]]


def test_a_buyer_who_repeats_a_question_is_not_marked() -> None:
    bought = sealed()
    by_buyer(bought, Message("在吗"), "b1")
    assert by_buyer(bought, Message("在吗"), "b2", 60).events[0].flags == []  # type: ignore[attr-defined]


def test_an_admission_of_the_seller_is_noted_and_decides_nothing() -> None:
    bought = sealed()
    by_buyer(bought)
    told = by_seller(bought, "是我们发错了，可以退款")
    assert told.events[0].flags == ["admission"]  # type: ignore[attr-defined]
    assert response(bought)["status"] == "waiting"
    assert state(bought).refunds == []
