"""A log of a few leaves with a key of its own, published as tiles by a server of this process."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuidan.domain.tlog.checkpoint import Checkpoint
from tuidan.domain.tlog.note import Key, Note, key_of, sign
from tuidan.domain.tlog.proof import consistency_ranges, make_proof
from tuidan.domain.tlog.tiles import Edge, TileAt, grow, node_in, read_tile_path, tile_of, width_at
from tuidan.domain.tlog.tree import leaf_hash

ORIGIN = "shop.example/log"


class LittleLog:
    """Leaves are short bytes. `rewrite` makes history anew and signs it with the same key."""

    def __init__(self, size: int = 0, origin: str = ORIGIN) -> None:
        self.origin = origin
        self.private = Ed25519PrivateKey.generate()
        self.entries = [b"leaf %d" % i for i in range(size)]
        self.away = False

    @property
    def key(self) -> Key:
        return key_of(self.origin, self.private)

    def add(self, count: int = 1) -> "LittleLog":
        self.entries += [b"leaf %d" % i for i in range(len(self.entries), len(self.entries) + count)]
        return self

    def rewrite(self, index: int) -> "LittleLog":
        self.entries[index] = b"another"
        return self

    def tree(self, size: int | None = None) -> tuple[Edge, dict[TileAt, bytes]]:
        entries = self.entries if size is None else self.entries[:size]
        return grow(Edge(), [leaf_hash(entry) for entry in entries])

    def head(self, size: int | None = None) -> Checkpoint:
        edge, _ = self.tree(size)
        return Checkpoint(self.origin, edge.size, edge.root())

    def note(self, size: int | None = None) -> bytes:
        return self.signed(self.head(size))

    def signed(self, head: Checkpoint) -> bytes:
        return Note(head.text(), (sign(head.text(), head.origin, self.private),)).bytes()

    def proof(self, first: int, second: int) -> list[bytes]:
        _, tiles = self.tree(second)
        return make_proof(consistency_ranges(first, second), lambda node: node_in(tiles[tile_of(node)], node))

    def request(self, old: int, size: int | None = None) -> bytes:
        """The body of add-checkpoint."""
        size = len(self.entries) if size is None else size
        lines = [f"old {old}", *(base64.b64encode(each).decode() for each in self.proof(old, size)), "", ""]
        return "\n".join(lines).encode() + self.note(size)

    def file(self, path: str) -> bytes | None:
        """What is published there: the checkpoint, or a tile at any width that it had."""
        if path == "/checkpoint":
            return self.note()
        at, _, width = read_tile_path(path.removeprefix("/tile/"))
        _, tiles = self.tree()
        if at is None or at not in tiles or width > width_at(at, len(self.entries)):
            return None
        return tiles[at][: 32 * width]


@contextmanager
def published(log: LittleLog) -> Iterator[str]:
    """Serve what the log is at each moment; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = None if log.away else log.file(self.path)
            self.send_response(503 if log.away else 404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def post(url: str, path: str, body: bytes) -> tuple[int, str, bytes]:
    """Status, content type and body of the answer."""
    line = HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        line.request("POST", path, body)
        answer = line.getresponse()
        return answer.status, answer.headers.get("Content-Type", ""), answer.read()
    finally:
        line.close()
