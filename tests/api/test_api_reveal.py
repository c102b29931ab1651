"""A code whose key is gone: the caller gets a problem with a code, and never a broken server."""

from api_world import Caller, Shopfront, new_key

from shopfloor import tamper


def test_a_code_that_cannot_be_opened_is_a_problem_and_not_a_broken_server(
    front: Shopfront, caller: Caller
) -> None:
    order_id = front.codes()
    tamper("UPDATE stock_code SET key_id = 'gone' WHERE listing_id = %s", front.listings["code"])
    told = caller.send("owner", "POST", f"/orders/{order_id}/units/1/reveal", None, new_key())
    assert (told.status_code, told.json()["code"]) == (409, "code_unavailable")
    again = caller.send("owner", "POST", f"/orders/{order_id}/units/1/reveal", None, new_key())
    assert again.status_code == 409
