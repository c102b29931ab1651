"""Every kind of edit that an administrator may try, and what the audit must call it.

The attacks that end in `signed` are the strongest: history, tree and signatures are made anew, and all of it fits
together. Only the checkpoint that a witness has kept speaks against them.
"""

import hashlib
import os
from collections.abc import Callable

import orjson
from attacker import Attacker, changed
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shopfloor import Bought
from tuidan.domain.tlog.note import key_of, sign
from tuidan.sandbox.administrator import Told, chained
from tuidan.sandbox.administrator_books import rewrite_book

TRIES_MAX = 40
EVENT_COLUMNS = (
    "body = set_byte(body, %s, get_byte(body, %s) # 1)", "hash = sha256(hash)", "prev = sha256(prev)",
    "kind = 'order_expired_'", "at = at - interval '1 day'", "command_key = 'x:' || n", "command_events = 9",
    "command_input = sha256(body)",
)  # fmt: skip


def event_changed(a: Attacker) -> None:
    order_id, n, size = a.one("SELECT order_id, n, length(body) FROM orders_event")
    change = a.chance.choice(EVENT_COLUMNS)
    place = a.chance.randrange(size)
    values = [place, place] if "%s" in change else []
    a.run(f"UPDATE orders_event SET {change} WHERE order_id = %s AND n = %s", *values, order_id, n)


def event_removed(a: Attacker) -> None:
    a.run(
        "DELETE FROM orders_event WHERE order_id = %s AND n = %s",
        *a.one("SELECT order_id, n FROM orders_event"),
    )


def event_added(a: Attacker) -> None:
    """A copy of an event at the end, with a hash that fits."""
    order = a.order()
    told = a.chance.choice(a.events(order.id))
    row = chained([*a.events(order.id), told])[-1]
    a.run(
        "INSERT INTO orders_event (order_id, n, kind, at, body, prev, hash) VALUES (%s, %s, %s, %s, %s, %s, %s)",
        order.id, row.n, row.kind, row.at, row.body, row.prev, row.hash,
    )  # fmt: skip
    if a.chance.random() < 0.5:
        a.run(
            "UPDATE orders_order SET version = %s, head_hash = %s WHERE order_id = %s",
            row.n,
            row.hash,
            order.id,
        )


def events_swapped(a: Attacker) -> None:
    order = a.order()
    n = a.chance.randint(1, len(a.events(order.id)) - 1)
    for source, target in ((n, 10_000), (n + 1, n), (10_000, n + 1)):
        a.run("UPDATE orders_event SET n = %s WHERE order_id = %s AND n = %s", target, order.id, source)


def _rewrite(a: Attacker, edit: Callable[[list[Told]], list[Told]]) -> Bought:
    """Rewrite some order's history with this edit, until one is found that makes sense as an order."""
    for _ in range(TRIES_MAX):
        order = a.order()
        if a.rewrite(order.id, edit(a.events(order.id))):
            return order
    raise AssertionError("no edit of this kind makes sense")


def _changed(a: Attacker) -> Bought:
    return _rewrite(a, lambda events: changed(events, a.chance))


def _without(a: Attacker) -> Bought:
    def edit(events: list[Told]) -> list[Told]:
        n = a.chance.randrange(1, len(events))
        return events[:n] if a.chance.random() < 0.5 else events[:n] + events[n + 1 :]

    return _rewrite(a, edit)


def _with_another(a: Attacker) -> Bought:
    def edit(events: list[Told]) -> list[Told]:
        told = dict(a.chance.choice(events[1:]))
        if "key" in told:
            told["key"] += "-again"
        n = a.chance.randint(1, len(events))
        return [*events[:n], told, *events[n:]]

    return _rewrite(a, edit)


def _swapped(a: Attacker) -> Bought:
    def edit(events: list[Told]) -> list[Told]:
        n = a.chance.randrange(1, len(events) - 1)
        return [*events[:n], events[n + 1], events[n], *events[n + 2 :]]

    return _rewrite(a, edit)


