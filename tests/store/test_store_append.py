"""One append or many at once: the same rows to the byte, losers given back, nobody in anybody's way."""

from functools import partial
from threading import Event
from uuid import UUID, uuid4

from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from money_steps import second_steps
from shopfloor import NOW, PRICE_FEN, kinds, later, paid, rows, sealed, short_of_stock, state
from side_by_side import Elsewhere, at_once, order_held
from tuidan.commands import dispute, refund
from tuidan.commands.runner import envelop
from tuidan.domain import commands as c
from tuidan.domain.decide import decide
from tuidan.domain.effects import FEED
from tuidan.domain.evidence import sha256_hex
from tuidan.store import facts
from tuidan.store.audit.run import audit_page
from tuidan.store.boards.models import OrderBoard
from tuidan.store.boards.project import project
from tuidan.store.log.append import append_heads
from tuidan.store.orders.append import Batch, append, prepare
from tuidan.store.orders.append_many import append_many
from tuidan.store.orders.claim import due_outbox, finish_outbox
from tuidan.store.orders.load import load_order
from tuidan.worker.boards import project_feed

TABLES = ("order", "event", "posting", "outbox", "timer", "attempt", "note")
MACHINE = c.Actor("machine")
WORDS = "为什么\n「」"
NO_SHRINKING = (
    Phase.explicit,
    Phase.reuse,
    Phase.generate,
)  # an example is seconds of work: the first will do


def prepared(order_id: UUID, command: c.Command, key: str, now=NOW, words: str = "", done=()) -> Batch | None:  # type: ignore[no-untyped-def]
    """The rows of one command, ready to write; None when there is nothing to do."""
    order, _ = load_order(order_id)
    expected = order.version
    envelope = envelop(order_id, command, MACHINE, key, now, done)
    draft = decide(order, command, MACHINE, facts.gather(order), now)
    return prepare(order_id, expected, draft, envelope, words=words) if draft.events else None


def everything(order_id: UUID) -> dict[str, list[tuple]]:
    return {
        table: rows(f"SELECT t::text FROM orders_{table} t WHERE order_id = %s ORDER BY 1", order_id)
        for table in TABLES
    }


def tried(write: partial, order_id: UUID) -> dict[str, list[tuple]]:  # type: ignore[type-arg]
    """What the write leaves, thrown away again."""
    with transaction.atomic():
        write()
        found = everything(order_id)
        transaction.set_rollback(True)
    return found


STEPS: list[c.Command] = [
    c.RequestRefund(1, "item_invalid", 0, sha256_hex(WORDS.encode())),
    c.RequestRefund(2, "no_reason", 500),
    c.RequestRefund(3, "never heard of"),
    c.RecordIssuerCheck(1, "unused", None, ""),
    c.RecordIssuerCheck(2, "activated", NOW, "other"),
    c.RevealCode(2, "5e" * 32),
    c.WithdrawRequest(1),
    c.GiveUpCheck(1),
    c.PassPromise(),
    c.ConfirmReceipt(),
    c.ReleaseEscrow(),
    c.MarkRefundSent(1),
    c.RecordCodes({1: "0001", 2: "0002"}, (3,)),
    c.RecordPayment(1, "alipay", "T-again", 77, NOW, "", "ab" * 32),
    c.FailDelivery("fire"),
]


@settings(max_examples=12, deadline=None, phases=NO_SHRINKING)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 10**6)), min_size=4, max_size=10))
def test_one_and_many_write_the_same_rows_to_the_byte(steps: list[tuple[c.Command, int]]) -> None:
    bought = paid(3)
    for i, (command, seconds) in enumerate(steps):
        words = WORDS if isinstance(command, c.RequestRefund) and command.text_sha256 else ""
        batch = prepared(bought.id, command, f"k{i}", later(seconds), words=words, done=(64 * i,))
        if batch is None:
            continue
        one = tried(partial(append, batch), bought.id)
        many = tried(partial(append_many, [batch], batch.envelope.now), bought.id)
        assert one == many
        assert append_many([batch], batch.envelope.now) == {bought.id}
    second_steps(bought, 10**8)
    project([bought.id])
    append_heads([bought.id])
    finish_outbox(
        [(bought.id, n) for (n,) in rows("SELECT n FROM orders_outbox WHERE order_id = %s", bought.id)]
    )
    assert audit_page([bought.id]) == []


def test_a_settled_attempt_is_closed_by_many_as_by_one() -> None:
    bought = short_of_stock()
    told, _ = refund.mark_refund_sent(bought.id, 1, 64, NOW)
    yes = c.RecordRefund(1, told.refunds[0].attempt, "succeeded", PRICE_FEN)
    batch = prepared(bought.id, yes, "yes")
    assert batch is not None
    one, many = tried(partial(append, batch), bought.id), tried(partial(append_many, [batch], NOW), bought.id)
    assert one == many
    assert "succeeded" in one["attempt"][-1][0]


