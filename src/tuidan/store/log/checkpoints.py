"""Signing the head of the log: persist, sign, publish. What is published was never anything but a continuation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tuidan.domain.tlog.checkpoint import BadCheckpoint, Checkpoint, read_checkpoint
from tuidan.domain.tlog.note import BadNote, Note, sign
from tuidan.domain.tlog.tiles import Edge
from tuidan.domain.tlog.trouble import NotSigned, check_continues
from tuidan.store import connection
from tuidan.store.log import folder
from tuidan.store.log.edge import MissingTile, load_edge, load_root, tree_size
from tuidan.store.log.keys import LogKey, current_key

NEWEST = "SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1"
NEWEST_SIGNED = "SELECT size, at FROM log_checkpoint ORDER BY size DESC LIMIT 1"
IS_BEHIND = "SELECT size > coalesce((SELECT max(size) FROM log_checkpoint), -1) FROM log_tree"
WRITE = "SELECT log_checkpoint_v1(%s, %s, %s, %s, %s)"
AT = "SELECT note FROM log_checkpoint WHERE size = %s"
TRIES_MAX = 50
TROUBLE = "SELECT code, size, seen_size, since FROM log_trouble WHERE id = 1"


def newest_note() -> bytes | None:
    """The newest signed checkpoint with the signatures of its witnesses; None before the first."""
    row = connection.fetch_one(NEWEST, ())
    return bytes(row[1]) if row else None


def note_at(size: int) -> bytes | None:
    """The signed checkpoint over the first `size` leaves; None when none was signed at that size."""
    row = connection.fetch_one(AT, (size,))
    return bytes(row[0]) if row else None


def newest_signed() -> tuple[int, datetime] | None:
    """How many leaves are under a signature, and since when; None before the first checkpoint."""
    row = connection.fetch_one(NEWEST_SIGNED, ())
    return (row[0], row[1]) if row else None


def is_behind() -> bool:
    """Whether there are leaves that no signed checkpoint covers yet, or no checkpoint at all."""
    row = connection.fetch_one(IS_BEHIND, ())
    return row is not None and bool(row[0])


def sign_newest(now: datetime) -> bytes | None:
    """Sign the tree as it is and publish it; None when that was done already.

    Raises NotSigned, after writing down why: the trouble is seen by operators until a checkpoint is signed again.
    """
    try:
        signed = _sign_as_it_grows(now)
    except MissingTile:
        trouble = NotSigned("rows_missing", tree_size())
    except (BadCheckpoint, BadNote):
        trouble = NotSigned("unreadable", tree_size())
    except OSError:
        trouble = NotSigned("folder", tree_size())
    except NotSigned as error:
        trouble = error
    else:
        _say_it_is_over(now)
        return signed
    tell_trouble(trouble.code, trouble.size, trouble.seen_size, now)
    raise trouble


def _sign_as_it_grows(now: datetime) -> bytes | None:
    """Another worker may have appended, signed and published while we looked at a shorter tree: look again."""
    for _ in range(TRIES_MAX):
        edge = load_edge()
        try:
            return _sign(edge, current_key(now), now)
        except NotSigned as error:
            if error.code != "published_ahead" or tree_size() == edge.size:
                raise
    raise NotSigned("busy", tree_size())


def _say_it_is_over(now: datetime) -> None:
    """What kept us from signing is gone; what a witness said meanwhile stays."""
    trouble = load_trouble()
    if trouble is not None and not trouble.code.startswith("witness_"):
        tell_trouble("", 0, 0, now)


def _sign(edge: Edge, key: LogKey, now: datetime) -> bytes | None:
    check_seen(edge.size, key.key.name)
    if note_at(edge.size) is not None:
        return None
    checkpoint = Checkpoint(key.key.name, edge.size, edge.root())
    note = signed_note(checkpoint, [key])
    folder.keep_published(note, checkpoint)
    row = connection.fetch_one(WRITE, (key.n, edge.size, checkpoint.root, note, now))
    return note if row is not None and row[0] else None


def signed_note(checkpoint: Checkpoint, keys: Sequence[LogKey]) -> bytes:
    """The checkpoint with the signatures of these keys. Raises NotSigned when a private key is not here."""
    text, signatures = checkpoint.text(), []
    for each in keys:
        private = folder.load_key(each.key)
        if private is None:
            raise NotSigned("key_missing", checkpoint.size)
        signatures.append(sign(text, each.key.name, private))
    return Note(text, tuple(signatures)).bytes()


def check_seen(size: int, origin: str) -> None:
    """Raise NotSigned when this tree does not continue what was published under this origin, or what a witness saw."""
    published = folder.read_published()
    if published is not None and published.origin == origin:
        check_continues(published, size, load_root, "published")
    newest = newest_note()
    if newest is not None:
        told = read_checkpoint(newest)
        if told.origin == origin:
            check_continues(told, size, load_root, "published")
    trouble = load_trouble()
    if trouble is not None and trouble.code.startswith("witness_"):
        raise trouble  # until the witness agrees again or is taken off the list (worker/witness.py)


def load_trouble() -> NotSigned | None:
    """What keeps the log from signing; None when nothing does."""
    row = connection.fetch_one(TROUBLE, ())
    return NotSigned(row[0], row[1], row[2]) if row else None


def trouble_since() -> datetime | None:
    """Since when nothing was signed for that reason."""
    row = connection.fetch_one(TROUBLE, ())
    return row[3] if row else None


def tell_trouble(code: str, size: int, seen_size: int, now: datetime) -> None:
    """Write down what keeps the log from signing; an empty code says that it is over."""
    connection.run("SELECT log_trouble_v1(%s, %s, %s, %s)", (code, size, seen_size, now))


def add_signatures(size: int, lines: Sequence[str]) -> int:
    """Add signature lines of witnesses to the checkpoint of this size; gives how many were new to it."""
    added = 0
    for line in lines:
        row = connection.fetch_one("SELECT log_cosign_v1(%s, %s)", (size, line.encode()))
        added += row is not None and bool(row[0])
    return added