def history_rewritten(a: Attacker) -> None:
    a.chance.choice([_changed, _without, _with_another, _swapped])(a)


def event_changed_signed(a: Attacker) -> None:
    _changed(a)
    a.sign_again()


def event_removed_signed(a: Attacker) -> None:
    _without(a)
    a.sign_again()


def event_added_signed(a: Attacker) -> None:
    _with_another(a)
    a.sign_again()


def events_swapped_signed(a: Attacker) -> None:
    _swapped(a)
    a.sign_again()


def _remove(a: Attacker) -> None:
    order = a.order()
    for table in (
        "orders_event",
        "orders_posting",
        "orders_snapshot",
        "orders_note",
        "orders_notice",
        "files_file",
    ):
        a.run(f"DELETE FROM {table} WHERE order_id = %s", order.id)
    for table in ("boards_order", "boards_case", "boards_question", "orders_outbox", "orders_order"):
        a.run("SET session_replication_role = replica")
        a.run(f"DELETE FROM {table} WHERE order_id = %s", order.id)
        a.run("SET session_replication_role = DEFAULT")


def order_removed(a: Attacker) -> None:
    _remove(a)


def order_removed_signed(a: Attacker) -> None:
    _remove(a)
    a.sign_again()


def listing_changed(a: Attacker) -> None:
    """The listing as the buyer confirmed it says another price, title or term."""
    (order_id, body) = a.one("SELECT order_id, body FROM orders_snapshot")
    a.run(
        "UPDATE orders_snapshot SET body = %s WHERE order_id = %s", _other_listing(a, bytes(body)), order_id
    )


def listing_changed_signed(a: Attacker) -> None:
    """The same, and the event that proves it, with all that follows."""
    order = a.order()
    ((body,),) = a.rows("SELECT body FROM orders_snapshot WHERE order_id = %s", order.id)
    forged = _other_listing(a, bytes(body))
    events = a.events(order.id)
    events[0]["data"]["snapshot_sha256"] = hashlib.sha256(forged).hexdigest()
    assert a.rewrite(order.id, events)
    a.run("UPDATE orders_snapshot SET body = %s WHERE order_id = %s", forged, order.id)
    a.sign_again()


def _other_listing(a: Attacker, body: bytes) -> bytes:
    told = orjson.loads(body)
    name = a.chance.choice([name for name, value in told.items() if isinstance(value, str | int)])
    value = told[name]
    told[name] = (
        not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else value + "!"
    )
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)


def words_changed(a: Attacker) -> None:
    order_id, n = a.one("SELECT order_id, n FROM orders_note")
    if a.chance.random() < 0.3:
        a.run("DELETE FROM orders_note WHERE order_id = %s AND n = %s", order_id, n)
        return
    a.run("UPDATE orders_note SET words = words || '!' WHERE order_id = %s AND n = %s", order_id, n)


def account_changed(a: Attacker) -> None:
    change = a.chance.choice(['{"account": "139", "salt": "00"}', "{}"])
    a.run("UPDATE orders_snapshot SET personal = %s WHERE personal::text LIKE '%%account%%'", change)


def notice_changed(a: Attacker) -> None:
    ((size,),) = a.rows("SELECT length(body) FROM orders_notice")
    place = a.chance.randrange(size)
    a.run("UPDATE orders_notice SET body = set_byte(body, %s, get_byte(body, %s) # 1)", place, place)


def file_changed(a: Attacker) -> None:
    change = a.chance.choice(
        ["sha256 = encode(sha256(sha256::bytea), 'hex')", "cleaned_sha256 = sha256", "exhibit = exhibit + 1",
         "role = 'seller'", "case_n = case_n + 1", "state = 'erased'", "state = 'refused'"]
    )  # fmt: skip
    a.run(f"UPDATE files_file SET {change}")


def file_removed(a: Attacker) -> None:
    a.run("DELETE FROM files_file")


