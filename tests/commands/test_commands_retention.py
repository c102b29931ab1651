"""What is kept and what is taken away: the law's dates, legal holds, and an erasure that the record survives."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from shopfloor import Bought, later, placed, rows, sealed, state, tamper
from tuidan.commands import retention, talk
from tuidan.commands.order import fire_timer
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.domain.evidence import find_chain_fault
from tuidan.store.audit.run import audit_page
from tuidan.store.boards.project import project
from tuidan.store.log.append import append_heads
from tuidan.store.orders.chain import load_chain
from tuidan.store.orders.claim import finish_outbox

# the trade ends 10**7 seconds after NOW, on 2027-03-19 in China
ENDED = later(10**7)
LAST_TRADE_SECOND = datetime(2030, 3, 19, 15, 59, 59, tzinfo=UTC)
LAST_PAYMENT_SECOND = datetime(2032, 3, 19, 15, 59, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OPERATOR = uuid4()


def ended(account: str = "") -> Bought:
    """A trade that is over, with words of both sides beside it."""
    bought = sealed(account=account, account_label="手机号" if account else "")
    speak(bought, c.Actor("buyer", str(bought.buyer)), "我的微信是 abc123", later(5))
    speak(bought, c.Actor("seller", str(bought.shop)), "收到", later(6))
    fire_timer(bought.id, 1, "release", 0, ENDED)
    return bought


def speak(bought: Bought, who: c.Actor, words: str, now: datetime) -> None:
    assert talk.send_message(bought.id, who, talk.Message(words), str(uuid4()), now).ok


def erase(bought: Bought, now: datetime, of: str = "buyer", key: str = "") -> Outcome:
    actor = c.Actor("buyer", str(bought.buyer))
    return retention.erase_words(bought.id, actor, of, "request", key or str(uuid4()), now)


def carried_out(bought: Bought, now: datetime, of: str = "buyer") -> Bought:
    outcome = erase(bought, now, of)
    assert outcome.ok, outcome.refusal
    retention.carry_out(bought.id, len(state(bought).erasures), now)
    return bought


def words_left(bought: Bought) -> list[str]:
    found = rows("SELECT words FROM orders_note WHERE order_id = %s ORDER BY n", bought.id)
    return [words[32:] for (words,) in found]


def audited(order_id: UUID) -> set[tuple[str, int]]:
    project([order_id])
    append_heads([order_id])
    found = rows("SELECT n FROM orders_outbox WHERE order_id = %s AND kind = 'feed'", order_id)
    finish_outbox([(order_id, n) for (n,) in found])
    return {(difference.what, difference.n) for difference in audit_page([order_id])}


def refused(outcome: Outcome) -> tuple[str, dict[str, object]]:
    assert outcome.refusal is not None
    return outcome.refusal.code, outcome.refusal.data


def test_words_stay_until_the_last_second_of_three_years_and_the_refusal_names_day_and_law() -> None:
    bought = ended()
    code, data = refused(erase(bought, LAST_TRADE_SECOND))
    assert code == "erasure_too_early"
    assert data == {"until": LAST_TRADE_SECOND.isoformat(), "kept": "trade", "law": "电商法31"}
    assert words_left(bought) == ["我的微信是 abc123", "收到"]


def test_a_buyers_words_go_after_three_years_and_the_sellers_stay() -> None:
    bought = carried_out(ended(), LAST_TRADE_SECOND + SECOND)
    assert words_left(bought) == ["收到"]
    assert state(bought).erasures[0].classes == "trade"


def test_the_payers_account_goes_after_five_years_and_not_before() -> None:
    bought = carried_out(ended(), LAST_TRADE_SECOND + SECOND)
    answers = "SELECT count(*) FROM orders_attempt WHERE order_id = %s AND answer IS NOT NULL"
    assert rows(answers, bought.id) == [(1,)]
    code, data = refused(erase(bought, LAST_PAYMENT_SECOND))
    assert (code, data["kept"]) == ("erasure_too_early", "payment")
    carried_out(bought, LAST_PAYMENT_SECOND + SECOND)
    assert rows(answers, bought.id) == [(0,)]
    assert refused(erase(bought, LAST_PAYMENT_SECOND + SECOND))[0] == "nothing_to_erase"


def test_the_record_verifies_after_its_words_are_gone() -> None:
    bought = ended()
    before = load_chain(bought.id)
    carried_out(bought, LAST_PAYMENT_SECOND + SECOND, of="all")
    chain, order = load_chain(bought.id), state(bought)
    assert chain[: len(before)] == before
    assert find_chain_fault(chain, order.head, order.version) is None
    assert words_left(bought) == []
    assert audited(bought.id) == set()


def test_words_that_vanish_without_an_erasure_are_named_by_the_audit() -> None:
    bought = carried_out(ended(), LAST_TRADE_SECOND + SECOND)
    ((n,),) = rows("SELECT n FROM orders_note WHERE order_id = %s", bought.id)
    tamper("DELETE FROM orders_note WHERE order_id = %s AND n = %s", bought.id, n)
    assert audited(bought.id) == {("words_missing", n)}


def test_words_that_came_after_an_erasure_are_not_covered_by_it() -> None:
    bought = carried_out(ended(), LAST_TRADE_SECOND + SECOND)
    speak(bought, c.Actor("buyer", str(bought.buyer)), "还在吗", LAST_TRADE_SECOND + 2 * SECOND)
    n = state(bought).version
    tamper("DELETE FROM orders_note WHERE order_id = %s AND n = %s", bought.id, n)
    assert audited(bought.id) == {("words_missing", n)}


def test_an_account_goes_with_the_trade_and_is_missed_without_an_erasure() -> None:
    bought, other = ended("13800000000"), ended("13900000000")
    carried_out(bought, LAST_TRADE_SECOND + SECOND)
    assert rows("SELECT personal FROM orders_snapshot WHERE order_id = %s", bought.id) == [("{}",)]
    assert audited(bought.id) == set()
    tamper("UPDATE orders_snapshot SET personal = '{}' WHERE order_id = %s", other.id)
    assert audited(other.id) == {("account_missing", 0)}


def test_an_account_that_was_exchanged_is_named_by_the_audit() -> None:
    bought = ended("13800000000")
    tamper(
        "UPDATE orders_snapshot SET personal = jsonb_set(personal, '{account}', '\"1\"') WHERE order_id = %s",
        bought.id,
    )
    assert audited(bought.id) == {("account_changed", 0)}


def test_a_legal_hold_keeps_everything_until_it_is_lifted_with_a_reason() -> None:
    bought = ended()
    assert retention.place_legal_hold(bought.id, OPERATOR, "法院调取，(2030)沪0105民初1号", "h", ENDED).ok
    assert refused(erase(bought, LAST_PAYMENT_SECOND + SECOND)) == ("erasure_held", {})
    assert refused(retention.lift_legal_hold(bought.id, OPERATOR, 1, "", "l1", ENDED))[0] == "reason_needed"
    assert retention.lift_legal_hold(bought.id, OPERATOR, 1, "已结案", "l2", ENDED).ok
    assert (
        refused(retention.lift_legal_hold(bought.id, OPERATOR, 1, "又一次", "l3", ENDED))[0] == "no_such_hold"
    )
    carried_out(bought, LAST_PAYMENT_SECOND + SECOND, of="all")
    assert words_left(bought) == ["法院调取，(2030)沪0105民初1号", "已结案"]
    assert audited(bought.id) == set()


def test_an_order_that_is_not_over_keeps_its_words() -> None:
    bought = sealed()
    assert refused(erase(bought, later(10**9))) == ("erasure_trade_open", {"why": "money"})


def test_an_order_that_nobody_paid_is_no_trade_and_its_account_goes_at_once() -> None:
    bought = placed(account="13800000000")
    fire_timer(bought.id, 1, "expire", 0, later(10**6))
    carried_out(bought, later(10**6 + 1))
    assert rows("SELECT personal FROM orders_snapshot WHERE order_id = %s", bought.id) == [("{}",)]
    assert audited(bought.id) == set()


def test_a_message_long_after_the_end_does_not_make_the_keeping_longer() -> None:
    bought = ended()
    speak(bought, c.Actor("buyer", str(bought.buyer)), "在吗", LAST_TRADE_SECOND)
    assert erase(bought, LAST_TRADE_SECOND + SECOND).ok


def test_the_same_key_orders_one_erasure() -> None:
    bought = ended()
    first = erase(bought, LAST_TRADE_SECOND + SECOND, key="once")
    assert (first.ok, erase(bought, LAST_TRADE_SECOND + SECOND, key="once").again) == (True, True)
    assert len(state(bought).erasures) == 1


def test_an_erasure_that_was_killed_in_the_middle_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    bought = ended()
    for n in range(5):
        speak(bought, c.Actor("buyer", str(bought.buyer)), f"第 {n} 句", ENDED)
    monkeypatch.setattr(retention, "NOTES_PER_BATCH", 2)
    assert erase(bought, LAST_TRADE_SECOND + SECOND).ok

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retention.carry_out(bought.id, 1, LAST_TRADE_SECOND, die)
    assert len(words_left(bought)) == 5
    assert audited(bought.id) == set()
    retention.carry_out(bought.id, 1, LAST_TRADE_SECOND)
    assert words_left(bought) == ["收到"]
    assert audited(bought.id) == set()


def test_the_database_erases_nothing_that_no_event_orders() -> None:
    bought = ended()
    with pytest.raises(Exception, match="orders no erasure"):
        rows("SELECT orders_erase_v1(%s, 1, ARRAY[1,2,3,4,5,6]::bigint[], true, '{}', '{}')", bought.id)
    assert len(words_left(bought)) == 2
