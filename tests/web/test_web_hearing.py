"""The page of one case: each side sees its own words and presses only what it may, from contact to the last word."""

from uuid import UUID, uuid4

import pytest
from storefront import (
    Shelf,
    client_of,
    hidden,
    now,
    page_of,
    project_boards,
    without_peoples_words,
    words_on,
)

from tuidan.commands.delivery import deliver_by_seller
from tuidan.commands.talk import answer_contact
from tuidan.sandbox.goods import Cast

PROOF = {
    "type": "progress_screenshot",
    "has_order_no": "on",
    "has_timestamp": "on",
    "has_key_info": "on",
    "words": "说好两小时，录屏只有二十分钟",
}


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


def disputed(shelf: Shelf) -> UUID:
    """A service said to be done; its buyer says it is not what was described."""
    order_id = shelf.paid("coaching")
    shop = shelf.view(order_id).seller_id
    assert deliver_by_seller(order_id, shop, 1, "已完成", 100, uuid4().hex, now()).ok
    told = {"key": uuid4().hex, "reason": "not_as_described", "text": "和描述不一样"}
    assert client_of(shelf.cast, "buyer").post(f"/orders/{order_id}/units/1/refund/", told).status_code == 302
    assert shelf.view(order_id).cases[0].status == "evidence"
    return order_id


def press(shelf: Shelf, role: str, order_id: UUID, action: str, **fields: str) -> str:
    """Press one button of the page; gives the page that follows, as words."""
    client = client_of(shelf.cast, role)
    path = f"/cases/{order_id}/1/"
    answer = client.post(f"{path}{action}/", {"key": uuid4().hex, **fields})
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    return words_on(page_of(client, path))


def status(shelf: Shelf, order_id: UUID) -> str:
    return shelf.view(order_id).cases[0].status


def shown_to_seller(shelf: Shelf) -> UUID:
    """The same with the evidence submitted: the seller's time runs."""
    order_id = disputed(shelf)
    press(shelf, "buyer", order_id, "file_exhibit", **PROOF)
    press(shelf, "buyer", order_id, "submit_evidence")
    assert status(shelf, order_id) == "contact"
    return order_id


def test_the_buyer_reads_what_is_missing_and_that_the_platforms_own_record_needs_no_proof(
    shelf: Shelf,
) -> None:
    order_id = disputed(shelf)
    page = words_on(page_of(client_of(shelf.cast, "buyer"), f"/cases/{order_id}/1/"))
    assert "平台已有记录，不用提供" in page
    assert "还缺" in page
    assert "前补充证据并提交" in page


