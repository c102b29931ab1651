"""The log for programs: how it stands, for anybody; an order's proof, for whoever may see the order."""

from __future__ import annotations

from api_world import Caller, Shopfront, now

import go_checklog
from tuidan.store.log.append import append_heads
from tuidan.store.log.checkpoints import sign_newest


def test_the_proof_of_an_order_holds_for_a_stranger(front: Shopfront, caller: Caller) -> None:
    order_id = front.codes()
    append_heads([order_id])
    sign_newest(now())
    told = caller.get(f"/orders/{order_id}/log-proof").json()
    asked = {
        "kind": "record",
        "vkey": told["keys"][0],
        "entry": told["entry"].encode(),
        "proof": told["proof"].encode(),
    }
    assert go_checklog.ask([asked]) == ["ok"]
    events = caller.get(f"/orders/{order_id}/events").json()["events"]
    assert (told["logged"], f'"hash":"{events[told["n"] - 1]["hash"]}"' in told["entry"]) == (True, True)


def test_an_order_that_is_not_logged_yet_says_so(front: Shopfront, caller: Caller) -> None:
    told = caller.get(f"/orders/{front.place()}/log-proof").json()
    assert (told["logged"], told["proof"], told["keys"]) == (False, None, [])


def test_anybody_may_ask_how_the_log_stands(front: Shopfront, caller: Caller) -> None:
    order_id = front.codes()
    append_heads([order_id])
    sign_newest(now())
    told = caller.send("stranger", "GET", "/log").json()
    assert told["signed_size"] == told["size"] > 0
    assert told["checkpoint"].splitlines()[1] == str(told["size"])
    assert (told["trouble"], told["keys"][0]["until_size"]) == ("", None)
