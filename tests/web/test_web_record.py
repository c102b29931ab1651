"""What the platform keeps by itself, on its pages: masked views, failed reveals, copies, snapshot, receipts, lives."""

from uuid import UUID, uuid4

import orjson
import pytest
from storefront import Shelf, client_of, page_of, words_on

from shopfloor import kinds_of, rows, tamper
from tuidan.commands.receipt import receipt_vkeys
from tuidan.domain.evidence import sha256_hex
from tuidan.domain.receipt import read_receipt
from tuidan.domain.tlog.note import BadNote, open_note, read_vkey
from tuidan.sandbox.goods import Cast


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


def press(shelf: Shelf, order_id: UUID, act: str = "reveal", **values: str):
    client = client_of(shelf.cast, "buyer")
    return client.post(f"/orders/{order_id}/units/1/{act}/", {"key": uuid4().hex, **values})


def data_of(order_id: UUID, kind: str) -> dict[str, object]:
    body = rows("SELECT body FROM orders_event WHERE order_id = %s AND kind = %s ORDER BY n", order_id, kind)
    return orjson.loads(bytes(body[0][0]))["data"]


def test_the_first_look_at_a_masked_code_goes_on_record_and_later_looks_do_not(shelf: Shelf) -> None:
    order_id = shelf.sealed()
    for _ in range(3):
        page = page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/")
    assert kinds_of(order_id).count("masked_seen") == 1
    assert data_of(order_id, "masked_seen")["mask"] in words_on(page)


def test_the_shops_look_at_the_order_is_no_look_of_the_buyer(shelf: Shelf) -> None:
    order_id = shelf.sealed("coupon")
    page_of(client_of(shelf.cast, "seller"), f"/seller/orders/{order_id}/")
    assert "masked_seen" not in kinds_of(order_id)


def test_a_reveal_says_that_the_code_was_whole_and_keeps_where_it_was_seen_beside(shelf: Shelf) -> None:
    order_id = shelf.sealed()
    assert press(shelf, order_id).status_code == 200
    told = data_of(order_id, "code_revealed")
    assert told["complete"] in ("yes", "unstated") and "secret" in str(told["parts"])
    [(kept,)] = rows(
        "SELECT w.words FROM orders_event e JOIN orders_note w ON w.order_id = e.order_id AND w.n = e.n"
        " WHERE e.order_id = %s AND e.kind = 'code_revealed'",
        order_id,
    )
    assert sha256_hex(kept.encode()) == told["from_sha256"]
    assert "127.0.0.1" in kept and "127.0.0.1" not in str(told)