def test_each_side_reads_the_same_state_in_its_own_words(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    assert "前答复买家" in words_on(page_of(client_of(shelf.cast, "seller"), f"/cases/{order_id}/1/"))
    assert "请卖家在" in words_on(page_of(client_of(shelf.cast, "buyer"), f"/cases/{order_id}/1/"))


def test_an_offer_is_made_and_accepted_on_the_page_and_the_case_settles(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    press(shelf, "seller", order_id, "make_offer", kind="partial", amount="10")
    page = press(shelf, "buyer", order_id, "answer_offer", offer="1", accept="yes")
    assert "双方已和解" in page
    assert [refund.amount_fen for refund in shelf.view(order_id).refunds] == [1_000]


def test_an_amount_that_is_none_is_explained_and_nothing_is_offered(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    page = press(shelf, "seller", order_id, "make_offer", kind="partial", amount="十块")
    assert "请填金额" in page
    assert "待答复" not in page


def test_the_other_side_answers_each_exhibit(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    press(shelf, "seller", order_id, "answer_exhibit", exhibit="1", answer="dispute", words="录屏剪过")
    page = words_on(page_of(client_of(shelf.cast, "buyer"), f"/cases/{order_id}/1/"))
    assert "不认可" in page
    assert "录屏剪过" in page


def test_a_refusal_leads_to_an_appraiser_and_the_report_to_the_platform(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    shop = shelf.view(order_id).seller_id
    assert answer_contact(order_id, shop, "refuse", uuid4().hex, now(), unit=1).ok
    assert status(shelf, order_id) == "appraisal"
    appraiser = str(shelf.cast.people["appraiser"].id)
    press(shelf, "reviewer", order_id, "assign_appraiser", appraiser=appraiser)
    press(shelf, "appraiser", order_id, "accept_appraisal", interest="no")
    page = press(shelf, "appraiser", order_id, "report_appraisal", finding="not_as_described", words="缺两项")
    assert "与描述不符" in page
    assert status(shelf, order_id) == "review"


def test_an_appraiser_with_an_interest_steps_back_and_loses_sight_of_the_case(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    shop = shelf.view(order_id).seller_id
    assert answer_contact(order_id, shop, "refuse", uuid4().hex, now(), unit=1).ok
    press(shelf, "reviewer", order_id, "assign_appraiser", appraiser=str(shelf.cast.people["appraiser"].id))
    client = client_of(shelf.cast, "appraiser")
    client.post(f"/cases/{order_id}/1/accept_appraisal/", {"key": uuid4().hex, "interest": "yes"})
    page_of(client, f"/cases/{order_id}/1/", 404)


def test_a_refused_buyer_appeals_with_something_new_before_another_reviewer(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    press(shelf, "buyer", order_id, "call_platform")
    judged(shelf, "reviewer", order_id, "reject", "insufficient_evidence")
    assert "要有新证据" in press(shelf, "buyer", order_id, "file_appeal", words="不公平")
    press(shelf, "buyer", order_id, "file_exhibit", type="use_video", words="完整录屏")
    press(shelf, "buyer", order_id, "file_appeal", words="请看完整录屏")
    assert status(shelf, order_id) == "appeal"
    assert "另一位审核人" in judged(
        shelf, "reviewer", order_id, "approve_full", "evidence_supports_buyer", 422
    )
    judged(shelf, "senior", order_id, "approve_full", "evidence_supports_buyer")
    assert status(shelf, order_id) == "approved"


def judged(shelf: Shelf, role: str, order_id: UUID, outcome: str, reason: str, expected: int = 302) -> str:
    client = client_of(shelf.cast, role)
    path = f"/review/{order_id}/1/"
    page = page_of(client, path)
    told = {name: hidden(page, name) for name in ("key", "seen_version")}
    answer = client.post(path, told | {"outcome": outcome, "reason": reason})
    assert answer.status_code == expected
    return words_on(answer.content.decode())


def test_the_english_page_of_a_case_speaks_english(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    press(shelf, "seller", order_id, "make_offer", kind="redo")
    for role in ("buyer", "seller", "reviewer"):
        page = words_on(page_of(client_of(shelf.cast, role, "en"), f"/cases/{order_id}/1/"))
        text = without_peoples_words(page).replace(PROOF["words"], "")
        assert not [char for char in text if "一" <= char <= "鿿"], role


def test_an_unknown_press_is_no_address(shelf: Shelf) -> None:
    order_id = disputed(shelf)
    answer = client_of(shelf.cast, "buyer").post(f"/cases/{order_id}/1/pay-me/", {"key": uuid4().hex})
    assert answer.status_code == 404


def test_the_shop_finds_what_waits_for_it_and_what_was_granted(shelf: Shelf) -> None:
    waiting, granted = shown_to_seller(shelf), shown_to_seller(shelf)
    shop = shelf.view(granted).seller_id
    assert answer_contact(granted, shop, "agree_full", uuid4().hex, now(), unit=1).ok
    project_boards()
    page = page_of(client_of(shelf.cast, "seller"), "/seller/cases/")
    first, _, second = page.partition("已同意的退款")
    assert f"/cases/{waiting}/1/" in first
    assert f"/cases/{granted}/1/" in second
    assert f"/cases/{waiting}/1/" not in page_of(client_of(shelf.cast, "clerk"), "/seller/cases/")


def test_an_appraiser_finds_what_is_to_be_appraised(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    shop = shelf.view(order_id).seller_id
    assert answer_contact(order_id, shop, "refuse", uuid4().hex, now(), unit=1).ok
    press(shelf, "reviewer", order_id, "assign_appraiser", appraiser=str(shelf.cast.people["appraiser"].id))
    project_boards()
    assert f"/cases/{order_id}/1/" in page_of(client_of(shelf.cast, "appraiser"), "/appraisals/")


def test_who_was_wrong_bears_the_fee_of_the_appraisal(shelf: Shelf) -> None:
    order_id = shown_to_seller(shelf)
    shop = shelf.view(order_id).seller_id
    assert answer_contact(order_id, shop, "refuse", uuid4().hex, now(), unit=1).ok
    press(shelf, "reviewer", order_id, "assign_appraiser", appraiser=str(shelf.cast.people["appraiser"].id))
    press(shelf, "appraiser", order_id, "accept_appraisal", interest="no")
    told = {"finding": "not_as_described", "fee": "20", "words": "缺两项"}
    assert "由卖家承担" in press(shelf, "appraiser", order_id, "report_appraisal", **told)