def test_many_orders_in_one_append_are_each_whole() -> None:
    orders = [paid(2) for _ in range(5)]
    batches = [prepared(bought.id, c.FailDelivery("fire"), "fire") for bought in orders]
    alone = {
        bought.id: tried(partial(append, batch), bought.id)
        for bought, batch in zip(orders, batches, strict=True)
    }
    won = append_many([batch for batch in batches if batch], NOW)
    assert won == {bought.id for bought in orders}
    assert {bought.id: everything(bought.id) for bought in orders} == alone


def test_an_order_that_moved_on_is_given_back_and_the_others_are_written() -> None:
    orders = [paid() for _ in range(3)]
    batches = [prepared(bought.id, c.FailDelivery("fire"), "fire") for bought in orders]
    dispute.request_refund(orders[1].id, orders[1].buyer, 1, "never heard of", "noise", NOW)
    before = everything(orders[1].id)
    assert append_many([batch for batch in batches if batch], NOW) == {orders[0].id, orders[2].id}
    assert everything(orders[1].id) == before


def test_an_order_that_somebody_holds_is_given_back_without_waiting() -> None:
    orders = [paid() for _ in range(3)]
    batches = [batch for bought in orders if (batch := prepared(bought.id, c.FailDelivery("fire"), "fire"))]
    with order_held(orders[0].id):
        assert append_many(batches, NOW) == {orders[1].id, orders[2].id}
    assert "unit_failed" not in kinds(orders[0])


def test_an_order_that_does_not_exist_is_given_back() -> None:
    bought = paid()
    batch = prepared(bought.id, c.FailDelivery("fire"), "fire")
    assert batch is not None
    ghost = Batch(uuid4(), batch.expected, batch.envelope, batch.row, batch.told)
    assert append_many([ghost, batch], NOW) == {bought.id}


def test_overlapping_chunks_from_threads_neither_deadlock_nor_write_twice() -> None:
    orders = [paid() for _ in range(24)]
    batches = [batch for bought in orders if (batch := prepared(bought.id, c.FailDelivery("fire"), "fire"))]
    chunks = [batches[start:] + batches[:start] for start in range(0, 24, 4)]
    chunks += [list(reversed(chunk)) for chunk in chunks]
    found = at_once([partial(append_many, chunk, NOW) for chunk in chunks])
    winners = [order_id for won in found if isinstance(won, set) for order_id in won]
    assert [error for error in found if isinstance(error, BaseException)] == []
    assert sorted(winners) == sorted(bought.id for bought in orders)
    assert {kinds(bought).count("unit_failed") for bought in orders} == {1}


def test_chunks_and_single_commands_meet_without_a_loss() -> None:
    orders = [paid() for _ in range(8)]
    batches = [batch for bought in orders if (batch := prepared(bought.id, c.FailDelivery("fire"), "fire"))]
    singles = [
        partial(dispute.request_refund, bought.id, bought.buyer, 1, "never heard of", "noise", NOW)
        for bought in orders
    ]
    found = at_once([partial(append_many, batches, NOW), *singles])
    assert [error for error in found if isinstance(error, BaseException)] == []
    for bought in orders:
        assert kinds(bought).count("command_refused") == 1
        assert (bought.id in found[0]) == ("unit_failed" in kinds(bought))  # type: ignore[operator]


def test_a_feed_row_that_is_committed_late_still_reaches_the_boards() -> None:
    slow, quick = sealed(), sealed()
    consume()

    def commit_late() -> None:
        """An append whose COMMIT takes its time: written before, seen after the others."""
        with transaction.atomic():
            dispute.request_refund(slow.id, slow.buyer, 1, "item_invalid", "r", later(10))
            written.set()
            assert proceed.wait(20)

    written, proceed = Event(), Event()
    late = Elsewhere(commit_late)
    assert written.wait(20)
    dispute.request_refund(quick.id, quick.buyer, 1, "item_invalid", "r", later(20))
    seen_up_to = max(row.due_at for row in due_outbox(later(60), [FEED], 500))
    consume()
    proceed.set()
    late.result()
    assert [row.due_at <= seen_up_to for row in due_outbox(later(60), [FEED], 500)] == [
        True
    ]  # a cursor would pass it by
    consume()
    assert OrderBoard.objects.get(order_id=slow.id).version == state(slow).version


def consume() -> None:
    while project_feed(lambda: later(60)):
        pass


def test_every_append_leaves_exactly_one_feed_row() -> None:
    bought = sealed()
    feeds = rows("SELECT count(*) FROM orders_outbox WHERE order_id = %s AND kind = 'feed'", bought.id)
    commands = rows("SELECT count(command_key) FROM orders_event WHERE order_id = %s", bought.id)
    assert feeds == commands
