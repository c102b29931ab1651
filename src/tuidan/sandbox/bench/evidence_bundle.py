"""How long a bundle of a long case takes to verify, against the hashing and signatures that no check can do without."""

from __future__ import annotations

import hashlib
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from tuidan.commands import order, payment
from tuidan.commands.talk import Message, send_message
from tuidan.domain import commands as c
from tuidan.domain.evidence import chain_hash
from tuidan.domain.tlog.note import open_note, read_vkey
from tuidan.reads.bundle import inside_viewer, read_bundle
from tuidan.sandbox.bench.ground import ACCOUNT, PRICE_FEN, Ground, empty
from tuidan.store.log.append import append_heads
from tuidan.store.log.checkpoints import sign_newest
from tuidan.store.log.keys import load_keys
from tuidan.store.orders.chain import load_chain
from tuidan.verifier.checks import check_bundle
from tuidan.verifier.sealing import Trust

EVENTS = 200
TIMES = 5


@dataclass(slots=True)
class BundleFigures:
    """One value a round of each, milliseconds; how many events and bytes the bundle has."""

    events: int = 0
    bytes: int = 0
    made: list[float] = field(default_factory=list)
    verified: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def ratios(self) -> list[float]:
        """Verifying, in times of the bare work."""
        return [one / two for one, two in zip(self.verified, self.bare, strict=True)]


def measure(ground: Ground, rounds: int, say: Callable[[str], None]) -> BundleFigures:
    """Make one long case and its bundle, and verify it again and again. Raises RuntimeError when it does not hold."""
    empty(ground)
    order_id = _long_case(ground)
    append_heads([order_id])
    sign_newest(datetime.now(UTC))
    told = BundleFigures()
    with tempfile.TemporaryDirectory(prefix="tuidan-bench-") as folder:
        path = Path(folder) / "bundle.zip"
        for _ in range(rounds):
            told.made.append(_timed(lambda: _write(order_id, path), 1))
            told.verified.append(_timed(lambda: _verify(path), TIMES))
            told.bare.append(_timed(_bare_work(order_id, path), TIMES))
        told.bytes = path.stat().st_size
    told.events = len(load_chain(order_id))
    say(
        f"bundle of {told.events} events: {told.verified[-1]:.1f} ms, {told.ratios()[-1]:.1f} times the bare work"
    )
    return told


def _long_case(ground: Ground) -> UUID:
    """A paid order in which both sides talk until it has its events."""
    now = datetime.now(UTC)
    order_id = order.place_order(
        ground.buyer, order.Basket(ground.listing, 1, ACCOUNT), "bench-case", now
    ).order_id
    payment.start_payment(order_id, ground.buyer, "alipay", "bench-case-pay", now)
    paid = c.RecordPayment(1, "alipay", f"bench-{order_id}", PRICE_FEN, now, "", "ab" * 32)
    payment.record_payment(order_id, paid, now, {"payer": "bench"})
    people = (c.Actor("buyer", str(ground.buyer)), c.Actor("seller", str(ground.seller)))
    n = 0
    while len(load_chain(order_id)) < EVENTS:
        n += 1
        at = now + timedelta(minutes=5 * n)
        send_message(order_id, people[n % 2], Message(f"第 {n} 句:请看充值记录,账号没有到账。"), f"m{n}", at)
        if n > 3 * EVENTS:
            raise RuntimeError("the case does not grow any more")
    return order_id


def _write(order_id: UUID, path: Path) -> None:
    bundle = read_bundle(order_id, inside_viewer(), wait_seconds=0)
    if bundle is None:
        raise RuntimeError("there is no bundle of the case")
    with path.open("wb") as file:
        for piece in bundle.pieces():
            file.write(piece)


def _verify(path: Path) -> None:
    report = check_bundle(path, Trust(logs=tuple(each.key.vkey() for each in load_keys())))
    if not report.holds():
        raise RuntimeError(f"the bundle does not hold: {report.lines}")


def _bare_work(order_id: UUID, path: Path) -> Callable[[], None]:
    """Every file's SHA-256, the chain's hashes, and the log's signature in the two notes; nothing is read or parsed."""
    with zipfile.ZipFile(path) as found:
        contents = [found.read(name) for name in found.namelist()]
        note = found.read("checkpoint")
    links = load_chain(order_id)
    keys = [read_vkey(each.key.vkey()) for each in load_keys()]

    def work() -> None:
        for content in contents:
            hashlib.sha256(content).digest()
        for link in links:
            chain_hash(link.prev, link.body)
        for _ in range(2):  # the checkpoint alone, and in the proof
            open_note(note, keys)

    return work


def _timed(work: Callable[[], None], times: int) -> float:
    """Milliseconds for one, over so many."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return 1000 * (time.perf_counter() - start) / times
