"""A person's wish to be erased: page by page as far as the law lets go, and then the account's own fields."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from shopfloor import Bought, basket, later, listed, pay, rows, sealed, state
from tuidan.commands import delivery, order, retention, talk, upload
from tuidan.commands.erasure_request import ask_erasure, carry_out_requests
from tuidan.commands.outside import Outside
from tuidan.commands.people import give_api_key
from tuidan.domain import commands as c
from tuidan.domain.effects import ERASE_WORDS
from tuidan.domain.refusals import Refusal
from tuidan.domain.upload.objects import StoreTrouble
from tuidan.reads.bundle import inside_viewer, read_bundle
from tuidan.reads.log import log_keys, proof_of
from tuidan.reads.retention import due, own_copy, report, wishes_of
from tuidan.reads.upload import open_file
from tuidan.reads.viewer import viewer_of
from tuidan.store import catalog
from tuidan.store.boards.project import project
from tuidan.store.erasure_request import RequestRecord
from tuidan.store.log.append import append_heads
from tuidan.store.log.checkpoints import sign_newest
from tuidan.store.people import create_person, find_person, person_of_key
from tuidan.verifier.checks import check_bundle
from tuidan.verifier.sealing import Trust
from tuidan.worker.effects import do_effect, due_effects

ENDED = later(10**7)
# three years after 2027-03-19 in China
OVER = datetime(2030, 3, 19, 16, 0, 0, tzinfo=UTC)


def speak(bought: Bought, words: str) -> None:
    actor = c.Actor("buyer", str(bought.buyer))
    assert talk.send_message(bought.id, actor, talk.Message(words), uuid4().hex, later(5)).ok


def ended(bought: Bought) -> Bought:
    """The same trade, with words of its buyer, over."""
    speak(bought, "我的微信是 abc123")
    order.fire_timer(bought.id, 1, "release", 0, ENDED)
    project([bought.id])
    return bought


def registered(bought: Bought) -> Bought:
    """The buyer of the order is somebody with an account."""
    create_person(f"{uuid4()}@example.com", "a long password", "王小买", later(0), id=bought.buyer)
    return bought


def another(bought: Bought) -> Bought:
    """One more paid order of the same buyer."""
    shop, listing = listed()
    outcome = order.place_order(bought.buyer, basket(listing), uuid4().hex, later(0))
    more = Bought(outcome.order_id, bought.buyer, shop, listing)
    pay(more, state(more).price_fen())
    delivery.record_codes(more.id, {1: "0001"}, [], later(0), 0)
    return more


def wish(who: UUID, close: bool = False, now: datetime = OVER) -> None:
    assert isinstance(ask_erasure(who, who, "不用了", close, uuid4().hex, now), RequestRecord)


def carried_out(now: datetime = OVER) -> None:
    while carry_out_requests(now):
        pass
    for order_id, number in _ordered():
        retention.carry_out(order_id, number, now)


def _ordered() -> list[tuple[UUID, int]]:
    found = rows("SELECT order_id, target FROM orders_outbox WHERE kind = 'erase_words'")
    return [(order_id, target) for order_id, target in found]


def words_left(bought: Bought) -> int:
    return int(rows("SELECT count(*) FROM orders_note WHERE order_id = %s", bought.id)[0][0])


def test_a_wish_takes_what_the_law_lets_go_and_says_until_when_the_rest_stays() -> None:
    bought = registered(ended(sealed()))
    running = another(bought)
    speak(running, "这单还没完")
    project([running.id])
    wish(bought.buyer)
    carried_out()
    assert (words_left(bought), words_left(running)) == (0, 1)
    (told,) = wishes_of(bought.buyer)
    assert (told.erased, told.kept, told.kept_why) == (1, 1, "erasure_trade_open")
    assert told.done_at == OVER


def test_before_the_time_is_over_the_wish_names_the_last_day() -> None:
    bought = registered(ended(sealed()))
    wish(bought.buyer, now=ENDED)
    carried_out(ENDED)
    (told,) = wishes_of(bought.buyer)
    assert (words_left(bought), told.erased, told.kept) == (1, 0, 1)
    assert told.kept_until == OVER - timedelta(seconds=1)


def test_a_wish_over_many_pages_goes_on_where_it_was_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    first = registered(ended(sealed()))
    others = [ended(another(first)) for _ in range(2)]
    for each in others:
        assert state(each).status == "released"
    monkeypatch.setattr("tuidan.store.boards.lists.PAGE_ROWS_MAX", 1)
    wish(first.buyer)
    carry_out_requests(OVER)
    assert wishes_of(first.buyer)[0].done_at is None
    carried_out()
    (told,) = wishes_of(first.buyer)
    assert (told.erased, told.kept, told.done_at) == (3, 0, OVER)


def test_the_same_key_is_one_wish_and_a_second_waits_for_the_first() -> None:
    bought = registered(ended(sealed()))
    first = ask_erasure(bought.buyer, bought.buyer, "", False, "k", OVER)
    assert ask_erasure(bought.buyer, bought.buyer, "", False, "k", OVER) == first
    second = ask_erasure(bought.buyer, bought.buyer, "", False, "other", OVER)
    assert isinstance(second, Refusal)
    assert second.code == "erasure_under_way"


def test_a_closed_account_has_no_name_no_key_and_no_way_in() -> None:
    bought = registered(ended(sealed()))
    key = give_api_key(bought.buyer, "script", OVER)
    wish(bought.buyer, close=True)
    carried_out()
    assert find_person(bought.buyer) is None
    assert person_of_key(key) is None
    kept = "SELECT name, phone, is_active, email LIKE 'gone-%%@invalid' FROM shared_person WHERE id = %s"
    assert rows(kept, bought.buyer) == [("", "", False, True)]
    assert wishes_of(bought.buyer)[0].account_closed


def test_an_account_stays_while_a_trade_of_it_is_open() -> None:
    bought = registered(sealed())
    project([bought.id])
    wish(bought.buyer, close=True)
    carried_out()
    assert find_person(bought.buyer) is not None
    assert not wishes_of(bought.buyer)[0].account_closed


@pytest.mark.parametrize("role", ["is_operator", "is_reviewer", "is_appraiser", ""])
def test_who_acts_for_a_shop_or_the_platform_stays_named(role: str) -> None:
    who = create_person(f"{uuid4()}@example.com", None, "李", later(0), **({role: True} if role else {}))
    if not role:
        catalog.create_shop("小店", "third_party", [who.id], later(0))
    told = ask_erasure(who.id, who.id, "", True, "k", OVER)
    assert isinstance(told, Refusal)
    assert told.code == "erasure_has_role"


def test_the_worker_carries_a_wish_out(fresh_database: str) -> None:
    bought = registered(ended(sealed()))
    wish(bought.buyer)
    while carry_out_requests(OVER):
        pass
    found = [work for work in due_effects(lambda: OVER) if work.kind == ERASE_WORDS]
    assert [do_effect(work, Outside(), lambda: OVER) for work in found] == [True]
    assert [line for line in _words(bought) if "微信" in line] == []
    assert _ordered() == []


def _words(bought: Bought) -> list[str]:
    return [words for (words,) in rows("SELECT words FROM orders_note WHERE order_id = %s", bought.id)]


def test_an_erasure_takes_the_files_of_that_side() -> None:
    bought = ended(sealed())
    data, sides = os.urandom(3_000), {}
    for actor in (c.Actor("buyer", str(bought.buyer)), c.Actor("seller", str(bought.shop))):
        told = upload.begin_upload(
            bought.id, 1, actor, UUID(actor.id), "图.png", len(data), uuid4().hex, later(6)
        )
        upload.append_piece(bought.id, told.n, actor, 0, data, later(6))
        upload.finish_upload(bought.id, told.n, actor, hashlib.sha256(data).hexdigest(), later(6))
        sides[actor.kind] = told.n
    actor = c.Actor("buyer", str(bought.buyer))
    assert retention.erase_words(bought.id, actor, "buyer", "request", "e", OVER).ok
    retention.carry_out(bought.id, 1, OVER)
    with pytest.raises(StoreTrouble):
        open_file(bought.id, sides["buyer"], cleaned=False)
    assert open_file(bought.id, sides["seller"], cleaned=False).all() == data


def test_a_stranger_still_verifies_the_bundle_of_an_erased_order(tmp_path: Path) -> None:
    bought = ended(sealed())
    append_heads([bought.id])
    sign_newest(ENDED)
    before = proof_of(bought.id)
    assert before is not None
    actor = c.Actor("operator", str(uuid4()))
    assert retention.erase_words(
        bought.id, actor, "all", "retention_over", "e", OVER + timedelta(days=999)
    ).ok
    retention.carry_out(bought.id, 1, OVER)
    append_heads([bought.id])
    sign_newest(OVER)
    after = proof_of(bought.id)
    assert after is not None
    assert (before.n < after.n, proof_of(bought.id, before.size)) == (True, before)
    bundle = read_bundle(bought.id, inside_viewer())
    assert bundle is not None
    path = tmp_path / "bundle.zip"
    path.write_bytes(b"".join(bundle.pieces()))
    told = check_bundle(path, Trust(tuple(log_keys())))
    assert [line for line in told.lines if line.kind == "fault"] == []
    assert not any(file.name.startswith("words/") for file in bundle.files)


def test_what_is_due_is_found_ordered_once_and_reported(fresh_database: str) -> None:
    old, young = ended(sealed()), sealed()
    assert [each.order_id for each in due(OVER)] == [old.id]
    operator = c.Actor("operator", str(uuid4()))
    assert retention.erase_due(operator, OVER, "到期清理") == 1
    assert (due(OVER), retention.erase_due(operator, OVER)) == ([], 0)
    retention.carry_out(old.id, 1, OVER)
    (act,) = report().acts
    assert (act.order_id, act.of, act.why, act.classes) == (old.id, "all", "retention_over", ("trade",))
    assert (act.actor_id, act.words) == (operator.id, "到期清理")
    assert words_left(young) == 0


def test_what_is_held_is_not_due_and_is_listed_with_its_reason(fresh_database: str) -> None:
    bought = ended(sealed())
    assert retention.place_legal_hold(bought.id, uuid4(), "法院调取", "h", ENDED).ok
    assert due(OVER) == []
    assert [(act.order_id, act.number, act.words) for act in report().holds] == [(bought.id, 1, "法院调取")]
    assert retention.lift_legal_hold(bought.id, uuid4(), 1, "已结案", "l", OVER).ok
    assert (report().holds, [each.order_id for each in due(OVER)]) == ((), [bought.id])


def test_a_persons_own_copy_has_their_words_and_nobody_elses() -> None:
    bought = registered(ended(sealed()))
    seller = c.Actor("seller", str(bought.shop))
    assert talk.send_message(bought.id, seller, talk.Message("商家的话"), "s", ENDED).ok
    viewer = viewer_of(bought.buyer)
    assert viewer is not None
    copy = own_copy(viewer, OVER)
    assert copy["person"]["name"] == "王小买"  # type: ignore[index]
    (told,) = copy["orders"]  # type: ignore[misc]
    assert [line["words"] for line in told["my_words"]] == ["我的微信是 abc123"]
    assert told["payer"] == "138****0000"
