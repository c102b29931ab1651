"""A client that dies while its append is under way: whatever became of it, asking again has exactly one effect.

Another transaction holds the order's row, so that the append waits inside the server. Then either the server's
process is ended (nothing was written) or the client's socket is cut (the server goes on and commits later).
"""

import os
import socket
from functools import partial
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from shopfloor import NOW, Bought, basket, kinds, listed, rows, sealed, state
from side_by_side import Elsewhere, order_held, wait_for_blocked
from tuidan.commands import dispute
from tuidan.commands.order import place_order
from tuidan.commands.runner import Outcome, envelop
from tuidan.domain import commands as c
from tuidan.domain.decide import decide
from tuidan.store import facts
from tuidan.store.connection import OutcomeUnknown
from tuidan.store.orders.append import append, prepare
from tuidan.store.orders.load import load_order

LINES: dict[str, psycopg.Connection] = {}


def on_a_line_of_its_own(name: str, call: partial[Outcome]) -> Outcome:
    """Make the call and remember the connection it is made on, so that it can be cut."""
    connection.ensure_connection()
    LINES[name] = connection.connection
    return call()


def cut(name: str) -> None:
    """End the client's side of the connection, as when its machine is gone; the server does not notice yet."""
    with socket.socket(fileno=os.dup(LINES[name].pgconn.socket)) as line:
        line.shutdown(socket.SHUT_RDWR)


def asking(bought: Bought, key: str) -> partial[Outcome]:
    return partial(dispute.request_refund, bought.id, bought.buyer, 1, "item_invalid", key, NOW)


def test_an_append_whose_server_process_died_is_done_once_by_the_retry() -> None:
    bought = sealed()
    with order_held(bought.id):
        first = Elsewhere(partial(on_a_line_of_its_own, "first", asking(bought, "r")))
        (pid,) = wait_for_blocked()
        rows("SELECT pg_terminate_backend(%s)", pid)
        wait_for_blocked(1, but=pid)  # the retry waits on a line of its own
    outcome = first.result()
    assert (outcome.ok, outcome.again) == (True, False)
    assert kinds(bought).count("refund_requested") == 1


def test_a_commit_that_arrives_after_the_client_died_is_found_by_the_retry() -> None:
    bought = sealed()
    with order_held(bought.id):
        first = Elsewhere(partial(on_a_line_of_its_own, "first", asking(bought, "r")))
        wait_for_blocked(1)
        cut("first")
        wait_for_blocked(2)  # the dead client's statement, and the retry behind it
    outcome = first.result()
    assert (outcome.ok, outcome.again) == (True, True)
    assert kinds(bought).count("refund_requested") == 1


def test_another_process_that_asks_again_gets_the_late_answer() -> None:
    bought = sealed()
    envelope = envelop(
        bought.id, c.RequestRefund(1, "item_invalid"), c.Actor("buyer", str(bought.buyer)), "r", NOW
    )
    order, _ = load_order(bought.id)
    batch = prepare(bought.id, order.version, _draft(bought, envelope), envelope)
    with order_held(bought.id):
        dying = Elsewhere(partial(on_a_line_of_its_own, "dying", partial(append, batch)))  # type: ignore[arg-type]
        wait_for_blocked(1)
        cut("dying")
        assert isinstance(dying.result(), OutcomeUnknown)
        second = Elsewhere(asking(bought, "r"))
        wait_for_blocked(2)
    assert second.result().again is True
    assert kinds(bought).count("refund_requested") == 1


def test_a_retry_that_forgot_its_key_would_do_it_twice() -> None:
    """The proof for the rule above: the same late COMMIT, but the second asks under a new key."""
    bought = sealed(2)
    with order_held(bought.id):
        first = Elsewhere(partial(on_a_line_of_its_own, "first", partial(_refuse, bought, "r1")))
        wait_for_blocked(1)
        cut("first")
        second = Elsewhere(partial(_refuse, bought, "r2"))
        wait_for_blocked(3)
    assert [first.result().ok, second.result().ok] == [False, False]
    assert kinds(bought).count("command_refused") == 2


def test_a_placing_whose_client_died_places_one_order() -> None:
    _, listing = listed()
    buyer = uuid4()
    placing = partial(place_order, buyer, basket(listing), "k", NOW)
    outcomes: list[Outcome] = []
    for _ in range(3):  # the first is cut off right after its append; whoever asks again finds the order
        outcomes.append(placing())
        connection.connection.close()
        connection.close()
    assert len({outcome.order_id for outcome in outcomes}) == 1
    assert rows("SELECT count(*) FROM orders_order WHERE buyer_id = %s", buyer) == [(1,)]


def test_a_database_that_cannot_be_reached_is_an_unknown_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    bought = sealed()
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    with pytest.raises(OutcomeUnknown):
        asking(bought, "r")()
    monkeypatch.undo()
    connection.close()
    assert "refund_requested" not in kinds(bought)


def _draft(bought: Bought, envelope: c.Envelope):  # type: ignore[no-untyped-def]
    order = state(bought)
    return decide(order, envelope.command, envelope.actor, facts.gather(order), envelope.now)


def _refuse(bought: Bought, key: str) -> Outcome:
    return dispute.request_refund(bought.id, bought.buyer, 1, "never heard of", key, NOW)
