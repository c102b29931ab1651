"""A log as it is published: its head and its tiles, fetched over HTTP, and whether one head goes on from another."""

from __future__ import annotations

from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tuidan.domain.tlog.checkpoint import Checkpoint
from tuidan.domain.tlog.proof import consistency_ranges, find_consistency_fault, make_proof
from tuidan.domain.tlog.tiles import TILE_WIDTH, TileAt, node_in, tile_of, tile_path, width_at
from tuidan.domain.tlog.tree import Node

SECONDS_MAX = 15.0
BYTES_MAX = 1_000_000


class NotReached(Exception):
    """The log could not be asked now; that says nothing about its honesty."""


class NotThere(Exception):
    """The log answered that it does not have what it must have."""


class PublishedLog:
    """The log below one address. A tile that was fetched once is not asked for again."""

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"{url} is not an http(s) address")
        self.url = url.rstrip("/")

    def checkpoint(self) -> bytes:
        """The newest checkpoint as it is published. Raises NotReached, NotThere."""
        return self._fetch("checkpoint")

    def find_fault(self, first: Checkpoint, second: Checkpoint) -> str | None:
        """Why `second` does not go on from `first` by the published tiles; None when it does.

        Codes as in domain/tlog/proof.py, and "tile_missing". Raises NotReached.
        """
        tiles: dict[TileAt, bytes] = {}

        def read(node: Node) -> bytes:
            at = tile_of(node)
            if at not in tiles:
                tiles[at] = self._tile(at, second.size)
            return node_in(tiles[at], node)

        try:
            proof = make_proof(consistency_ranges(first.size, second.size), read)
        except (NotThere, ValueError):
            return "tile_missing"
        return find_consistency_fault(first.size, second.size, proof, first.root, second.root)

    def _tile(self, at: TileAt, size: int) -> bytes:
        """A tile as of this size; where only the full one is left, that one."""
        width = width_at(at, size)
        try:
            return self._fetch(tile_path(at, at.n, width))
        except NotThere:
            if width == TILE_WIDTH:
                raise
            return self._fetch(tile_path(at, at.n))

    def _fetch(self, path: str) -> bytes:
        request = Request(f"{self.url}/{path}", headers={"User-Agent": "tuidan-witness"})  # noqa: S310 - see __init__
        try:
            with urlopen(request, timeout=SECONDS_MAX) as answer:  # noqa: S310
                told = answer.read(BYTES_MAX + 1)
        except HTTPError as error:
            error.close()
            if error.code in (404, 410):
                raise NotThere(path) from None
            raise NotReached(f"{self.url}/{path} answered {error.code}") from None
        except (URLError, OSError) as error:
            raise NotReached(f"{self.url}/{path}: {error}") from None
        if len(told) > BYTES_MAX:
            raise NotThere(path)
        return bytes(told)