def file_changed_signed(a: Attacker) -> None:
    """Another file in the place of the one that was filed, and the exhibit's event made to fit."""
    ((order_id, sha),) = a.rows("SELECT order_id, sha256 FROM files_file")
    other = a.chance.randbytes(32).hex()
    events = orjson.loads(orjson.dumps(a.events(order_id)).replace(sha.encode(), other.encode()))
    assert a.rewrite(order_id, events)
    a.run("UPDATE files_file SET sha256 = %s", other)
    a.sign_again()


def posting_changed(a: Attacker) -> None:
    order_id, n = a.one("SELECT order_id, n FROM orders_posting")
    change = a.chance.choice(
        [
            "amount_fen = amount_fen + 1",
            "credit = 'seller:settled_out_'",
            "event_n = event_n + 1",
            "currency = 'USD'",
        ]
    )
    a.run(f"UPDATE orders_posting SET {change} WHERE order_id = %s AND n = %s", order_id, n)


def posting_removed(a: Attacker) -> None:
    found = a.one("SELECT order_id, n FROM orders_posting")
    a.run("DELETE FROM orders_posting WHERE order_id = %s AND n = %s", *found)


def posting_added(a: Attacker) -> None:
    a.run(
        "INSERT INTO orders_posting (order_id, n, event_n, debit, credit, amount_fen, currency) "
        "VALUES (%s, %s, 1, 'escrow', 'refunded', %s, 'CNY')",
        a.order().id, a.chance.randint(5_000, 9_000), a.chance.randint(1, 999),
    )  # fmt: skip


def total_changed(a: Attacker) -> None:
    first, second = a.chance.sample(
        ["escrow_fen", "released_fen", "refunding_fen", "refunded_fen", "overpaid_fen"], 2
    )
    order_id, amount = a.one(f"SELECT order_id, {first} FROM orders_order")
    fen = a.chance.randint(1, max(1, amount))
    if amount < fen:
        first, second = "released_fen", "suspense_fen"  # both grow: the row's own checks still hold
        a.run(
            f"UPDATE orders_order SET {first} = {first} + 5, {second} = {second} + 5 WHERE order_id = %s",
            order_id,
        )
        return
    a.run(
        f"UPDATE orders_order SET {first} = {first} - %s, {second} = {second} + %s WHERE order_id = %s",
        fen, fen, order_id,
    )  # fmt: skip


def state_changed(a: Attacker) -> None:
    change = a.chance.choice(
        ["state = replace(state, '1', '2')", "status = 'expired_'", "buyer_id = seller_id", "currency = 'USD'",
         "placed_at = placed_at - interval '1 day'", "head_hash = sha256(head_hash)", "listing_id = buyer_id"]
    )  # fmt: skip
    a.run(f"UPDATE orders_order SET {change} WHERE order_id = %s", a.order().id)


def book_changed(a: Attacker) -> None:
    change = a.chance.choice(
        ["UPDATE books_posting SET amount_fen = amount_fen + 1", "DELETE FROM books_posting",
         "UPDATE books_event SET body = body || ' '::bytea", "DELETE FROM books_event",
         "UPDATE books_book SET taken_in_fen = taken_in_fen + 7, brought_fen = brought_fen + 7",
         "UPDATE books_book SET limit_fen = limit_fen + 7", "DELETE FROM books_item"]
    )  # fmt: skip
    assert a.run(change)


def _rewrite_book(a: Attacker) -> None:
    """A seller's or the fund's book with another amount in it, or cut off, all made to fit."""
    for _ in range(TRIES_MAX):
        (owner,) = a.one("SELECT owner_id FROM books_book")
        found = a.rows("SELECT body FROM books_event WHERE owner_id = %s ORDER BY n", owner)
        events = [orjson.loads(bytes(body)) for (body,) in found]
        edited = events[:-1] if len(events) > 1 and a.chance.random() < 0.3 else changed(events, a.chance)
        if rewrite_book(a, owner, edited):
            return
    raise AssertionError("no edit of a book makes sense")


