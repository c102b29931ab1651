"""The talk of an order as lines of JSON that anybody can check against the order's chain of events (S-049, S-058).

The first line names the order, how many events it had and its head hash. Every other line is one event: `prev`,
`body` and `hash` as stored, and `words` with their salt, or null where they were erased or there never were any.
Checks: hash = SHA-256(prev + body); SHA-256(words) = body.data.text_sha256; and n and hash stand so in the chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson

from tuidan.domain.evidence import ChainLink, chain_hash, sha256_hex

FORMAT = "tuidan-talk-1"


@dataclass(frozen=True, slots=True)
class CopyFault:
    """Where a copy does not hold: the line, counted from 1, and what is wrong.

    unreadable | not_a_copy | changed | words_changed | reordered | other_order | not_in_chain
    """

    line: int
    what: str


def write_copy(
    order_id: str, count: int, head: bytes, exported_at: str, links: Iterable[tuple[ChainLink, str | None]]
) -> bytes:
    """The lines as UTF-8, each ended by a newline."""
    told: list[dict[str, object]] = [
        {"format": FORMAT, "order": order_id, "events": count, "head": head.hex(), "exported_at": exported_at}
    ]
    for link, words in links:
        told.append(
            {
                "n": link.n,
                "prev": link.prev.hex(),
                "body": link.body.decode(),
                "hash": link.hash.hex(),
                "words": words,
            }
        )
    return b"".join(orjson.dumps(line) + b"\n" for line in told)


def find_copy_fault(copy: bytes, chain: Mapping[int, str] | None = None) -> CopyFault | None:
    """The first fault of a copy; with `chain` (event number → hash, hex) its place in the order is checked too."""
    lines = copy.splitlines()
    try:
        head = orjson.loads(lines[0])
        told = [orjson.loads(line) for line in lines[1:]]
    except (orjson.JSONDecodeError, IndexError):
        return CopyFault(1, "unreadable")
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        return CopyFault(1, "not_a_copy")
    last = 0
    for number, line in enumerate(told, start=2):
        try:
            what = _fault_of(line, str(head["order"]), last, chain)
            last = int(line["n"])
        except (KeyError, TypeError, ValueError, AttributeError):
            what = "unreadable"
        if what:
            return CopyFault(number, what)
    if chain is not None and chain.get(int(head["events"])) != head["head"]:
        return CopyFault(1, "not_in_chain")
    return None


def _fault_of(line: dict[str, object], order_id: str, last: int, chain: Mapping[int, str] | None) -> str:
    body = str(line["body"]).encode()
    if chain_hash(bytes.fromhex(str(line["prev"])), body).hex() != line["hash"]:
        return "changed"
    event = orjson.loads(body)
    if event["n"] != line["n"] or int(str(line["n"])) <= last:
        return "reordered"
    if event["order"] != order_id:
        return "other_order"
    words = line["words"]
    if words is not None and sha256_hex(str(words).encode()) != event["data"].get("text_sha256"):
        return "words_changed"
    if chain is not None and chain.get(event["n"]) != line["hash"]:
        return "not_in_chain"
    return ""
