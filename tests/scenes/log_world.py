"""A log of a test's own with real parts around it: orders, the worker's steps, and a witness that listens."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tuidan.commands.outside import Outside
from tuidan.connectors.contract.witness import LogWitness
from tuidan.connectors.witnesses import connect
from tuidan.domain.tlog.note import Key, read_vkey
from tuidan.store.log.checkpoints import newest_note, sign_newest
from tuidan.store.log.keys import load_keys
from tuidan.witness.key import make_key
from tuidan.witness.server import WitnessServer
from tuidan.witness.watch import Witness
from tuidan.worker.boards import project_feed
from tuidan.worker.witness import Witnessing, ask_witness, settle_trouble


def now() -> datetime:
    return datetime.now(UTC)


def log_everything() -> bytes:
    """What the worker does with feed rows, and a signature over it; gives the checkpoint."""
    while project_feed(lambda: datetime(2030, 1, 1, tzinfo=UTC)):
        pass
    sign_newest(now())
    note = newest_note()
    assert note is not None
    return note


def log_keys() -> list[Key]:
    return [read_vkey(each.key.vkey()) for each in load_keys()]


@dataclass
class Watching:
    """A witness as the product knows it, and the witness itself behind its server."""

    client: LogWitness
    witness: Witness
    folder: Path

    def ask(self) -> bool:
        asked = ask_witness(self.client, now)
        settle_trouble(Outside(witnesses={self.client.name: self.client}), now())
        return asked

    def meet(self) -> int:
        """What a worker does with its witnesses when it starts."""
        return Witnessing().look(Outside(witnesses={self.client.name: self.client}), now)


@contextmanager
def a_witness(folder: Path, name: str = "witness.example") -> Iterator[Watching]:
    """A witness of this log, as a server of this process."""
    key = make_key(folder, name)
    witness = Witness(folder, key, log_keys())
    server = WitnessServer("127.0.0.1", 0, witness)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    client = connect(
        name, {"url": f"http://127.0.0.1:{server.port}", "vkey": key.public.vkey(), "total_seconds": "5"}
    )
    try:
        yield Watching(client, witness, folder)
    finally:
        client.close_connections()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def watched_log(fresh_database: str, tmp_path: Path) -> Iterator[Watching]:
    """An empty log that is signed, with a witness that has not seen it yet."""
    with watching(tmp_path) as found:
        yield found


@contextmanager
def watching(folder: Path) -> Iterator[Watching]:
    """The log of an empty database, signed, and its witness."""
    sign_newest(now())
    with a_witness(folder / "witness") as found:
        yield found