def book_rewritten(a: Attacker) -> None:
    _rewrite_book(a)


def book_rewritten_signed(a: Attacker) -> None:
    _rewrite_book(a)
    a.sign_again()


def board_changed(a: Attacker) -> None:
    change = a.chance.choice(
        ["UPDATE boards_order SET price_fen = price_fen + 1", "UPDATE boards_order SET refunded_fen = 77",
         "DELETE FROM boards_case", "UPDATE boards_case SET amount_fen = 1", "DELETE FROM boards_order"]
    )  # fmt: skip
    a.run(change)


def tree_changed(a: Attacker) -> None:
    change = a.chance.choice(
        ["UPDATE log_leaf SET hash = sha256(hash)", "DELETE FROM log_leaf", "UPDATE log_leaf SET n = n + 50",
         "UPDATE log_tile SET data = set_byte(data, 3, get_byte(data, 3) # 1)", "DELETE FROM log_tile",
         "UPDATE log_tree SET size = size - 1", "UPDATE log_checkpoint SET root = sha256(root) WHERE size > 0"]
    )  # fmt: skip
    a.run(change)


def key_replaced(a: Attacker) -> None:
    """A key of the attacker's own takes the place of the log's, and signs what there is."""
    ((vkey,),) = a.rows("SELECT vkey FROM log_key")
    private = Ed25519PrivateKey.from_private_bytes(a.chance.randbytes(32))
    name = vkey.partition("+")[0]
    a.run("UPDATE log_key SET vkey = %s", key_of(name, private).vkey())
    for size, note in a.rows("SELECT size, note FROM log_checkpoint"):
        text = bytes(note).decode().partition("\n\n")[0] + "\n"
        forged = f"{text}\n{sign(text, name, private).line()}".encode()
        a.run("UPDATE log_checkpoint SET note = %s WHERE size = %s", forged, size)


SIGNED = {"log_history_differs", "log_behind"}
LOGGED = {"log_leaf_differs", "log_leaf_added", "log_leaf_missing"}
CHAIN = {"event_changed", "event_missing", "event_reordered", "event_added", "head_differs"}
# The attack, and what at least one difference must be called.
KINDS: dict[Callable[[Attacker], None], set[str]] = {
    event_changed: {"event_changed", "event_column", "event_reordered"},
    event_removed: {"event_missing"},
    event_added: {"event_added", "event_unfit", "event_column", "log_leaf_missing"},
    events_swapped: {"event_reordered"},
    history_rewritten: LOGGED,
    event_changed_signed: SIGNED,
    event_removed_signed: SIGNED,
    event_added_signed: SIGNED | {"event_backdated"},
    events_swapped_signed: SIGNED,
    order_removed: {"log_order_missing"},
    order_removed_signed: SIGNED,
    listing_changed: {"snapshot_changed"},
    listing_changed_signed: SIGNED,
    words_changed: {"words_changed", "words_missing"},
    account_changed: {"account_changed", "account_missing"},
    notice_changed: {"notice_changed"},
    file_changed: {"file_changed", "file_missing"},
    file_removed: {"file_missing"},
    file_changed_signed: SIGNED,
    posting_changed: {"posting_changed"},
    posting_removed: {"posting_missing"},
    posting_added: {"posting_added"},
    total_changed: {"total_differs"},
    state_changed: {"state_differs", "column_differs", "head_differs"},
    book_changed: {"book_event_changed", "book_line_differs", "book_total_differs", "book_order_differs"},
    book_rewritten: {"book_leaf_differs"},
    book_rewritten_signed: SIGNED,
    board_changed: {"board_differs", "board_missing"},
    tree_changed: LOGGED | {"log_tile_differs", "log_gap", "log_checkpoint_differs", "log_behind"},
    key_replaced: {"log_note_unknown", "log_signature_fails"},
}
SEED = int(os.environ.get("TUIDAN_SEED", "20261123"))