def test_the_same_press_from_another_network_shows_the_code_again_and_is_one_reveal(shelf: Shelf) -> None:
    order_id, client = shelf.sealed(), client_of(shelf.cast, "buyer")
    key = uuid4().hex
    answers = [
        client.post(f"/orders/{order_id}/units/1/reveal/", {"key": key}, REMOTE_ADDR=f"10.0.0.{n}")
        for n in (1, 2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert kinds_of(order_id).count("code_revealed") == 1


def test_a_vault_that_fails_leaves_the_code_unseen_and_the_money_refundable_at_once(shelf: Shelf) -> None:
    order_id = shelf.sealed()
    code_id = shelf.view(order_id).units[0].code_id
    tamper("UPDATE stock_code SET key_id = 'gone' WHERE code_id = %s", code_id)
    client = client_of(shelf.cast, "buyer")
    answer = client.post(f"/orders/{order_id}/units/1/reveal/", {"key": uuid4().hex}, follow=True)
    assert "不算看过" in answer.content.decode()
    view = shelf.view(order_id).units[0]
    assert (view.status, view.revealed_at, view.reveal_errors) == ("delivered", None, 1)
    assert data_of(order_id, "reveal_failed")["why"] == "unknown_key"
    assert view.answer is not None and view.answer.decision == "approve_full"
    assert [reason["code"] for reason in view.answer.reasons] == ["reveal_failed"]


def test_half_a_code_is_not_shown_and_does_not_count_as_seen(shelf: Shelf) -> None:
    order_id = shelf.sealed()
    told = orjson.loads(bytes(rows("SELECT body FROM orders_snapshot WHERE order_id = %s", order_id)[0][0]))
    told["code_format"] = {"secret": "300"}
    tamper("UPDATE orders_snapshot SET body = %s WHERE order_id = %s", orjson.dumps(told), order_id)
    assert press(shelf, order_id).status_code == 302
    assert data_of(order_id, "reveal_failed")["why"] == "secret_malformed"
    assert "code_revealed" not in kinds_of(order_id)


def test_the_copy_button_reports_what_was_copied_a_few_times_at_most(shelf: Shelf) -> None:
    order_id = shelf.sealed()
    assert press(shelf, order_id, "copied", part="secret").status_code == 404
    press(shelf, order_id)
    answers = {press(shelf, order_id, "copied", part="secret").status_code for _ in range(7)}
    assert answers == {204}
    assert kinds_of(order_id).count("code_copied") == 5


def test_the_snapshot_is_the_bytes_whose_hash_the_placing_event_holds(shelf: Shelf) -> None:
    order_id = shelf.paid("coupon")
    client = client_of(shelf.cast, "buyer")
    assert (
        sha256_hex(client.get(f"/orders/{order_id}/snapshot.json").content)
        == data_of(order_id, "order_placed")["snapshot_sha256"]
    )
    assert shelf.view(order_id).title in page_of(client, f"/orders/{order_id}/snapshot/")


def test_a_snapshot_that_somebody_changed_is_named_on_its_page(shelf: Shelf) -> None:
    order_id = shelf.paid("coupon")
    tamper("UPDATE orders_snapshot SET body = body || ' ' WHERE order_id = %s", order_id)
    assert "哈希不符" in page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/snapshot/")


def test_a_receipt_is_the_same_bytes_each_time_and_holds_under_the_receipt_key_alone(shelf: Shelf) -> None:
    order_id = shelf.paid("coupon")
    client, path = client_of(shelf.cast, "buyer"), f"/orders/{order_id}/receipts/payment.txt"
    signed = client.get(path).content
    assert signed == client.get(path).content
    told = read_receipt(open_note(signed, [read_vkey(key) for key in receipt_vkeys()]).note.text)
    captured = data_of(order_id, "payment_captured")
    assert (told["amount_fen"], told["channel_no"]) == (captured["amount_fen"], captured["trade_no"])
    assert told["notice_sha256"] == captured["source_sha256"]


def test_a_receipt_with_one_digit_changed_does_not_hold(shelf: Shelf) -> None:
    order_id = shelf.paid("coupon")
    signed = client_of(shelf.cast, "buyer").get(f"/orders/{order_id}/receipts/payment.txt").content
    forged = signed.replace(b'"amount_fen":', b'"amount_fen":9', 1)
    with pytest.raises(BadNote):
        open_note(forged, [read_vkey(key) for key in receipt_vkeys()])


def test_there_is_no_receipt_before_the_money_and_none_for_a_refund_that_has_not_arrived(
    shelf: Shelf,
) -> None:
    client = client_of(shelf.cast, "buyer")
    unpaid, paid = shelf.placed("coupon"), shelf.paid("coupon")
    assert client.get(f"/orders/{unpaid}/receipts/payment/").status_code == 404
    assert client.get(f"/orders/{paid}/receipts/refund-1/").status_code == 404


def test_a_codes_life_is_told_from_its_line_in_the_file_to_its_reveal_and_never_shows_it(
    shelf: Shelf,
) -> None:
    order_id = shelf.sealed()
    shown = press(shelf, order_id).content.decode()
    secret = shown.split('id="secret">')[1].split("<")[0]
    order = shelf.view(order_id)
    page = page_of(client_of(shelf.cast, "reviewer"), f"/stock/{order.listing_id}/{order.units[0].code_id}/")
    words = words_on(page)
    told = ("导入库存，文件第", "加密封存", "分配给订单的第 1 件", "卡密已发出", "显示了第 1 件的卡密")
    assert [step for step in told if step not in words] == []
    assert secret not in page
